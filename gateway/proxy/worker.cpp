#include "proxy/worker.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace gw::proxy {
namespace {

constexpr std::chrono::milliseconds kSweepInterval{1000};
/// Each may cost two signatures; between turns everybody's bytes move.
constexpr int kJudgedInATurn = 16;

}  // namespace

Worker::Worker(sys::Reactor& reactor, ipc::RecordSink& sink)
    : dialer_(reactor),
      keys_(reactor),
      records_(sink, reactor.clock()),
      answers_(dialer_, records_, reactor.clock(), [this] { hear_news(); }),
      around_{reactor,    scratch_, reactor.clock(), dialer_, records_, sessions_,
              admission_, gate_,    nullptr,         {},      0},
      trials_(around_, gate_),
      next_sweep_(reactor.now() + kSweepInterval) {
  dialer_.start();
  keys_.start();
  admission_.when_room_returns([this] {
    for (const auto& [endpoint, listener] : listeners_) listener->signal();
  });
}

ipc::compartment::Adopted Worker::adopt(EditionPtr edition, std::vector<HandedListener> listeners) {
  ipc::compartment::Adopted adopted{edition->snapshot().generation(), 0, 0};
  around_.edition = edition;
  admission_.set_limits(edition->snapshot().tenant().limits);
  sessions_.for_each([&](Session& session) {
    const bool stays = session.carry_over(edition);
    if (!session.is_carrier()) ++(stays ? adopted.sessions_kept : adopted.sessions_closed);
  });
  somebody_waits_for_judgement_ = true;
  keep_listeners(std::move(listeners));
  records_.write(Event(EventId::generation_adopted)
                     .add(Field::generation, adopted.generation.number())
                     .add(Field::count, adopted.sessions_closed));
  return adopted;
}

void Worker::cut(model::CutOff cut_off) {
  around_.cut_off = std::move(cut_off);
  sessions_.for_each([this](Session& session) { session.obey(around_.cut_off); });
  records_.write(Event(EventId::cut_obeyed)
                     .add(Field::count, around_.cut_off.services.size() + around_.cut_off.terminals.size() +
                                            around_.cut_off.sources.size() + around_.cut_off.blocks.size()));
}

ipc::compartment::Sessions Worker::list(model::SessionId behind) {
  std::vector<const Session*> found;
  sessions_.for_each([&](const Session& session) {
    if (session.id() > behind && !session.is_carrier()) found.push_back(&session);
  });
  const std::size_t most = std::min(found.size(), ipc::compartment::kMostAtOnce);
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(most), found.end(),
                    [](const Session* a, const Session* b) { return a->id() < b->id(); });
  ipc::compartment::Sessions out;
  for (std::size_t i = 0; i < most; ++i) out.rows.push_back(found[i]->row());
  out.is_last = most == found.size();
  return out;
}

bool Worker::end(model::SessionId wanted) {
  bool was_there = false;
  sessions_.for_each([&](Session& session) {
    if (session.id() != wanted) return;
    session.end(model::CloseReason::aborted_by_admin);
    was_there = true;
  });
  return was_there;
}

model::Effect Worker::rehearse(const model::Snapshot* next) {
  model::Effect out;
  std::map<std::tuple<std::string, std::string, model::CloseReason>, std::uint32_t> endings;
  sessions_.for_each([&](const Session& session) {
    if (session.is_carrier()) return;
    const auto reason = next == nullptr ? model::CloseReason::draining : session.foresee(*next);
    ++(reason ? out.end : out.stay);
    if (!reason) return;
    const model::SessionRow row = session.row();
    ++endings[{row.terminal, row.service, *reason}];
  });
  for (const auto& [what, sessions] : endings) {
    if (out.endings.size() == model::kMostEndings) break;
    out.endings.push_back({{}, std::get<0>(what), std::get<1>(what), std::get<2>(what), sessions});
  }
  return out;
}

void Worker::keep_listeners(std::vector<HandedListener> handed) {
  auto before = std::exchange(listeners_, {});
  for (HandedListener& listener : handed) {
    auto node = before.extract(listener.endpoint);
    if (!node.empty()) {
      listeners_.insert(std::move(node));
      continue;
    }
    auto fresh =
        std::make_shared<Listener>(around_, admission_, gate_, listener.endpoint, std::move(listener.fd));
    if (fresh->start()) listeners_.emplace(listener.endpoint, std::move(fresh));
  }
  for (const auto& [endpoint, listener] : before) listener->stop();
}

void Worker::drain() {
  gate_.close();
  for (const auto& [endpoint, listener] : listeners_) listener->stop();
  trials_.stop();
  sessions_.for_each([](Session& session) { session.end(model::CloseReason::draining); });
}

void Worker::run() {
  while (!empty()) turn(kSweepInterval);
}

void Worker::turn(std::chrono::milliseconds most) {
  using std::chrono::milliseconds;
  const auto left = std::chrono::ceil<milliseconds>(next_sweep_ - around_.clock.now());
  if (somebody_waits_for_judgement_) most = milliseconds(0);
  around_.reactor.run_once(std::clamp(left, milliseconds(0), most));
  if (around_.reactor.now() >= next_sweep_) sweep();
  if (somebody_waits_for_judgement_) judge_some();
}

void Worker::judge_some() {
  const auto now = std::chrono::floor<std::chrono::seconds>(around_.clock.civil_now()).time_since_epoch();
  int judged = 0;
  sessions_.for_each([&](Session& session) {
    if (judged == kJudgedInATurn || !session.is_to_be_judged(now)) return;
    session.judge_again(now);
    ++judged;
  });
  somebody_waits_for_judgement_ = judged == kJudgedInATurn;
}

void Worker::hear_news() {
  sessions_.for_each([](Session& session) { session.expect_judgement(); });
  somebody_waits_for_judgement_ = true;
}

void Worker::sweep() {
  const Instant now = around_.reactor.now();
  next_sweep_ = now + kSweepInterval;
  answers_.sweep();
  trials_.sweep(now);
  sessions_.for_each([now](Session& session) { session.sweep(now); });
  somebody_waits_for_judgement_ = true;
  for (const auto& [endpoint, listener] : listeners_) listener->signal();
  admission_.forget_quiet(now);
  records_.tick();
}

}  // namespace gw::proxy
