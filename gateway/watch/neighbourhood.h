#pragma once

#include <array>
#include <list>
#include <map>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "model/address.h"
#include "model/mac_address.h"

namespace gw::watch {

/// Which interface said it has which address on one segment. Remembers the two latest of an address, and
/// 1024 addresses whatever a flood does; the one that was quiet longest is forgotten first.
class Neighbourhood {
 public:
  static constexpr std::size_t kMost = 1'024;
  /// Two that were heard within this time are there both.
  static constexpr std::chrono::minutes kTogether{2};
  /// Who shared an address within this time is not believed to have it alone.
  static constexpr std::chrono::minutes kDoubt{10};

  /// `mac` says it has `address`. True if another said so not long ago.
  bool claim(const model::IpAddress& address, const model::MacAddress& mac, Instant now);
  /// The addresses that `mac` alone has claimed: at most `most`.
  std::vector<model::IpAddress> alone(const model::MacAddress& mac, Instant now, std::size_t most) const;
  std::size_t size() const { return by_address_.size(); }

 private:
  struct Holder {
    model::MacAddress mac{};
    Instant heard{};
  };
  struct Entry {
    Holder latest{};
    std::optional<Holder> other{};
    std::list<model::IpAddress>::iterator place{};
  };
  Entry& find(const model::IpAddress& address, const Holder& holder);

  std::map<model::IpAddress, Entry> by_address_;
  std::list<model::IpAddress> order_;  // the one heard last comes first
};

}  // namespace gw::watch
