#include "control/noc_office.h"

#include <unistd.h>

#include <algorithm>

#include "base/codec.h"
#include "control/noc_figures.h"
#include "control/noc_text.h"
#include "control/web_errands.h"
#include "maintenance/shelf.h"
#include "metrics/remote_write.h"
#include "store/reserve.h"

namespace gw::control {
namespace {

namespace op = ipc::op;
using spool::Class;

constexpr std::chrono::seconds kFeedEvery{1};
constexpr op::Msg kAsked[] = {op::Msg::connections, op::Msg::certificates, op::Msg::update_state,
                              op::Msg::status};

bool all_serve(const op::State& state) {
  return std::ranges::all_of(state.processes, [](const op::ProcessState& one) { return one.serving; });
}

std::string time_of(std::chrono::milliseconds since_1970) { return to_timestamp(CivilTime(since_1970)); }

}  // namespace

Result<> NocOffice::hear(const ipc::Frame& frame) {
  GW_TRY(auto plan, decode<ipc::control_records::NocPlan>(frame.body));
  if (plan.every.count() == 0) {
    plan_.reset();
    desk_.reset();
    works_.reset();
    return Done{};
  }
  plan_ = std::move(plan);
  if (works_) return Done{};
  if (const Result<> begun = begin(); !begun) pause(begun.error());
  return Done{};
}

/// What waited and cannot be read any more keeps nobody from the box's own records.
Result<> NocOffice::begin() {
  auto found = spool::Spool::open(folder_, clock_.now(), budgets_);
  const bool is_damaged = !found && found.error().code == ErrorCode::store_damaged;
  if (is_damaged)
    for (const char* file : {"/spool.db", "/spool.db-wal"}) ::unlink((folder_ + file).c_str());
  GW_TRY(auto opened, is_damaged ? spool::Spool::open(folder_, clock_.now(), budgets_) : std::move(found));
  works_.emplace(Works{std::move(opened)});
  GW_TRY(unless_full(NocFeed(store_, works_->spool, works_->ledger, works_->paths).begin()));
  if (is_damaged)
    records_.write(Event(EventId::noc_gap).add(Field::detail, "all that waited; its database was damaged"));
  due_ = look_due_ = clock_.now();
  return Done{};
}

Result<std::optional<NocOffice::Tallies>> NocOffice::tallies() {
  std::optional<Tallies> out;
  if (!works_) return out;
  out.emplace();
  for (std::size_t i = 0; i < spool::kClasses; ++i) {
    GW_TRY((*out)[i], works_->spool.tally(static_cast<Class>(i)));
  }
  return out;
}

void NocOffice::admit(ipc::Channel agent) {
  if (!works_) return;
  works_->spool.release();
  desk_.emplace(std::move(agent));
}

void NocOffice::tick(ErrandLine& errands, ImageShelf& images) {
  if (!plan_) return;
  if (desk_ && works_) {
    const Result<> served = desk_->serve(works_->spool, works_->ledger, images, clock_);
    if (auto orders = desk_->orders()) orders_ = std::move(orders);
    if (desk_->has_come_about()) has_come_about_ = true;
    if (!served) desk_.reset(), works_->spool.release();
  }
  if (clock_.now() < due_) return;
  if (const Result<> done = go_on(errands); !done) return pause(done.error());
  is_pause_told_ = false;
}

Result<> NocOffice::go_on(ErrandLine& errands) {
  if (!works_) GW_TRY(begin());
  const Instant now = clock_.now();
  due_ = now + kFeedEvery;
  GW_TRY(unless_full(feed()));
  GW_TRY(unless_full(tell_gaps()));
  if (now < look_due_) return Done{};
  look_due_ = now + plan_->every;
  look(errands);
  return Done{};
}

void NocOffice::pause(const Error& why) {
  desk_.reset();
  works_.reset();
  due_ = clock_.now() + kRetryEvery;
  if (std::exchange(is_pause_told_, true)) return;
  records_.write(Event(EventId::noc_unreached)
                     .add(Field::reason, to_string(why.code))
                     .add(Field::detail, "what is to be told cannot be kept: " + why.detail));
}

Result<> NocOffice::feed() {
  GW_TRY(const bool is_all, NocFeed(store_, works_->spool, works_->ledger, works_->paths).go_on(plan_->site));
  if (!is_all) due_ = clock_.now();
  return Done{};
}

/// LOG-09: they become records, and so are told like all others.
Result<> NocOffice::tell_gaps() {
  GW_TRY(const auto gaps, works_->spool.gaps().closed());
  for (const spool::Gap& gap : gaps) {
    records_.write(Event(EventId::noc_gap)
                       .add(Field::name, to_string(gap.of))
                       .add(Field::count, gap.count)
                       .add(Field::first, gap.first)
                       .add(Field::last, gap.last)
                       .add(Field::detail, time_of(gap.from) + " to " + time_of(gap.until)));
    GW_TRY(works_->spool.gaps().remove(gap));
  }
  return Done{};
}

/// The state last: what the others said stands beside it.
void NocOffice::look(ErrandLine& errands) {
  for (std::size_t i = 0; i < kQuestions; ++i)
    if (const auto number = errands.send({kAsked[i], {}, {}})) errands_[i] = *number;
}

void NocOffice::told(const ErrandLine::Answer& answer, const TerminalEnds& terminals) {
  const auto found = std::ranges::find(errands_, answer.errand);
  if (found == errands_.end() || !works_) return;
  *found = 0;
  if (!answer.frame) return;
  const auto question = static_cast<Question>(found - errands_.begin());
  const Result<> heard = hear_answer(question, *answer.frame, terminals);
  if (!heard) pause(heard.error());
}

Result<> NocOffice::hear_answer(Question question, const ipc::Frame& frame, const TerminalEnds& terminals) {
  switch (question) {
    case Question::sessions: {
      GW_TRY(const auto roll,
             web::sealed_in<model::SessionRoll>(frame, op::Msg::session_roll, model::kMostSessionRoll));
      tell_sessions(works_->ledger, roll);
      return Done{};
    }
    case Question::certificates: {
      GW_TRY(const auto roll, web::sealed_in<model::CertificateRoll>(frame, op::Msg::certificate_roll,
                                                                     model::kMostCertificateRoll));
      tell_certificates(works_->ledger, roll, terminals.first());
      return Done{};
    }
    case Question::update: {
      GW_TRY(const auto update, decode<model::UpdateState>(frame.body));
      tell_update(works_->ledger, update);
      return Done{};
    }
    case Question::state:
      break;
  }
  GW_TRY(const auto state, decode<op::State>(frame.body));
  return unless_full(write_down(state));
}

Result<> NocOffice::write_down(const op::State& state) {
  if (all_serve(state)) adopted_ = state.generation;
  tell_state(works_->ledger, state, adopted_);
  if (const auto left = store::room_left(folder_))
    works_->ledger.set(metrics::FamilyId::records_room, {}, static_cast<double>(*left));
  GW_TRY(const auto unseen, detect::Shelf(store_.database()).unseen_counts());
  tell_detections(works_->ledger, unseen);
  GW_TRY(const auto pending, maintenance::Shelf(store_.database()).pending());
  tell_maintenance(works_->ledger, pending);
  works_->paths.tell(works_->ledger);
  GW_TRY(const auto now_waiting, tallies());
  for (std::size_t i = 0; i < spool::kClasses; ++i)
    tell_spool(works_->ledger, static_cast<Class>(i), works_->told[i], (*now_waiting)[i]);
  works_->told = *now_waiting;
  const auto now = std::chrono::floor<std::chrono::milliseconds>(clock_.civil_now().time_since_epoch());
  const std::vector<spool::Item> items{
      {Class::state, now, state_text(state, plan_->site, works_->told)},
      {Class::metrics, now, metrics::to_write_request(works_->ledger.snapshot(now), plan_->site)}};
  return works_->spool.put(items, works_->spool.mark());
}

}  // namespace gw::control
