#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "accounts/actor.h"
#include "changes/changes.h"
#include "control/chronicle.h"
#include "control/errand.h"
#include "ipc/messages/control_records.h"
#include "model/update_state.h"
#include "orders/book.h"
#include "orders/offer.h"

namespace gw::control {

class BundleOffice;

/// Orders of the operations centre (F3, decisions/0064): takes each that the vendor signed for this box,
/// once, and sees to what becomes of it. What only lets less through is done at once; everything else waits
/// for somebody of the clinic, on the pages where such things are done anyway. Until it is carried out it
/// ends with the key that signed it, and by a withdrawal (decisions/0073). What becomes of each is a record,
/// and so the centre is told. One thread.
class OrderOffice {
 public:
  static constexpr std::size_t kMostShown = 100;

  /// All outlive it.
  OrderOffice(RecordStore& store, Chronicle& records, changes::Changes& changes, BundleOffice& bundles,
              const Clock& clock)
      : store_(store),
        records_(records),
        changes_(changes),
        bundles_(bundles),
        clock_(clock),
        book_(store.database()) {}
  OrderOffice(const OrderOffice&) = delete;
  OrderOffice& operator=(const OrderOffice&) = delete;

  /// Whose orders are taken, and for which box. message.malformed.
  Result<> hear(const ipc::Frame& plan);
  bool takes_orders() const { return signer_.has_value(); }
  /// The key, by which people compare it.
  std::optional<pki::Sha256> signer() const;

  /// The clock is right: from now on there is a book, if there was none. store.failed, store.full.
  Result<> begin_book();
  /// An agent comes: a round begins.
  void begin_round() { begun_ = clock_.now(); }
  /// It has come about: without trouble, the centre was reached.
  void end_round() { heard_ = begun_; }
  /// What it has brought, in which an order may stand that was taken already. One that is not taken is a
  /// record, told once while this runs, and once an hour if anybody could have made it. While the clock is
  /// behind none is.
  void take(Bytes offer, bool is_clock_right);
  /// What time, the clinic and the box have brought. Nothing is done before it is known whose orders count,
  /// nor while the clock is behind. store.failed.
  Result<> tick(ErrandLine& errands, bool is_clock_right);
  /// What came of an errand, if it was one of its own.
  Result<> told(const ErrandLine::Answer& answer);
  std::optional<Instant> due() const {
    return live_.empty() || !is_heard_ ? std::nullopt : std::optional(due_);
  }

  /// Of images on offer the newest that this box could use: it is an appliance, and neither runs that image
  /// nor has it in its other slot, and it did not fail. With it the window of the site.
  struct Offered {
    std::optional<orders::UpdateOffer> image{};
    std::optional<model::DailyWindow> window{};
  };
  /// Nothing: it is not known yet.
  std::optional<Offered> offered() const;
  /// Somebody has that image installed, by which he consents to the orders that offer it. store.failed.
  Result<> consent_to_image(const accounts::Actor& actor, std::string_view sha256);

  /// The newest first.
  Result<std::vector<orders::Entry>> newest() { return book_.newest(kMostShown); }
  /// The clinic does not want it. order.unknown: nothing waits of that name; change.out_of_order: what it
  /// proposed is in force; change.no_reason.
  Result<> decline(const accounts::Actor& actor, std::string_view id, std::string_view reason);
  /// Does somebody make a support file for it? account.forbidden, order.unknown.
  Result<> may_consent(const accounts::Actor& actor, std::string_view id, accounts::Told& told);
  Result<> consent(const accounts::Actor& actor, std::string_view id, std::uint64_t bundle);

 private:
  using Entry = orders::Entry;
  using State = orders::State;
  static constexpr std::chrono::seconds kLookEvery{1};
  /// So often the supervisor is asked which image runs, while one is on offer; an answer comes before that.
  static constexpr std::chrono::seconds kAskForImageEvery{2 * ErrandLine::kPatience};
  /// So many documents are told one by one; of what comes then, one an hour for each reason.
  static constexpr std::size_t kMostRefused = 64;
  static constexpr std::chrono::hours kRefusedEvery{1};
  /// An agent is no longer at a round than that.
  static constexpr std::chrono::seconds kMostRound{90};

