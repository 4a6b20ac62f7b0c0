#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bundle/shelf.h"
#include "control/collection.h"

namespace gw::control {

/// The support files of the box: one is collected at a time, between everything else; those that are ready
/// are kept for a day, the newest three of them, across a restart. One thread.
class BundleOffice {
 public:
  /// One that came to nothing; until the next one is wanted, or it is removed.
  struct Failed {
    std::uint64_t number = 0;
    std::string by{};
    Error why{};
  };

  /// Both outlive it. `folder` is nobody else's.
  BundleOffice(Chronicle& records, const Clock& clock, UniqueFd folder)
      : records_(records), clock_(clock), shelf_(bundle::Shelf::open(std::move(folder))) {}
  BundleOffice(const BundleOffice&) = delete;
  BundleOffice& operator=(const BundleOffice&) = delete;

  /// Begins one; its number. account.forbidden, bundle.under_way, bundle.unsuitable: no scope, or none that
  /// there is; backup.no_recipients: nobody could open it.
  Result<std::uint64_t> want(const accounts::Actor& actor, Wish wish, const WebAround& around,
                             accounts::Told& told);
  /// The next piece, and the end of those whose time is over.
  void step(const WebAround& around);
  void told(const ErrandLine::Answer& answer, const WebAround& around);
  /// When there is something to do; nothing: not before something else happens.
  std::optional<Instant> due() const;

  const Collection* collecting() const { return collection_.get(); }
  const std::optional<Failed>& failed() const { return failed_; }
  /// The oldest first. system.call_failed.
  Result<std::vector<bundle::Head>> ready() const;
  /// bundle.unknown.
  Result<bundle::Head> find(std::uint64_t number) const;
  /// bundle.unknown.
  Result<std::string> file(std::uint64_t number, std::string_view name) const;
  /// account.forbidden, bundle.unknown.
  Result<backup::TakenAlong> take_along(const accounts::Actor& actor, std::uint64_t number,
                                        accounts::Told& told);
  /// Whatever it has come to. account.forbidden, bundle.unknown.
  Result<> remove(const accounts::Actor& actor, std::uint64_t number, accounts::Told& told);

 private:
  static constexpr std::chrono::seconds kLookEvery{10};
  static constexpr std::chrono::hours kLookAgain{1};  // after one that could not be removed

  Result<std::uint64_t> next_number(RecordStore& store) const;
  Result<bundle::Head> pack(const WebAround& around);
  void finish(const WebAround& around);
  void fail(const Error& why);
  void remove_old();
  void remove_surplus();
  void take_away(std::uint64_t number, std::string_view reason);

  Chronicle& records_;
  const Clock& clock_;
  Result<bundle::Shelf> shelf_;
  std::unique_ptr<Collection> collection_{};
  std::optional<Failed> failed_{};
  Instant look_due_{};
};

}  // namespace gw::control
