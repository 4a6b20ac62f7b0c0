#include "hal/led.h"

#include <fcntl.h>
#include <fnmatch.h>
#include <unistd.h>

#include <filesystem>
#include <string_view>

#include "hal/kernel_file.h"

namespace gw::hal {

std::vector<std::string> lights_like(const std::string& sys, const std::string& pattern) {
  const std::string leds = sys + "/class/leds";
  if (pattern.find('/') == pattern.npos) return names_like(leds, pattern);
  std::vector<std::string> out = names_in(leds);
  std::erase_if(out, [&](const std::string& name) {
    std::error_code failed;
    const auto place = std::filesystem::canonical(leds + "/" + name, failed);
    return failed || ::fnmatch(("*/" + pattern).c_str(), place.c_str(), 0) != 0;
  });
  return out;
}

Result<Led> Led::open(const std::string& sys, const std::string& pattern) {
  const std::string leds = sys + "/class/leds";
  const auto names = lights_like(sys, pattern);
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
