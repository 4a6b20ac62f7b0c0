#include "publisher.h"

namespace gw::supervisor {

Publisher::Publisher(const Premises& premises, KeyPlaces& key_places, std::string state_folder, Enrol enrol,
                     Controld controld)
    : premises_(premises),
      compartments_(
          premises, key_places, listeners_,
          {[this] { look(); },
           [this](const std::string& why) {
             fail({ErrorCode::publication_refused, why});
           },
           std::move(enrol), std::move(controld),
           [this](const std::string& tenant, const ipc::Frame& said) { hear(tenant, said); }}),
      inquiries_(premises, compartments_),
      reachability_(premises, compartments_, state_folder),
      compiler_(premises, std::move(state_folder)),
      net_(premises) {}

/// A proxyd tells what it was asked.
void Publisher::hear(const std::string& tenant, const ipc::Frame& said) {
  using Msg = ipc::compartment::Msg;
  if (said.type != ipc::type_number(Msg::service_tried)) return inquiries_.hear(tenant, said);
  if (const auto tried = decode<ipc::compartment::ServiceTried>(said.body)) reachability_.hear(tenant, *tried);
}

void Publisher::publish_again(Finished finished) {
  const EditionPtr& in_force = compartments_.in_force();
  if (!in_force) return finished({Error{ErrorCode::publication_busy, "nothing is in force yet"}, {}});
  publish(in_force, in_force->change, std::move(finished));
}

void Publisher::publish(Origin origin, model::ChangeNumber change, Finished finished) {
  if (publication_.stage() != Stage::idle)
    return finished({Error{ErrorCode::publication_busy, "another publication runs"}});
  finished_ = std::move(finished);
  failure_.reset();
  publication_.take(News::begun, premises_.clock.now());
  compiler_.run(model::Generation{++last_generation_}, std::move(origin),
                [this, change](Result<std::shared_ptr<Edition>> edition, UniqueFd report) {
                  report_ = std::move(report);
                  if (edition) (*edition)->change = change;
                  on_compiled(std::move(edition));
                });
}

void Publisher::on_compiled(Result<std::shared_ptr<Edition>> edition) {
  if (!edition) return fail(std::move(edition).error());
  edition_ = *std::move(edition);
  take(News::done);
}

void Publisher::take(News news) {
  switch (publication_.take(news, premises_.clock.now())) {
    case Stage::compiling:
      break;
    case Stage::applying:
      return apply();
    case Stage::preparing:
      return prepare();
    case Stage::committing:
      return commit();
    case Stage::settling:
      return settle();
    case Stage::restoring:
      return restore();
    case Stage::idle:
      return conclude();
  }
}

void Publisher::fail(Error error) {
  if (!failure_) failure_ = std::move(error);
  take(News::failed);
}

void Publisher::on_applied(const Result<NetSequence::Repaired>& result) {
  if (!result) return fail(result.error());
  premises_.journal.write(
      Event(EventId::network_applied).add(Field::generation, edition_->generation.number()));
  take(News::done);
}

void Publisher::apply() {
  before_ = compartments_.in_force();
  if (!premises_.grounds.owned()) return take(News::done);
  NetOrder order{.plan = edition_->net_plan.get()};
  if (before_) order.before = before_->net_plan.get();
  net_.run(before_ ? narrow_steps() : plan_steps(), order,
           [this](const Result<NetSequence::Repaired>& result) { on_applied(result); });
}

void Publisher::settle() {
  if (!premises_.grounds.owned() || !before_) return take(News::done);
  net_.run(settle_steps(), {.plan = edition_->net_plan.get()},
           [this](const Result<NetSequence::Repaired>& result) { on_settled(result); });
}

void Publisher::on_settled(const Result<NetSequence::Repaired>& result) {
  if (result) return take(News::done);
  // The decision stands and the kernel allows less than decided: the guard finds that and tries again.
  premises_.journal.write(Event(EventId::network_not_held).add(Field::detail, result.error().to_text()));
  take(News::failed);
}

void Publisher::prepare() {
  if (Result<> opened = listeners_.open_for(edition_->wiring, premises_.grounds); !opened)
    return fail(std::move(opened).error());
  compartments_.prepare(edition_);
  look();
}

void Publisher::look() {
  if (publication_.stage() == Stage::preparing && compartments_.all_prepared()) return take(News::done);
  if (publication_.stage() == Stage::committing && compartments_.all_adopted()) return take(News::done);
}

void Publisher::commit() {
  compartments_.commit();
  listeners_.keep_only(edition_->wiring);
  look();
}

/// What was in force goes on. Without anything in force there is nothing to go back to, and the box will end.
void Publisher::restore() {
  compartments_.abandon();
  const EditionPtr& before = compartments_.in_force();
  listeners_.keep_only(before ? before->wiring : model::Wiring{});
  if (!before || !premises_.grounds.owned()) return take(News::done);
  net_.run(plan_steps(), {.plan = before->net_plan.get()},
           [this](Result<NetSequence::Repaired> result) { take(result ? News::done : News::failed); });
}

void Publisher::conclude() {
  const std::uint64_t generation = last_generation_;
  edition_.reset();
  before_.reset();
  const auto finished = std::exchange(finished_, {});
  if (failure_) {
    premises_.journal.write(Event(EventId::configuration_refused)
                                .add(Field::generation, generation)
                                .add(Field::reason, to_string(failure_->code))
                                .add(Field::detail, failure_->detail));
    return finished({*std::exchange(failure_, {}), std::move(report_)});
  }
  const ipc::compartment::Adopted adoption = compartments_.adoption();
  premises_.journal.write(Event(EventId::configuration_published).add(Field::generation, generation));
  finished(
      {ipc::op::Published{model::Generation{generation}, adoption.sessions_kept, adoption.sessions_closed},
       std::move(report_)});
}

void Publisher::stop() {
  compiler_.cancel();
  net_.cancel();
  finished_ = {};
  publication_ = {};
  compartments_.drain(premises_.clock.now());
}

void Publisher::tick(Instant now) {
  compartments_.tick(now);
  inquiries_.tick(now);
  reachability_.tick(now);
  if (!publication_.late(now)) return;
  const Stage stage = publication_.stage();
  compiler_.cancel();
  net_.cancel();
  if (stage == Stage::committing) compartments_.kill_laggards();
  if (stage == Stage::settling) return on_settled(Error{ErrorCode::publication_timed_out, "widening"});
  if (stage == Stage::committing || stage == Stage::restoring) return take(News::failed);
  fail({ErrorCode::publication_timed_out,
        stage == Stage::preparing ? compartments_.unprepared() : "not done in time"});
}

}  // namespace gw::supervisor
