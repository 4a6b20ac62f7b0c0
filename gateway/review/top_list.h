#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gw::review {

/// The most frequent of any number of things, in bounded memory ("space saving": Metwally, Agrawal and El
/// Abbadi, 2005). Exact while there are no more than `capacity` of them. Beyond that the rarest makes room
/// for a new one, which takes its count over: then a count may be too high, by as much as the row says, and
/// never too low; and whatever came more often than one in `capacity` is in the list.
class TopList {
 public:
  struct Row {
    std::string name{};
    std::uint64_t count = 0;
    std::uint64_t too_high = 0;  ///< by so much at most
  };

  explicit TopList(std::size_t capacity) : capacity_(capacity) {}
  void add(std::string_view name, std::uint64_t count = 1);
  /// The most frequent first, by name among equals.
  std::vector<Row> rows(std::size_t most) const;
  std::size_t size() const { return counts_.size(); }
  /// Something had to make room: the rows are estimates.
  bool is_cut() const { return is_cut_; }

 private:
  struct Count {
    std::uint64_t count = 0, too_high = 0;
  };
  std::size_t capacity_;
  std::map<std::string, Count, std::less<>> counts_{};
  bool is_cut_ = false;
};

}  // namespace gw::review
