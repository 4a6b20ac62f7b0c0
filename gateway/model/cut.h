#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "model/configuration.h"

namespace gw::model {

/// A piece of the box that somebody cut off by hand (ISO-10), by the names of the configuration; or an
/// address on the clinic's side, cut off by hand or because of a second path (ISO-05). Stands until it is
/// restored, whatever is published meanwhile.
struct Cut {
  enum class What : std::uint8_t { everything, tenant, service, terminal, source };

  What what = What::everything;
  std::string tenant{};  ///< of what belongs to one; empty for everything and for a source
  std::string name{};    ///< of the service or terminal; the address of a source; empty otherwise

  /// "terminal karte/desk-1", "source 10.21.1.7"
  std::string to_text() const;
  friend bool operator==(const Cut&, const Cut&) = default;
};
inline constexpr std::size_t kMaxCuts = 256;
std::string_view to_string(Cut::What what);

/// The cuts as one tenant's compartment knows them.
struct CutOff {
  struct Name {
    std::string text{};
  };
  std::vector<Name> services{};
  std::vector<Name> terminals{};
  std::vector<IpAddress> sources{};  ///< of every tenant
  bool whole = false;                ///< the tenant, or the box

  bool covers_service(const std::string& service) const { return whole || has(services, service); }
  bool covers_terminal(const std::string& terminal) const { return whole || has(terminals, terminal); }
  bool covers_source(const IpAddress& source) const {
    return std::find(sources.begin(), sources.end(), source) != sources.end();
  }

 private:
  static bool has(const std::vector<Name>& names, const std::string& wanted) {
    return std::any_of(names.begin(), names.end(), [&](const Name& name) { return name.text == wanted; });
  }
};
CutOff cut_off_of(const std::vector<Cut>& cuts, const std::string& tenant);
/// A source has one spelling, so that what was cut can be restored.
bool is_source(const std::string& text);

template <class Io>
void visit(Io& io, Cut& c) {
  io.choice(c.what, Cut::What::source);
  io.text(c.tenant, kMaxName);
  io.text(c.name, kMaxName);
  if (c.tenant.empty() != (c.what == Cut::What::everything || c.what == Cut::What::source)) io.fail();
  if (c.name.empty() != (c.what <= Cut::What::tenant)) io.fail();
  if (c.what == Cut::What::source && !is_source(c.name)) io.fail();
}
template <class Io>
void visit(Io& io, CutOff::Name& n) {
  io.text(n.text, kMaxName);
}
template <class Io>
void visit(Io& io, CutOff& c) {
  io.list(c.services, kMaxCuts);
  io.list(c.terminals, kMaxCuts);
  io.list(c.sources, kMaxCuts);
  io.field(c.whole);
}

}  // namespace gw::model
