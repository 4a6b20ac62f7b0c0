#include <gmock/gmock.h>

#include "hal/disk_wear.h"
#include "hal/sensors.h"
#include "hal/watchdog.h"
#include "tree.h"

namespace gw::hal {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Sensor kHeat{"processor", "coretemp", Measure::temperature, 2, 95};
const Sensor kFan{"case", "nct6775", Measure::fan, 1, 500};

TEST(Sensors, chip_is_found_by_its_name_whatever_its_number) {
  Tree tree;
  tree.file("sys/class/hwmon/hwmon0/name", "acpitz\n").file("sys/class/hwmon/hwmon0/temp2_input", "20000\n");
  tree.file("sys/class/hwmon/hwmon3/name", "coretemp\n")
      .file("sys/class/hwmon/hwmon3/temp2_input", "96500\n");
  std::vector<std::string> missing;
  const Sensors sensors = Sensors::open(tree.at("sys"), {kHeat, kFan}, missing);
  EXPECT_THAT(missing, ElementsAre("case"));
  const auto seen = sensors.read();
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(to_text(seen[0]), "processor 96 C");
  EXPECT_FALSE(seen[0].is_well);
  tree.file("sys/class/hwmon/hwmon3/temp2_input", "41000\n");
  EXPECT_EQ(to_text(sensors.read().at(0)), "processor 41 C") << "each time anew";
}

TEST(Sensors, chips_that_are_called_alike_are_told_by_their_places_whatever_their_numbers) {
  for (const auto& [first, second] : {std::pair{"hwmon1", "hwmon2"}, {"hwmon2", "hwmon1"}}) {
    Tree tree;
    for (const auto& [number, place, heat] :
         {std::tuple{first, "coretemp.0", "40000\n"}, {second, "coretemp.1", "50000\n"}}) {
      const std::string chip = std::string("sys/class/hwmon/") + number,
                        device = std::string("sys/devices/") + place;
      tree.file(device + "/uevent", "").link(chip + "/device", tree.at(device));
      tree.file(chip + "/name", "coretemp\n").file(chip + "/temp2_input", heat);
    }
    Sensor other = kHeat;
    other.chip = "coretemp.1/coretemp";
    std::vector<std::string> missing;
    const auto seen = Sensors::open(tree.at("sys"), {kHeat, other}, missing).read();
    ASSERT_EQ(seen.size(), 2u);
    EXPECT_EQ(to_text(seen[0]), "processor 40 C");
    EXPECT_EQ(to_text(seen[1]), "processor 50 C");
  }
}

TEST(Sensors, bound_is_the_last_that_is_well) {
  EXPECT_TRUE(reading_of(kHeat, "95999\n")->is_well);
  EXPECT_FALSE(reading_of(kHeat, "96000\n")->is_well);
  EXPECT_TRUE(reading_of(kFan, "500\n")->is_well);
  EXPECT_FALSE(reading_of(kFan, "499\n")->is_well);
  EXPECT_EQ(reading_of(kHeat, "-5000\n")->value, 0u);
  EXPECT_EQ(reading_of(kHeat, "N/A\n"), std::nullopt);
  EXPECT_EQ(reading_of(kHeat, ""), std::nullopt);
}

TEST(DiskWear, emmc_says_it_in_tenths_of_which_the_worse_counts) {
  EXPECT_EQ(emmc_wear("0x02 0x01"), 20u);
  EXPECT_EQ(emmc_wear("0x01 0x0b"), 110u);
  EXPECT_EQ(emmc_wear("0x00 0x00"), std::nullopt) << "it does not say";
  for (const char* text : {"", "2 1", "0x", "0x0c 0x01", "0x01,0x02", "0x01 zz"})
    EXPECT_EQ(emmc_wear(text), std::nullopt) << text;
}

TEST(DiskWear, only_the_kind_that_the_board_has_is_asked) {
  Tree tree;
  tree.file("sys/block/mmcblk0/device/life_time", "0x08 0x01\n")
      .file("sys/block/mmcblk0boot0/device/life_time", "0x01 0x01\n");
  const auto seen = wear_of(tree.at("sys"), tree.at("dev"), {DiskKind::emmc, 70});
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(to_text(seen[0]), "mmcblk0 80 %");
  EXPECT_FALSE(seen[0].is_well);
  EXPECT_THAT(wear_of(tree.at("sys"), tree.at("dev"), {DiskKind::nvme, 70}), IsEmpty());
  EXPECT_THAT(wear_of(tree.at("sys"), tree.at("dev"), {}), IsEmpty());
}

TEST(DiskWear, nvme_says_it_in_the_sixth_octet_of_its_log) {
  SmartLog log{};
  log[4] = 9, log[5] = 42, log[6] = 7;
  EXPECT_EQ(nvme_wear(log), 42u);
}

TEST(Watchdogs, each_is_known_by_its_identity) {
  Tree tree;
  tree.file("sys/class/watchdog/watchdog0/identity", "Software Watchdog\n")
      .file("sys/class/watchdog/watchdog0/state", "inactive\n");
  tree.file("sys/class/watchdog/watchdog1/identity", "iTCO_wdt\n")
      .file("sys/class/watchdog/watchdog1/state", "active\n");
  const auto seen = look_at_watchdogs(tree.at("sys"));
  ASSERT_EQ(seen.size(), 2u);
  EXPECT_EQ(seen[1].identity, "iTCO_wdt");
  EXPECT_EQ(seen[1].state, "active");
  const Tree none;
  EXPECT_THAT(look_at_watchdogs(none.at("sys")), IsEmpty());
  EXPECT_EQ(tpm_version(none.at("sys")), "");
}

}  // namespace
}  // namespace gw::hal
