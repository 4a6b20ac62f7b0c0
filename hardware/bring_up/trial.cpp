#include "bring_up/trial.h"

#include <fcntl.h>
#include <linux/input.h>
#include <poll.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/fd.h"
#include "hal/kernel_file.h"
#include "hal/led.h"

namespace gw::bring_up {
namespace {

using namespace hal;

constexpr std::chrono::milliseconds kHalf{200};
constexpr std::chrono::seconds kListening{10};

struct Listened {
  std::string device;
  UniqueFd file;
};

std::vector<Listened> open_all(const Places& places) {
  std::vector<Listened> out;
  for (const std::string& name : names_like(places.sys + "/class/input", "event*")) {
    UniqueFd file(::open((places.dev + "/input/" + name).c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (file) out.push_back({text_of(places.sys + "/class/input/" + name + "/device/name"), std::move(file)});
  }
  return out;
}

void tell(const Listened& from) {
  for (input_event event{}; ::read(from.file.get(), &event, sizeof event) == sizeof event;)
    if (event.type == EV_KEY && event.value <= 1)
      std::printf("%s: key %u %s\n", from.device.c_str(), unsigned{event.code},
                  event.value == 1 ? "pressed" : "released");
  std::fflush(stdout);
}

}  // namespace

void blink(const Places& places) {
  for (const std::string& name : names_in(places.sys + "/class/leds")) {
    std::printf("%s blinks\n", name.c_str());
    std::fflush(stdout);
    auto led = Led::open(places.sys, name);
    if (!led) {
      std::printf("  %s\n", led.error().to_text().c_str());
      continue;
    }
    for (int half = 0; half < 10; ++half, std::this_thread::sleep_for(kHalf)) led->set(half % 2 == 0);
  }
}

void press(const Places& places) {
  const std::vector<Listened> devices = open_all(places);
  std::printf("%zu input devices; press and release what may be the button\n", devices.size());
  std::fflush(stdout);
  std::vector<pollfd> waits;
  for (const Listened& each : devices) waits.push_back({each.file.get(), POLLIN, 0});
  const Instant end = system_clock().now() + kListening;
  for (Instant now = system_clock().now(); now < end; now = system_clock().now()) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - now);
    ::poll(waits.data(), waits.size(), static_cast<int>(left.count()));
    for (std::size_t at = 0; at < waits.size(); ++at)
      if ((waits[at].revents & POLLIN) != 0) tell(devices[at]);
  }
}

}  // namespace gw::bring_up
