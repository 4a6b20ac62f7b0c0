#include "box.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>

#include "sys/sealed.h"

namespace gw::supervisor {
namespace {

constexpr std::chrono::milliseconds kTick{50};
constexpr std::chrono::milliseconds kRecordsEvery{20};
constexpr std::size_t kMostReport = 1024 * 1024;

Result<UniqueFd> open_signals() {
  sigset_t wanted;
  ::sigemptyset(&wanted);
  for (const int number : {SIGTERM, SIGINT, SIGHUP}) ::sigaddset(&wanted, number);
  if (::sigprocmask(SIG_BLOCK, &wanted, nullptr) != 0) return system_error("sigprocmask");
  UniqueFd fd(::signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!fd) return system_error("signalfd");
  return fd;
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

/// Two boxes must not share a control socket: the second would take it from the first without a word.
Result<UniqueFd> take_alone(const std::string& folder) {
  UniqueFd lock(::open((folder + "/lock").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  if (!lock) return system_error("open(" + folder + "/lock)");
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) return Error{ErrorCode::box_runs_already, folder};
  return lock;
}

bool is_file(int fd, const std::string& path) {
  using Status = struct stat;
  Status given{}, named{};
  return ::fstat(fd, &given) == 0 && ::stat(path.c_str(), &named) == 0 && given.st_dev == named.st_dev &&
         given.st_ino == named.st_ino;
}

Result<UniqueFd> open_input(const std::string& path, int flags) {
  UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | flags));
  if (!fd) return Error{ErrorCode::config_unreadable, path + ": " + system_error("open").detail};
  return fd;
}

}  // namespace

Box::Box(const Premises& premises, const Options& options)
    : premises_(premises),
      options_(options),
      base_(premises),
      publisher_(premises),
      guard_(premises, [this](const Error& error) { give_up(error, {}); }),
      time_server_(premises) {}

Result<> Box::begin() {
  GW_TRY(signals_, open_signals());
  premises_.loop.watch(signals_.get(), [this] { on_signal(); });
  if (::mkdir(options_.run_dir.c_str(), 0755) != 0 && errno != EEXIST)
    return system_error("mkdir(" + options_.run_dir + ")");
  GW_TRY(lock_, take_alone(options_.run_dir));
  GW_TRY(cut_book_, CutBook::open(options_.state_dir));
  publisher_.cut(cut_book_->cuts());
  GW_TRY(desk_, OperatorDesk::open(premises_, options_.run_dir + "/control",
                                   {[this] { return state(); },
                                    [this](UniqueFd directory, UniqueFd file, Publisher::Finished finished) {
                                      const bool stays = is_file(file.get(), options_.config);
                                      publisher_.publish(std::move(directory), std::move(file),
                                                         [stays, finished](Outcome outcome) {
                                                           if (outcome.result) outcome.result->stays = stays;
                                                           finished(std::move(outcome));
                                                         });
                                    },
                                    [this](const ipc::op::CutOrder& order) { return cut(order); },
                                    [this](const ipc::op::CutOrder& order) { return restore(order); }}));
  if (premises_.grounds.owned()) {
    closed_by_ = premises_.clock.now() + Publication::kPerStage;
    base_.run(base_steps(), {}, [this](const Result<NetSequence::Repaired>& result) {
      closed_by_ = Instant::max();
      if (!result) return give_up(result.error(), {});
      guard_.begin();
      publish_first();
    });
    return Done{};
  }
  premises_.journal.write(Event(EventId::box_without_kernel_rules));
  std::fputs(
      "sekisho-supervisor: --here: NO KERNEL RULES are loaded and the dialers stand in the caller's own "
      "network "
      "namespace. For benchmarks and tests only.\n",
      stderr);
  publish_first();
  return Done{};
}

void Box::publish_first() {
  Result<UniqueFd> directory = open_input(folder_of(options_.config), O_DIRECTORY);
  Result<UniqueFd> file = open_input(options_.config, 0);
  if (!directory) return give_up(directory.error(), {});
  if (!file) return give_up(file.error(), {});
  publisher_.publish(*std::move(directory), *std::move(file),
                     [this](Outcome outcome) { on_first(std::move(outcome)); });
}

void Box::on_first(Outcome outcome) {
  if (!outcome.result) return give_up(outcome.result.error(), outcome.report);
  if (life_ != Life::starting) return;
  life_ = Life::serving;
  premises_.journal.write(
      Event(EventId::box_started).add(Field::generation, outcome.result->generation.number()));
}

void Box::give_up(const Error& error, const UniqueFd& report) {
  std::fprintf(stderr, "sekisho-supervisor: %s\n", error.to_text().c_str());
  if (report)
    if (const auto text = sys::read_sealed(report.get(), kMostReport))
      std::fwrite(text->data(), 1, text->size(), stderr);
  drain();
  life_ = Life::failed;
}

void Box::on_signal() {
  signalfd_siginfo info{};
  if (::read(signals_.get(), &info, sizeof info) != sizeof info) return;
  if (info.ssi_signo != SIGHUP) drain();  // nothing is read again on a hang-up: configurations are published
}

void Box::drain() {
  if (life_ == Life::draining || life_ == Life::failed) return;
  life_ = Life::draining;
  premises_.journal.write(Event(EventId::box_stopping));
  desk_.reset();
  base_.cancel();
  guard_.stop();
  time_server_.stop();
  publisher_.stop();
}

bool Box::over() const {
  return (life_ == Life::draining || life_ == Life::failed) && publisher_.compartments().empty();
}

int Box::run() {
  if (const Result<> begun = begin(); !begun) {
    std::fprintf(stderr, "sekisho-supervisor: %s\n", begun.error().to_text().c_str());
    return 1;
  }
  while (!over()) {
    premises_.loop.turn(kTick);
    const Instant now = premises_.clock.now();
    publisher_.tick(now);
    guard_.tick(now, publisher_.settled());
    time_server_.tick(now, life_ == Life::serving ? publisher_.settled() : nullptr);
    if (life_ == Life::starting && now >= closed_by_)
      give_up({ErrorCode::publication_timed_out, "base rules"}, {});
    if (now >= records_due_) write_records();
  }
  return life_ == Life::failed ? 1 : 0;
}

Result<> Box::cut(const ipc::op::CutOrder& order) {
  const EditionPtr& edition = publisher_.compartments().in_force();
  if (!edition) return Error{ErrorCode::publication_busy, "the box is starting"};
  GW_TRY(cut_book_->add(order.cut, *edition));
  publisher_.cut(cut_book_->cuts());
  premises_.journal.write(
      Event(EventId::cut_made).add(Field::name, order.cut.to_text()).add(Field::detail, order.reason));
  return Done{};
}

Result<> Box::restore(const ipc::op::CutOrder& order) {
  GW_TRY(cut_book_->remove(order.cut));
  publisher_.cut(cut_book_->cuts());
  premises_.journal.write(
      Event(EventId::cut_undone).add(Field::name, order.cut.to_text()).add(Field::detail, order.reason));
  return Done{};
}

void Box::write_records() {
  records_due_ = premises_.clock.now() + kRecordsEvery;
  premises_.records.turn(std::chrono::milliseconds(0));
  premises_.journal.flush();
}

ipc::op::State Box::state() {
  write_records();  // whoever asks finds in the log what happened before
  ipc::op::State state;
  const EditionPtr& edition = publisher_.compartments().in_force();
  if (edition) state.generation = edition->generation;
  state.kernel_rules = premises_.grounds.owned();
  state.processes = publisher_.compartments().states();
  state.cuts = cut_book_->cuts();
  for (ipc::op::ProcessState& watcher : guard_.states()) state.processes.push_back(std::move(watcher));
  for (ipc::op::ProcessState& server : time_server_.states()) state.processes.push_back(std::move(server));
  for (const auto& [key, fd] : publisher_.listeners().all())
    if (state.listeners.size() < 1024 && key.transport == Transport::tcp)
      state.listeners.push_back({key.tenant, key.endpoint});
  return state;
}

}  // namespace gw::supervisor
