#include "hal/report.h"

#include <gmock/gmock.h>

#include "base/codec.h"
#include "hal/own_root.h"
#include "hal/recognition.h"
#include "hal/shelf.h"
#include "hal/words.h"
#include "sys/slate.h"
#include "tree.h"

namespace gw::hal {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Profile board() {
  Profile out{.name = "vendor-model", .title = "Vendor Model"};
  out.ports = {{"wan", "pci-0000:01:00.0", "igc", "ETH1"}};
  out.lights = {"a:green:*", ""};
  out.button = {"gpio-keys", KEY_RESTART};
  out.watchdog = "iTCO_wdt";
  out.tpm = Tpm::required;
  out.sensors = {{"processor", "coretemp", Measure::temperature, 1, 95}};
  out.disk = {DiskKind::emmc, 70};
  return out;
}
void lay_out(Tree& tree) {
  tree.bridge("pci0000:00/0000:00:1c.0", "pci")
      .card("wan", "pci0000:00/0000:00:1c.0/0000:01:00.0", "pci", "igc");
  tree.file("sys/class/leds/a:green:status/brightness", "0")
      .file("sys/class/input/event3/device/name", "gpio-keys\n");
  tree.file("sys/class/watchdog/watchdog0/identity", "iTCO_wdt\n")
      .file("sys/class/watchdog/watchdog0/state", "active\n");
  tree.file("sys/class/watchdog/watchdog0/timeout", "60\n")
      .file("sys/class/tpm/tpm0/tpm_version_major", "2\n");
  tree.file("sys/class/hwmon/hwmon0/name", "coretemp\n")
      .file("sys/class/hwmon/hwmon0/temp1_input", "51000\n");
  tree.file("sys/block/mmcblk0/device/life_time", "0x02 0x01\n");
}

TEST(Board, all_that_is_as_promised_is_told_so) {
  Tree tree;
  lay_out(tree);
  const Report report = report_on(tree.places(), board());
  EXPECT_TRUE(report.is_as_promised) << report.text;
  for (const char* words :
       {"iTCO_wdt, active, 60 s", "processor 51 C", "mmcblk0 20 %", "2.0", "a:green:status"})
    EXPECT_THAT(report.text, HasSubstr(words));
  EXPECT_THAT(report.text, Not(HasSubstr("!!")));
}

TEST(Board, button_of_its_profile_is_told_before_there_is_a_panel) {
  using Button = model::BoardState::Button;
  for (const auto& [input, button] : {std::pair{"gpio-keys", Button::unwatched}, {"", Button::none}}) {
    const Tree tree;
    Profile profile = board();
    profile.button.input = input;
    ASSERT_TRUE(tell(tree.places(), profile));
    const UniqueFd slate =
        sys::find_slate(tree.places().supervisor() + model::kBoardFile, sys::SlateUse::read);
    const auto told = decode<model::BoardState>(sys::read_slate(slate.get()));
    ASSERT_TRUE(told);
    EXPECT_EQ(told->button, button);
    EXPECT_EQ(told->title, "Vendor Model");
    EXPECT_EQ(told->sockets.at(0).label, "ETH1");
  }
}

TEST(Board, each_part_that_is_missing_is_told) {
  const Tree empty;
  const Report report = report_on(empty.places(), board());
  EXPECT_FALSE(report.is_as_promised);
  for (const char* words : {"nothing is there", "a:green:*: there is none", "gpio-keys: there is none",
                            "iTCO_wdt: there is none", "!! tpm", "processor: there is none"})
    EXPECT_THAT(report.text, HasSubstr(words));
}

TEST(Board, chip_that_is_one_of_two_is_told) {
  Tree tree;
  lay_out(tree);
  tree.file("sys/class/hwmon/hwmon1/name", "coretemp\n");
  EXPECT_THAT(
      report_on(tree.places(), board()).differences,
      ElementsAre(HasSubstr("processor: 2 chips are called coretemp, of which that at " + tree.at("sys"))));
}

TEST(Board, disk_that_does_not_say_what_it_is_asked_for_is_told) {
  Tree tree;
  lay_out(tree);
  tree.file("sys/block/mmcblk0/device/life_time", "0x00 0x00\n");
  Profile known = board();
  EXPECT_THAT(report_on(tree.places(), known).differences,
              ElementsAre("disk, none says how much of its life it has behind it"));
  known.disk = {};
  EXPECT_THAT(report_on(tree.places(), known).differences, IsEmpty()) << "which is not asked for it";
}

TEST(Board, a_light_is_found_by_its_place_as_the_panel_finds_it) {
  Tree tree;
  lay_out(tree);
  const std::string place = "sys/devices/i8042/serio0/input3::capslock";
  tree.file(place + "/brightness", "0");
  std::filesystem::create_directory_symlink("../../../" + place, tree.at("sys/class/leds/input3::capslock"));
  Profile known = board();
  known.lights = {"i8042/*::capslock", ""};
  EXPECT_THAT(report_on(tree.places(), known).differences, IsEmpty());
  known.lights.status = "usb1/*::capslock";
  EXPECT_THAT(report_on(tree.places(), known).differences, ElementsAre(HasSubstr("there is none")));
}

TEST(Board, card_of_another_driver_is_not_the_port) {
  Tree tree;
  tree.card("eth7", "pci0000:00/0000:01:00.0", "pci", "e1000e");
  EXPECT_THAT(report_on(tree.places(), board()).text, HasSubstr("there is eth7 of driver e1000e"));
}

TEST(Board, what_it_says_of_itself_is_read_from_dmi_and_device_tree) {
  Tree tree;
  tree.file("sys/class/dmi/id/sys_vendor", "QEMU\n").file("sys/class/dmi/id/product_name", "Standard PC\n");
  tree.file("sys/firmware/devicetree/base/compatible", std::string("a,b\0c,d\0", 8));
  const Identity identity = identity_of(tree.at("sys"));
  EXPECT_EQ(identity.dmi.at("sys_vendor"), "QEMU");
  EXPECT_EQ(identity.compatible, (std::vector<std::string>{"a,b", "c,d"}));
  EXPECT_THAT(identity.to_text(), HasSubstr("product_name `Standard PC`"));
  const Tree mute;
  EXPECT_EQ(identity_of(mute.at("sys")).to_text(), "nothing");
}

TEST(Board, version_of_its_image_stands_in_any_line_of_the_release) {
  Tree tree;
  for (const char* text : {"IMAGE_VERSION=0.1.0\nID=sekisho\n", "ID=sekisho\nIMAGE_VERSION=0.1.0"}) {
    tree.file("usr/lib/os-release", text);
    const auto version = image_version(tree.root());
    ASSERT_TRUE(version) << text;
    EXPECT_EQ(*version, "0.1.0");
  }
  tree.file("usr/lib/os-release", "OLD_IMAGE_VERSION=0.1.0\n");
  EXPECT_FALSE(image_version(tree.root()));
}

TEST(Board, profile_that_is_kept_comes_back_as_it_was) {
  const Tree tree;
  const auto none = kept_profile(tree.places());
  ASSERT_TRUE(none);
  EXPECT_FALSE(*none);
  ASSERT_TRUE(keep(tree.places(), board()));
  const auto kept = kept_profile(tree.places());
  ASSERT_TRUE(kept && *kept);
  EXPECT_EQ((*kept)->ports.at(0).path, "pci-0000:01:00.0");
  EXPECT_EQ((*kept)->button.key, KEY_RESTART);
  EXPECT_EQ((*kept)->sensors.at(0).bound, 95u);
}

}  // namespace
}  // namespace gw::hal
