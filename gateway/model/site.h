#pragma once

#include <string>
#include <vector>

#include "model/configuration.h"
#include "model/cut.h"
#include "model/keeping.h"

namespace gw::model {

/// What somebody wants of the site's own authority, which certifies its terminals (LAN-01, CRT-07).
struct SiteOrder {
  enum class Verb : std::uint8_t {
    found,    ///< make it: a key and a certificate that it gives itself
    request,  ///< or make its key and the request that the vendor's root answers
    adopt,    ///< and take that answer: input is its chain, PEM
    enrol,    ///< a terminal's first certificate; input is its request, or nothing: the box makes its key
    renew,    ///< its next one beside the one it has, which counts for a while yet; input likewise
    replace,  ///< another device in its place: what it had counts no more; input likewise
    revoke,   ///< what it has counts no more
    ticket,   ///< a word with which a terminal may ask for its own certificate once
    redeem,   ///< that terminal asks: input is its request
    report,   ///< what has been issued
    answer,   ///< input is an OCSP request (RFC 6960)
    look,     ///< the regular look: a new revocation list, what has ended since
  };

  Verb verb{};
  std::string tenant{};
  std::string terminal{};
  std::string ticket{};       ///< of redeem
  std::string place{};        ///< of ticket: the URL where the terminal asks
  std::string certificate{};  ///< of revoke: SHA-256 in hex of that one alone; empty: whatever it has
  /// Of renew, when the terminal itself asks: SHA-256 in hex of the certificate that it came with. Empty:
  /// somebody of the clinic asks.
  std::string shown{};
  std::uint8_t revocation = 0;     ///< of replace and revoke: a CRLReason (RFC 5280 5.3.1)
  std::uint32_t life_seconds = 0;  ///< of a certificate; zero: as long as its profile allows
};

/// One certificate in the site's register.
struct SiteEntry {
  std::string tenant{};
  std::string terminal{};
  std::string serial{};       ///< hex
  std::string certificate{};  ///< SHA-256, hex
  std::string standing{};     ///< a word of the register
  CivilSeconds not_before{0};
  CivilSeconds not_after{0};
  CivilSeconds since{0};  ///< when it came to stand so; of a superseded one, until when it counts at the most
};

/// What came of an order, for whoever gave it.
struct SiteProduct {
  std::vector<std::uint8_t> file{};  ///< a chain or request in PEM, a PKCS#12 file, an OCSP answer
  std::string secret{};              ///< the PKCS#12 file's password, or the ticket: shown once, kept nowhere
  std::string place{};               ///< where the ticket is good for something
  CivilSeconds ends{0};              ///< of the ticket
  SiteEntry entry{};                 ///< what was issued, or revoked alone; of no name: nothing was
  // The authority as it is now.
  std::string authority{};    ///< its subject
  std::string fingerprint{};  ///< SHA-256 of its certificate, hex; empty: it has none yet
  Keeping keeping{};          ///< of its key
  CivilSeconds not_after{0};
  std::uint64_t list_number = 0;
  std::vector<SiteEntry> entries{};  ///< of report
};

/// What nobody says more of: the terminal is not in use any more (RFC 5280 5.3.1, cessationOfOperation).
inline constexpr std::uint8_t kCessation = 5;
inline constexpr std::size_t kMostSiteInput = 64 * 1024;
inline constexpr std::size_t kMostSiteEntries = 100'000;
inline constexpr std::size_t kMostTicketText = 64;
inline constexpr std::size_t kMostPlace = 512;

template <class Io>
void visit(Io& io, SiteOrder& o) {
  io.choice(o.verb, SiteOrder::Verb::look);
  io.text(o.tenant, kMaxName);
  io.text(o.terminal, kMaxName);
  io.text(o.ticket, kMostTicketText);
  io.text(o.place, kMostPlace);
  io.text(o.certificate, kFingerprintDigits);
  io.text(o.shown, kFingerprintDigits);
  io.range(o.revocation, std::uint8_t{0}, std::uint8_t{9});
  io.field(o.life_seconds);
}
template <class Io>
void visit(Io& io, SiteEntry& e) {
  io.text(e.tenant, kMaxName);
  io.text(e.terminal, kMaxName);
  io.text(e.serial, 64);
  io.text(e.certificate, kFingerprintDigits);
  io.text(e.standing, 32);
  io.field(e.not_before);
  io.field(e.not_after);
  io.field(e.since);
}
template <class Io>
void visit(Io& io, SiteProduct& p) {
  io.blob(p.file, kMostSiteInput);
  io.text(p.secret, 128);
  io.text(p.place, kMostPlace);
  io.field(p.ends);
  io.field(p.entry);
  io.text(p.authority, 512);
  io.text(p.fingerprint, kFingerprintDigits);
  io.choice(p.keeping, Keeping::plain_file);
  io.field(p.not_after);
  io.field(p.list_number);
  io.list(p.entries, kMostSiteEntries);
}

}  // namespace gw::model
