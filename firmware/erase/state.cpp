#include "erase/state.h"

#include <fcntl.h>
#include <linux/dm-ioctl.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <thread>

#include "base/fd.h"
#include "hal/kernel_file.h"
#include "hal/own_root.h"
#include "sys/mounted.h"

namespace gw::erase {
namespace {

constexpr int kLooks = 20;
constexpr std::chrono::milliseconds kBetweenLooks{250};  // what the supervisor held ends

/// By its name, or as what is open as the state: of a partition that was made since the machine started, as
/// in a box's first start, the kernel knows no name (BLKPG_ADD_PARTITION).
bool is_state(const std::string& partition) {
  if (hal::octets_of(partition + "/uevent").find("\nPARTNAME=state\n") != std::string::npos) return true;
  return std::ranges::any_of(hal::names_in(partition + "/holders"), [&](const std::string& holder) {
    return hal::text_of(partition + "/holders/" + holder + "/dm/name") == "state";
  });
}

}  // namespace

Result<std::string> state_partition(const std::string& root) {
  GW_TRY(const auto partition, hal::root_partition(root));
  const std::string disk = partition.parent_path();
  std::string found;
  for (const std::string& name : hal::names_in(disk)) {
    if (!is_state(disk + "/" + name)) continue;
    if (!found.empty())
      return Error{ErrorCode::file_unreadable,
                   "two partitions named state on " + disk + ": " + found + ", " + name};
    found = name;
  }
  if (found.empty()) return Error{ErrorCode::file_unreadable, "there is no partition named state on " + disk};
  return root + "/dev/" + found;
}

Result<> end_writing(const std::string& folder) {
  for (int look = 0; sys::is_mounted(folder); ++look) {
    if (::umount2(folder.c_str(), UMOUNT_NOFOLLOW) == 0) continue;
    if (errno != EBUSY) return system_error("umount(" + folder + ")");
    if (look < kLooks) {
      std::this_thread::sleep_for(kBetweenLooks);
      continue;
    }
    const UniqueFd held(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!held || ::syncfs(held.get()) != 0) return system_error("syncfs(" + folder + ")");
    if (::mount(nullptr, folder.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) != 0)
      return system_error("mount(" + folder + ", read-only)");
    return Done{};
  }
  return Done{};
}

Result<> close_mapping(const std::string& root, const std::string& device) {
  GW_TRY(const auto partition, hal::root_partition(root));
  const std::filesystem::path name = std::filesystem::path(device).filename();
  const std::string holders = partition.parent_path() / name / "holders";
  for (const std::string& holder : hal::names_in(holders)) {
    const std::string mapping = hal::text_of(holders + "/" + holder + "/dm/name");
    dm_ioctl order{};
    if (mapping.empty() || mapping.size() >= sizeof order.name) continue;
    order.version[0] = DM_VERSION_MAJOR;
    order.data_size = sizeof order;
    mapping.copy(order.name, sizeof order.name - 1);
    const UniqueFd control(::open((root + "/dev/mapper/control").c_str(), O_RDWR | O_CLOEXEC));
    if (!control || ::ioctl(control.get(), DM_DEV_REMOVE, &order) != 0)
      return system_error("close the mapping " + mapping);
  }
  return Done{};
}

}  // namespace gw::erase
