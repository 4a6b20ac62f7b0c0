#include "hal/reading.h"

#include <charconv>

#include "config/suggest.h"
#include "config/value.h"
#include "config/versioned_file.h"
#include "hal/words.h"

namespace gw::hal {
namespace {

using config::in_quotes;
using config::MapReader;
using config::Node;
using Entry = Node::Entry;

/// Like "lan1": no kernel and no udev ever gives such a name by itself, so nothing that is plugged in has it.
bool is_port_name(std::string_view name) {
  for (const std::string_view role : {"lan", "wan", "mgmt"})
    if (name.starts_with(role) && name.size() <= role.size() + 2 &&
        name.find_first_not_of("0123456789", role.size()) == name.npos)
      return true;
  return false;
}

class ProfileReader {
 public:
  explicit ProfileReader(config::Problems& problems) : problems_(problems) {}

  Profile read(const Node& root) {
    MapReader keys(root, problems_);
    config::read_version(keys, root, problems_);
    profile_.name =
        value<config::Name>(keys, keys.required("board", "give it a name, such as `vendor-model`")).value;
    profile_.title = line(keys, keys.required("title", "what people call it, such as `PC Engines APU2`"));
    read_tried(keys);
    if (const auto* entry =
            keys.required("recognised_by", "say `{dmi: {product_name: ...}}` or `{compatible: ...}`"))
      group(*entry, [this](MapReader& inner) { read_recognition(inner); });
    list(keys.required("ports",
                       "list its sockets, each as `{name: lan1, path: ..., driver: ..., label: ...}`"),
         kMostPorts, [this](MapReader& inner) { read_port(inner); });
    if (const auto* entry = keys.optional("lights"))
      group(*entry, [this](MapReader& inner) { read_lights(inner); });
    if (const auto* entry = keys.optional("button"))
      group(*entry, [this](MapReader& inner) { read_button(inner); });
    profile_.watchdog = line(keys, keys.optional("watchdog"));
    profile_.tpm = one_of(keys, keys.required("tpm", "write `required`, `optional` or `none`"), kTpmWords);
    list(keys.optional("sensors"), kMostSensors, [this](MapReader& inner) { read_sensor(inner); });
    if (const auto* entry = keys.optional("disk"))
      group(*entry, [this](MapReader& inner) { read_disk(inner); });
    keys.finish();
    return std::move(profile_);
  }

 private:
  void refuse(const Entry& entry, ErrorCode code, const std::string& why) {
    problems_.add(entry.value.at, code, in_quotes(entry.key) + ": " + why);
  }

  template <class Form>
  Form value(MapReader& keys, const Entry* entry) {
    const auto text = keys.text(entry);
    if (!text) return {};
    auto read = Form::parse(*text);
    if (read) return *std::move(read);
    refuse(*entry, read.error().code, read.error().detail);
    return {};
  }
  std::string line(MapReader& keys, const Entry* entry) {
    return value<config::Words<kMostText>>(keys, entry).value;
  }
  template <class Value, std::size_t size>
  Value one_of(MapReader& keys, const Entry* entry, const std::array<WordFor<Value>, size>& words) {
    const auto text = keys.text(entry);
    if (!text) return {};
    if (const auto found = value_named(words, *text)) return *found;
    refuse(*entry, ErrorCode::config_value_choice,
           "write " + config::listed(words_of(words)) + config::did_you_mean(*text, words_of(words)));
    return {};
  }
  /// A whole number, a blank and its unit.
  std::uint32_t figure(MapReader& keys, const Entry* entry, std::string_view unit, std::uint32_t most) {
    const auto text = keys.text(entry);
    if (!text) return 0;
    std::uint32_t out = 0;
    const auto [end, failed] = std::from_chars(text->data(), text->data() + text->size(), out);
    if (failed == std::errc() &&
        text->substr(static_cast<std::size_t>(end - text->data())) == " " + std::string(unit) && out >= 1 &&
        out <= most)
      return out;
    refuse(*entry, ErrorCode::config_value_unit,
           "write 1 to " + std::to_string(most) + " with its unit, such as `" + std::to_string(most / 2) +
               " " + std::string(unit) + "`");
    return 0;
  }

  template <class Read>
  void group(const Entry& entry, Read read) {
    if (!config::is_group(entry.value, entry.at, entry.key, "a group of keys", problems_)) return;
    MapReader keys(entry.value, problems_);
    read(keys);
    keys.finish();
  }
  template <class Read>
  void list(const Entry* entry, std::size_t most, Read read) {
    if (entry == nullptr) return;
    const auto& items = entry->value.items;
    if (entry->value.kind != Node::Kind::list || items.empty() || items.size() > most)
      return problems_.add(entry->at, ErrorCode::config_value_type,
                           in_quotes(entry->key) + " must be a list of 1 to " + std::to_string(most));
    for (const Node& item : items) group({entry->key, item.at, item}, read);
  }

