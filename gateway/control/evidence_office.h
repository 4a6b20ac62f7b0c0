#pragma once

#include <optional>
#include <vector>

#include "accounts/actor.h"
#include "backup/backups.h"
#include "control/chronicle.h"
#include "control/evidence_shelf.h"
#include "control/packs_found.h"
#include "control/profiles_found.h"
#include "keys/private_key.h"

namespace gw::control {

/// Evidence of the box (GOV-03): kept with its record or not at all, and signed as soon as somebody
/// signs. One thread. Errors: store.*.
class EvidenceOffice {
 public:
  static constexpr std::chrono::seconds kAskAgain{5};      ///< for a key that did not sign
  static constexpr std::uint64_t kRoomBeside = 64u << 20;  ///< octets that stay free

  /// Both outlive it.
  EvidenceOffice(RecordStore& store, Chronicle& records, const Clock& clock, PacksFound packs,
                 ProfilesFound profiles)
      : store_(store),
        shelf_(store.database()),
        records_(records),
        clock_(clock),
        packs_(std::move(packs)),
        profiles_(std::move(profiles)) {}
  EvidenceOffice(const EvidenceOffice&) = delete;
  EvidenceOffice& operator=(const EvidenceOffice&) = delete;

  /// The editions that the box judges by.
  const PacksFound& packs() const { return packs_; }
  /// What vendors have published about the services.
  const ProfilesFound& profiles() const { return profiles_; }
  Result<std::uint64_t> next_number() { return shelf_.next_number(); }
  /// What was stated, in the name of whoever asked. store.full: it would take the room of records.
  Result<> keep(const accounts::Actor& actor, const evidence::Document& document);

  /// The same for an incident (INC-03), to be kept by whoever writes that down in the same step.
  struct Prepared {
    KeptEvidence one{};
    std::vector<Event> told{};
    std::string digest() const;  ///< of its sums, hexadecimal
  };
  /// With `more` files. Errors as keep().
  Result<Prepared> prepare(const accounts::Actor& actor, const evidence::Document& document,
                           std::vector<evidence::File> more = {}, std::uint64_t incident = 0);
  /// Within somebody else's transaction, in which `told` is recorded as well.
  Result<> put(const Prepared& prepared);
  Result<std::vector<KeptEvidence>> list() { return shelf_.list(); }
  /// evidence.unknown.
  Result<KeptEvidence> find(std::uint64_t number);
  /// The archive of its files, or of those that `papers` names ("paper-cl-r7,form-boundary-2026-11": file
  /// names without what follows the last dot), with the four that seal them all. evidence.unknown;
  /// evidence.unsigned: not yet; text.malformed: it has no such paper.
  Result<backup::TakenAlong> take_along(const accounts::Actor& actor, std::uint64_t number,
                                        accounts::Told& told, std::string_view papers = {});

  /// Is there something to sign, now?
  bool wants_key() const { return is_waiting_ && clock_.now() >= not_before_; }
  /// When there may be something again; nothing: no sooner than anything else happens.
  std::optional<Instant> due() const { return is_waiting_ ? std::optional(not_before_) : std::nullopt; }
  /// It came, and signs.
  void use(keys::PrivateKey& key);
  /// It did not.
  void miss_key() { not_before_ = clock_.now() + kAskAgain; }

 private:
  bool has_room(const KeptEvidence& one);
  Result<> sign_all(keys::PrivateKey& key);

  RecordStore& store_;
  EvidenceShelf shelf_;
  Chronicle& records_;
  const Clock& clock_;
  PacksFound packs_;
  ProfilesFound profiles_;
  bool is_waiting_ = true;  // whatever an earlier controld left
  Instant not_before_{};
};

}  // namespace gw::control
