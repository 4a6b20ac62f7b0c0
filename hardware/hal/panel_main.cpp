// sekisho-panel: lights, button and sensors of the box (hardware/hal/panel.h). It opens what it needs as
// root, then gives up its account, every file and nearly every system call; what it holds afterwards are the
// lights' files and four slates. It reads what the kernel and the supervisor say, and no stranger's octet.
//
//     sekisho-panel [--root FOLDER]      where sys, dev and run are; for tests
//
// Ends with 0 where the board is unknown, 64 when called wrongly, 74 when the system does not let it, or a
// minute after it found a light or the button missing: whoever starts it anew has it look again.

#include <grp.h>
#include <poll.h>
#include <unistd.h>

#include <cstdio>
#include <ctime>
#include <filesystem>

#include "hal/panel.h"
#include "hal/shelf.h"
#include "model/accounts.h"
#include "sys/shut_in.h"
#include "sys/slate.h"

namespace {

using namespace gw;
using namespace gw::hal;

void say(const std::string& words) {
  std::printf("sekisho-panel: %s\n", words.c_str());
  std::fflush(stdout);
}

std::chrono::milliseconds up_for() {
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::milliseconds(now.tv_nsec / 1'000'000);
}

constexpr std::chrono::minutes kLookAgain{1};  // the others go on until then

/// A part that a board should have and has not is said.
template <class Part, class Opened>
void take(std::optional<Part>& into, Opened opened, bool& is_whole) {
  is_whole = is_whole && opened;
  if (opened)
    into.emplace(*std::move(opened));
  else
    say(opened.error().to_text());
}

Result<Panel::Parts> open_parts(const Places& places, const Profile& profile, bool& is_whole) {
  Panel::Parts parts{.board = told_of(profile)};
  if (!profile.lights.status.empty())
    take(parts.status, Led::open(places.sys, profile.lights.status), is_whole);
  if (!profile.lights.attention.empty())
    take(parts.attention, Led::open(places.sys, profile.lights.attention), is_whole);
  if (!profile.button.input.empty())
    take(parts.button, Input::open(places.sys, places.dev, profile.button), is_whole);
  std::vector<std::string> missing;
  parts.sensors = Sensors::open(places.sys, profile.sensors, missing);
  for (const std::string& name : missing) say("sensor " + name + " is not there");
  std::error_code failed;
  std::filesystem::create_directories(places.supervisor(), failed);
  GW_TRY(parts.condition, sys::make_slate(places.supervisor() + model::kConditionFile, sys::SlateUse::read));
  GW_TRY(parts.readings, sys::make_slate(places.supervisor() + model::kBoardFile));
  GW_TRY(parts.wear, sys::make_slate(places.board() + "/" + kWearFile, sys::SlateUse::read));
  GW_TRY(parts.reset, sys::make_slate(places.board() + "/" + kResetFile));
  return parts;
}

Result<> give_up_power() {
  constexpr std::uint32_t account = model::kPanelAccount;
  if (::setgroups(0, nullptr) != 0 || ::setresgid(account, account, account) != 0 ||
      ::setresuid(account, account, account) != 0)
    return system_error("give up the account");
  return sys::shut_in(sys::Filter::panel);
}

Result<int> run(const Places& places) {
  GW_TRY(const auto profile, kept_profile(places));
  if (!profile) {
    say("the board is unknown, so it has neither lights nor a button");
    return 0;
  }
  bool is_whole = true;
  GW_TRY(Panel::Parts parts, open_parts(places, *profile, is_whole));
  say("board " + profile->name);
  GW_TRY(give_up_power());
  Panel panel(std::move(parts));
  for (const Instant begin = system_clock().now();;) {
    const Instant now = system_clock().now();
    panel.turn(now, up_for());
    is_whole = is_whole && !panel.has_lost_button();
    if (!is_whole && now - begin >= kLookAgain && !panel.is_busy())
      return Error{ErrorCode::file_unreadable, "a light or the button is missing"};
    const auto rest = kPart - up_for() % kPart;
    pollfd button{panel.button_fd(), POLLIN, 0};
    ::poll(&button, 1, static_cast<int>(rest.count()));
    if ((button.revents & (POLLHUP | POLLERR)) != 0) panel.lose_button(system_clock().now());
  }
}

}  // namespace

int main(int count, char** arguments) {
  const std::vector<std::string> words(arguments + 1, arguments + count);
  const bool has_root = words.size() == 2 && words[0] == "--root";
  if (!words.empty() && !has_root) {
    std::fputs("sekisho-panel [--root FOLDER]\n", stderr);
    return 64;
  }
  const auto ended = run(has_root ? Places::beneath(words[1]) : Places{});
  if (ended) return *ended;
  say(ended.error().to_text());
  return 74;
}