  void read_tried(MapReader& keys) {
    const auto* entry =
        keys.required("tried", "write the day it was held against the real thing, or `never`");
    const auto text = keys.text(entry);
    if (!text || *text == "never") return;
    if (!config::Date::parse(*text))
      return refuse(*entry, ErrorCode::config_value_format, "write a day, such as 2027-03-31, or `never`");
    profile_.tried = *text;
  }
  void read_recognition(MapReader& keys) {
    if (const auto* entry = keys.optional("dmi"))
      group(*entry, [this](MapReader& inner) {
        for (const std::string_view key : kDmiKeys)
          if (const auto* found = inner.optional(key))
            profile_.recognition.dmi.push_back({std::string(key), line(inner, found)});
      });
    const auto* compatible = keys.optional("compatible");
    profile_.recognition.compatible = line(keys, compatible);
    if (profile_.recognition.dmi.empty() && compatible == nullptr)
      keys.required("dmi", "without `dmi` or `compatible` every board would be this one");
  }
  void read_port(MapReader& keys) {
    const auto* name = keys.required("name", "`wan`, `lan1`, `mgmt`");
    Port port{value<config::InterfaceName>(keys, name).value,
              line(keys, keys.required("path", "ID_PATH of `udevadm info /sys/class/net/NAME`")),
              line(keys, keys.required("driver", "ID_NET_DRIVER of the same")),
              line(keys, keys.required("label", "what is printed beside the socket"))};
    if (!port.name.empty() && !is_port_name(port.name))
      refuse(
          *name, ErrorCode::config_value_format,
          "write `lan`, `wan` or `mgmt`, with a number of one or two digits behind it if there are several");
    for (const Port& other : profile_.ports)
      if (other.name == port.name || other.path == port.path)
        refuse(*name, ErrorCode::config_name_repeated,
               in_quotes(port.name) + " has its name or its path from " + in_quotes(other.name));
    profile_.ports.push_back(std::move(port));
  }
  void read_lights(MapReader& keys) {
    const std::string help =
        "a name of /sys/class/leds, with `*` where numbers vary; with a slash, the end of its place";
    profile_.lights.status = led(keys, keys.required("status", help));
    profile_.lights.attention = led(keys, keys.optional("attention"));
  }
  std::string led(MapReader& keys, const Entry* entry) {
    std::string name = line(keys, entry);
    if (!name.starts_with('/') && !name.starts_with('.') && name.find("..") == name.npos) return name;
    refuse(*entry, ErrorCode::config_value_format,
           "a name beneath /sys/class/leds, or the end of a light's place, has neither `/` nor a dot in "
           "front, and no `..`");
    return {};
  }
  void read_button(MapReader& keys) {
    profile_.button.input =
        line(keys, keys.required("input", "name of the input device, such as `gpio-keys`"));
    profile_.button.key = one_of(keys, keys.required("key", "which key of it, such as `restart`"), kKeys);
  }
  void read_sensor(MapReader& keys) {
    Sensor sensor{
        .name =
            value<config::Name>(keys, keys.required("name", "what it measures, such as `processor`")).value,
        .chip = line(keys, keys.required("chip", "the chip's `name` beneath /sys/class/hwmon"))};
    const auto *temperature = keys.optional("temperature"), *fan = keys.optional("fan");
    if ((temperature == nullptr) == (fan == nullptr))
      keys.required("temperature", "or `fan`: number of the chip's channel, one of the two");
    const auto* bound = keys.required(
        "bound", "such as `95 C`, more of which is too much, or `500 rpm`, less of which is too little");
    sensor.measure = fan != nullptr ? Measure::fan : Measure::temperature;
    sensor.channel = value<config::Whole<1, 64>>(keys, fan != nullptr ? fan : temperature).value;
    sensor.bound = fan != nullptr ? figure(keys, bound, "rpm", 20'000) : figure(keys, bound, "C", 150);
    for (const Sensor& other : profile_.sensors)
      if (other.name == sensor.name && bound != nullptr)
        refuse(*bound, ErrorCode::config_name_repeated,
               "there is a sensor " + in_quotes(sensor.name) + " already");
    profile_.sensors.push_back(std::move(sensor));
  }
  void read_disk(MapReader& keys) {
    profile_.disk.kind = one_of(keys, keys.required("kind", "`emmc` or `nvme`"), kDiskWords);
    profile_.disk.bound =
        figure(keys, keys.required("bound", "how much of its life is too much, such as `70 %`"), "%", 100);
  }

  config::Problems& problems_;
  Profile profile_{};
};

}  // namespace

Reading read_profile(std::string_view text) {
  config::Problems problems;
  std::optional<Profile> profile;
  if (const auto root = config::read_keys(text, kMostProfile, "board profile", problems))
    profile = ProfileReader(problems).read(*root);
  if (problems.errors() > 0) profile.reset();
  return {std::move(profile), problems.take()};
}

}  // namespace gw::hal
