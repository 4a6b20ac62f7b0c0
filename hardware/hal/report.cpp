#include "hal/report.h"

#include <algorithm>

#include "hal/disk_wear.h"
#include "hal/kernel_file.h"
#include "hal/led.h"
#include "hal/port_files.h"
#include "hal/sensors.h"
#include "hal/watchdog.h"

namespace gw::hal {
namespace {

class Reporter {
 public:
  Reporter(const Places& places, const Profile& profile) : places_(places), profile_(profile) {}

  Report report() {
    line(true, "board",
         profile_.name + " (" + profile_.title + "), " +
             (profile_.tried.empty() ? "never held against a real one" : "tried on " + profile_.tried));
    ports();
    light("status", profile_.lights.status);
    light("attention", profile_.lights.attention);
    button();
    watchdog();
    tpm();
    sensors();
    disk();
    return std::move(report_);
  }

 private:
  void line(bool is_well, const std::string& what, const std::string& words) {
    report_.text += (is_well ? "   " : "!! ") + what +
                    std::string(what.size() < 18 ? 18 - what.size() : 1, ' ') + words + "\n";
    report_.is_as_promised = report_.is_as_promised && is_well;
  }
  void promise(bool is_kept, const std::string& what, const std::string& words) {
    line(is_kept, what, words);
    if (!is_kept) report_.differences.push_back(what + ", " + words);
  }
  void ports() {
    const auto seen = look_at_ports(places_.sys, profile_.ports);
    for (std::size_t at = 0; at < seen.size(); ++at) {
      const Port& port = profile_.ports[at];
      const bool is_well = seen[at].interface == port.name && seen[at].driver == port.driver;
      promise(is_well, "port " + port.name,
              "labelled " + port.label + ", at " + port.path + ", driver " + port.driver +
                  (is_well ? ""
                   : seen[at].interface.empty()
                       ? ": nothing is there"
                       : ": there is " + seen[at].interface + " of driver " + seen[at].driver));
    }
  }
  void light(const std::string& role, const std::string& pattern) {
    if (pattern.empty()) return;
    const auto found = lights_like(places_.sys, pattern);
    promise(!found.empty(), "light " + role, found.empty() ? pattern + ": there is none" : found.front());
  }
  void button() {
    if (profile_.button.input.empty()) return;
    const auto names = names_like(places_.sys + "/class/input", "event*");
    const bool is_there = std::ranges::any_of(names, [&](const std::string& name) {
      return text_of(places_.sys + "/class/input/" + name + "/device/name") == profile_.button.input;
    });
    promise(is_there, "button", profile_.button.input + (is_there ? "" : ": there is none"));
  }
  void watchdog() {
    if (profile_.watchdog.empty()) return;
    const auto seen = look_at_watchdogs(places_.sys);
    const auto found = std::ranges::find(seen, profile_.watchdog, &WatchdogSight::identity);
    promise(found != seen.end(), "watchdog",
            profile_.watchdog + (found == seen.end() ? ": there is none"
                                                     : ", " + found->state + ", " + found->timeout + " s"));
  }
  void tpm() {
    if (profile_.tpm == Tpm::none) return;
    const std::string version = tpm_version(places_.sys);
    const bool is_it = version == "2.0";
    promise(is_it || profile_.tpm == Tpm::optional, "tpm",
            is_it             ? version
            : version.empty() ? "there is none"
                              : version + ", and 2.0 is needed");
  }
  void sensors() {
    std::vector<std::string> missing;
    const Sensors open = Sensors::open(places_.sys, profile_.sensors, missing);
    for (const model::BoardReading& reading : open.read())
      line(reading.is_well, std::string(to_string(reading.kind)), to_text(reading));
    for (const std::string& name : missing) promise(false, "sensor", name + ": there is none");
    for (const Sensor& sensor : profile_.sensors)
      if (const auto chips = chips_like(places_.sys, sensor.chip); chips.size() > 1)
        promise(false, "sensor",
                sensor.name + ": " + std::to_string(chips.size()) + " chips are called " + sensor.chip +
                    ", of which that at " + chips.front().place + " is taken");
  }
  void disk() {
    const auto seen = wear_of(places_.sys, places_.dev, profile_.disk);
    for (const model::BoardReading& reading : seen) line(reading.is_well, "disk", to_text(reading));
    if (profile_.disk.kind != DiskKind::unread && seen.empty())
      promise(false, "disk", "none says how much of its life it has behind it");
  }

  const Places& places_;
  const Profile& profile_;
  Report report_{};
};

}  // namespace

Report report_on(const Places& places, const Profile& profile) { return Reporter(places, profile).report(); }

}  // namespace gw::hal
