#include "names/zones.h"

namespace gw::names {
namespace {

/// Where the name without its first label begins; nothing is above the root.
std::size_t next_label(const dns::WireName& name, std::size_t at) {
  return at + 1 + static_cast<std::uint8_t>(name[at]);
}
bool is_root(const dns::WireName& name, std::size_t at) { return name[at] == '\0'; }

}  // namespace

Zones::Zones(const model::NameTable::View& view, model::Generation generation)
    : serial_(static_cast<std::uint32_t>(generation.number())) {
  for (const model::NameTable::Entry& entry : view.entries) {
    const dns::WireName name = dns::wire_name(entry.name);
    for (std::size_t at = next_label(name, 0); !is_root(name, at); at = next_label(name, at))
      above_.insert(name.substr(at));
    by_name_.emplace(name, entry.addresses);
  }
}

Finding Zones::find(const dns::WireName& name) const {
  for (std::size_t at = 0; !is_root(name, at); at = next_label(name, at)) {
    const auto found = by_name_.find(name.substr(at));
    if (found == by_name_.end()) continue;
    if (at == 0) return {Finding::Kind::known, 0, &found->second};
    return {above_.contains(name) ? Finding::Kind::empty : Finding::Kind::absent, at, nullptr};
  }
  return {};
}

}  // namespace gw::names
