// sekisho-slot: the box's own part in an update (UPD-01). RAUC checks a bundle and writes it; the firmware
// starts the slot it is told to, once. This program says which slot there is to fall back to, and judges the
// one start (decisions/0061). Called wrongly it says what it may be called with.
//
// Ends with 0, 1 when an update was not taken or a trial failed, 64 when called wrongly, 74 when the system
// does not let it.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <thread>

#include "base/text.h"
#include "hal/own_root.h"
#include "pki/running_sha256.h"
#include "slot/command.h"
#include "slot/decide.h"
#include "slot/diary.h"
#include "slot/machine.h"
#include "slot/trial.h"

namespace {

using namespace gw;
using namespace gw::slot;
using Stage = Progress::Stage;

constexpr int kOk = 0, kFailed = 1, kUsage = 64, kSystem = 74;
constexpr const char* kUsageText =
    "sekisho-slot settle          at each start: the firmware knows both slots, and the last update is told\n"
    "sekisho-slot check           every block of the running root; fails if one is not as it was made, and "
    "there is another slot\n"
    "sekisho-slot install BUNDLE  into the other slot, to be tried at the next start\n"
    "sekisho-slot judge MOST WELL a new image that has its one start: keeps it when the box was no worse for "
    "WELL seconds, and fails when it is still worse MOST seconds behind the machine's start\n";
constexpr const char* kUpdater = "/usr/bin/rauc";
constexpr const char* kServices = "/usr/bin/systemctl";
constexpr std::chrono::seconds kBetweenLooks{5};
constexpr std::chrono::minutes kToSettle{10};

std::string letter(Slot slot) { return {static_cast<char>(slot)}; }

/// The running image, and the last update.
struct Sight {
  Slot slot = Slot::a;
  bool is_on_trial = false;
  bool is_fallback = false;
  std::string version{};
  BootEntries entries{};
  std::optional<Progress> last{};
};

Result<Sight> look_around() {
  Sight out;
  GW_TRY(out.slot, slot_started());
  GW_TRY(out.version, hal::image_version(""));
  GW_TRY(out.entries, boot_entries());
  GW_TRY(out.last, kept_progress());
  out.is_on_trial = is_on_trial(out.slot, out.entries, out.last, has_state());
  if (out.is_on_trial && !out.last) out.last = Progress{Stage::waiting, out.slot, {}, {}, {}};
  out.is_fallback = is_fallback(out.slot, out.is_on_trial, out.entries);
  return out;
}

void tell(const Sight& sight) {
  model::UpdateState state{sight.version, letter(sight.slot), sight.is_on_trial, {}};
  if (sight.last)
    state.last = model::UpdateState::Last{sight.last->stage, letter(sight.last->slot), sight.last->because,
                                          sight.last->bundle};
  state.is_fallback = sight.is_fallback;
  slot::tell(state);
}

/// The last update has come so far. It is said when it is kept: who hears it may switch the box off.
Result<> come_to(Sight& sight, Stage stage, const std::string& because) {
  sight.last->stage = stage;
  sight.last->because = because;
  if (stage == Stage::kept) sight.is_on_trial = false;
  tell(sight);
  Result<> kept = keep(*sight.last);
  say("update of slot " + letter(sight.last->slot) + " " + std::string(model::word_of(stage)) +
      (because.empty() ? "" : ": " + because));
  return kept;
}

/// Only a slot that proved itself stands in the firmware's order, so a missing one is put beside it, unless
/// nothing of ours stands there at all.
Result<> mend_entries(const Sight& sight) {
  for (const Slot slot : {other_than(sight.slot), sight.slot}) {
    if (sight.entries.has(slot)) continue;
    const bool is_first = slot == sight.slot && !sight.entries.first();
    GW_TRY(add_entry(slot, is_first ? Place::first : Place::beside));
    say("the firmware knows slot " + letter(slot) + " now");
  }
  return Done{};
}

std::string told_start(const Sight& sight) {
  if (sight.is_on_trial) return ", which is on trial";
  return sight.is_fallback ? ", which is not the first choice" : "";
}

Result<int> settle() {
  GW_TRY(Sight sight, look_around());
  say("started from slot " + letter(sight.slot) + told_start(sight));
  tell(sight);
  if (sight.is_on_trial) call_for_judgement();
  if (const auto outcome = outcome_of(sight.slot, sight.is_on_trial, sight.last))
    GW_TRY(come_to(sight, outcome->stage, outcome->because));
  GW_TRY(mend_entries(sight));
  return kOk;
}

/// The kernel sees that a block has changed when it reads it, which may be years from now; here all are read.
/// firmware/boot/init asked for the other slot, in case that this start came to nothing; until now it might.
Result<int> check() {
  GW_TRY(Sight sight, look_around());
  GW_TRY(const bool is_whole, is_root_whole());
  if (is_whole) {
    GW_TRY(forget_next_start(sight.entries));
    return kOk;
  }
  const std::string found = "root-" + letter(sight.slot) + " is not as it was made";
  say(found);
  if (!may_leave(sight.is_on_trial, sight.entries)) return kOk;
  if (sight.is_on_trial)
    if (const auto told = come_to(sight, Stage::given_up, found); !told) say(told.error().to_text());
  return kFailed;
}

/// A machine that leaves its slot for anything but a changed block would leave a good one.
int check_and_say() {
  const auto code = check();
  if (code) return *code;
  say("whether the root is as it was made is not known: " + code.error().to_text());
  return kOk;
}

/// Who made the stick may have put anything there: a pipe would be waited for, and a link leads elsewhere.
Result<std::string> digest_of(const std::string& path) {
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC));
  if (!file) return system_error("open " + path);
  struct stat found {};
  if (::fstat(file.get(), &found) != 0 || !S_ISREG(found.st_mode))
    return Error{ErrorCode::file_unreadable, path + " is no file"};
  pki::RunningSha256 digest;
  for (std::array<std::uint8_t, 1u << 16> piece{};;) {
    const ssize_t size = ::read(file.get(), piece.data(), piece.size());
    if (size < 0) return system_error("read " + path);
    if (size == 0) return to_hex(digest.end());
    digest.add(Bytes(piece.data(), static_cast<std::size_t>(size)));
  }
}

