#include "hal/port_files.h"

#include <gtest/gtest.h>

#include "tree.h"

namespace gw::hal {
namespace {

TEST(Ports, path_is_that_of_udev) {
  Tree tree;
  tree.bridge("pci0000:00/0000:00:1c.0", "pci")
      .card("eth0", "pci0000:00/0000:00:1c.0/0000:01:00.0", "pci", "igc");
  tree.card("eth1", "platform/fe2a0000.ethernet", "platform", "rk_gmac-dwmac");
  tree.bridge("platform/3c0000000.pcie", "platform")
      .bridge("platform/3c0000000.pcie/pci0000:00/0000:00:00.0", "pci");
  tree.card("eth2", "platform/3c0000000.pcie/pci0000:00/0000:00:00.0/0000:01:00.0", "pci", "r8169");
  tree.bridge("pci0000:00/0000:00:10.0", "pci")
      .card("eth3", "pci0000:00/0000:00:10.0/virtio3", "virtio", "virtio_net");
  tree.file("sys/class/net/lo/address", "00:00:00:00:00:00");
  EXPECT_EQ(path_of(tree.at("sys"), "eth0"), "pci-0000:01:00.0");
  EXPECT_EQ(path_of(tree.at("sys"), "eth1"), "platform-fe2a0000.ethernet");
  EXPECT_EQ(path_of(tree.at("sys"), "eth2"), "platform-3c0000000.pcie-pci-0000:01:00.0");
  EXPECT_EQ(path_of(tree.at("sys"), "eth3"), "pci-0000:00:10.0");
  EXPECT_EQ(path_of(tree.at("sys"), "lo"), "");
}

TEST(Ports, cards_that_changed_places_change_roles) {
  const std::vector<Port> ports{{"wan", "pci-0000:01:00.0", "igc", ""},
                                {"lan1", "pci-0000:02:00.0", "igc", ""},
                                {"lan2", "pci-0000:03:00.0", "igc", ""}};
  Tree tree;
  tree.card("eth0", "pci0000:00/0000:02:00.0", "pci", "igc")
      .card("eth1", "pci0000:00/0000:01:00.0", "pci", "igc");
  tree.card("eth2", "pci0000:00/0000:07:00.0", "pci", "igc");
  const auto seen = look_at_ports(tree.at("sys"), ports);
  EXPECT_EQ(seen.at(0).interface, "eth1");
  EXPECT_EQ(seen.at(1).interface, "eth0");
  EXPECT_EQ(seen.at(2).interface, "") << "what is plugged in elsewhere is no port";
}

TEST(Ports, udev_is_told_path_driver_and_name) {
  const Port port{"lan1", "pci-0000:02:00.0", "igc", "ETH2"};
  EXPECT_EQ(link_name(port), "10-sekisho-lan1.link");
  EXPECT_EQ(link_text(port), "[Match]\nPath=pci-0000:02:00.0\nDriver=igc\n\n[Link]\nName=lan1\n");
}

}  // namespace
}  // namespace gw::hal
