#include "bring_up/survey.h"

#include <algorithm>
#include <cctype>
#include <vector>

#include "hal/kernel_file.h"
#include "hal/port_files.h"
#include "hal/recognition.h"
#include "hal/sensors.h"
#include "hal/watchdog.h"

namespace gw::bring_up {
namespace {

using namespace hal;

std::string in_quotes(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

/// a-z, 0-9 and hyphens of any words.
std::string name_of(const std::string& words) {
  std::string out;
  for (const char c : words) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0)
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    else if (!out.empty() && out.back() != '-')
      out += '-';
  }
  out.resize(std::min<std::size_t>(out.size(), 63));
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out.empty() ? "new-board" : out;
}

std::string head(const Identity& identity) {
  const auto said = [&](const char* key) {
    const auto found = identity.dmi.find(key);
    return found == identity.dmi.end() ? std::string() : found->second;
  };
  std::string title = said("sys_vendor") + " " + said("product_name");
  if (title == " " && !identity.compatible.empty()) title = identity.compatible.front();
  std::string out = "version: 1\nboard: " + name_of(title) +
                    "\ntitle: " + in_quotes(title == " " ? "a board that does not say what it is" : title) +
                    "\ntried: never\nrecognised_by:\n";
  if (!identity.dmi.empty()) {
    out += "  dmi:\n";
    for (const char* key : {"sys_vendor", "product_name"})
      if (const std::string value = said(key); !value.empty())
        out += "    " + std::string(key) + ": " + in_quotes(value) + "\n";
  }
  if (!identity.compatible.empty()) out += "  compatible: " + in_quotes(identity.compatible.front()) + "\n";
  if (identity.dmi.empty() && identity.compatible.empty())
    out += "  # it says nothing of itself: it cannot be recognised\n  dmi: {product_name: \"\"}\n";
  return out;
}

std::string ports(const std::string& sys) {
  std::string out = "ports:\n";
  unsigned number = 0;
  for (const std::string& interface : names_in(sys + "/class/net")) {
    const std::string path = path_of(sys, interface);
    if (path.empty()) continue;  // bridges, loopback, what hangs on USB
    const std::string name = number == 0 ? "wan" : "lan" + std::to_string(number);
    out += "  - {name: " + name + ", path: " + in_quotes(path) +
           ", driver: " + in_quotes(driver_of(sys, interface)) + ", label: " + in_quotes(interface) +
           "}  # now " + interface + ", " + text_of(sys + "/class/net/" + interface + "/address") + "\n";
    ++number;
  }
  return number == 0 ? out + "  # no interface on a bus that has paths\n" : out;
}

std::string lights(const std::string& sys) {
  const auto found = names_in(sys + "/class/leds");
  if (found.empty()) return "# lights: the kernel knows none\n";
  std::string out =
      "# `sekisho-board blink` shows which is which\nlights:\n  status: " + in_quotes(found.front()) + "\n";
  for (std::size_t at = 1; at < found.size(); ++at)
    out += (at == 1 ? "  attention: " : "  # ") + in_quotes(found[at]) + "\n";
  return out;
}

std::string button(const std::string& sys) {
  std::string others;
  for (const std::string& name : names_like(sys + "/class/input", "event*")) {
    const std::string device = text_of(sys + "/class/input/" + name + "/device/name");
    if (device == "gpio-keys")
      return "# `sekisho-board press` says which key\nbutton: {input: gpio-keys, key: restart}\n";
    others += (others.empty() ? " " : ", ") + in_quotes(device);
  }
  return "# button: no gpio-keys" + (others.empty() ? "" : "; there are" + others) + "\n";
}

/// What tells a chip from the others: its name, with the last of its place if another one is called so.
std::string chip_name(const std::string& sys, const Chip& chip) {
  const std::size_t name = chip.place.rfind('/');
  if (chips_like(sys, chip.place.substr(name + 1)).size() < 2) return chip.place.substr(name + 1);
  return chip.place.substr(chip.place.rfind('/', name - 1) + 1);
}

std::string sensors(const std::string& sys) {
  std::string out;
  std::size_t count = 0;
  for (const Chip& chip : chips_in(sys)) {
    const std::string name = chip_name(sys, chip);
    for (const auto& [kind, word, bound] :
         {std::tuple{"temp", "temperature", "90 C"}, std::tuple{"fan", "fan", "500 rpm"}})
      for (const std::string& file : names_like(chip.folder, std::string(kind) + "[0-9]*_input")) {
        const std::string number =
            file.substr(std::string_view(kind).size(), file.find('_') - std::string_view(kind).size());
        out += (count++ < kMostSensors ? "  - {name: " : "  # one too many: {name: ") +
               name_of(name + "-" + word + number) + ", chip: " + in_quotes(name) + ", " + word + ": " +
               number + ", bound: " + bound + "}  # now " + text_of(chip.folder + "/" + file) + "\n";
      }
  }
  return out.empty() ? "# sensors: hwmon has none\n" : "sensors:\n" + out;
}

std::string rest(const std::string& sys) {
  const auto dogs = look_at_watchdogs(sys);
  std::string out = dogs.empty() ? "# watchdog: the kernel knows none\n" : "";
  for (const WatchdogSight& dog : dogs)
    out += (&dog == &dogs.front() ? "watchdog: " : "# another: ") + in_quotes(dog.identity) + "\n";
  out += std::string("tpm: ") + (tpm_version(sys) == "2.0" ? "required" : "none") + "\n";
  if (!names_like(sys + "/block", "mmcblk[0-9]").empty()) return out + "disk: {kind: emmc, bound: 70 %}\n";
  if (!names_like(sys + "/class/nvme", "nvme[0-9]").empty()) return out + "disk: {kind: nvme, bound: 70 %}\n";
  return out + "# disk: neither eMMC nor NVMe, so its wear is not asked for\n";
}

}  // namespace

std::string profile_text(const Places& places) {
  return head(identity_of(places.sys)) + ports(places.sys) + lights(places.sys) + button(places.sys) +
         sensors(places.sys) + rest(places.sys);
}

}  // namespace gw::bring_up
