#include "control/order_office.h"

#include <algorithm>

#include "base/codec.h"
#include "base/text.h"
#include "config/sources.h"
#include "control/bundle_office.h"

namespace gw::control {
namespace {

using orders::Entry;
using orders::Kind;
using orders::Order;
using orders::State;

EventId event_of(State state) {
  constexpr EventId kEvents[orders::kStates] = {
      EventId::order_accepted, EventId::order_waits,  EventId::order_done,     EventId::order_declined,
      EventId::order_expired,  EventId::order_failed, EventId::order_withdrawn};
  return kEvents[static_cast<std::size_t>(state)];
}

Event record_of(EventId id, const Entry& entry) {
  Event event(id);
  event.add(Field::object, entry.order.id).add(Field::name, to_string(entry.order.kind()));
  event.add(Field::digest, to_hex(entry.digest))
      .add(Field::until, to_timestamp(CivilTime(entry.order.expires)));
  if (entry.change != 0) event.add(Field::change, entry.change);
  if (!entry.by.empty()) event.add(Field::administrator, entry.by);
  const std::string& why = is_over(entry.state) ? entry.outcome : entry.order.reason;
  if (!why.empty()) event.add(Field::reason, why);
  return event;
}

/// Whoever stands in the way can have that refused, as often as he likes.
bool is_anybodys(ErrorCode why) {
  return why == ErrorCode::order_unsigned || why == ErrorCode::order_malformed ||
         why == ErrorCode::clock_behind;
}

/// Not the order's fault: the next time it is handed over.
bool is_for_later(const Error& why) {
  return why.code == ErrorCode::store_full || why.code == ErrorCode::store_failed ||
         why.code == ErrorCode::change_busy;
}

Error unsuitable(std::string why) { return {ErrorCode::order_unsuitable, std::move(why)}; }
Error unknown(std::string_view id) { return {ErrorCode::order_unknown, "order " + std::string(id)}; }

}  // namespace

Result<> OrderOffice::hear(const ipc::Frame& frame) {
  GW_TRY(const auto plan, decode<ipc::control_records::NocPlan>(frame.body));
  is_heard_ = true;
  box_ = plan.site;
  every_ = plan.every;
  signer_.reset();
  if (plan.signer.empty()) return Done{};
  if (auto key = pki::SignerKey::from_pem(plan.signer)) signer_ = *std::move(key);
  return Done{};
}

std::optional<pki::Sha256> OrderOffice::signer() const {
  return signer_ ? std::optional(signer_->fingerprint()) : std::nullopt;
}

// ---------------------------------------------------------------- what is handed over

Result<> OrderOffice::begin_book() {
  if (book_begun_) return Done{};
  GW_TRY(book_begun_, book_.begun(now()));
  return Done{};
}

void OrderOffice::take(Bytes offer, bool is_clock_right) {
  if (!signer_) return;
  const auto sealed = orders::orders_in(as_text(offer));
  if (!sealed) return refuse(pki::sha256_of(offer), sealed.error());
  for (const orders::Sealed& one : *sealed) {
    const pki::Sha256 digest = pki::sha256_of(as_bytes(one.document));
    const Result<> taken = take(one, digest, is_clock_right);
    if (!taken && !is_for_later(taken.error())) refuse(digest, taken.error());
  }
}

/// It is handed over as long as it counts and somewhat longer, so one that is known is nothing new.
Result<> OrderOffice::take(const orders::Sealed& sealed, const pki::Sha256& digest, bool is_clock_right) {
  GW_TRY(begin());
  GW_TRY(const auto known, book_.find(digest));
  if (!is_clock_right) return known ? Result<>(Done{}) : Result<>(Error{ErrorCode::clock_behind});
  if (known) return take_again(*known, sealed);
  GW_TRY(begin_book());
  GW_TRY(const Order order, orders::judge(sealed, {*signer_, box_}, now()));
  GW_TRY(be_unused(order));
  GW_TRY(be_suitable(order));
  return accept(order, orders::document_of(sealed.document).head, digest);
}

/// A configuration is not kept with its order: where nothing could be made of it at the time, it is made when
/// the same document comes again.
Result<> OrderOffice::take_again(const Entry& known, const orders::Sealed& sealed) {
  Entry* entry = find_live(known.order.id);
  const bool lacks_change = entry != nullptr && entry->order.kind() == Kind::change && entry->change == 0;
  if (!lacks_change || !counts(*entry) || is_late(*entry)) return Done{};
  GW_TRY(const Order order, orders::read_order(sealed.document));
  if (const Result<> suits = be_suitable(order); !suits)
    return is_for_later(suits.error()) ? suits : move(*entry, State::failed, {}, suits.error().to_text());
  return propose(*entry, std::get<orders::Proposal>(order.wanted));
}

Result<> OrderOffice::be_unused(const Order& order) {
  GW_TRY(const bool is_withdrawn, book_.is_withdrawn(order.id));
  if (is_withdrawn) return Error{ErrorCode::order_withdrawn, order.id};
  GW_TRY(const bool is_forgotten, book_.is_forgotten(order.expires));
  GW_TRY(const auto same, book_.find(order.id));
  if (is_forgotten || same) return Error{ErrorCode::order_used, order.id};
  if (order.issued < std::chrono::floor<std::chrono::seconds>(book_begun_->time_since_epoch()))
    return Error{ErrorCode::order_used, order.id + ": it was issued before this box kept account of orders"};
  return Done{};
}

/// Could it be followed at all, as far as that is known before it is?
Result<> OrderOffice::be_suitable(const Order& order) {
  if (const auto* request = std::get_if<orders::BundleRequest>(&order.wanted)) {
    const auto scopes = bundle_scopes();
    for (const std::string& one : request->scopes)
      if (std::ranges::find(scopes, one) == scopes.end()) return unsuitable(order.id + ": scope " + one);
  }
  if (const auto* withdrawal = std::get_if<orders::Withdrawal>(&order.wanted)) {
    GW_TRY(const auto other, book_.find(withdrawal->order));
    if (other && other->order.kind() == Kind::withdraw)
      return unsuitable(order.id + ": " + withdrawal->order + " is a withdrawal itself");
  }
  const auto* proposal = std::get_if<orders::Proposal>(&order.wanted);
  if (proposal == nullptr) return Done{};
  if (!changes_.is_ready()) return Error{ErrorCode::change_busy};
  GW_TRY(const changes::ChangeNumber confirmed, changes_.confirmed());
  GW_TRY(const changes::Change base, changes_.find(confirmed));
  if (to_hex(base.digest) == proposal->base) return Done{};
  return unsuitable(order.id + ": it was written for another configuration than the one confirmed last");
}

/// It stands in the book before anything is done: whoever dies here does nothing twice.
Result<> OrderOffice::accept(const Order& order, std::string_view head, const pki::Sha256& digest) {
  const bool waits = order.kind() == Kind::bundle || order.kind() == Kind::update;
  Entry entry{.order = order, .digest = digest, .head = std::string(head), .taken = now()};
  entry.signer = signer_->fingerprint();
  if (auto* proposal = std::get_if<orders::Proposal>(&entry.order.wanted)) proposal->configuration.clear();
  std::vector<Event> told{record_of(EventId::order_accepted, entry)};
  entry.state = waits ? State::waits : State::under_way;
  if (waits) told.push_back(record_of(EventId::order_waits, entry));
  GW_TRY(records_.write(told, [&]() -> Result<> {
    GW_TRY(book_.prune(now()));
    return book_.add(entry);
  }));
  live_.push_back(std::move(entry));
  due_ = image_due_ = clock_.now();
  image_.reset();
  const auto* proposal = std::get_if<orders::Proposal>(&order.wanted);
  return proposal == nullptr ? Result<>(Done{}) : propose(live_.back(), *proposal);
}

/// With the files that the configuration has already: an order brings none.
Result<changes::ChangeNumber> OrderOffice::stage(const Order& order, const orders::Proposal& proposal) {
  GW_TRY(const changes::ChangeNumber base, changes_.confirmed());
  GW_TRY(const auto octets, changes_.sources(base));
  GW_TRY(auto sources, decode<config::Sources>(octets));
  sources.text = proposal.configuration;
  return changes_.stage({{kCentre, order.id}, order.reason, base}, encode(sources));
}

/// What only could not be written down now is tried again when it is handed over again.
Result<> OrderOffice::propose(Entry& entry, const orders::Proposal& proposal) {
  const auto number = stage(entry.order, proposal);
  if (!number && is_for_later(number.error())) return number.error();
  if (!number) return move(entry, State::failed, {}, number.error().to_text());
  entry.change = number->number();
  return book_.update(entry);
}

/// How many such were not told since the last one that was; nothing: this one is not either.
std::optional<std::uint64_t> OrderOffice::untold(const pki::Sha256& digest, ErrorCode why) {
  if (!is_anybodys(why)) {
    if (refused_.contains({digest, why})) return std::nullopt;
    if (refused_.size() < kMostRefused) {
      refused_.insert({digest, why});
      return 0;
    }
  }
  Noise& noise = noise_[why];
  if (clock_.now() < noise.quiet_until) {
    ++noise.untold;
    return std::nullopt;
  }
  noise.quiet_until = clock_.now() + kRefusedEvery;
  return std::exchange(noise.untold, 0);
}

/// It may be handed over with each round.
void OrderOffice::refuse(const pki::Sha256& digest, const Error& why) {
  const auto before = untold(digest, why.code);
  if (!before) return;
  Event told(EventId::order_refused);
  told.add(Field::digest, to_hex(digest)).add(Field::reason, to_string(why.code));
  if (*before != 0) told.add(Field::count, *before);
  records_.write(told.add(Field::detail, why.detail));
}

// ---------------------------------------------------------------- what becomes of them

Result<> OrderOffice::begin() {
  if (is_begun_) return Done{};
  GW_TRY(live_, book_.live());
  GW_TRY(find_changes());
  is_begun_ = true;
  return Done{};
}

/// With its record, or not at all.
Result<> OrderOffice::move(Entry& entry, State to, std::string by, std::string outcome) {
  Entry moved = entry;
  moved.state = to;
  if (!by.empty()) moved.by = std::move(by);
  if (is_over(to)) moved.ended = now();
  moved.outcome = std::move(outcome);
  const Event told[] = {record_of(event_of(to), moved)};
  GW_TRY(records_.write(told, [&] { return book_.update(moved); }));
  entry = std::move(moved);
  return Done{};
}

Entry* OrderOffice::find_live(std::string_view id) {
  const auto found = std::ranges::find_if(
      live_, [&](const Entry& one) { return one.order.id == id && !is_over(one.state); });
  return found == live_.end() ? nullptr : &*found;
}

Result<> OrderOffice::decline(const accounts::Actor& actor, std::string_view id, std::string_view reason) {
  GW_TRY(begin());
  Entry* entry = find_live(id);
  if (entry == nullptr || entry->state != State::waits) return unknown(id);
  if (entry->order.kind() == Kind::change) {
    const changes::Author by{actor.name, actor.visitor.to_text()};
    GW_TRY(changes_.withdraw(changes::ChangeNumber(entry->change), reason, by));
  }
  return move(*entry, State::declined, actor.name, std::string(reason));
}

/// A maintainer is the vendor's: he consents to nothing that the vendor asks for.
Result<> OrderOffice::may_consent(const accounts::Actor& actor, std::string_view id, accounts::Told& told) {
  GW_TRY(accounts::authorise(actor, accounts::Operation::config_confirm, told));
  GW_TRY(begin());
  const Entry* entry = find_live(id);
  const bool waits = entry != nullptr && entry->state == State::waits;
  return waits && entry->order.kind() == Kind::bundle ? Result<>(Done{}) : Result<>(unknown(id));
}

Result<> OrderOffice::consent(const accounts::Actor& actor, std::string_view id, std::uint64_t bundle) {
  Entry* entry = find_live(id);
  if (entry == nullptr) return unknown(id);
  Entry agreed = *entry;
  agreed.bundle = bundle;
  agreed.by = actor.name;
  agreed.state = State::under_way;
  GW_TRY(book_.update(agreed));
  *entry = std::move(agreed);
  return Done{};
}

}  // namespace gw::control
