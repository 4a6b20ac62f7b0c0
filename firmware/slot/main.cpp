// sekisho-slot: the box's own part in an update (UPD-01). RAUC checks a bundle and writes it; the firmware
// starts the slot it is told to, once. This program says which slot there is to fall back to, and judges the
// one start.
//
//   sekisho-slot settle            at each start: the firmware knows both slots, and what became of the last
//   update is told sekisho-slot install BUNDLE    into the other slot, to be tried at the next start
//   sekisho-slot judge             while a new image has its one start: keeps it, or starts anew into the old
//   one
//
// Ends with 0, 1 when an update was not taken or a trial failed, 64 when called wrongly, 74 when the system
// does not let it.

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <thread>

#include "base/clock.h"
#include "base/text.h"
#include "pki/running_sha256.h"
#include "slot/command.h"
#include "slot/diary.h"
#include "slot/machine.h"
#include "slot/trial.h"

namespace {

using namespace gw;
using namespace gw::slot;
using Stage = Progress::Stage;

constexpr int kOk = 0, kFailed = 1, kUsage = 64, kSystem = 74;
constexpr std::chrono::seconds kBetweenLooks{5};

std::string letter(Slot slot) { return {static_cast<char>(slot)}; }

/// The running image, and the last update.
struct Sight {
  Slot slot = Slot::a;
  bool is_on_trial = false;
  std::string version{};
  BootEntries entries{};
  std::optional<Progress> last{};
};

Result<Sight> look_around() {
  Sight out;
  GW_TRY(out.slot, slot_started());
  GW_TRY(out.version, image_version());
  GW_TRY(out.entries, boot_entries());
  out.is_on_trial = out.entries.first() && *out.entries.first() != out.slot;
  GW_TRY(out.last, kept_progress());
  return out;
}

void tell(const Sight& sight) {
  model::UpdateState state{sight.version, letter(sight.slot), sight.is_on_trial, {}};
  if (sight.last)
    state.last = model::UpdateState::Last{sight.last->stage, letter(sight.last->slot), sight.last->because};
  slot::tell(state);
}

/// The last update has come so far.
void come_to(Sight& sight, Stage stage, const std::string& because) {
  sight.last->stage = stage;
  sight.last->because = because;
  if (stage == Stage::kept) sight.is_on_trial = false;
  keep(*sight.last);
  tell(sight);
  say("update of slot " + letter(sight.last->slot) + " " + std::string(model::word_of(stage)) +
      (because.empty() ? "" : ": " + because));
}

/// After a start that is no trial: the first choice runs, so either the new image was made that, or it was
/// not.
void settle_update(Sight& sight) {
  if (sight.last->stage == Stage::installing)
    return come_to(sight, Stage::interrupted, "the box stopped while it was written");
  if (sight.last->slot == sight.slot) return come_to(sight, Stage::kept, "");
  come_to(sight, Stage::lost, "it was not let start, or its one start ended before it was well");
}

Result<int> settle() {
  GW_TRY(Sight sight, look_around());
  for (const Slot slot : {other_than(sight.slot), sight.slot}) {  // the one that was added last comes first
    if (sight.entries.has(slot)) continue;
    GW_TRY(add_entry(slot));
    say("the firmware knows slot " + letter(slot) + " now");
  }
  say("started from slot " + letter(sight.slot) + (sight.is_on_trial ? ", which is on trial" : ""));
  tell(sight);
  if (sight.last && !sight.last->is_over() && !sight.is_on_trial) settle_update(sight);
  return kOk;
}

Result<std::string> digest_of(const std::string& path) {
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return system_error("open " + path);
  pki::RunningSha256 digest;
  for (std::array<std::uint8_t, 1u << 16> piece{};;) {
    const ssize_t size = ::read(file.get(), piece.data(), piece.size());
    if (size < 0) return system_error("read " + path);
    if (size == 0) return to_hex(digest.end());
    digest.add(Bytes(piece.data(), static_cast<std::size_t>(size)));
  }
}

/// Why nothing is installed; empty if something may be.
std::string objection_to(const Sight& sight, const std::string& digest) {
  if (sight.is_on_trial) return "the running image is on trial";
  if (!sight.last || sight.last->bundle != digest || !sight.last->is_settled()) return "";
  return "this bundle was here before, and came to be " + std::string(model::word_of(sight.last->stage));
}

Result<int> install(const std::string& bundle) {
  GW_TRY(Sight sight, look_around());
  GW_TRY(const std::string digest, digest_of(bundle));
  if (const std::string objection = objection_to(sight, digest); !objection.empty()) {
    say("nothing is installed: " + objection);
    return kFailed;
  }
  sight.last = Progress{Stage::installing, other_than(sight.slot), digest, {}, look_at_box()};
  come_to(sight, Stage::installing, "");
  if (const auto done = output_of({"/usr/bin/rauc", "install", bundle}); !done) {
    come_to(sight, Stage::refused, "it is not of ours, not for this board, too old, or not whole");
    return kFailed;
  }
  come_to(sight, Stage::waiting, "");
  return kOk;
}

Result<int> judge() {
  GW_TRY(Sight sight, look_around());
  if (!sight.is_on_trial) return kOk;
  if (!sight.last || sight.last->slot != sight.slot)
    sight.last = Progress{Stage::waiting, sight.slot, {}, {}, {}};
  Trial trial(sight.last->before, {});
  const Instant begin = system_clock().now();
  for (;; std::this_thread::sleep_for(kBetweenLooks)) {
    const auto elapsed = std::chrono::duration_cast<std::chrono::seconds>(system_clock().now() - begin);
    const auto verdict = trial.look(elapsed, look_at_box());
    if (verdict == Trial::Verdict::wait) continue;
    if (verdict == Trial::Verdict::give_up) {
      come_to(sight, Stage::given_up, trial.objection());
      return kFailed;  // the unit starts the box anew
    }
    GW_TRY(output_of({"/usr/bin/rauc", "status", "mark-good"}));
    come_to(sight, Stage::kept, "");
    return kOk;
  }
}

Result<int> run(const std::vector<std::string>& words) {
  if (words == std::vector<std::string>{"settle"}) return settle();
  if (words == std::vector<std::string>{"judge"}) return judge();
  if (words.size() == 2 && words[0] == "install") return install(words[1]);
  std::fputs("sekisho-slot settle | install BUNDLE | judge\n", stderr);
  return kUsage;
}

}  // namespace

int main(int count, char** arguments) {
  const auto code = run({arguments + 1, arguments + count});
  if (code) return *code;
  say(code.error().to_text());
  return kSystem;
}
