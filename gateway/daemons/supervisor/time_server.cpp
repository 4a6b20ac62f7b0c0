#include "time_server.h"

#include "ipc/inherited.h"
#include "sys/memory_directory.h"

namespace gw::supervisor {
namespace {

constexpr const char* kName = "chronyd";

}  // namespace

void TimeServer::tick(Instant now, const EditionPtr& in_force) {
  if (!premises_.grounds.owned()) return;
  if (running_) running_->tick(now);
  if (in_force && in_force->wiring.time != segments_) serve(in_force->wiring.time);
  if (!segments_.empty() && !running_ && now >= start_at_) start(now);
}

void TimeServer::serve(const std::vector<model::Prefix>& segments) {
  stop();
  segments_ = segments;
}

void TimeServer::stop() {
  if (running_)
    premises_.journal.write(Event(EventId::process_stopped)
                                .add(Field::name, kName)
                                .add(Field::pid, static_cast<std::uint64_t>(running_->pid())));
  running_.reset();
  segments_.clear();
  start_at_ = {};
}

void TimeServer::start(Instant now) {
  backoff_.born(now);
  Result<std::unique_ptr<Running>> running = become_chronyd();
  if (!running) return end({sys::Ending::How::exited, 127}, running.error().to_text());
  running_ = *std::move(running);
  premises_.journal.write(Event(EventId::process_started)
                              .add(Field::name, kName)
                              .add(Field::pid, static_cast<std::uint64_t>(running_->pid())));
}

/// It says nothing on its channel, so it has no permit to say anything.
Result<std::unique_ptr<Running>> TimeServer::become_chronyd() {
  const Role& cage = role(RoleId::chronyd);
  GW_TRY(const UniqueFd files, sys::make_memory_directory(account_of(cage, {})));
  Order order{.arguments = {kName}, .inputs = {{files.get(), ipc::kInputFd}}};
  for (const model::Prefix& segment : segments_)
    order.arguments.push_back("allow " + segment.network().to_text());
  return Running::start(premises_, cage, std::move(order), {},
                        {[](ipc::Frame&) {}, [this](const sys::Ending& ending,
                                                    const std::string& words) { end(ending, words); }});
}

void TimeServer::end(const sys::Ending& ending, const std::string& words) {
  premises_.journal.write(Event(EventId::process_ended)
                              .add(Field::name, kName)
                              .add(Field::reason, ending.to_text())
                              .add(Field::detail, words));
  running_.reset();
  start_at_ = backoff_.died(premises_.clock.now());
}

std::vector<ipc::op::ProcessState> TimeServer::states() const {
  if (segments_.empty()) return {};
  return {{.name = kName,
           .tenant = {},
           .pid = running_ ? static_cast<std::uint32_t>(running_->pid()) : 0,
           .restarts = backoff_.deaths(),
           .serving = running_ != nullptr}};
}

}  // namespace gw::supervisor