/// What the box has before an update is not held against the new image, so it must be how the box is, and not
/// how it starts.
Result<Ailments> look_when_settled() {
  const auto begin = up_for();
  for (;; std::this_thread::sleep_for(kBetweenLooks)) {
    const Ailments seen = look_at_box();
    if (has_settled(seen)) return seen;
    if (up_for() - begin >= kToSettle)
      return Error{ErrorCode::status_unavailable,
                   "the box does not say how it is, so nothing could be compared"};
  }
}

int install_nothing(const std::string& why) {
  say("nothing is installed: " + why);
  return kFailed;
}

/// The updater's service may go on with what its client has given up, and nobody would judge the image that
/// it then asked the firmware for. What was found of that, behind the reason.
Result<std::string> call_off() {
  if (const auto ended = output_of({kServices, "stop", "rauc.service"}); !ended) say(ended.error().to_text());
  GW_TRY(const BootEntries entries, boot_entries());
  GW_TRY(forget_next_start(entries));
  return std::string(entries.has_next ? "; it was written all the same, and is not started" : "");
}

Result<int> install(const std::string& bundle) {
  GW_TRY(Sight sight, look_around());
  const auto digest = digest_of(bundle);
  if (!digest) return install_nothing(digest.error().to_text());
  if (const std::string objection = objection_to(*digest, sight.is_on_trial, sight.last); !objection.empty())
    return install_nothing(objection);
  GW_TRY(const Ailments before, look_when_settled());
  sight.last = Progress{Stage::installing, other_than(sight.slot), *digest, {}, before};
  GW_TRY(come_to(sight, Stage::installing, ""));
  GW_TRY(forget_next_start(sight.entries));  // what waited there is written over
  if (const auto done = output_of({kUpdater, "install", bundle}); !done) {
    const auto called_off = call_off();
    GW_TRY(come_to(sight, Stage::refused,
                   done.error().detail + (called_off ? *called_off
                                                     : "; whether it is started is not known: " +
                                                           called_off.error().to_text())));
    return kFailed;
  }
  GW_TRY(come_to(sight, Stage::waiting, ""));
  return kOk;
}

/// Once the firmware has it in front, it is kept: where there is no room to keep that, the next start reads
/// it off the firmware's order.
Result<> make_first_choice(Sight& sight) {
  GW_TRY(output_of({kUpdater, "status", "mark-good"}));
  if (const auto written = come_to(sight, Stage::kept, ""); !written) say(written.error().to_text());
  return Done{};
}

/// Whatever goes wrong here leaves the old slot the first choice, and the unit starts the box anew.
Result<int> judge(Patience patience) {
  GW_TRY(Sight sight, look_around());
  if (!sight.is_on_trial) return kOk;
  Trial trial(sight.last->before, patience);
  for (;; std::this_thread::sleep_for(kBetweenLooks)) {
    const auto verdict = trial.look(up_for(), look_at_box());
    if (verdict == Trial::Verdict::wait) continue;
    if (verdict == Trial::Verdict::keep) {
      if (const auto kept = make_first_choice(sight); kept) return kOk;
      if (up_for() < patience.at_most) continue;
    }
    GW_TRY(come_to(sight, Stage::given_up, trial.objection()));
    return kFailed;
  }
}

Result<int> run(const std::vector<std::string>& words) {
  if (words == std::vector<std::string>{"settle"}) return settle();
  if (words == std::vector<std::string>{"check"}) return check_and_say();
  if (words.size() == 3 && words[0] == "judge")
    if (const auto patience = patience_of(words[1], words[2])) return judge(*patience);
  if (words.size() == 2 && words[0] == "install") return install(words[1]);
  std::fputs(kUsageText, stderr);
  return kUsage;
}

}  // namespace

int main(int count, char** arguments) {
  const auto code = run({arguments + 1, arguments + count});
  if (code) return *code;
  say(code.error().to_text());
  return kSystem;
}
