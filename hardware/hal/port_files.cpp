#include "hal/port_files.h"

#include <algorithm>
#include <filesystem>

#include "hal/kernel_file.h"

namespace gw::hal {
namespace {

namespace fs = std::filesystem;

std::string linked_name(const fs::path& link) {
  std::error_code failed;
  const fs::path target = fs::read_symlink(link, failed);
  return failed ? std::string() : target.filename().string();
}

}  // namespace

std::string link_name(const Port& port) { return "10-sekisho-" + port.name + ".link"; }

std::string link_text(const Port& port) {
  return "[Match]\nPath=" + port.path + "\nDriver=" + port.driver + "\n\n[Link]\nName=" + port.name + "\n";
}

/// As path_id of systemd builds it for the two buses: the devices from the interface's own upwards, of which
/// virtio and the like leave no trace; a PCI device behind a platform's bridge has both.
std::string path_of(const std::string& sys, const std::string& interface) {
  std::error_code failed;
  fs::path at = fs::canonical(sys + "/class/net/" + interface + "/device", failed);
  if (failed) return {};
  std::string out;
  for (; at.has_relative_path() && at.filename() != "devices"; at = at.parent_path()) {
    const std::string bus = linked_name(at / "subsystem");
    const bool is_pci = bus == "pci" && !out.starts_with("pci-");
    if (is_pci || bus == "platform")
      out = bus + "-" + at.filename().string() + (out.empty() ? "" : "-" + out);
    if (bus == "platform") break;
  }
  return out;
}

std::string driver_of(const std::string& sys, const std::string& interface) {
  return linked_name(sys + "/class/net/" + interface + "/device/driver");
}

std::vector<PortSight> look_at_ports(const std::string& sys, const std::vector<Port>& ports) {
  std::vector<PortSight> out(ports.size());
  for (const std::string& interface : names_in(sys + "/class/net")) {
    const auto port = std::ranges::find(ports, path_of(sys, interface), &Port::path);
    if (port != ports.end())
      out[static_cast<std::size_t>(port - ports.begin())] = {interface, driver_of(sys, interface)};
  }
  return out;
}

}  // namespace gw::hal
