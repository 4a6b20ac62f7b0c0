#pragma once

#include "ca/register.h"
#include "keys/borrowed_key.h"
#include "model/site.h"

namespace gw::ca {

/// How long a terminal's old certificate counts beside its next one.
inline constexpr std::chrono::hours kOverlap{24 * 7};
/// How long a terminal may take to come with its ticket.
inline constexpr std::chrono::hours kTicketLife{24 * 7};
inline constexpr std::size_t kMostTickets = 1000;
/// Certificates of one terminal that have neither ended nor been revoked, if it asks by itself.
inline constexpr std::ptrdiff_t kMostOfOne = 8;

/// A site's authority as it lies in the box's state folder. Not secret: its key is of use in this box alone.
struct Site {
  struct Ticket {
    TerminalName name{};
    pki::Sha256 word{};  ///< of the word, which is kept nowhere
    model::CivilSeconds ends{0};
  };
  std::string key{};        ///< as keyd made it; empty: there is no authority yet
  std::string chain_pem{};  ///< its certificate first; empty: the vendor's root has not answered yet
  Register terminals{};
  std::vector<Ticket> tickets{};
  std::uint64_t list_number = 0;  ///< of the last revocation list

  static Result<Site> read(Bytes stored);
  std::vector<std::uint8_t> write() const;
};

/// Where the authority's key is made and opened.
struct KeySource {
  std::function<Result<keys::KeyWork::Made>(model::KeyKind)> make;
  std::function<Result<keys::PrivateKeyPtr>(Bytes)> open;
};

/// What an order leads to.
struct SiteWork {
  Site site{};
  model::SiteProduct product{};
  Octets list{};                     ///< DER; empty while there is no authority
  std::vector<model::Cut> blocks{};  ///< certificates that count no more though they have not ended
  std::string trouble{};             ///< what could not be done besides, for the operator; empty: nothing
};
/// Carries an order out. An order that is refused changes nothing. `input` as the order's verb says; `name`
/// is the site's. site_ca.missing, site_ca.exists_already, ticket.unknown, ticket.malformed,
/// register.not_theirs, and the errors of whatever is done. Pure but for serial numbers, words and a
/// terminal's new key, which are random.
Result<SiteWork> carry_out(const model::SiteOrder& order, Bytes input, Site site, const KeySource& keys,
                           const std::string& name, model::CivilSeconds now);

}  // namespace gw::ca
