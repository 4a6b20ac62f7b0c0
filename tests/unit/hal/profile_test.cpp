#include "hal/reading.h"

#include <gmock/gmock.h>

#include <linux/input-event-codes.h>
#include <filesystem>

#include "hal/recognition.h"
#include "hal/shelf.h"
#include "support/file_text.h"

namespace gw::hal {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kBoards = std::string(GW_SOURCE_DIR) + "/hardware/boards";

constexpr const char* kWhole = R"(version: 1
board: vendor-model
title: Vendor Model
tried: 2026-11-30
recognised_by: {dmi: {sys_vendor: Vendor, product_name: Model*}}
ports:
  - {name: wan, path: "pci-0000:01:00.0", driver: igc, label: ETH1}
  - {name: lan1, path: "pci-0000:02:00.0", driver: igc, label: ETH2}
lights: {status: "a:green:status", attention: "a:red:*"}
button: {input: gpio-keys, key: restart}
watchdog: iTCO_wdt
tpm: required
sensors:
  - {name: processor, chip: coretemp, temperature: 1, bound: 95 C}
  - {name: case, chip: nct6775, fan: 2, bound: 500 rpm}
disk: {kind: nvme, bound: 70 %}
)";

std::string replaced(const std::string& what, const std::string& by) {
  std::string text = kWhole;
  const std::size_t at = text.find(what);
  if (at == text.npos) throw std::invalid_argument(what);
  return text.replace(at, what.size(), by);
}
std::string objections(const std::string& text) {
  const Reading reading = read_profile(text);
  EXPECT_EQ(reading.profile.has_value(), reading.problems.empty());
  return config::to_text(reading.problems, "f");
}

TEST(BoardProfile, whole_one_says_what_stands_in_it) {
  const auto profile = read_profile(kWhole).profile;
  ASSERT_TRUE(profile) << objections(kWhole);
  EXPECT_EQ(profile->name, "vendor-model");
  EXPECT_EQ(profile->tried, "2026-11-30");
  ASSERT_EQ(profile->ports.size(), 2u);
  EXPECT_EQ(profile->ports[1].path, "pci-0000:02:00.0");
  EXPECT_EQ(profile->lights.attention, "a:red:*");
  EXPECT_EQ(profile->button.key, KEY_RESTART);
  EXPECT_EQ(profile->tpm, Tpm::required);
  ASSERT_EQ(profile->sensors.size(), 2u);
  EXPECT_EQ(profile->sensors[1].measure, Measure::fan);
  EXPECT_EQ(profile->sensors[1].channel, 2u);
  EXPECT_EQ(profile->sensors[1].bound, 500u);
  EXPECT_EQ(profile->disk.kind, DiskKind::nvme);
  EXPECT_EQ(profile->disk.bound, 70u);
}

TEST(BoardProfile, each_mistake_is_told_with_its_place_and_what_to_write) {
  struct Row {
    std::string what, by, told;
  };
  const Row rows[] = {
      {"version: 1", "version: 2", "config.version"},
      {"tpm: required", "tpn: required", "did you mean `tpm`?"},
      {"tpm: required", "tpm: yes", "write `none`, `optional` and `required`"},
      {"tpm: required", "tpm: requird", "did you mean `required`?"},
      {"tried: 2026-11-30", "tried: yesterday", "f:4:8: config.value.format"},
      {"{dmi: {sys_vendor: Vendor, product_name: Model*}}", "{}", "every board would be this one"},
      {"sys_vendor: Vendor", "vendor: Vendor", "config.key.unknown"},
      {"name: wan", "name: eth0", "write `lan`, `wan` or `mgmt`"},
      {"name: wan", "name: lan1", "config.name.repeated"},
      {"pci-0000:02:00.0", "pci-0000:01:00.0", "config.name.repeated"},
      {", driver: igc, label: ETH2", ", label: ETH2", "ID_NET_DRIVER"},
      {"a:green:status", "../../../../etc", "neither `/` nor a dot"},
      {"key: restart", "key: enter", "config.value.choice"},
      {"bound: 95 C", "bound: 95", "`75 C`"},
      {"bound: 95 C", "bound: 95 F", "`75 C`"},
      {"bound: 95 C", "bound: 950 C", "1 to 150"},
      {"bound: 500 rpm", "bound: 500 C", "rpm"},
      {"temperature: 1, ", "", "one of the two"},
      {"temperature: 1", "temperature: 0", "config.value.range"},
      {"name: case", "name: processor", "there is a sensor `processor` already"},
      {"kind: nvme", "kind: floppy", "config.value.choice"},
      {"bound: 70 %", "bound: 101 %", "1 to 100"},
      {"watchdog: iTCO_wdt", "watchdog: [a]", "config.value.type"},
  };
  for (const Row& row : rows)
    EXPECT_THAT(objections(replaced(row.what, row.by)), HasSubstr(row.told)) << row.by;
}

