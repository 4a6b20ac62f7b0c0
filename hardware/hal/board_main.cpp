// sekisho-board: which board this is, and how it is (hardware/README.md). Reads profiles, so it is the one
// program of the box that knows their text; what others need of them it leaves in a fixed form.
//
// Ends with 0, 1 when a profile is wrong or the board is not as its profile says, 64 when called wrongly, 74
// when the system does not let it.

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "bring_up/survey.h"
#include "bring_up/trial.h"
#include "hal/disk_wear.h"
#include "hal/port_files.h"
#include "hal/reading.h"
#include "hal/recognition.h"
#include "hal/report.h"
#include "hal/shelf.h"
#include "sys/durable_file.h"
#include "sys/slate.h"

#include <filesystem>

namespace {

using namespace gw;
using namespace gw::hal;

constexpr int kOk = 0, kFailed = 1, kUsage = 64, kSystem = 74;
constexpr const char* kUsageText =
    "sekisho-board [--root FOLDER] COMMAND\n"
    "  settle         at each start: finds the board's profile, and names interfaces after its ports\n"
    "  show           the board as its profile has it, and as it is; 1 if they differ\n"
    "  wear           asks the disk how much of its life it has behind it, and leaves that for the panel, "
    "with\n"
    "                 what of the board is not as its profile says\n"
    "  check FILE...  reads profiles, and says what is wrong with them\n"
    "  look           a new board: writes a profile of what is there to standard output\n"
    "  blink          lights each light of the machine in turn, and says its name\n"
    "  press          says for ten seconds which key of which device is touched\n";

void say(const std::string& words) {
  std::printf("sekisho-board: %s\n", words.c_str());
  std::fflush(stdout);
}
void print(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

Result<std::optional<Profile>> recognise(const Places& places) {
  const ProfilesFound read = profiles_in(places.boards);
  for (const std::string& why : read.passed_over) say("a profile is passed over: " + why);
  GW_TRY(const Profile* found, board_of(read.profiles, identity_of(places.sys)));
  return found == nullptr ? std::optional<Profile>() : std::optional(*found);
}

/// Before udev loads the driver of any interface, so that each gets its port's name at once.
Result<> name_ports(const Places& places, const Profile& profile) {
  std::error_code failed;
  std::filesystem::create_directories(places.links(), failed);
  if (failed) return system_error("mkdir(" + places.links() + ")", failed.value());
  for (const Port& port : profile.ports) {
    GW_TRY(sys::write_durably(places.links(), link_name(port), as_bytes(link_text(port))));
    std::filesystem::permissions(places.links() + "/" + link_name(port), std::filesystem::perms(0644),
                                 failed);
  }
  return Done{};
}

Result<int> settle(const Places& places) {
  GW_TRY(const auto profile, recognise(places));
  if (!profile) {
    say("unknown board, which says of itself: " + identity_of(places.sys).to_text() +
        "; interfaces keep the names that the kernel gives them");
    return kOk;
  }
  GW_TRY(name_ports(places, *profile));
  GW_TRY(keep(places, *profile));
  GW_TRY(tell(places, *profile));
  say("board " + profile->name +
      (profile->tried.empty() ? ", whose profile was never held against a real one" : ""));
  return kOk;
}

Result<int> show(const Places& places) {
  GW_TRY(const auto profile, recognise(places));
  if (!profile) {
    say("unknown board, which says of itself: " + identity_of(places.sys).to_text() +
        "; `sekisho-board look` writes a profile of it");
    return kFailed;
  }
  const Report report = report_on(places, *profile);
  print(report.text);
  return report.is_as_promised ? kOk : kFailed;
}

Result<int> wear(const Places& places) {
  GW_TRY(const auto profile, kept_profile(places));
  if (!profile) return kOk;
  GW_TRY(const UniqueFd slate, sys::make_slate(places.board() + "/" + kWearFile));
  model::BoardState state{.board = profile->name,
                          .readings = wear_of(places.sys, places.dev, profile->disk),
                          .differences = report_on(places, *profile).differences};
  for (const model::BoardReading& reading : state.readings) say(to_text(reading));
  for (std::string& each : state.differences) {
    say("not as its profile says: " + each);
    each.resize(std::min(each.size(), model::kMostBoardText));
  }
  state.differences.resize(std::min(state.differences.size(), model::kMostDifferences));
  GW_TRY(sys::write_slate(slate.get(), encode(state)));
  return kOk;
}

Result<int> check(const std::vector<std::string>& files) {
  int code = kOk;
  for (const std::string& path : files) {
    GW_TRY(const auto bytes, sys::read_kept(path, kMostProfile));
    const Reading reading = read_profile(as_text(bytes));
    print(config::to_text(reading.problems, path));
    if (!reading.profile) code = kFailed;
  }
  return code;
}

Result<int> run(std::vector<std::string> words) {
  Places places;
  if (words.size() >= 2 && words[0] == "--root") {
    places = Places::beneath(words[1]);
    words.erase(words.begin(), words.begin() + 2);
  }
  const std::string command = words.empty() ? "" : words[0];
  if (words.size() > 1 && command == "check") return check({words.begin() + 1, words.end()});
  if (words.size() == 1) {
    if (command == "settle") return settle(places);
    if (command == "show") return show(places);
    if (command == "wear") return wear(places);
    if (command == "look") return print(bring_up::profile_text(places)), kOk;
    if (command == "blink") return bring_up::blink(places), kOk;
    if (command == "press") return bring_up::press(places), kOk;
  }
  std::fputs(kUsageText, stderr);
  return kUsage;
}

}  // namespace

int main(int count, char** arguments) {
  const auto code = run({arguments + 1, arguments + count});
  if (code) return *code;
  say(code.error().to_text());
  return code.error().code == ErrorCode::config_unreadable ||
                 code.error().code == ErrorCode::config_name_repeated
             ? kFailed
             : kSystem;
}
