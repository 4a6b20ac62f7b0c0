#include "hal/sensors.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <string_view>

#include "hal/kernel_file.h"

namespace gw::hal {
namespace {

std::string input_of(const std::string& sys, const Sensor& sensor) {
  const auto chips = chips_like(sys, sensor.chip);
  if (chips.empty()) return {};
  return chips.front().folder + (sensor.measure == Measure::fan ? "/fan" : "/temp") +
         std::to_string(sensor.channel) + "_input";
}

/// A chip that names no device stands in the folder of what it is of.
std::string place_of(const std::string& folder) {
  std::error_code failed;
  const auto device = std::filesystem::canonical(folder + "/device", failed);
  return failed ? std::filesystem::canonical(folder, failed).parent_path() : device;
}

}  // namespace

std::vector<Chip> chips_in(const std::string& sys) {
  std::vector<Chip> out;
  for (const std::string& number : names_in(sys + "/class/hwmon")) {
    const std::string folder = sys + "/class/hwmon/" + number;
    out.push_back({folder, place_of(folder) + "/" + text_of(folder + "/name")});
  }
  std::ranges::stable_sort(out, {}, &Chip::place);
  return out;
}

std::vector<Chip> chips_like(const std::string& sys, const std::string& name) {
  std::vector<Chip> out = chips_in(sys);
  std::erase_if(out, [&](const Chip& chip) { return !chip.place.ends_with("/" + name); });
  return out;
}

Sensors Sensors::open(const std::string& sys, const std::vector<Sensor>& wanted,
                      std::vector<std::string>& missing) {
  Sensors out;
  for (const Sensor& sensor : wanted) {
    UniqueFd input(::open(input_of(sys, sensor).c_str(), O_RDONLY | O_CLOEXEC));
    if (input)
      out.open_.push_back({sensor, std::move(input)});
    else
      missing.push_back(sensor.name);
  }
  return out;
}

std::vector<model::BoardReading> Sensors::read() const {
  std::vector<model::BoardReading> out;
  for (const Open& each : open_) {
    std::array<char, 32> text{};
    const ssize_t got = ::pread(each.input.get(), text.data(), text.size(), 0);
    if (got <= 0) continue;
    if (auto reading = reading_of(each.sensor, {text.data(), static_cast<std::size_t>(got)}))
      out.push_back(*std::move(reading));
  }
  return out;
}

std::optional<model::BoardReading> reading_of(const Sensor& sensor, std::string_view text) {
  long long number = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc()) return std::nullopt;
  const bool is_fan = sensor.measure == Measure::fan;
  const long long value =
      std::clamp(is_fan ? number : number / 1000, 0LL, 1'000'000LL);  // below zero is cold enough
  const auto kind = is_fan ? model::BoardReading::Kind::fan : model::BoardReading::Kind::temperature;
  return model::BoardReading{kind, sensor.name, static_cast<std::uint32_t>(value),
                             is_fan ? value >= sensor.bound : value <= sensor.bound};
}

}  // namespace gw::hal