  /// A change that was put in force without anybody's consent, until a round has come about on it.
  struct Flight {
    std::string order{};
    changes::ChangeNumber change{};
    Secret token{};
    std::optional<Instant> applied{};
  };
  /// A cut that the supervisor has been asked for; not once more before that.
  struct Asked {
    std::string order{};
    std::uint64_t errand = 0;  // none: it has answered
    Instant until{};
  };
  /// What is refused for a reason that anybody can bring about.
  struct Noise {
    Instant quiet_until{};
    std::uint64_t untold = 0;
  };

  // order_office.cpp
  Result<> take(const orders::Sealed& sealed, const pki::Sha256& digest, bool is_clock_right);
  Result<> take_again(const Entry& known, const orders::Sealed& sealed);
  Result<> be_unused(const orders::Order& order);
  Result<> be_suitable(const orders::Order& order);
  Result<> accept(const orders::Order& order, std::string_view head, const pki::Sha256& digest);
  Result<changes::ChangeNumber> stage(const orders::Order& order, const orders::Proposal& proposal);
  Result<> propose(Entry& entry, const orders::Proposal& proposal);
  void refuse(const pki::Sha256& digest, const Error& why);
  std::optional<std::uint64_t> untold(const pki::Sha256& digest, ErrorCode why);
  Result<> begin();
  Result<> move(Entry& entry, State to, std::string by, std::string outcome);
  Entry* find_live(std::string_view id);
  CivilTime now() const { return clock_.civil_now(); }
  bool is_late(const Entry& entry) const { return now() >= CivilTime(entry.order.expires); }

  // order_progress.cpp
  Result<> follow(Entry& entry, ErrandLine& errands);
  Result<> go_on(Entry& entry, ErrandLine& errands);
  Result<> end_with(Entry& entry, const Error& why);
  bool counts(const Entry& entry) const { return signer_ && entry.signer == signer_->fingerprint(); }
  bool waits_for_answer(const Entry& entry) const;
  bool is_taken_back(const Entry& entry) const;
  Result<bool> is_done_already(const Entry& entry);
  Result<> stop(Entry& entry, State to, std::string why);
  Result<> follow_withdrawal(Entry& entry);
  Result<> follow_change(Entry& entry);
  Result<> follow_checked(Entry& entry, const changes::Change& change);
  Result<> follow_over(Entry& entry, const changes::Change& change);
  Result<> follow_bundle(Entry& entry);
  Result<> note_applied();
  Result<> confirm(Entry& entry);
  std::chrono::seconds window() const;
  Result<> withdraw(Entry& entry, std::string_view why);
  Result<bool> only_narrows(const changes::Change& change);
  Result<> find_changes();
  Result<std::string> who_applied(const changes::Change& change);
  Result<> follow_revocation(Entry& entry, ErrandLine& errands);
  Result<> follow_offer(Entry& entry);
  void ask_for_image(ErrandLine& errands);
  Result<> hear_of_image(const Result<ipc::Frame>& frame);
  Result<> note_begun(Entry& entry, bool is_begun);

  RecordStore& store_;
  Chronicle& records_;
  changes::Changes& changes_;
  BundleOffice& bundles_;
  const Clock& clock_;
  orders::Book book_;
  std::string box_{};
  std::chrono::seconds every_{};  // rounds of the agent
  std::optional<CivilTime> book_begun_{};
  std::optional<pki::SignerKey> signer_{};  // none: no orders are taken
  bool is_heard_ = false;                   // whose orders are taken
  bool is_begun_ = false;
  std::vector<Entry> live_{};
  std::set<std::pair<pki::Sha256, ErrorCode>> refused_{};  // told already
  std::map<ErrorCode, Noise> noise_{};
  std::optional<Flight> flight_{};
  std::vector<Asked> asked_{};
  std::optional<model::UpdateState> image_{};  // as it was told since the newest offer
  std::uint64_t image_errand_ = 0;             // zero: none is under way
  Instant image_due_{};
  std::optional<Instant> begun_{}, heard_{};  // of the last round, and of the last that came about
  Instant due_{};
};

/// By this name the operations centre stands in records; no account can have it, since it has a blank.
inline constexpr const char* kCentre = "operations centre";

}  // namespace gw::control
