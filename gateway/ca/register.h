#pragma once

#include "ca/answer.h"
#include "pki/certificate.h"

namespace gw::ca {

/// Whether a certificate in the register counts.
enum class Standing : std::uint8_t {
  valid,       ///< the one that its terminal has now
  superseded,  ///< by a newer one; counts until its overlap ends
  blocked,     ///< until it is unblocked or revoked (certificateHold)
  revoked,     ///< for good
};
inline constexpr std::array kStandingWords{
    Word<Standing>{Standing::valid, "valid"},
    Word<Standing>{Standing::superseded, "superseded"},
    Word<Standing>{Standing::blocked, "blocked"},
    Word<Standing>{Standing::revoked, "revoked"},
};

/// One certificate that the site's authority has issued to a terminal. Times are seconds since 1970.
struct Enrolled {
  TerminalName name;
  Serial serial;
  pki::Sha256 certificate{};  ///< of the whole
  pki::Sha256 key{};          ///< of the SubjectPublicKeyInfo
  model::CivilSeconds not_before{0};
  model::CivilSeconds not_after{0};
  Standing standing = Standing::valid;
  model::CivilSeconds since{0};  ///< when it came to stand so; of a superseded one, the end of its overlap
  Reason reason = Reason::unspecified;  ///< of a revoked one

  bool has_ended(model::CivilSeconds now) const { return now >= not_after; }
  friend bool operator==(const Enrolled&, const Enrolled&) = default;
};

/// Longest time in which a terminal's old certificate counts beside its new one.
inline constexpr std::chrono::hours kLongestOverlap{24 * 30};
/// How long an ended certificate stays on lists, so that everybody has seen it there (RFC 5280 3.3).
inline constexpr std::chrono::hours kListedAfterEnd{24 * 30};
/// How long the register remembers an ended certificate, and with it that its key was used.
inline constexpr std::chrono::hours kRememberedAfterEnd{24 * 400};
inline constexpr std::size_t kMaxEnrolled = 100'000;

/// Which terminal of a site has which certificate (CRT-07). At any time a terminal has at most one that is
/// valid or blocked, and at most one more in its overlap; no key is ever another terminal's. A value: it
/// knows no clock and no file, and a transition that is refused changes nothing.
class Register {
 public:
  Register() = default;
  /// What breaks the promises above is register.unreadable.
  static Result<Register> of(std::vector<Enrolled> entries);

  /// A terminal's first certificate, or its next one after the last has ended or was revoked. Its name is
  /// the certificate's. register.name_malformed, register.enrolled_already, register.key_reused.
  Result<> enrol(const X509* certificate, model::CivilSeconds now);
  /// A new certificate for the same key; the old one counts during the overlap. register.terminal_unknown,
  /// register.key_changed, register.state if the terminal is blocked or the overlap too long.
  Result<> renew(const X509* certificate, std::chrono::seconds overlap, model::CivilSeconds now);
  /// The same with a key that nobody has had. register.key_reused.
  Result<> rekey(const X509* certificate, std::chrono::seconds overlap, model::CivilSeconds now);
  /// The same for a terminal that comes with the certificate in its overlap, since it never had the one after
  /// that: which ends, and the one in the overlap counts as long as before. The key may be that of the one it
  /// never had.
  Result<> succeed_lost(const X509* certificate, model::CivilSeconds now);
  /// Another device in the terminal's place: whatever it had is revoked at once, and the key is a new one.
  Result<> replace(const X509* certificate, Reason reason, model::CivilSeconds now);

  /// The terminal counts no longer, until it is unblocked. A certificate in its overlap ends.
  Result<> block(const TerminalName& name, model::CivilSeconds now);
  Result<> unblock(const TerminalName& name, model::CivilSeconds now);
  /// For good, with whatever is in its overlap. `hold` is no reason for that.
  Result<> revoke(const TerminalName& name, Reason reason, model::CivilSeconds now);
  /// That certificate alone, which must be one of the terminal's that count: another in its overlap, or the
  /// next one, stands.
  Result<> revoke(const TerminalName& name, const pki::Sha256& certificate, Reason reason,
                  model::CivilSeconds now);

  /// The certificate that a terminal has, valid or blocked; nullptr if none.
  const Enrolled* current(const TerminalName& name) const;
  /// What belongs on the authority's list now.
  std::vector<ListEntry> on_list(model::CivilSeconds now) const;
  /// What an OCSP answer says now.
  Status status_of(const Serial& serial, model::CivilSeconds now) const;
  /// Drops what ended long ago (kRememberedAfterEnd).
  void forget_ended(model::CivilSeconds now);

  const std::vector<Enrolled>& entries() const { return entries_; }

 private:
  enum class KeyRule : std::uint8_t { unused, same };

  Result<Enrolled> taken_in(const X509* certificate, KeyRule rule, model::CivilSeconds now) const;
  Result<> succeed(const X509* certificate, KeyRule rule, std::chrono::seconds overlap,
                   model::CivilSeconds now);
  Enrolled* current_of(const TerminalName& name);
  void end_overlaps(const TerminalName& name, model::CivilSeconds now);
  std::vector<Enrolled*> counting(const TerminalName& name, model::CivilSeconds now);

  std::vector<Enrolled> entries_;
};

}  // namespace gw::ca
