#include "hal/input.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>

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
    return Input(std::move(device), button.key);
  }
  return Error{ErrorCode::file_unreadable, "no input device `" + button.input + "`"};
}

std::vector<ResetButton::Act> Input::take() const {
  std::vector<ResetButton::Act> out;
  std::array<input_event, 32> events{};
  for (;;) {
    const ssize_t got = ::read(device_.get(), events.data(), sizeof events);
    if (got < static_cast<ssize_t>(sizeof(input_event))) return out;
    for (std::size_t at = 0; at < static_cast<std::size_t>(got) / sizeof(input_event); ++at)
      if (const auto act = act_of(events[at], key_)) out.push_back(*act);
  }
}

}  // namespace gw::hal
