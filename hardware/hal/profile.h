#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gw::hal {

inline constexpr std::size_t kMostPorts = 16, kMostSensors = 16, kMostText = 128;

/// By what a board knows itself: all that is named has to be there. A pattern may have `*` in it
/// (fnmatch(3)).
struct Recognition {
  struct Dmi {
    std::string key{};  ///< a file of /sys/class/dmi/id, such as "product_name"
    std::string pattern{};
  };
  std::vector<Dmi> dmi{};
  std::string compatible{};  ///< one of the device tree's; empty: not asked for
};

/// A socket for a cable. Its name is the interface's, whatever the kernel would call it.
struct Port {
  std::string name{};    ///< "lan1"
  std::string path{};    ///< ID_PATH of udev: "pci-0000:01:00.0", "platform-fe2a0000.ethernet"
  std::string driver{};  ///< another one behind that path is another board's
  std::string label{};   ///< as it is printed on the case
};

/// Two at the most: how the box is, and whether somebody has to see to it.
struct Lights {
  std::string status{};     ///< a name beneath /sys/class/leds, with `*` where numbers vary; empty: none
  std::string attention{};  ///< likewise
};

struct Button {
  std::string input{};    ///< name of the input device; empty: there is no button
  std::uint16_t key = 0;  ///< its code (linux/input-event-codes.h)
};

enum class Measure : std::uint8_t { temperature, fan, disk_wear };

/// What hwmon measures, and from where on somebody has to see to it.
struct Sensor {
  std::string name{};  ///< "processor"
  std::string chip{};  ///< as hwmon names it; with a slash, the end of its device's place and then that
  Measure measure = Measure::temperature;
  std::uint32_t channel = 1;  ///< of the chip: temp1, fan1
  std::uint32_t bound = 0;    ///< degrees Celsius that are too many, or turns a minute that are too few
};

enum class DiskKind : std::uint8_t { unread, emmc, nvme };
struct Disk {
  DiskKind kind = DiskKind::unread;
  std::uint32_t bound = 0;  ///< per cent of its life that are too many
};

enum class Tpm : std::uint8_t { none, optional, required };

/// What the gateway must know about the board it stands on (hardware/boards/*.yaml).
struct Profile {
  std::string name{};
  std::string title{};  ///< for people
  std::string tried{};  ///< the day on which it was held against the real thing; empty: never
  Recognition recognition{};
  std::vector<Port> ports{};
  Lights lights{};
  Button button{};
  std::string watchdog{};  ///< identity of the one that counts; empty: there is none
  Tpm tpm = Tpm::none;
  std::vector<Sensor> sensors{};
  Disk disk{};
};

template <class Io>
void visit(Io& io, Recognition::Dmi& d) {
  io.text(d.key, kMostText);
  io.text(d.pattern, kMostText);
}
template <class Io>
void visit(Io& io, Port& p) {
  io.text(p.name, 15);
  io.text(p.path, kMostText);
  io.text(p.driver, kMostText);
  io.text(p.label, kMostText);
}
template <class Io>
void visit(Io& io, Sensor& s) {
  io.text(s.name, 63);
  io.text(s.chip, kMostText);
  io.choice(s.measure, Measure::fan);
  io.range(s.channel, 1u, 64u);
  io.field(s.bound);
}
template <class Io>
void visit(Io& io, Profile& p) {
  io.text(p.name, 63);
  io.text(p.title, kMostText);
  io.text(p.tried, 10);
  io.list(p.recognition.dmi, 8);
  io.text(p.recognition.compatible, kMostText);
  io.list(p.ports, kMostPorts);
  io.text(p.lights.status, kMostText);
  io.text(p.lights.attention, kMostText);
  io.text(p.button.input, kMostText);
  io.field(p.button.key);
  io.text(p.watchdog, kMostText);
  io.choice(p.tpm, Tpm::required);
  io.list(p.sensors, kMostSensors);
  io.choice(p.disk.kind, DiskKind::nvme);
  io.field(p.disk.bound);
}

}  // namespace gw::hal
