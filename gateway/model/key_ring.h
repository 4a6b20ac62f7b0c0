#pragma once

#include <string>
#include <vector>

#include "model/key_use.h"
#include "model/snapshot.h"

namespace gw::model {

/// Whose a key is: the tenant's proxyd goes by its name, its enrold by this one, which no tenant can have, so
/// that neither can have anything signed with a key of the other.
inline std::string enrolment_owner(const std::string& tenant) { return tenant + "/enrolment"; }
inline constexpr std::size_t kMaxKeyOwner = kMaxName + 10;

/// All keys of one configuration on their way to keyd. What a file holds is either the key itself or says
/// where it is kept.
struct KeyRing {
  struct Entry {
    std::string owner{};  ///< by name: numbers are others' in the next generation
    Wiring::Key key{};
    std::vector<std::uint8_t> content{};  ///< of the key's file; an identity's has its chain behind the key
  };
  Generation generation{};
  std::vector<Entry> entries{};
};

inline constexpr std::size_t kMostKeyFile = 16 * 1024;  // of the configuration's own
inline constexpr std::size_t kMostKeyContent = 64 * 1024;

template <class Io>
void visit(Io& io, KeyRing::Entry& e) {
  io.text(e.owner, kMaxKeyOwner);
  io.field(e.key);
  io.blob(e.content, kMostKeyContent);
}
template <class Io>
void visit(Io& io, KeyRing& r) {
  io.field(r.generation);
  io.list(r.entries, kMaxTenants * (2 * kMaxServices + 1) + 2);  // management, operations centre
}

}  // namespace gw::model
