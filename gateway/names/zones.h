#pragma once

#include <map>
#include <set>
#include <vector>

#include "dns/reader.h"
#include "model/name_table.h"

namespace gw::names {

/// What a view says of a name.
struct Finding {
  enum class Kind : std::uint8_t {
    foreign,  ///< lies in none of the zones: nobody here may speak for it
    absent,   ///< lies beneath a configured name and does not exist
    empty,    ///< exists because something beneath it does (RFC 8020 2)
    known,
  };
  Kind kind = Kind::foreign;
  std::size_t apex = 0;  ///< where in the name its zone's own name begins
  const std::vector<model::IpAddress>* addresses = nullptr;
};

/// The names one segment's terminals are answered for. Each configured name is a zone of its own: the box
/// speaks for it and for what would be beneath it, and for nothing else.
class Zones {
 public:
  Zones(const model::NameTable::View& view, model::Generation generation);

  /// `name` as MessageReader::name() gives it. The finding's addresses live as long as this.
  Finding find(const dns::WireName& name) const;
  /// Of every zone: it changes with each configuration (RFC 1035 3.3.13).
  std::uint32_t serial() const { return serial_; }

 private:
  std::map<dns::WireName, std::vector<model::IpAddress>> by_name_;
  std::set<dns::WireName> above_;  ///< names that have a configured one beneath them
  std::uint32_t serial_;
};

}  // namespace gw::names
