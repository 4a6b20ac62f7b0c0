#pragma once

#include <string>
#include <vector>

#include "hal/profile.h"

namespace gw::hal {

/// systemd.link(5): what makes udev give an interface its port's name, as soon as it is there and before
/// anybody uses it. By its place on the board and its driver, so a card in another slot never becomes one.
std::string link_name(const Port& port);  ///< of the file
std::string link_text(const Port& port);

/// A port as the kernel has it.
struct PortSight {
  std::string interface {};  ///< empty: nothing is at its path
  std::string driver{};
};
/// Which interface stands at each of the paths, by the devices themselves. In the order of `ports`.
std::vector<PortSight> look_at_ports(const std::string& sys, const std::vector<Port>& ports);
/// Where an interface's device stands, in the words of udev's ID_PATH; empty for one without a device of a
/// bus that we know (PCI, platform).
std::string path_of(const std::string& sys, const std::string& interface);
std::string driver_of(const std::string& sys, const std::string& interface);

}  // namespace gw::hal
