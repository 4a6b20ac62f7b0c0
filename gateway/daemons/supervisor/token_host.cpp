#include "token_host.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "base/text.h"
#include "ipc/inherited.h"
#include "ipc/messages/control_token.h"
#include "sys/durable_file.h"

namespace gw::supervisor {
namespace {

using ipc::token::Msg;

constexpr const char* kTries = "token-pin.tries";  // in the state folder: how many, and of which PIN
constexpr std::size_t kMostMark = 256;
constexpr std::size_t kMostAtOnce = 2;  // one, and one that does not end

/// Which state of it a file is in, without a word on what it holds.
std::string state_of(int file) {
  struct stat found {};
  if (::fstat(file, &found) != 0) return {};
  return std::to_string(found.st_ino) + "-" + std::to_string(found.st_size) + "-" +
         std::to_string(found.st_mtim.tv_sec) + "." + std::to_string(found.st_mtim.tv_nsec);
}

/// Tries of that PIN that are written down. What cannot be read counts as too many.
std::uint32_t tries_of(const std::string& pin, const std::string& folder) {
  const auto mark = sys::read_kept(folder + "/" + kTries, kMostMark);
  if (!mark) return TokenHost::kMostTries;
  const std::string_view text = as_text(*mark);
  const std::size_t blank = text.find(' ');
  if (blank == std::string_view::npos || text.substr(blank + 1) != pin) return 0;
  return static_cast<std::uint32_t>(parse_decimal(text.substr(0, blank)).value_or(TokenHost::kMostTries));
}

}  // namespace

TokenHost::TokenHost(const Premises& premises, const Options& options)
    : premises_(premises), token_(options.token), state_folder_(options.state_dir) {}

UniqueFd TokenHost::start() {
  if (token_.module.empty()) return {};
  for (const auto& [number, before] : running_) before->kill();
  if (running_.size() >= kMostAtOnce) {
    tell_useless("the process that had its library before does not end");
    return {};
  }
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
  const Number number = ++last_;
  GW_TRY(auto running,
         Running::start(premises_, role(RoleId::tokend), std::move(order), ipc::token::kFromTokend,
                        {[this](ipc::Frame& frame) { hear(frame); },
                         [this, number](const sys::Ending& ending, const std::string& words) {
                           end(number, ending, words);
                         }}));
  premises_.journal.write(Event(EventId::process_started)
                              .add(Field::name, role(RoleId::tokend).name)
                              .add(Field::pid, static_cast<std::uint64_t>(running->pid())));
  running_.emplace(number, std::move(running));
  return ends.first.release();
}

UniqueFd TokenHost::open_pin() {
  UniqueFd file(::open(token_.pin.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) {
    tell_useless(token_.pin + ": " + system_error("open").detail);
    return {};
  }
  const std::string found = state_of(file.get());
  const std::uint32_t written = tries_of(found, state_folder_);
  tries_ = found == pin_ ? std::max(tries_, written) : written;  // the disk may have been full
  pin_ = found;
  if (tries_ < kMostTries) return file;
  tell_useless(token_.pin +
               ": the token has refused this PIN, or twice not answered to it; write the right one there, or "
               "the same again");
  return {};
}

/// Of an earlier process it is the same PIN, or an earlier one, which then is counted a time too often.
void TokenHost::hear(const ipc::Frame& frame) {
  switch (static_cast<Msg>(frame.type)) {
    case Msg::pin_tried:
      return count(tries_ + 1);
    case Msg::pin_spared:
      return count(0);
    default:
      tell_useless(token_.pin +
                   ": the token refuses this PIN; it is not tried again before the file changes");
      return count(kMostTries);
  }
}

void TokenHost::count(std::uint32_t tries) {
  tries_ = tries;
  const std::string mark = std::to_string(tries) + " " + pin_;
  const Result<> kept = sys::write_durably(state_folder_, kTries, as_bytes(mark));
  if (!kept) tell_useless(kept.error().to_text());
}

void TokenHost::tell_useless(const std::string& why) const {
  premises_.journal.write(Event(EventId::token_useless).add(Field::detail, why));
}

/// It ends well when keyd does, and is ended for the next one. Otherwise keyd finds out when it next needs
/// it, and both are started anew.
void TokenHost::end(Number number, const sys::Ending& ending, const std::string& words) {
  const bool was_told_to = ending.clean() || number != last_;
  if (!was_told_to) ++deaths_;
  premises_.journal.write(Event(was_told_to ? EventId::process_stopped : EventId::process_ended)
                              .add(Field::name, role(RoleId::tokend).name)
                              .add(Field::reason, ending.to_text())
                              .add(Field::detail, words));
  running_.erase(number);
}

void TokenHost::tick(Instant now) {
  for (const auto& [number, running] : running_) running->tick(now);
}

std::vector<ipc::op::ProcessState> TokenHost::states() const {
  if (token_.module.empty()) return {};
  const auto current = running_.find(last_);
  const bool runs = current != running_.end();
  return {{.name = role(RoleId::tokend).name,
           .tenant = {},
           .pid = runs ? static_cast<std::uint32_t>(current->second->pid()) : 0,
           .restarts = deaths_,
           .serving = runs}};
}

}  // namespace gw::supervisor
