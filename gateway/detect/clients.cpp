#include "detect/clients.h"

#include <algorithm>

namespace gw::detect {

bool Clients::is_new(std::string_view fingerprint, Day today) {
  if (fingerprint.size() != kLength) return false;
  const auto known = std::ranges::find(all_, fingerprint, &Client::fingerprint);
  if (known != all_.end()) {
    known->last = std::max(known->last, today);
    return false;
  }
  Client one{std::string(fingerprint), today};
  if (all_.size() < kClientsKept) {
    all_.push_back(std::move(one));
    return true;
  }
  Client& oldest = *std::ranges::min_element(all_, {}, &Client::last);
  const bool changes_by_itself = static_cast<std::size_t>(today - oldest.last) < kDaysKept;
  oldest = std::move(one);
  return !changes_by_itself;
}

}  // namespace gw::detect
