#pragma once

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/event.h"
#include "base/secret.h"
#include "changes/shelf.h"

namespace gw::changes {

/// What the box itself can be told to do about its configuration.
enum class Order : std::uint8_t {
  look,  ///< say what is wrong with it and what it changes; nothing happens
  put,   ///< in force, until it is kept or turned back
  keep,  ///< what is in force is what the box starts with
  back,  ///< in force is what the box starts with
};
inline constexpr std::size_t kOrders = 4;

/// What came of an order.
struct Carried {
  Order order{};
  ChangeNumber change{};
  Result<> outcome = Done{};
  std::string report{};  ///< of the compiler, a line a problem; of look and put
  // of look
  std::string words{};  ///< what it changes, a line each
  bool widens = false;
  bool is_guarded = false;
  std::optional<model::Effect> foreseen{};
  // of put and back
  std::uint64_t generation = 0;
  std::uint32_t sessions_kept = 0;
  std::uint32_t sessions_closed = 0;
};

/// Where the box stands, as it says itself.
struct Standing {
  ChangeNumber in_force{};              ///< zero: what no change brought about
  ChangeNumber start{};                 ///< what it would start with; zero: its file
  ChangeNumber undone{};                ///< what it turned back by itself, because nobody told it to keep it
  std::vector<std::uint8_t> sources{};  ///< of what is in force, sealed; empty: nothing is in force yet
};

/// The changes of the box's configuration, from the first thought to what the box starts with
/// (WLS-04): staged, checked, in force for a while, confirmed with a one-time token or turned back, whatever
/// dies in between. Each step is one transaction with its record, or it does not happen. One thread.
///
/// Errors that many acts share: change.unknown, change.out_of_order (its state does not have that),
/// change.busy (an order of that kind is being carried out), store.*.
class Changes {
 public:
  /// What it may have done, told at once and carried out by hear(). `sources`: the sealed configuration.
  struct Hand {
    std::function<Result<>(ChangeNumber change, Bytes sources, Bytes before)> look;
    std::function<Result<>(ChangeNumber change, Bytes sources, std::chrono::seconds within)> put;
    /// `is_found`: what the box was found with, which is that change from now on.
    std::function<Result<>(ChangeNumber change, bool is_found)> keep;
    std::function<Result<>(ChangeNumber change)> back;
    std::function<Result<>(ChangeNumber change, std::chrono::seconds within)> wait;  ///< that long from now
  };
  /// Puts records into the chain and runs `with` in the same transaction: all of it or nothing.
  using Chain = std::function<Result<>(std::span<const Event> told, const std::function<Result<>()>& with)>;
  /// Told once for each order, when it was carried out or could not be.
  using Finished = std::function<void(Order order, ChangeNumber change, const Result<>& outcome)>;

  /// `database` has the tables of schema.h; it and `clock` outlive this.
  Changes(store::Database& database, const Clock& clock, Chain chain, Hand hand, Finished done);
  Changes(const Changes&) = delete;
  Changes& operator=(const Changes&) = delete;

  // ---- people

  struct Draft {
    Author by{};
    std::string reason{};
    ChangeNumber base{};  ///< what its author began with; zero: what is confirmed now
  };
  /// change.stale when something else was confirmed since its author began; change.no_reason.
  Result<ChangeNumber> stage(const Draft& draft, Bytes sources);
  /// Orders a look.
  Result<> check(ChangeNumber number);
  /// By a second person, of a change that allows more (ADM-12). account.not_by_itself.
  Result<> approve(ChangeNumber number, const Author& by);
  /// In force for so long, until it is confirmed; the token does that, once. change.stale,
  /// change.unapproved, change.in_flight (another one is).
  Result<Secret> put(ChangeNumber number, std::chrono::seconds within, const Author& by);
  /// change.token_refused.
  Result<> confirm(std::string_view token, const Author& by);
  /// That long from now.
  Result<> extend(std::chrono::seconds within, const Author& by);
  Result<> turn_back(std::string_view reason, const Author& by);
  Result<> withdraw(ChangeNumber number, std::string_view reason, const Author& by);

  Result<Change> find(ChangeNumber number);
  Result<std::vector<Change>> newest(std::size_t most) { return shelf_.newest(most); }
  /// change.pruned.
  Result<std::vector<std::uint8_t>> sources(ChangeNumber number);
  Result<ChangeNumber> confirmed();
  Result<std::optional<Change>> in_flight() { return shelf_.in_flight(); }

  // ---- the box

  Result<> hear(Standing standing);
  Result<> hear(const Carried& carried);
  /// What time has brought.
  Result<> tick();
  /// Does it know where the box stands, and is what that was found with part of the history? Before that
  /// nobody can know what he would change.
  bool is_ready() const { return is_heard_ && !adopting_; }
  /// When tick() is to be called again at the latest; nothing: no sooner than anything else happens.
  std::optional<Instant> due() const;

 private:
  static constexpr std::chrono::seconds kRetry{2};

  CivilTime now() const { return clock_.civil_now(); }
  bool is_out(Order order) const { return out_[static_cast<std::size_t>(order)].has_value(); }
  Result<> give(Order order, const Change& change);
  Result<> give_put(const Change& change, std::chrono::seconds within);
  void took(Order order, ChangeNumber change, Result<> told);
  void tell_done(const Carried& carried);
  std::chrono::seconds left_of(const Change& change) const;

  // changes.cpp
  Result<Change> in_state(ChangeNumber number, Step step);
  Result<Change> flying(Step step);
  Result<> move(Change& change, Step step, const Author& by, std::string_view why);
  Event record_of(EventId id, const Change& change, const Author& by, std::string_view why);

  // conduct.cpp
  Result<> reconcile();
  Result<> reconcile(Change& flying);
  Result<> end_without(Change& change, std::string_view why);
  Result<> expire();
  Result<> give_again();
  Result<> adopt();
  Result<> stand_in(Change& change);
  Result<> looked(const Carried& carried);
  Result<> was_put(Change& change, const Carried& carried);
  Result<> was_kept(Change& change, const Carried& carried);
  Result<> went_back(Change& change, const Carried& carried);

  Shelf shelf_;
  const Clock& clock_;
  Chain chain_;
  Hand hand_;
  Finished done_;
  std::array<std::optional<ChangeNumber>, kOrders> out_{};  // what is being carried out
  bool is_heard_ = false;
  std::optional<ChangeNumber> adopting_{};
  std::optional<Standing> unsettled_{};  // heard, and not acted upon yet
  std::optional<Instant> expires_{};     // of what is applied
  std::optional<Instant> retry_{};
};

}  // namespace gw::changes
