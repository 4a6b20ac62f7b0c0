#include "slot/machine.h"

#include <sys/wait.h>

#include <ctime>
#include <filesystem>

#include "base/codec.h"
#include "cli/ask.h"
#include "hal/own_root.h"
#include "slot/command.h"
#include "slot/sealed_root.h"
#include "sys/durable_file.h"
#include "sys/mounted.h"

namespace gw::slot {
namespace {

constexpr const char* kStartedFrom = "/run/sekisho-boot/slot";
constexpr const char* kControl = "/run/sekisho/control";
constexpr const char* kState = "/var/lib/sekisho";
constexpr const char* kSite = "/etc/sekisho/sekisho.yaml";
constexpr const char* kCommandLine = "/proc/cmdline";
constexpr const char* kVerifier = "/usr/sbin/veritysetup";
constexpr const char* kBootManager = "/usr/bin/efibootmgr";
// Removed here and not by efibootmgr, whose version 18 does not where there is no entry 0001
// (UEFI 2.10, 3.3).
constexpr const char* kNextStart = "/sys/firmware/efi/efivars/BootNext-8be4df61-93ca-11d2-aa0d-00e098032b8c";
constexpr const char* kLoader = "\\EFI\\BOOT\\BOOTX64.EFI";
constexpr std::size_t kMostText = 4096;

Result<std::string> text_at(const std::string& path) {
  GW_TRY(const auto bytes, sys::read_kept(path, kMostText));
  return std::string(as_text(bytes));
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

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

Result<Ailments> ask_supervisor() {
  GW_TRY(const ipc::Frame frame,
         cli::ask(kControl, ipc::type_number(ipc::op::Msg::status), {}, {}, cli::kAtOnce));
  GW_TRY(const auto state, decode<ipc::op::State>(frame.body));
  return ailments_of(state);
}

}  // namespace

Result<Slot> slot_started() {
  GW_TRY(const std::string text, text_at(kStartedFrom));
  const auto slot = slot_named(first_line(text));
  if (!slot) return Error{ErrorCode::text_malformed, std::string(kStartedFrom) + " names no slot"};
  return *slot;
}

Result<bool> is_root_whole() {
  constexpr int kDiffers =
      2;  // veritysetup(8): a block does not fit its hash; all else: it could not be looked at
  GW_TRY(const std::string line, text_at(kCommandLine));
  const auto sealed = sealed_root(line);
  if (!sealed)
    return Error{ErrorCode::text_malformed, std::string(kCommandLine) + " names no digest of the root"};
  GW_TRY(const auto partition, hal::root_partition(""));
  const std::string device = "/dev/" + partition.filename().string();
  GW_TRY(const Ended ended,
         ending_of({kVerifier, "verify", device, device, sealed->digest, "--hash-offset=" + sealed->offset}));
  if (ended.status == 0) return true;
  if (WIFEXITED(ended.status) && WEXITSTATUS(ended.status) == kDiffers) return false;
  return Error{ErrorCode::system_call_failed, std::string(kVerifier) + " could not look at " + device};
}

Result<BootEntries> boot_entries() {
  GW_TRY(const std::string text, output_of({kBootManager}));
  return read_entries(text);
}

Result<> add_entry(Slot slot, Place place) {
  GW_TRY(const Partition partition, partition_named(std::string("esp-") + static_cast<char>(slot)));
  GW_TRY(output_of({kBootManager, "--quiet", place == Place::first ? "--create" : "--create-only", "--disk",
                    partition.disk, "--part", partition.number, "--label", label_of(slot), "--loader",
                    kLoader}));
  return Done{};
}

Result<> forget_next_start(const BootEntries& entries) {
  std::error_code failed;
  if (entries.has_next) std::filesystem::remove(kNextStart, failed);
  if (failed) return system_error(std::string("remove ") + kNextStart, failed.value());
  return Done{};
}

Ailments look_at_box() {
  std::error_code unknown;
  if (!std::filesystem::exists(kSite, unknown)) return ailments_without_site();
  const auto seen = ask_supervisor();
  return seen ? *seen : ailments_of_silence();
}

bool has_state() { return sys::is_mounted(kState); }

std::chrono::seconds up_for() {
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  return std::chrono::seconds(now.tv_sec);
}

}  // namespace gw::slot
