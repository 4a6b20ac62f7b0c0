#pragma once

#include <string>
#include <vector>

#include "model/configuration.h"
#include "model/layout.h"

namespace gw::model {

/// What the name service knows: a view for each segment that asks for it. A question is answered from the
/// view of the address it came to, so a terminal never learns what stands on another segment (WLS-01).
struct NameTable {
  struct Entry {
    std::string name{};  ///< a host name in lower case, once in its view
    std::vector<IpAddress> addresses{};

    friend bool operator==(const Entry&, const Entry&) = default;
  };
  struct View {
    std::vector<IpAddress> answering{};  ///< the box's addresses on the segment
    std::vector<Entry> entries{};        ///< sorted by name

    friend bool operator==(const View&, const View&) = default;
  };
  Generation generation{};
  std::vector<View> views{};

  friend bool operator==(const NameTable&, const NameTable&) = default;
};

/// The names terminals ask services for, each with the listeners that offer the service on the same segment,
/// and the segment's further hosts.
NameTable name_table_of(const Configuration& configuration);
/// The names of one segment, whether its terminals are answered or not.
std::vector<NameTable::Entry> names_on(const LanSegment& segment, const std::vector<Tenant>& tenants);
/// Does the box have the address on this segment? On loopback every address of the prefix is its own.
bool is_on(const LanSegment& segment, const IpAddress& address);

inline constexpr std::size_t kMaxAddressesOfName = 64;
inline constexpr std::size_t kMaxNamesOfView = kMaxTenants * kMaxServices * 64 + kMaxHosts;

template <class Io>
void visit(Io& io, NameTable::Entry& e) {
  io.text(e.name, 253);
  if (!is_host_name(e.name)) io.fail();
  io.list(e.addresses, kMaxAddressesOfName);
}
template <class Io>
void visit(Io& io, NameTable::View& v) {
  io.list(v.answering, kMaxSegmentAddresses);
  io.list(v.entries, kMaxNamesOfView);
}
template <class Io>
void visit(Io& io, NameTable& t) {
  io.field(t.generation);
  io.list(t.views, kMaxSegments);
}

}  // namespace gw::model
