#pragma once

#include <compare>
#include <map>
#include <string>

#include "model/configuration.h"
#include "model/record.h"

namespace gw::control {

/// When the certificates end that terminals come with, as the records of their sessions say (CRT-05): of each
/// terminal the one that it came with last, whoever issued it. Each tenant has its part of the room; where
/// that is full a terminal is not known. One thread.
class TerminalEnds {
 public:
  static constexpr std::size_t kMostOfTenant = 1'024;

  struct Terminal {
    std::string tenant{}, name{};
    friend auto operator<=>(const Terminal&, const Terminal&) = default;
  };
  struct Certificate {
    std::string fingerprint{};  ///< hexadecimal
    model::CivilSeconds ends{0};
  };

  void heed(const model::Record& record);
  /// Nobody comes any more with one that has ended; whoever tries is among the refusals.
  void forget_ended(model::CivilSeconds now);

  const std::map<Terminal, Certificate>& all() const { return all_; }
  /// Of each tenant's, when the first one ends.
  std::map<std::string, model::CivilSeconds> first() const;

 private:
  bool has_room(const std::string& tenant) const;

  std::map<Terminal, Certificate> all_{};
};

}  // namespace gw::control
