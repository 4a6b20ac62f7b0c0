#include "renewal.h"

#include "ca/request.h"
#include "est/issued.h"
#include "est/request.h"
#include "keys/pem_block.h"
#include "pki/certificate.h"
#include "report.h"

namespace gw::renewer {
namespace {

using est::Standing;
using ipc::renewal::Place;
using Side = model::ManagedIdentity::Side;

constexpr const char* kRequestLabel = "CERTIFICATE REQUEST";
constexpr const char* kOrganization = "Sekisho";
constexpr std::chrono::seconds kLookDaily{86'400};  // where only a person can help, by a ticket

}  // namespace

Renewal::Renewal(Means& means, const model::RenewalOrder::Item& item)
    : means_(means), identity_(item.identity), slot_(item.slot) {
  auto held = est::read_held(slot_.current);
  if (!held || !held->has_chain()) return;
  current_.held = *std::move(held);
  certificate_ = std::move(pki::read_certificates(current_.held.chain)->front());
  life_ = pki::Life::of(certificate());
  spread_ = est::spread_of(certificate());
}

model::CivilSeconds Renewal::now() const {
  return std::chrono::floor<std::chrono::seconds>(means_.clock.civil_now()).time_since_epoch();
}

bool Renewal::has_work() const {
  if (!slot_.wish.empty() || !slot_.answer.empty()) return true;
  if (!life_) return !slot_.ticket.empty() || !slot_.next.empty();
  // Called otherwise by now: the configuration has changed.
  return est::standing_of(*life_, spread_, now()) != Standing::good ||
         !est::carries(certificate(), est::names_of(identity_, means_.tenant));
}

model::CivilSeconds Renewal::run() {
  const bool is_leftover = life_ && slot_.next == slot_.current;
  if (is_leftover) clear_leftover();
  if (slot_.wish == model::kWishRequest) {
    const Result<> handed = hand_out_request();
    return handed ? now() + kLookDaily : settle(handed);
  }
  // What was wanted of the one before is done: its answer is no answer to the next one's request.
  if (!is_leftover && has_work()) return settle(renew());
  if (life_) return est::due_at(*life_, spread_);
  const Error why = nothing_to_begin_with();
  means_.attempts.push_back(attempt_of(identity_, why));
  means_.records.write(not_renewed(identity_, why));
  return now() + kLookDaily;
}

Error Renewal::nothing_to_begin_with() const {
  if (!identity_.has_server()) return awaits_people();
  if (slot_.current.empty())
    return {ErrorCode::identity_unknown, "it has no certificate yet, and no ticket for one"};
  return {ErrorCode::identity_damaged,
          "what is kept of it cannot be read, and there is no ticket for a new one"};
}

model::CivilSeconds Renewal::settle(const Result<>& outcome) {
  means_.attempts.push_back(attempt_of(identity_, outcome));
  if (outcome) {
    const auto chain = pki::read_certificates(next_.held.chain);
    const X509* leaf = chain->front().get();
    means_.records.write(renewed(identity_, leaf, next_.key->keeping()));
    return est::due_at(pki::Life::of(leaf), est::spread_of(leaf));
  }
  const auto alarm = life_ ? pki::alarm_of(*life_, now()) : std::nullopt;
  if (alarm) means_.records.write(due(identity_, *alarm));
  const auto pause = est::pause_after_failure(life_, spread_, now());
  if (outcome.error().code == ErrorCode::est_try_later)
    return now() + est::pause_when_put_off(means_.visitor.put_off(), pause);
  means_.records.write(not_renewed(identity_, outcome.error()));
  return now() + (outcome.error().code == ErrorCode::identity_by_hand ? kLookDaily : pause);
}

Result<> Renewal::renew() {
  if (identity_.has_server()) GW_TRY(est::check_server(identity_));
  GW_TRY(read_answer());
  if (!identity_.has_server() && answer_.empty()) return awaits_people();
  GW_TRY(open_current());
  GW_TRY(take_up_next());
  if (!next_.held.has_chain()) GW_TRY(get_certificate());
  GW_TRY(try_next());
  return switch_over();
}

// ---------------------------------------------------------------- by hand

/// The same key's as long as its certificate has not come.
Result<> Renewal::hand_out_request() {
  GW_TRY(open_current());
  GW_TRY(take_up_next());
  GW_TRY(const auto request, make_request());
  GW_TRY(means_.store.keep(identity_.name, Place::request, keys::to_pem(kRequestLabel, request)));
  return means_.store.keep(identity_.name, Place::wish, {});
}

/// What somebody brought, if anything: whatever in it certifies others counts as the authorities above.
Result<> Renewal::read_answer() {
  if (slot_.answer.empty()) return Done{};
  auto read = pki::read_certificates(slot_.answer);
  if (read) answer_ = *std::move(read);
  for (const pki::X509Ptr& one : answer_)
    if (X509_check_ca(one.get()) > 0) authorities_.push_back(pki::another(one.get()));
  if (!authorities_.empty()) return Done{};
  GW_TRY(put_answer_away());
  return Error{ErrorCode::est_malformed,
               "bring the whole chain: its certificate, then who issued it, and so on up to the root"};
}

/// It would be tried for ever.
Result<> Renewal::put_answer_away() { return means_.store.keep(identity_.name, Place::answer, {}); }

Error Renewal::awaits_people() const {
  const std::string name = means_.tenant + "/" + identity_.name;
  if (slot_.next.empty())
    return {ErrorCode::identity_by_hand,
            "it has no enrolment server: sekisho cert request " + name + " FILE"};
  return {ErrorCode::identity_by_hand,
          "a request is out; take its answer with sekisho cert adopt " + name + " CHAIN"};
}

// ---------------------------------------------------------------- the keys

/// A key that keyd cannot open any more is of no use, and its certificate neither: another box's, or another
/// TPM's. It stays where it is.
Result<> Renewal::open_current() {
  if (!life_) return Done{};
  auto key = means_.keyd.open(as_bytes(current_.held.key));
  if (!key && key.error().code == ErrorCode::key_unavailable) return key.error();
  if (key) current_.key = *std::move(key);
  return Done{};
}

/// What was begun is gone on with, unless it is of no use.
Result<> Renewal::take_up_next() {
  auto held = est::read_held(slot_.next);
  if (!held || held->key == current_.held.key) return make_next();
  auto key = means_.keyd.open(as_bytes(held->key));
  if (!key && key.error().code == ErrorCode::key_unavailable) return key.error();
  if (!key) return make_next();
  next_ = {*std::move(key), *std::move(held)};
  return Done{};
}

Result<> Renewal::make_next() {
  GW_TRY(auto made, means_.keyd.make(identity_.key));
  next_ = {std::move(made.key), {std::move(made.content), {}}};
  return keep_next();
}

Result<> Renewal::keep_next() {
  if (est::to_text(next_.held).size() > model::kMostSlotText)
    return Error{ErrorCode::est_malformed, "the new chain is too long to be kept"};
  return means_.store.keep(identity_.name, Place::next, est::to_text(next_.held));
}

// ---------------------------------------------------------------- the certificate

std::optional<Credential> Renewal::shown() const {
  if (!current_.key) return std::nullopt;
  return Credential{current_.held.chain, current_.key.get()};
}

Result<> Renewal::take_answer() {
  auto chain = est::chain_for(next_.key->public_key(), answer_, authorities_);
  if (chain) next_.held.chain = *std::move(chain);
  Result<> good = chain ? check_next() : Result<>(chain.error());
  if (good) return keep_next();
  next_.held.chain.clear();
  GW_TRY(put_answer_away());
  return good;
}

Result<> Renewal::get_certificate() {
  if (!slot_.answer.empty()) return take_answer();
  const auto as = shown();
  GW_TRY(auto known, means_.visitor.ask(identity_, est::ask_for_authorities(identity_), as ? &*as : nullptr));
  authorities_ = std::move(known.all);
  GW_TRY(const auto issued, enrol());
  GW_TRY(next_.held.chain, est::chain_for(next_.key->public_key(), issued.all, authorities_));
  const Result<> good = check_next();
  if (!good) next_.held.chain.clear();
  GW_TRY(good);
  return keep_next();
}

/// By the certificate there is, be it over: whether that still counts is the server's to say. If it does not,
/// or if there is none, by the ticket.
Result<est::Certificates> Renewal::enrol() {
  GW_TRY(const auto request, make_request());
  Result<est::Certificates> issued{
      Error{ErrorCode::est_refused, "there is no ticket for a first certificate"}};
  if (const auto as = shown())
    issued = means_.visitor.ask(identity_, est::ask_for_next(identity_, request), &*as);
  if (issued || issued.error().code == ErrorCode::est_try_later || slot_.ticket.empty()) return issued;
  std::string first = est::ask_for_first(identity_, request, slot_.ticket);
  issued = means_.visitor.ask(identity_, first, nullptr);
  wipe(first.data(), first.size());
  return issued;
}

/// RFC 7030 4.2.2: the same names as before, as long as they are still the right ones.
Result<std::vector<std::uint8_t>> Renewal::make_request() {
  const ca::Names names = est::names_of(identity_, means_.tenant);
  if (life_ && est::carries(certificate(), names)) return ca::make_next_request(certificate(), *next_.key);
  const ca::Subject subject{.organization = kOrganization, .common_name = identity_.name};
  return ca::make_request(subject, names, *next_.key);
}

Result<> Renewal::check_next() const {
  return est::check_issued(identity_, means_.tenant, next_.key->public_key(), next_.held.chain, authorities_,
                           means_.clock);
}

// ---------------------------------------------------------------- the trial

/// A chain that is found to be of no use is forgotten, its key is asked for once more.
Result<> Renewal::try_next() {
  Result<> tried = meet_as_next();
  if (tried) tried = check_next();
  if (tried) return Done{};
  const ErrorCode code = tried.error().code;
  if (code == ErrorCode::est_try_later) return tried;
  if (code == ErrorCode::est_refused || code == ErrorCode::est_malformed) {
    next_.held.chain.clear();
    GW_TRY(keep_next());
  }
  return Error{ErrorCode::identity_not_tried, tried.error().to_text()};
}

/// Toward clouds: the server takes the new certificate, and its key signs the handshake. Toward terminals
/// nobody is there to show it to: the key signs, and what it signed is verified with the certificate's key.
Result<> Renewal::meet_as_next() {
  if (!identity_.has_server()) {
    GW_TRY(make_request());  // as toward terminals
    return Done{};
  }
  const std::string request = est::ask_for_authorities(identity_);
  const Credential as_next{next_.held.chain, next_.key.get()};
  const auto as_now = shown();
  const bool is_shown = identity_.side == Side::clouds;
  GW_TRY(auto known, means_.visitor.ask(identity_, request,
                                        is_shown ? &as_next
                                        : as_now ? &*as_now
                                                 : nullptr));
  authorities_ = std::move(known.all);
  if (is_shown) return Done{};
  GW_TRY(make_request());  // verified before it is given out; check_next() compares the keys
  return Done{};
}

Result<> Renewal::switch_over() {
  GW_TRY(means_.store.keep(identity_.name, Place::current, est::to_text(next_.held)));
  return tidy_up();
}

/// The mark that says how far it came goes last.
Result<> Renewal::tidy_up() {
  const std::pair<Place, const std::string*> used[] = {
      {Place::ticket, &slot_.ticket}, {Place::answer, &slot_.answer}, {Place::wish, &slot_.wish}};
  for (const auto& [place, text] : used)
    if (!text->empty()) GW_TRY(means_.store.keep(identity_.name, place, {}));
  return means_.store.keep(identity_.name, Place::next, {});
}

/// It was cut off after the switch: what is next is in use already.
void Renewal::clear_leftover() {
  const Result<> cleared = tidy_up();
  if (!cleared) means_.records.write(not_renewed(identity_, cleared.error()));
}

}  // namespace gw::renewer
