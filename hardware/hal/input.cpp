#include "hal/input.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <ctime>

#include "hal/kernel_file.h"

namespace gw::hal {

std::optional<ResetButton::Act> act_of(const input_event& event, std::uint16_t key) {
  constexpr int kUp = 0, kDown = 1;  // two is a key that repeats itself
  if (event.type != EV_KEY || event.code != key || event.value > kDown) return std::nullopt;
  return event.value == kUp ? ResetButton::Act::released : ResetButton::Act::pressed;
}

Result<Input> Input::open(const std::string& sys, const std::string& dev, const Button& button) {
  for (const std::string& name : names_like(sys + "/class/input", "event*")) {
    if (text_of(sys + "/class/input/" + name + "/device/name") != button.input) continue;
    UniqueFd device(::open((dev + "/input/" + name).c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (!device) return system_error("open(" + dev + "/input/" + name + ")");
    const int clock = CLOCK_MONOTONIC;
    const bool is_timed = ::ioctl(device.get(), EVIOCSCLOCKID, &clock) == 0;
    return Input(std::move(device), button.key, is_timed);
  }
  return Error{ErrorCode::file_unreadable, "no input device `" + button.input + "`"};
}

void Input::hear(const input_event& event, std::vector<Touch>& out) {
  if (event.type == EV_SYN && event.code == SYN_DROPPED) {
    is_dropping_ = true;
    out.push_back({ResetButton::Act::lost, {}});
  } else if (event.type == EV_SYN && event.code == SYN_REPORT) {
    is_dropping_ = false;
  } else if (const auto act = act_of(event, key_); act && !is_dropping_) {
    const auto at =
        std::chrono::seconds(event.input_event_sec) + std::chrono::microseconds(event.input_event_usec);
    out.push_back({*act, is_timed_ ? std::optional(Instant(at)) : std::nullopt});
  }
}

std::vector<Touch> Input::take() {
  std::vector<Touch> out;
  std::array<input_event, 32> events{};
  while (device_) {
    const ssize_t got = ::read(device_.get(), events.data(), sizeof events);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return out;
    if (got < 0) let_go();
    if (got < 0) out.push_back({ResetButton::Act::lost, {}});
    if (got < static_cast<ssize_t>(sizeof(input_event))) return out;
    for (std::size_t at = 0; at < static_cast<std::size_t>(got) / sizeof(input_event); ++at)
      hear(events[at], out);
  }
  return out;
}

}  // namespace gw::hal
