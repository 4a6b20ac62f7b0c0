#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "accounts/actor.h"
#include "backup/shelf.h"
#include "backup/timetable.h"
#include "base/clock.h"

namespace gw::backup {

using accounts::Actor;
using accounts::Told;

/// Whose backups they are, who can open them, and how many are kept.
struct Settings {
  std::string box{};   ///< is_name()
  std::string site{};  ///< is_name()
  std::vector<Recipient> recipients{};
  Keep keep{};
};

/// What goes into one. The parts are up to the caller; no private key is among them.
struct Content {
  std::uint64_t change = 0;
  std::optional<model::Checkpoint> checkpoint{};
  std::vector<Part> parts{};
};

/// A backup that somebody takes along, as a file to be read from its beginning.
struct TakenAlong {
  UniqueFd file{};
  std::string name{};
  Extent extent{};
};

/// The backups of the box (BAK-01 to BAK-05): made when they are due or somebody wants one, kept in
/// generations, looked after, taken along and tried out. Every act says in `told` what belongs into the
/// record chain, also when it failed. One thread; making or reading one takes up to five times its size in
/// memory.
///
/// Errors that many acts share: account.forbidden, backup.unknown, store.full, system.call_failed.
class Backups {
 public:
  /// `signer`: SHA-256 of the SubjectPublicKeyInfo of the key that signs here. `clock` outlives it.
  static Result<Backups> open(UniqueFd folder, const Clock& clock, Settings settings,
                              const pki::Sha256& signer);

  void set(Settings settings) { settings_ = std::move(settings); }
  /// A change was confirmed then; also said at every start, of the last one there was.
  void note_confirmed(CivilTime when) { history_.last_confirmed = when; }
  const Settings& settings() const { return settings_; }
  const pki::Sha256& signer() const { return signer_; }
  /// Since the last one that was made.
  std::uint32_t failures() const { return history_.failures; }
  Due due() const { return next_due(history_, clock_->civil_now()); }

  /// Makes one and removes those that are too many. The box itself, when it is due(); or an administrator.
  /// As make_container() says.
  Result<Generation> make(Kind kind, const Content& content, keys::PrivateKey& signer, Told& told);
  Result<Generation> make_by_hand(const Actor& actor, const Content& content, keys::PrivateKey& signer,
                                  Told& told);

  /// There was nothing to make one of. As a make() that failed.
  void note_failure(Kind kind, const Error& why, Told& told);

  Result<Listing> list(const Actor& actor, Told& told) const;
  /// backup.damaged: nobody takes along what is not whole.
  Result<TakenAlong> take_along(const Actor& actor, std::uint64_t number, Told& told);
  /// As if it were restored, with a recipient's key (BAK-03). Is it good, it is the last good one from now
  /// on.
  Result<Opened> try_out(const Actor& actor, std::uint64_t number, X509* certificate, EVP_PKEY* key,
                         Told& told);
  /// The box runs on what is in it, so it is known to be good (BAK-05).
  Result<> mark_good(std::uint64_t number, std::string_view reason, Told& told);
  /// Looks at every octet of that one (BAK-05).
  struct Looked {
    Report report{};
    pki::Sha256 digest{};  ///< of the file
  };
  Result<Looked> look_at(const Actor& actor, std::uint64_t number, Told& told);
  /// Somebody has tried it elsewhere, with a recipient's key (BAK-03): the file with that digest, or
  /// backup.useless. As try_out() from then on.
  Result<> note_tried(const Actor& actor, std::uint64_t number, const pki::Sha256& digest, Told& told);
  /// Looks at every octet of the one that was not looked at for the longest time. Now and then. A damaged one
  /// is told once and stays where it is.
  Result<> look_at_one(Told& told);

 private:
  Backups(Shelf shelf, const Clock& clock, Settings settings, const pki::Sha256& signer)
      : shelf_(std::move(shelf)), clock_(&clock), settings_(std::move(settings)), signer_(signer) {}
  Expected expected() const { return {signer_, settings_.box, settings_.site}; }
  Result<Generation> write(Kind kind, const Content& content, keys::PrivateKey& signer, Event& made,
                           Told& told);
  Result<Generation> tell_made(Result<Generation> made, Kind kind, Event event, Told& told);
  Result<> remove_surplus(Told& told);
  void tell_recipients(Told& told) const;
  void tell_damaged(const std::string& file, std::string_view reason, Told& told);

  Shelf shelf_;
  const Clock* clock_;
  Settings settings_;
  pki::Sha256 signer_;
  History history_{};
  std::uint64_t looked_at_ = 0;
  std::set<std::string> told_damaged_{};
};

}  // namespace gw::backup
