#include "hal/panel.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <linux/input.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/codec.h"
#include "support/manual_clock.h"
#include "sys/slate.h"
#include "tree.h"

namespace gw::hal {
namespace {

using namespace std::chrono_literals;
using model::BoxCondition;

/// The panel of a board with two lights, a button (events come through a pipe, as recorded from a device)
/// and a sensor.
class PanelTest : public testing::Test {
 protected:
  PanelTest() {
    for (const char* led : {"a:green:status", "a:red:attention"})
      tree.file(std::string("sys/class/leds/") + led + "/trigger", "heartbeat")
          .file(std::string("sys/class/leds/") + led + "/brightness", "0");
    tree.file("sys/class/leds/a:green:status/max_brightness", "255\n");
    tree.file("sys/class/input/event0/device/name", "Power Button\n")
        .file("sys/class/input/event1/device/name", "gpio-keys\n");
    tree.file("sys/class/hwmon/hwmon0/name", "coretemp")
        .file("sys/class/hwmon/hwmon0/temp1_input", "40000\n");
    std::filesystem::create_directories(tree.at("dev/input"));
    if (::mkfifo(tree.at("dev/input/event1").c_str(), 0600) != 0) throw std::runtime_error("mkfifo");
    panel.emplace(parts());
    keys.reset(::open(tree.at("dev/input/event1").c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
  }

  Panel::Parts parts() {
    std::vector<std::string> missing;
    Panel::Parts out{.board = {.board = "vendor-model",
                               .title = "Vendor Model",
                               .sockets = {{"lan1", "ETH2"}},
                               .button = model::BoardState::Button::unwatched}};
    out.status.emplace(*Led::open(tree.at("sys"), "a:green:*"));
    out.attention.emplace(*Led::open(tree.at("sys"), "a:red:*"));
    out.button.emplace(*Input::open(tree.at("sys"), tree.at("dev"), {"gpio-keys", KEY_RESTART}));
    out.sensors =
        Sensors::open(tree.at("sys"), {{"processor", "coretemp", Measure::temperature, 1, 95}}, missing);
    for (auto [slate, name] : {std::pair{&out.condition, "condition"},
                               {&out.readings, "board"},
                               {&out.wear, "wear"},
                               {&out.reset, "reset"}})
      *slate = *sys::make_slate(tree.at(name));
    return out;
  }
  void touch(std::int32_t value) { happens(EV_KEY, KEY_RESTART, value); }
  void happens(std::uint16_t type, std::uint16_t code, std::int32_t value) {
    input_event event{};
    event.type = type;
    event.code = code;
    event.value = value;
    ASSERT_EQ(::write(keys.get(), &event, sizeof event), static_cast<ssize_t>(sizeof event));
    turn(0ms);
  }
  void turn(std::chrono::milliseconds time) {
    clock.advance(time);
    up += time;
    panel->turn(clock.now(), up);
  }
  void say(BoxCondition condition) {
    const UniqueFd slate = sys::find_slate(tree.at("condition"));
    ASSERT_TRUE(sys::write_slate(slate.get(), encode(model::ConditionSign{condition, up})));
    turn(2s);
  }
  model::BoardState told() const {
    auto state = decode<model::BoardState>(sys::read_slate(sys::find_slate(tree.at("board")).get()));
    if (!state) throw std::runtime_error("nothing is told");
    return *std::move(state);
  }
  std::string status() const { return tree.read("sys/class/leds/a:green:status/brightness").substr(0, 3); }
  std::string ordered() const {
    const auto text = sys::read_slate(sys::find_slate(tree.at("reset")).get());
    return std::string(as_text(text));
  }

  Tree tree;
  support::ManualClock clock;
  std::chrono::milliseconds up = 20s;
  std::optional<Panel> panel;
  UniqueFd keys;
};

TEST_F(PanelTest, lights_are_taken_from_whoever_blinked_them_and_follow_the_box) {
  EXPECT_THAT(tree.read("sys/class/leds/a:green:status/trigger"), testing::StartsWith("none"));
  turn(0ms);
  EXPECT_EQ(panel->showing(), LightState::starting);
  EXPECT_EQ(status(), "255");
  say(BoxCondition::serving);
  EXPECT_EQ(panel->showing(), LightState::serving);
  say(BoxCondition::cloud_unreachable);
  EXPECT_EQ(panel->showing(), LightState::unreachable);
  for (int step = 0; step < 20; ++step) turn(1s);
  EXPECT_EQ(panel->showing(), LightState::attention) << "the supervisor fell silent";
}

TEST_F(PanelTest, of_two_lights_that_are_called_alike_the_place_tells_which) {
  for (const auto& [name, place] :
       {std::pair{"input0::capslock", "virtio0"}, {"input3::capslock", "i8042"}}) {
    const std::string folder = std::string("sys/devices/") + place + "/serio0/" + name;
    tree.file(folder + "/brightness", "0");
    std::filesystem::create_directory_symlink("../../../" + folder, tree.at("sys/class/leds/") + name);
  }
  auto light = Led::open(tree.at("sys"), "i8042/*::capslock");
  ASSERT_TRUE(light);
  light->set(true);
  EXPECT_EQ(tree.read("sys/devices/i8042/serio0/input3::capslock/brightness"), "1");
  EXPECT_EQ(tree.read("sys/devices/virtio0/serio0/input0::capslock/brightness"), "0");
  EXPECT_FALSE(Led::open(tree.at("sys"), "usb*/*::capslock"));
}

TEST_F(PanelTest, heat_and_wear_are_measured_and_shown) {
  say(BoxCondition::serving);
  tree.file("sys/class/hwmon/hwmon0/temp1_input", "99000\n");
  turn(10s);
  say(BoxCondition::serving);
  EXPECT_EQ(panel->showing(), LightState::attention);
  const auto state = decode<model::BoardState>(sys::read_slate(sys::find_slate(tree.at("board")).get()));
  ASSERT_TRUE(state);
  EXPECT_EQ(state->board, "vendor-model");
  EXPECT_EQ(to_text(state->readings.at(0)), "processor 99 C");

  tree.file("sys/class/hwmon/hwmon0/temp1_input", "40000\n");
  const model::BoardState worn{"vendor-model",
                               {{model::BoardReading::Kind::disk_wear, "mmcblk0", 90, false}}};
  ASSERT_TRUE(sys::write_slate(sys::find_slate(tree.at("wear")).get(), encode(worn)));
  turn(10s);
  say(BoxCondition::serving);
  EXPECT_EQ(panel->showing(), LightState::attention);
}

TEST_F(PanelTest, board_is_told_with_its_sockets_and_what_root_found_of_it) {
  const model::BoardState root{.board = "vendor-model", .differences = {"watchdog, iTCO_wdt: there is none"}};
  ASSERT_TRUE(sys::write_slate(sys::find_slate(tree.at("wear")).get(), encode(root)));
  turn(10s);
  const model::BoardState state = told();
  EXPECT_EQ(state.title, "Vendor Model");
  ASSERT_EQ(state.sockets.size(), 1u);
  EXPECT_EQ(state.sockets[0].label, "ETH2");
  EXPECT_EQ(state.differences, root.differences);
  EXPECT_EQ(state.button, model::BoardState::Button::watched);
  EXPECT_EQ(state.told, up);
}

TEST_F(PanelTest, press_of_the_button_is_told_at_once_and_a_lost_button_is_none) {
  turn(0ms);
  EXPECT_EQ(told().pressed, 0ms);
  touch(1);
  const auto began = up;
  turn(3s);
  EXPECT_EQ(told().pressed, 0ms) << "it may become a reset";
  touch(0);
  EXPECT_EQ(told().pressed, began);
  EXPECT_EQ(ordered(), "");
  panel->lose_button(clock.now());
  turn(10s);
  EXPECT_EQ(told().button, model::BoardState::Button::unwatched);
}

TEST_F(PanelTest, whole_sequence_of_the_button_orders_a_reset_and_nothing_less_does) {
  touch(1);
  turn(11s);
  EXPECT_EQ(panel->showing(), LightState::armed);
  touch(0);
  turn(1s);
  touch(1);
  turn(2s);
  EXPECT_EQ(ordered(), "");
  turn(1s);
  EXPECT_EQ(ordered(), kResetWord);
  EXPECT_EQ(panel->showing(), LightState::erasing);
}

TEST_F(PanelTest, reset_that_nobody_heeded_is_taken_back_and_wants_somebody) {
  touch(1);
  turn(11s);
  touch(0);
  touch(1);
  turn(3s);
  EXPECT_EQ(ordered(), kResetWord);
  turn(5min);
  EXPECT_EQ(ordered(), "");
  EXPECT_EQ(panel->showing(), LightState::attention);
}

TEST_F(PanelTest, events_that_the_kernel_dropped_end_the_sequence) {
  touch(1);
  turn(11s);
  happens(EV_SYN, SYN_DROPPED, 0);
  touch(0);  // of the report that is not whole
  happens(EV_SYN, SYN_REPORT, 0);
  EXPECT_FALSE(panel->is_busy());
  touch(1);
  turn(3s);
  EXPECT_EQ(ordered(), "");
}

TEST_F(PanelTest, button_that_goes_ends_the_sequence_and_is_let_go) {
  touch(1);
  EXPECT_TRUE(panel->is_busy());
  panel->lose_button(clock.now());
  turn(1s);
  EXPECT_TRUE(panel->has_lost_button());
  EXPECT_EQ(panel->button_fd(), -1);
  EXPECT_FALSE(panel->is_busy());
}

TEST_F(PanelTest, half_a_message_and_nonsense_change_nothing) {
  say(BoxCondition::serving);
  const UniqueFd slate = sys::find_slate(tree.at("condition"));
  ASSERT_EQ(::pwrite(slate.get(), "\x55", 1, 0), 1);
  turn(2s);
  EXPECT_EQ(panel->showing(), LightState::serving);
  constexpr std::string_view kNonsense = "nonsense";
  ASSERT_TRUE(sys::write_slate(slate.get(), as_bytes(kNonsense)));
  turn(2s);
  EXPECT_EQ(panel->showing(), LightState::serving);
}

}  // namespace
}  // namespace gw::hal
