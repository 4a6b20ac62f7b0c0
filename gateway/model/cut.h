#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "model/configuration.h"
#include "model/identity.h"

namespace gw::model {

/// A piece of the box that somebody cut off by hand (ISO-10), by the names of the configuration; or an
/// address on the clinic's side, cut off by hand or because of a second path (ISO-05). Or the certificates of
/// a terminal, blocked because a device or its key is lost (CRT-04): all of them, or one alone. Stands until
/// it is restored, whatever is published meanwhile.
struct Cut {
  enum class What : std::uint8_t { everything, tenant, service, terminal, source, certificates };

  What what = What::everything;
  std::string tenant{};       ///< of what belongs to one; empty for everything and for a source
  std::string name{};         ///< of the service or terminal; the address of a source; empty otherwise
  std::string certificate{};  ///< SHA-256 in hex of the one that is blocked; empty: all of the terminal's

  /// "terminal karte/desk-1", "source 10.21.1.7", "certificates of karte/desk-1", "certificate 3f... of
  /// karte/desk-1"
  std::string to_text() const;
  friend bool operator==(const Cut&, const Cut&) = default;
};
inline constexpr std::size_t kMaxCuts = 256;
std::string_view to_string(Cut::What what);

/// Do sessions begin? Those that stand go on in any case.
enum class Intake : std::uint8_t {
  open,
  closed,     ///< nobody could keep their records (LOG-03)
  unclaimed,  ///< nobody has replaced the secret on the box's label yet (ADM-04)
};

/// The cuts as one tenant's compartment knows them.
struct CutOff {
  struct Name {
    std::string text{};
  };
  struct Block {
    std::string terminal{};
    std::string certificate{};  ///< as in Cut
  };
  std::vector<Name> services{};
  std::vector<Name> terminals{};
  std::vector<IpAddress> sources{};  ///< of every tenant
  std::vector<Block> blocks{};
  bool whole = false;  ///< the tenant, or the box
  Intake intake = Intake::open;

  bool covers_service(const std::string& service) const { return whole || has(services, service); }
  bool covers_terminal(const std::string& terminal) const { return whole || has(terminals, terminal); }
  /// Is this certificate, with which the terminal came, blocked? Null: it showed none, so a block of all that
  /// it has is the one that counts.
  bool blocks_certificate(const std::string& terminal, const CertificateIdentity* shown) const;
  bool covers_source(const IpAddress& source) const {
    return std::find(sources.begin(), sources.end(), source) != sources.end();
  }

 private:
  static bool has(const std::vector<Name>& names, const std::string& wanted) {
    return std::any_of(names.begin(), names.end(), [&](const Name& name) { return name.text == wanted; });
  }
};
CutOff cut_off_of(const std::vector<Cut>& cuts, const std::string& tenant);
/// A source and a certificate have one spelling, so that what was cut can be restored.
bool is_source(const std::string& text);
bool is_fingerprint(const std::string& text);
inline constexpr std::size_t kFingerprintDigits = 64;

template <class Io>
void visit(Io& io, Cut& c) {
  io.choice(c.what, Cut::What::certificates);
  io.text(c.tenant, kMaxName);
  io.text(c.name, kMaxName);
  io.text(c.certificate, kFingerprintDigits);
  if (c.tenant.empty() != (c.what == Cut::What::everything || c.what == Cut::What::source)) io.fail();
  if (c.name.empty() != (c.what <= Cut::What::tenant)) io.fail();
  if (c.what == Cut::What::source && !is_source(c.name)) io.fail();
  const bool may_name_one = c.what == Cut::What::certificates && is_fingerprint(c.certificate);
  if (!c.certificate.empty() && !may_name_one) io.fail();
}
template <class Io>
void visit(Io& io, CutOff::Block& b) {
  io.text(b.terminal, kMaxName);
  io.text(b.certificate, kFingerprintDigits);
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
  io.list(c.blocks, kMaxCuts + kMaxCuts / 2);  // by hand, and by the site's register
  io.field(c.whole);
  io.choice(c.intake, Intake::unclaimed);
}

}  // namespace gw::model
