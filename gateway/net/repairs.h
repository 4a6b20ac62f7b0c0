#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gw::net {

/// What differed from the plan and was put right, and what was left because it cannot be: one short sentence
/// a difference, in the words of the field (`sysctl net.ipv4.ip_forward was 1`). Bounded, however much
/// differed; names that the kernel told come in as printable ASCII.
class Repairs {
 public:
  static constexpr std::size_t kMost = 32;      ///< sentences that are kept
  static constexpr std::size_t kLongest = 200;  ///< bytes of one

  void add(std::string_view text);
  /// Beyond kMost, the rest goes unnamed.
  void leave(std::string_view text);

  const std::vector<std::string>& texts() const { return texts_; }
  /// How many came after the list was full.
  std::uint32_t further() const { return further_; }
  std::size_t count() const { return texts_.size() + further_; }
  bool empty() const { return texts_.empty(); }
  /// What no repair of ours ends. It lasts, so the next look finds it again in the same words.
  const std::vector<std::string>& left() const { return left_; }

 private:
  std::vector<std::string> texts_;
  std::uint32_t further_ = 0;
  std::vector<std::string> left_;
};

}  // namespace gw::net
