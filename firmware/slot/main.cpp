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
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <string_view>
#include <thread>

#include "base/clock.h"
#include "base/codec.h"
#include "base/text.h"
#include "cli/ask.h"
#include "pki/running_sha256.h"
#include "slot/boot_entries.h"
#include "slot/command.h"
#include "slot/progress.h"
#include "slot/trial.h"
#include "sys/durable_file.h"

namespace {

using namespace gw;
using namespace gw::slot;
using Stage = Progress::Stage;

constexpr int kOk = 0, kFailed = 1, kUsage = 64, kSystem = 74;
constexpr const char* kFolder = "/var/lib/sekisho/update";
constexpr const char* kFile = "progress";
constexpr const char* kStartedFrom = "/run/sekisho-boot/slot";
constexpr const char* kControl = "/run/sekisho/control";
constexpr const char* kLoader = "\\EFI\\BOOT\\BOOTX64.EFI";
constexpr std::size_t kMostText = 64u << 10;
constexpr std::chrono::seconds kBetweenLooks{5};

/// Everything it says is on the console and in the journal.
void say(const std::string& words) {
  std::printf("sekisho-slot: %s\n", words.c_str());
  std::fflush(stdout);
}

Result<Slot> slot_started() {
  GW_TRY(const auto bytes, sys::read_kept(kStartedFrom, 16));
  const std::string text(as_text(bytes));
  const auto slot = slot_named(std::string_view(text).substr(0, text.find('\n')));
  if (!slot) return Error{ErrorCode::text_malformed, std::string(kStartedFrom) + " names no slot"};
  return *slot;
}

Result<BootEntries> entries() {
  GW_TRY(const std::string text, output_of({"/usr/bin/efibootmgr"}));
  return read_entries(text);
}

/// The disk and the partition's number on it, of what udev names so.
struct Partition {
  std::string disk{};
  std::string number{};
};
Result<Partition> partition_named(const std::string& label) {
  namespace fs = std::filesystem;
  std::error_code problem;
  const fs::path device = fs::canonical("/dev/disk/by-partlabel/" + label, problem);
  const fs::path entry = fs::canonical("/sys/class/block/" + device.filename().string(), problem);
  if (problem) return system_error("find partition " + label, problem.value());
  GW_TRY(const auto number, sys::read_kept(entry / "partition", 16));
  const std::string text(as_text(number));
  return Partition{"/dev/" + entry.parent_path().filename().string(), text.substr(0, text.find('\n'))};
}

Result<> add_entry(Slot slot) {
  GW_TRY(const Partition partition, partition_named(std::string("esp-") + static_cast<char>(slot)));
  GW_TRY(output_of({"/usr/bin/efibootmgr", "--quiet", "--create", "--disk", partition.disk, "--part",
                    partition.number, "--label", label_of(slot), "--loader", kLoader}));
  say("the firmware knows slot " + std::string(1, static_cast<char>(slot)) + " now");
  return Done{};
}

Result<std::optional<Progress>> progress() {
  GW_TRY(const auto bytes, sys::read_kept(std::string(kFolder) + "/" + kFile, kMostText));
  if (bytes.empty()) return std::optional<Progress>();
  GW_TRY(Progress kept, read_text(std::string(as_text(bytes))));
  return std::optional(std::move(kept));
}

/// A full state partition keeps no box from being updated, so that it cannot be written is only said.
void keep(const Progress& progress) {
  ::mkdir(kFolder, 0700);
  if (const auto kept = sys::write_durably(kFolder, kFile, as_bytes(write_text(progress))); !kept)
    say("how far the update is could not be written down: " + kept.error().to_text());
}

void end(Progress progress, Stage stage, const std::string& because) {
  progress.stage = stage;
  progress.because = because;
  keep(progress);
  say("update of slot " + std::string(1, static_cast<char>(progress.slot)) + " " +
      std::string(word_of(stage)) + (because.empty() ? "" : ": " + because));
}

Result<Ailments> ask_supervisor() {
  GW_TRY(const ipc::Frame frame,
         cli::ask(kControl, ipc::type_number(ipc::op::Msg::status), {}, {}, cli::kAtOnce));
  GW_TRY(const auto state, decode<ipc::op::State>(frame.body));
  return ailments_of(state);
}

Ailments look_at_box() {
  const auto seen = ask_supervisor();
  return seen ? *seen : ailments_of_silence();
}

bool is_on_trial(Slot started, const BootEntries& known) {
  return known.first() && *known.first() != started;
}

/// After a start that is no trial: the first choice runs, so either the new image was made that, or it was
/// not.
void settle_update(const Progress& last, Slot here) {
  if (last.stage == Stage::installing)
    return end(last, Stage::interrupted, "the box stopped while it was written");
  if (last.slot == here) return end(last, Stage::kept, "");
  end(last, Stage::lost, "it was not let start, or its one start ended before it was well");
}

Result<int> settle() {
  GW_TRY(const Slot here, slot_started());
  GW_TRY(const BootEntries known, entries());
  for (const Slot slot : {other_than(here), here})  // the one that was added last comes first
    if (!known.has(slot)) GW_TRY(add_entry(slot));
  const bool is_trial = is_on_trial(here, known);
  say("started from slot " + std::string(1, static_cast<char>(here)) +
      (is_trial ? ", which is on trial" : ""));
  GW_TRY(const std::optional<Progress> last, progress());
  if (last && !last->is_over() && !is_trial) settle_update(*last, here);
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

Result<int> install(const std::string& bundle) {
  GW_TRY(const Slot here, slot_started());
  GW_TRY(const BootEntries known, entries());
  if (is_on_trial(here, known)) {
    say("nothing is installed while the running image is on trial");
    return kFailed;
  }
  GW_TRY(const std::string digest, digest_of(bundle));
  GW_TRY(const std::optional<Progress> last, progress());
  if (last && last->bundle == digest && last->is_settled()) {
    say("this bundle was here before (" + std::string(word_of(last->stage)) +
        ") and is not taken a second time");
    return kFailed;
  }
  Progress now{Stage::installing, other_than(here), digest, {}, look_at_box()};
  keep(now);
  say("installing into slot " + std::string(1, static_cast<char>(now.slot)));
  if (const auto done = output_of({"/usr/bin/rauc", "install", bundle}); !done) {
    end(now, Stage::refused, "RAUC did not take the bundle, and has said why");
    return kFailed;
  }
  end(now, Stage::waiting, "");
  return kOk;
}

Result<int> judge() {
  GW_TRY(const Slot here, slot_started());
  GW_TRY(const BootEntries known, entries());
  if (!is_on_trial(here, known)) return kOk;
  GW_TRY(const std::optional<Progress> last, progress());
  Progress now = last && last->slot == here ? *last : Progress{Stage::waiting, here, {}, {}, {}};
  Trial trial(now.before, {});
  const Instant begin = system_clock().now();
  for (;; std::this_thread::sleep_for(kBetweenLooks)) {
    const auto elapsed = std::chrono::duration_cast<std::chrono::seconds>(system_clock().now() - begin);
    const auto verdict = trial.look(elapsed, look_at_box());
    if (verdict == Trial::Verdict::wait) continue;
    if (verdict == Trial::Verdict::keep) {
      GW_TRY(output_of({"/usr/bin/rauc", "status", "mark-good"}));
      end(now, Stage::kept, "");
      return kOk;
    }
    end(now, Stage::given_up, trial.objection());
    return kFailed;  // the unit starts the box anew
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
