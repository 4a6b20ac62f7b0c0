#include "recorder.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/check.h"
#include "base/text.h"
#include "ipc/inherited.h"
#include "secret_file.h"

namespace gw::supervisor {
namespace {

namespace msg = ipc::control_records;
using msg::Msg;

constexpr std::size_t kWindow = 1u << 20;  // octets that are under way at once; less than a channel's room
constexpr std::chrono::seconds kJoinWithin{60};  // a store that lost its power is put right first
constexpr std::chrono::seconds kPatience{10};
/// In the state folder: under which the secrets of administrators' apps rest (ADM-10), and the hash of the
/// secret on the box's label, if the box was delivered with one (ADM-04).
constexpr const char* kSealFile = "seal.secret";
constexpr const char* kBootstrapFile = "bootstrap.hash";

std::string some_run() {
  std::array<std::uint8_t, msg::kMostRun / 2> octets{};
  const ssize_t got = ::getrandom(octets.data(), octets.size(), 0);
  GW_CHECK(got == static_cast<ssize_t>(octets.size()),
           "two runs of one name would pass over each other's records");
  return to_hex(octets);
}

/// What a record takes in memory, or on the wire, whichever is more.
std::size_t size_of(const model::Record& record) {
  std::size_t size = 256 + record.process.size() + record.tenant.size();
  for (const Event::Entry& entry : record.event.entries()) size += 64 + entry.text.size();
  return size;
}

/// Can whoever reaches the box have them written as often as he likes?
bool is_provoked(EventId id) {
  constexpr EventId kProvoked[] = {
      EventId::session_refused,   EventId::refusals_folded,   EventId::admission_limited,
      EventId::packet_refused,    EventId::packets_folded,    EventId::scan_of_ports,
      EventId::scan_of_addresses, EventId::second_path_seen,  EventId::enrolment_refused,
      EventId::enrolment_shunned, EventId::enrolments_folded, EventId::web_refused,
      EventId::web_shunned,       EventId::web_folded,        EventId::account_refused};
  return std::ranges::find(kProvoked, id) != std::end(kProvoked);
}

/// Of controld alone.
Result<UniqueFd> open_folder(const std::string& path) {
  const std::uint32_t owner = account_of(role(RoleId::controld), {});
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return system_error("mkdir(" + path + ")");
  UniqueFd folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!folder) return system_error("open(" + path + ")");
  if (::fchown(folder.get(), owner, owner) != 0) return system_error("fchown(" + path + ")");
  return folder;
}

/// None where the box came with none, or cannot have them: records are kept without.
UniqueFd open_papers(const std::string& path) {
  return UniqueFd(path.empty() ? -1 : ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

}  // namespace

Recorder::Recorder(const Premises& premises, Folders folders, Keys keys, Ears ears)
    : premises_(premises),
      folders_(std::move(folders)),
      records_folder_(folders_.state + "/records"),
      keys_(std::move(keys)),
      ears_(std::move(ears)),
      run_(some_run()) {
  awaits_claim_ = ::access((folders_.state + "/" + kBootstrapFile).c_str(), F_OK) == 0;
  premises_.journal.pass_on([this](const Event& event, const std::string& process,
                                   const std::string& tenant) { take(event, process, tenant); });
}

Recorder::~Recorder() { premises_.journal.pass_on({}); }

void Recorder::put(model::Record record) {
  if (waiting_.empty()) moved_ = premises_.clock.now();
  octets_ += size_of(record);
  waiting_.push_back(std::move(record));
}

/// What controld says is in the chain already: it puts it there itself.
void Recorder::take(const Event& event, const std::string& process, const std::string& tenant) {
  if (process == role(RoleId::controld).name) return;
  if (octets_ >= (is_provoked(event.id()) ? kMostProvoked : kMostWaiting)) {
    ++lost_;
    return;
  }
  const CivilTime now = premises_.clock.civil_now();
  const auto clock =
      premises_.clock_watch.is_right(now) ? model::ClockState::right : model::ClockState::behind;
  if (lost_ != 0)
    put({now,
         clock,
         "supervisor",
         {},
         Event(EventId::records_lost).add(Field::count, std::exchange(lost_, 0))});
  put({now, clock, process, tenant, event});
}

void Recorder::tick(Instant now) {
  if (running_) running_->tick(now);
  if (state_ == State::down && now >= due_) start(now);
  if (state_ == State::joining && now >= due_ && running_) running_->kill();
  if (state_ == State::ready) {
    send_on();
    if (wants_keys_) give_keys();
  }
  complain(now);
}

void Recorder::start(Instant now) {
  backoff_.born(now);
  state_ = State::joining;
  due_ = now + kJoinWithin;
  Result<std::unique_ptr<Running>> running = run();
  if (!running) return end({sys::Ending::How::exited, 127}, running.error().to_text());
  running_ = *std::move(running);
  premises_.journal.write(Event(EventId::process_started)
                              .add(Field::name, role(RoleId::controld).name)
                              .add(Field::pid, static_cast<std::uint64_t>(running_->pid())));
}

Result<std::unique_ptr<Running>> Recorder::run() {
  GW_TRY(const UniqueFd folder, open_folder(records_folder_));
  GW_TRY(const UniqueFd secret, open_secret(folders_.state, kSealFile));
  GW_TRY(const UniqueFd backups, open_folder(folders_.state + "/backups"));
  std::vector<sys::Placed> inputs{
      {folder.get(), ipc::kInputFd}, {secret.get(), ipc::kSecondInputFd}, {backups.get(), ipc::kReferenceFd}};
  const UniqueFd bootstrap(
      ::open((folders_.state + "/" + kBootstrapFile).c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  if (bootstrap) inputs.push_back({bootstrap.get(), ipc::kThirdInputFd});
  const UniqueFd packs = open_papers(folders_.packs), profiles = open_papers(folders_.profiles);
  if (packs) inputs.push_back({packs.get(), ipc::kBeforeFd});
  if (profiles) inputs.push_back({profiles.get(), ipc::kLeaseFd});
  return Running::start(
      premises_, role(RoleId::controld), {.inputs = std::move(inputs)}, msg::kFromControld,
      {[this](ipc::Frame& frame) { hear(frame); },
       [this](const sys::Ending& ending, const std::string& words) { end(ending, words); }});
}

void Recorder::hear(ipc::Frame& frame) {
  if (frame.type == ipc::type_number(Msg::claim)) {
    const Result<msg::Claim> told = decode<msg::Claim>(frame.body);
    return told ? hear_claim(*told) : running_->kill();
  }
  if (frame.type >= ipc::type_number(Msg::look)) {
    if (!ears_.ordered(frame)) running_->kill();
    return;
  }
  if (frame.type == ipc::type_number(Msg::wants_keys)) {
    wants_keys_ = true;
    return give_keys();
  }
  if (frame.type == ipc::type_number(Msg::room)) {
    const Result<msg::RoomLeft> told = decode<msg::RoomLeft>(frame.body);
    return told ? hear_room(*told) : running_->kill();
  }
  const Result<msg::Kept> kept = decode<msg::Kept>(frame.body);
  if (!kept) return running_->kill();
  if (frame.type == ipc::type_number(Msg::ready)) {
    state_ = State::ready;
    running_->enter(msg::Phase::serving);
    next_ = first_;
    under_way_ = 0;
    ears_.joined();
  }
  forget_kept(*kept);
  send_on();
}

/// Once it is replaced it opens nothing, and the next start need not wait for controld to know.
void Recorder::hear_claim(const msg::Claim& told) {
  if (!told.is_awaited) ::unlink((folders_.state + "/" + kBootstrapFile).c_str());
  awaits_claim_ = told.is_awaited;
}

/// What a controld that died said last holds until the next one has seen for itself.
void Recorder::hear_room(const msg::RoomLeft& told) {
  const bool was_none = std::exchange(room_, told.room) == msg::Room::none;
  const bool is_none = told.room == msg::Room::none;
  if (was_none != is_none)
    premises_.journal.write(Event(is_none ? EventId::records_full : EventId::records_room_again));
}

void Recorder::forget_kept(const msg::Kept& kept) {
  if (kept.run != run_) return;  // of an earlier supervisor
  while (first_ <= kept.serial && !waiting_.empty()) {
    const std::size_t size = size_of(waiting_.front());
    octets_ -= size;
    if (first_ < next_) under_way_ -= size;
    waiting_.pop_front();
    ++first_;
  }
  next_ = std::max(next_, first_);
  moved_ = premises_.clock.now();
}

void Recorder::send_on() {
  while (state_ == State::ready && next_ < first_ + waiting_.size() && under_way_ < kWindow) {
    const auto from = waiting_.begin() + static_cast<std::ptrdiff_t>(next_ - first_);
    const auto count = std::min<std::ptrdiff_t>(msg::kMostRecords, waiting_.end() - from);
    running_->tell(Msg::records, msg::Records{run_, next_, {from, from + count}});
    for (auto one = from; one != from + count; ++one) under_way_ += size_of(*one);
    next_ += static_cast<std::uint64_t>(count);
  }
}

/// keyd may be away: then it is asked again at the next tick.
void Recorder::give_keys() {
  const Result<ipc::Channel> channel = keys_();
  if (!channel) return;
  wants_keys_ = false;
  running_->tell(Msg::keys, {channel->fd()});
}

void Recorder::tell(Msg type, std::vector<std::uint8_t> body, std::vector<int> fds) {
  if (state_ == State::ready) running_->send(ipc::type_number(type), body, std::move(fds));
}

Result<UniqueFd> Recorder::visitor(Msg kind) {
  if (state_ != State::ready)
    return Error{ErrorCode::records_unavailable,
                 "controld is not ready" + (complaint_.empty() ? "" : ": " + complaint_)};
  GW_TRY(auto ends, ipc::Channel::pair());
  running_->tell(kind, {ends.first.fd()});
  return ends.second.release();
}

/// LOG-09: what is not written is said, while there is still time.
void Recorder::complain(Instant now) {
  if (waiting_.empty()) {
    moved_ = now;
    complained_ = false;
  }
  if (complained_ || now - moved_ < kPatience) return;
  complained_ = true;
  const std::string why = room_ == msg::Room::none ? "the disk is full" : complaint_;
  premises_.journal.write(Event(EventId::records_waiting)
                              .add(Field::count, std::uint64_t{waiting_.size()})
                              .add(Field::detail, why.empty() ? "controld does not answer" : why));
}

void Recorder::end(const sys::Ending& ending, const std::string& words) {
  complaint_ = ending.to_text() + (words.empty() ? "" : ": " + words);
  running_.reset();
  if (std::exchange(state_, State::down) == State::ready) ears_.left();
  wants_keys_ = false;
  due_ = backoff_.died(premises_.clock.now());
  premises_.journal.write(Event(EventId::process_ended)
                              .add(Field::name, role(RoleId::controld).name)
                              .add(Field::reason, ending.to_text())
                              .add(Field::detail, words));
}

void Recorder::finish(std::chrono::seconds patience) {
  const Instant until = premises_.clock.now() + patience;
  while (!waiting_.empty() && premises_.clock.now() < until) {
    tick(premises_.clock.now());
    premises_.loop.turn(std::chrono::milliseconds(10));
  }
}

std::vector<ipc::op::ProcessState> Recorder::states() const {
  return {{.name = role(RoleId::controld).name,
           .tenant = {},
           .pid = running_ ? static_cast<std::uint32_t>(running_->pid()) : 0,
           .restarts = backoff_.deaths(),
           .serving = state_ == State::ready}};
}

}  // namespace gw::supervisor
