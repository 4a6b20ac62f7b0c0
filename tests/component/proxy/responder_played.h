#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "support/compartment.h"

namespace gw {

/// What comes of the inquiries of a compartment: an answer, a trouble, or nothing for now.
class ResponderPlayed {
 public:
  explicit ResponderPlayed(support::Compartment& box) : box_(box) {
    box_.responder = [this](const support::Compartment::Inquired& inquired) {
      holds ? held_.push_back(inquired) : tell(inquired);
    };
  }
  ~ResponderPlayed() { box_.responder = nullptr; }
  ResponderPlayed(const ResponderPlayed&) = delete;
  ResponderPlayed& operator=(const ResponderPlayed&) = delete;

  std::vector<std::uint8_t> says{};
  std::optional<ipc::dial::InquiryTrouble> trouble{};  ///< in the answer's place
  bool holds = false;                                  ///< says nothing until release()
  void release() {
    holds = false;
    for (const auto& inquired : std::exchange(held_, {})) tell(inquired);
  }

 private:
  void tell(const support::Compartment::Inquired& inquired) {
    trouble ? box_.fail(inquired, *trouble) : box_.answer(inquired, says);
  }

  support::Compartment& box_;
  std::vector<support::Compartment::Inquired> held_;
};

}  // namespace gw
