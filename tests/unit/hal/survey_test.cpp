#include "bring_up/survey.h"

#include <gmock/gmock.h>

#include <set>

#include "hal/reading.h"
#include "tree.h"

namespace gw::bring_up {
namespace {

using hal::Tree;
using testing::HasSubstr;

TEST(Survey, what_it_writes_of_a_board_reads_as_its_profile) {
  Tree tree;
  tree.file("sys/class/dmi/id/sys_vendor", "Vendor \"Ltd\"\n")
      .file("sys/class/dmi/id/product_name", "Model 7\n");
  tree.card("enp1s0", "pci0000:00/0000:01:00.0", "pci", "igc")
      .card("enp2s0", "pci0000:00/0000:02:00.0", "pci", "igc");
  tree.file("sys/class/net/lo/address", "00:00:00:00:00:00");
  tree.file("sys/class/leds/m7:green:a/brightness", "0").file("sys/class/leds/m7:red:b/brightness", "0");
  tree.file("sys/class/input/event0/device/name", "Power Button\n")
      .file("sys/class/input/event1/device/name", "gpio-keys\n");
  tree.file("sys/class/hwmon/hwmon0/name", "coretemp\n")
      .file("sys/class/hwmon/hwmon0/temp1_input", "40000\n")
      .file("sys/class/hwmon/hwmon0/fan2_input", "900\n");
  tree.file("sys/class/watchdog/watchdog0/identity", "iTCO_wdt\n")
      .file("sys/class/tpm/tpm0/tpm_version_major", "2\n");
  tree.file("sys/block/mmcblk0/size", "1");
  const std::string text = profile_text(tree.places());
  const hal::Reading reading = hal::read_profile(text);
  ASSERT_TRUE(reading.profile) << text << config::to_text(reading.problems, "profile");
  EXPECT_EQ(reading.profile->name, "vendor-ltd-model-7");
  ASSERT_EQ(reading.profile->ports.size(), 2u);
  EXPECT_EQ(reading.profile->ports[1].path, "pci-0000:02:00.0");
  EXPECT_EQ(reading.profile->lights.attention, "m7:red:b");
  EXPECT_EQ(reading.profile->button.input, "gpio-keys");
  EXPECT_EQ(reading.profile->sensors.size(), 2u);
  EXPECT_EQ(reading.profile->watchdog, "iTCO_wdt");
  EXPECT_EQ(reading.profile->tpm, hal::Tpm::required);
  EXPECT_EQ(reading.profile->disk.kind, hal::DiskKind::emmc);
}

TEST(Survey, each_of_many_sensors_and_of_chips_that_are_called_alike_is_named) {
  Tree tree;
  tree.file("sys/class/dmi/id/product_name", "Model 8\n")
      .card("enp1s0", "pci0000:00/0000:01:00.0", "pci", "igc");
  for (const char* place : {"coretemp.1", "coretemp.0"}) {
    const std::string device = std::string("sys/devices/platform/") + place;
    const std::string folder = std::string("sys/class/hwmon/hwmon") + (place[9] == '1' ? "0" : "1");
    tree.file(device + "/uevent", "")
        .file(folder + "/name", "coretemp\n")
        .link(folder + "/device", tree.at(device));
  }
  for (int channel = 1; channel <= 17; ++channel)
    tree.file("sys/class/hwmon/hwmon1/temp" + std::to_string(channel) + "_input", "40000\n");
  tree.file("sys/class/hwmon/hwmon0/temp1_input", "40000\n");
  const std::string text = profile_text(tree.places());
  const hal::Reading reading = hal::read_profile(text);
  ASSERT_TRUE(reading.profile) << text << config::to_text(reading.problems, "profile");
  std::set<std::uint32_t> channels;
  for (const hal::Sensor& sensor : reading.profile->sensors) {
    EXPECT_EQ(sensor.chip, "coretemp.0/coretemp");
    channels.insert(sensor.channel);
  }
  EXPECT_EQ(channels.size(), hal::kMostSensors);
  EXPECT_TRUE(channels.contains(17));
  EXPECT_THAT(text, HasSubstr("# one too many: {name: coretemp-1-coretemp-temperature1, "
                              "chip: \"coretemp.1/coretemp\", temperature: 1"));
}

TEST(Survey, board_that_says_nothing_of_itself_is_told_so) {
  const Tree tree;
  EXPECT_THAT(profile_text(tree.places()), HasSubstr("it says nothing of itself: it cannot be recognised"));
}

}  // namespace
}  // namespace gw::bring_up
