#include "running.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>

#include "ipc/inherited.h"
#include "ipc/messages/log.h"

namespace gw::supervisor {
namespace {

constexpr int kNoLimit = 1 << 30;              // its sender has ended
constexpr int kFramesAtOnce = 64;              // of one channel, before the others have their turn
constexpr int kRecordsAtOnce = 512;            // likewise; their channel is read less often
constexpr std::chrono::seconds kEndWithin{1};  // after closing its control channel
constexpr int kChannelRoom = 4 * 1024 * 1024;  // bytes; a whole generation's messages fit

/// Room for what is sent into this end.
void widen(int fd) { ::setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &kChannelRoom, sizeof kChannelRoom); }

enum class Drained : std::uint8_t { empty, closed, broken };

/// Hands the waiting frames to `take` until it says no.
template <class Take>
Drained drain(const ipc::Channel& channel, int most, Take take) {
  for (int i = 0; i < most; ++i) {
    Result<std::optional<ipc::Frame>> frame = channel.receive();
    if (!frame) return frame.error().code == ErrorCode::channel_closed ? Drained::closed : Drained::broken;
    if (!*frame) return Drained::empty;
    if (!take(**frame)) return Drained::broken;
  }
  return Drained::empty;
}

}  // namespace

Result<Programs> Programs::open(const std::string& folder, bool with_kernel_rules) {
  Programs programs;
  for (const Role& role : roles()) {
    UniqueFd& file = programs.files_.emplace_back();
    if (!with_kernel_rules && role.serves_kernel_rules) continue;
    GW_TRY(file, sys::open_program(folder + "/sekisho-" + role.name));
  }
  if (!with_kernel_rules) return programs;
  GW_TRY(programs.lease_reader_, sys::open_program(folder + "/sekisho-dhcp-lease"));
  return programs;
}

Running::Running(const Premises& premises, const Role& role, Order order,
                 std::span<const ipc::Permit> may_say, Ears ears)
    : premises_(premises),
      role_(role),
      order_(std::move(order)),
      conversation_(may_say),
      records_(ipc::log::kFromDaemon),
      ears_(std::move(ears)) {}

Result<std::unique_ptr<Running>> Running::start(const Premises& premises, const Role& role, Order order,
                                                std::span<const ipc::Permit> may_say, Ears ears) {
  std::unique_ptr<Running> running(new Running(premises, role, std::move(order), may_say, std::move(ears)));
  GW_TRY(running->begin());
  return running;
}

Result<> Running::begin() {
  GW_TRY(auto control, ipc::Channel::pair());
  GW_TRY(auto log, ipc::Channel::pair());
  std::array<int, 2> words{};
  if (::pipe2(words.data(), O_CLOEXEC | O_NONBLOCK) != 0) return system_error("pipe2");
  words_.reset(words[0]);
  const UniqueFd said(words[1]);
  widen(control.first.fd());
  widen(control.second.fd());
  widen(log.second.fd());

  const Role& program = order_.program ? role(*order_.program) : role_;
  sys::Start start{premises_.programs.file(program), {std::string("sekisho-") + program.name}, order_.inputs};
  start.arguments.insert(start.arguments.end(), order_.arguments.begin(), order_.arguments.end());
  start.places.insert(
      start.places.end(),
      {{said.get(), STDERR_FILENO}, {control.second.fd(), ipc::kControlFd}, {log.second.fd(), ipc::kLogFd}});
  const std::optional<int> network =
      order_.network ? order_.network : premises_.grounds.network(order_.ground.value_or(role_.ground));
  GW_TRY(child_, sys::spawn(start, confinement_of(role_, order_.tenant, network)));
  control_ = std::move(control.first);
  log_ = std::move(log.first);
  premises_.loop.watch(control_.fd(), [this] { hear(kFramesAtOnce); });
  premises_.records.watch(log_.fd(), [this] { hear_records(kRecordsAtOnce); });
  premises_.loop.watch(child_.pidfd.get(), [this] { on_end(); });
  return Done{};
}

Running::~Running() {
  if (!child_.pidfd) return;
  forget();
  kill();
  static_cast<void>(sys::wait_for(child_));
}

void Running::forget() const {
  for (const int fd : {control_.fd(), child_.pidfd.get()}) premises_.loop.forget(fd);
  premises_.records.forget(log_.fd());
}

void Running::kill_at_once() const {
  kill();
  if (child_.pidfd) sys::wait_until_dead(child_);
}

void Running::send(std::uint16_t type, const std::vector<std::uint8_t>& body, std::vector<int> fds) {
  if (!control_.send(type, 0, body, std::move(fds))) kill();
}

bool Running::take(ipc::Frame& frame) {
  if (!conversation_.accept(frame)) return false;
  ears_.said(frame);
  return true;
}

bool Running::take_record(const ipc::Frame& frame) {
  if (!records_.accept(frame)) return false;
  const Result<Event> event = decode<Event>(frame.body);
  if (!event) return false;
  if (!budget_.take(premises_.clock.now())) return true;
  tell_lost();
  premises_.journal.write(*event, role_.name, order_.tenant_name);
  return true;
}

void Running::hear(int most) {
  const Drained how = drain(control_, most, [this](ipc::Frame& frame) { return take(frame); });
  if (how == Drained::empty) return;
  premises_.loop.forget(control_.fd());
  closed_ = premises_.clock.now();
  if (how == Drained::broken) kill();
}

void Running::hear_records(int most) {
  const Drained how = drain(log_, most, [this](ipc::Frame& frame) { return take_record(frame); });
  if (how != Drained::empty) premises_.records.forget(log_.fd());
  if (how == Drained::broken) kill();
}

void Running::tell_lost() {
  if (const std::uint64_t lost = budget_.take_lost(); lost != 0)
    premises_.journal.write(Event(EventId::records_lost).add(Field::count, lost), role_.name,
                            order_.tenant_name);
}

void Running::tick(Instant now) {
  if (budget_.room(now)) tell_lost();
  if (closed_ && now - *closed_ >= kEndWithin) kill();
}

std::string Running::last_words() const {
  std::string words(64 * 1024, '\0');
  const ssize_t size = ::read(words_.get(), words.data(), words.size());
  words.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  [[maybe_unused]] const ssize_t shown = ::write(STDERR_FILENO, words.data(), words.size());
#endif
  words.resize(std::min(words.find('\n'), words.size()));
  for (char& c : words)  // they may be a stranger's, and go into messages and records
    if (c < ' ' || c == 0x7f) c = '?';
  return words;
}

void Running::on_end() {
  const Result<std::optional<sys::Ending>> ending = sys::collect(child_);
  if (!ending || !*ending) return;
  hear(kNoLimit);  // what it said before it ended
  hear_records(kNoLimit);
  forget();
  child_.pidfd.reset();
  const auto ended = std::move(ears_.ended);
  const sys::Ending how = **ending;
  ended(how, last_words());  // may destroy this
}

}  // namespace gw::supervisor
