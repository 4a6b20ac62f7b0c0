#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "model/configuration.h"

namespace gw::model {

/// A piece of the box that somebody cut off by hand (ISO-10), by the names of the configuration. Stands until
/// it is restored, whatever is published meanwhile.
struct Cut {
  enum class What : std::uint8_t { everything, tenant, service, terminal };

  What what = What::everything;
  std::string tenant{};  ///< empty for everything
  std::string name{};    ///< of the service or terminal; empty otherwise

  /// "terminal karte/desk-1"
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
  bool whole = false;  ///< the tenant, or the box

  bool covers_service(const std::string& service) const { return whole || has(services, service); }
  bool covers_terminal(const std::string& terminal) const { return whole || has(terminals, terminal); }

 private:
  static bool has(const std::vector<Name>& names, const std::string& wanted) {
    return std::any_of(names.begin(), names.end(), [&](const Name& name) { return name.text == wanted; });
  }
};
CutOff cut_off_of(const std::vector<Cut>& cuts, const std::string& tenant);

template <class Io>
void visit(Io& io, Cut& c) {
  io.choice(c.what, Cut::What::terminal);
  io.text(c.tenant, kMaxName);
  io.text(c.name, kMaxName);
  if (c.tenant.empty() != (c.what == Cut::What::everything)) io.fail();
  if (c.name.empty() != (c.what <= Cut::What::tenant)) io.fail();
}
template <class Io>
void visit(Io& io, CutOff::Name& n) {
  io.text(n.text, kMaxName);
}
template <class Io>
void visit(Io& io, CutOff& c) {
  io.list(c.services, kMaxCuts);
  io.list(c.terminals, kMaxCuts);
  io.field(c.whole);
}

}  // namespace gw::model
