#include "hal/led.h"

#include <fcntl.h>
#include <unistd.h>

#include <string_view>

#include "hal/kernel_file.h"

namespace gw::hal {

Result<Led> Led::open(const std::string& sys, const std::string& pattern) {
  const std::string leds = sys + "/class/leds";
  const auto names = names_like(leds, pattern);
  if (names.empty()) return Error{ErrorCode::file_unreadable, "no light " + pattern + " in " + leds};
  const std::string folder = leds + "/" + names.front();
  if (const UniqueFd trigger(::open((folder + "/trigger").c_str(), O_WRONLY | O_CLOEXEC)); trigger) {
    constexpr std::string_view kNobody = "none";
    if (::write(trigger.get(), kNobody.data(), kNobody.size()) < 0)
      return system_error("write(" + folder + "/trigger)");
  }
  UniqueFd brightness(::open((folder + "/brightness").c_str(), O_WRONLY | O_CLOEXEC));
  if (!brightness) return system_error("open(" + folder + "/brightness)");
  std::string full = text_of(folder + "/max_brightness");
  return Led(std::move(brightness), full.empty() ? "1" : full);
}

void Led::set(bool lit) {
  if (lit_ == lit) return;
  const std::string_view level = lit ? std::string_view(full_) : std::string_view("0");
  if (::pwrite(brightness_.get(), level.data(), level.size(), 0) >= 0) lit_ = lit;
}

}  // namespace gw::hal
