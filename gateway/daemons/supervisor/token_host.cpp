#include "token_host.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "ipc/inherited.h"
#include "ipc/messages/control_token.h"
#include "sys/durable_file.h"

namespace gw::supervisor {
namespace {

constexpr const char* kRefusedPin =
    "token-pin.refused";  // in the state folder: which state of the PIN's file
constexpr std::size_t kMostMark = 256;

/// Which state of it a file is in, without a word on what it holds.
std::string state_of(int file) {
  struct stat found {};
  if (::fstat(file, &found) != 0) return {};
  return std::to_string(found.st_ino) + " " + std::to_string(found.st_size) + " " +
         std::to_string(found.st_mtim.tv_sec) + "." + std::to_string(found.st_mtim.tv_nsec);
}

}  // namespace

UniqueFd TokenHost::start() {
  if (token_.module.empty()) return {};
  running_.reset();
  Result<UniqueFd> channel = run();
  if (channel) return *std::move(channel);
  tell_useless(channel.error().to_text());
  return {};
}

Result<UniqueFd> TokenHost::run() {
  GW_TRY(auto ends, ipc::Channel::pair());
  const UniqueFd pin = open_pin();
  Order order{.arguments = {token_.module, token_.data, token_.environment},
              .inputs = {{ends.second.fd(), ipc::kSecondInputFd}}};
  if (pin) order.inputs.push_back({pin.get(), ipc::kInputFd});
  GW_TRY(
      running_,
      Running::start(premises_, role(RoleId::tokend), std::move(order), ipc::token::kFromTokend,
                     {[this](ipc::Frame&) { remember_refusal(); },
                      [this](const sys::Ending& ending, const std::string& words) { end(ending, words); }}));
  premises_.journal.write(Event(EventId::process_started)
                              .add(Field::name, role(RoleId::tokend).name)
                              .add(Field::pid, static_cast<std::uint64_t>(running_->pid())));
  return ends.first.release();
}

UniqueFd TokenHost::open_pin() {
  UniqueFd file(::open(token_.pin.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) {
    tell_useless(token_.pin + ": " + system_error("open").detail);
    return {};
  }
  pin_ = state_of(file.get());
  const auto refused = sys::read_kept(state_folder_ + "/" + kRefusedPin, kMostMark);
  if (!refused || as_text(*refused) != pin_) return file;
  tell_useless(token_.pin + ": the token has refused this PIN; write the right one there");
  return {};
}

void TokenHost::remember_refusal() {
  tell_useless(token_.pin + ": the token refuses this PIN; it is not tried again before the file changes");
  const Result<> kept = sys::write_durably(state_folder_, kRefusedPin, as_bytes(pin_));
  if (!kept) tell_useless(kept.error().to_text());
}

void TokenHost::tell_useless(const std::string& why) const {
  premises_.journal.write(Event(EventId::token_useless).add(Field::detail, why));
}

/// It ends well when keyd does. Otherwise keyd finds out when it next needs it, and both are started anew.
void TokenHost::end(const sys::Ending& ending, const std::string& words) {
  if (!ending.clean()) ++deaths_;
  premises_.journal.write(Event(ending.clean() ? EventId::process_stopped : EventId::process_ended)
                              .add(Field::name, role(RoleId::tokend).name)
                              .add(Field::reason, ending.to_text())
                              .add(Field::detail, words));
  running_.reset();
}

void TokenHost::tick(Instant now) {
  if (running_) running_->tick(now);
}

std::vector<ipc::op::ProcessState> TokenHost::states() const {
  if (token_.module.empty()) return {};
  return {{.name = role(RoleId::tokend).name,
           .tenant = {},
           .pid = running_ ? static_cast<std::uint32_t>(running_->pid()) : 0,
           .restarts = deaths_,
           .serving = running_ != nullptr}};
}

}  // namespace gw::supervisor
