#include "component/control/supervisor_played.h"

#include <fcntl.h>
#include <poll.h>

#include <stdexcept>

namespace gw::component {
namespace {

namespace msg = ipc::control_records;
using msg::Msg;

constexpr std::uint64_t kUnderWay = 1'000;
constexpr const char* kRun = "played";

model::Record record_of(std::uint64_t serial) {
  return {system_clock().civil_now(), model::ClockState::right, "proxyd", "karte",
          Event(EventId::session_closed).add(Field::session, serial).add(Field::terminal, "desk-1")};
}

std::pair<ipc::Channel, ipc::Channel> pair() {
  auto made = ipc::Channel::pair();
  if (!made) throw std::runtime_error(made.error().to_text());
  return *std::move(made);
}

UniqueFd open_folder(const std::string& folder) {
  return UniqueFd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

}  // namespace

SupervisorPlayed::SupervisorPlayed(const std::string& folder, std::uint64_t reserve)
    : channel_(UniqueFd()), log_(UniqueFd()) {
  auto control = pair(), log = pair();
  channel_ = std::move(control.first);
  log_ = std::move(log.first);
  thread_ = std::thread(
      [this, folder, reserve, theirs = std::move(control.second), sink = std::move(log.second)]() mutable {
        ipc::RecordSink records(sink.release().release());
        auto store = control::RecordStore::open(folder, reserve);
        if (!store) {
          ended_ = store.error();
          return;
        }
        auto accounts = accounts::Accounts::open(store->database(), system_clock(),
                                                 accounts::Seal(Secret(std::string(32, 'k'))), {}, {});
        control::Chronicle chronicle(*store, records, system_clock());
        ended_ = accounts ? control::keep(*store, *accounts, std::move(theirs), chronicle, system_clock(),
                                          {open_folder(folder), open_folder(folder)})
                          : Result<>(accounts.error());
      });
  hear_next();  // ready
  sent_ = kept_;
}

SupervisorPlayed::~SupervisorPlayed() { (void)end(); }

Result<> SupervisorPlayed::end() {
  channel_ = ipc::Channel(UniqueFd());
  if (thread_.joinable()) thread_.join();
  return ended_;
}

bool SupervisorPlayed::send_some() {
  if (sent_ - kept_ >= kUnderWay) return false;
  msg::Records batch{kRun, sent_ + 1, {}};
  for (std::size_t i = 0; i < msg::kMostRecords; ++i) batch.records.push_back(record_of(sent_ + 1 + i));
  if (!channel_.send(ipc::type_number(Msg::records), 0, encode(batch))) return false;
  sent_ += msg::kMostRecords;
  return true;
}

bool SupervisorPlayed::hear() {
  const auto frame = channel_.receive();
  if (!frame) throw std::runtime_error("the keeper ended: " + end().error().to_text());
  if (!*frame) return false;
  if ((*frame)->type == ipc::type_number(Msg::kept) || (*frame)->type == ipc::type_number(Msg::ready))
    kept_ = decode<msg::Kept>((*frame)->body)->serial;
  if ((*frame)->type == ipc::type_number(Msg::room)) room_ = decode<msg::RoomLeft>((*frame)->body)->room;
  return true;
}

void SupervisorPlayed::hear_next() {
  pollfd ready{channel_.fd(), POLLIN, 0};
  if (::poll(&ready, 1, 30'000) != 1) throw std::runtime_error("the keeper does not answer");
  hear();
}

void SupervisorPlayed::send_until(msg::Room wanted) {
  while (room_ != wanted) {
    while (hear()) {
    }
    if (room_ == wanted) return;
    if (!send_some()) hear_next();
  }
}

void SupervisorPlayed::wait_until_kept() {
  while (kept_ != sent_) hear_next();
}

std::vector<std::string> SupervisorPlayed::events() {
  for (;;) {
    const auto frame = log_.receive();
    if (!frame || !*frame) return events_;
    events_.emplace_back(to_string(decode<Event>((*frame)->body)->id()));
  }
}

}  // namespace gw::component