TEST(BoardProfile, no_bytes_of_any_kind_end_the_program) {
  const std::string whole = kWhole;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string text = whole;
    text[at] = static_cast<char>(text[at] ^ 0x41);
    static_cast<void>(read_profile(text));
    static_cast<void>(read_profile(whole.substr(0, at)));
  }
}

TEST(BoardProfile, every_board_of_the_repository_can_be_read_and_its_file_has_its_name) {
  std::size_t seen = 0;
  for (const auto& file : std::filesystem::directory_iterator(kBoards)) {
    if (file.path().extension() != ".yaml") continue;
    const std::string text = support::read_file("hardware/boards/" + file.path().filename().string());
    EXPECT_EQ(objections(text), "") << file.path();
    const auto profile = read_profile(text).profile;
    ASSERT_TRUE(profile) << file.path();
    EXPECT_EQ(profile->name, file.path().stem().string());
    ++seen;
  }
  EXPECT_GE(seen, 4u);
}

Identity machine(std::map<std::string, std::string> dmi) { return {std::move(dmi), {}}; }
std::string found(const Identity& identity) {
  const ProfilesFound read = profiles_in(kBoards);
  if (!read.passed_over.empty()) return read.passed_over.front();
  const auto board = board_of(read.profiles, identity);
  if (!board) return board.error().to_text();
  return *board == nullptr ? "" : (*board)->name;
}

TEST(BoardProfile, each_board_is_known_by_what_it_says_of_itself) {
  EXPECT_EQ(found(machine({{"sys_vendor", "QEMU"}, {"product_name", "Standard PC (Q35 + ICH9, 2009)"}})),
            "qemu-q35");
  EXPECT_EQ(found(machine({{"sys_vendor", "PC Engines"}, {"product_name", "apu2"}})), "pcengines-apu2");
  EXPECT_EQ(found(machine({{"sys_vendor", "Protectli"}, {"product_name", "VP2420"}})), "protectli-vp2420");
  EXPECT_EQ(found({{}, {"friendlyarm,nanopi-r5s", "rockchip,rk3568"}}), "friendlyelec-nanopi-r5s");
}

TEST(BoardProfile, board_that_only_resembles_one_is_unknown) {
  EXPECT_EQ(found(machine({{"sys_vendor", "QEMU"}, {"product_name", "Standard PC (i440FX + PIIX, 1996)"}})),
            "");
  EXPECT_EQ(found(machine({{"product_name", "VP2420"}})), "");
  EXPECT_EQ(found({{}, {"rockchip,rk3568"}}), "");
  EXPECT_EQ(found({}), "");
}

TEST(BoardProfile, of_two_that_fit_the_one_that_asks_for_more_is_taken_and_equals_are_told) {
  Profile wide{.name = "wide"}, narrow{.name = "narrow"};
  wide.recognition.dmi = {{"sys_vendor", "V"}};
  narrow.recognition.dmi = {{"sys_vendor", "V"}, {"product_name", "M"}};
  const Identity identity = machine({{"sys_vendor", "V"}, {"product_name", "M"}});
  for (const auto& profiles : {std::vector{wide, narrow}, std::vector{narrow, wide}}) {
    const auto board = board_of(profiles, identity);
    ASSERT_TRUE(board && *board);
    EXPECT_EQ((*board)->name, "narrow");
  }
  Profile equal = narrow;
  equal.name = "equal";
  const auto both = board_of({wide, narrow, equal}, identity);
  ASSERT_FALSE(both);
  EXPECT_THAT(both.error().detail, HasSubstr("narrow and equal both are this board"));
}

}  // namespace
}  // namespace gw::hal
