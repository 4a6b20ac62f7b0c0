#include "hal/disk_wear.h"

#include <fcntl.h>
#include <linux/nvme_ioctl.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <charconv>

#include "base/fd.h"
#include "hal/kernel_file.h"

namespace gw::hal {
namespace {

constexpr std::uint32_t kBeyond = 0x0b;

std::optional<SmartLog> smart_log(const std::string& device) {
  constexpr std::uint8_t kGetLogPage = 0x02, kSmart = 0x02;
  const UniqueFd file(::open(device.c_str(), O_RDONLY | O_CLOEXEC));
  SmartLog log{};
  nvme_admin_cmd command{};
  command.opcode = kGetLogPage;
  command.nsid = 0xffffffff;
  command.addr = reinterpret_cast<std::uintptr_t>(log.data());
  command.data_len = log.size();
  command.cdw10 = (static_cast<std::uint32_t>(log.size()) / 4 - 1) << 16 | kSmart;
  if (!file || ::ioctl(file.get(), NVME_IOCTL_ADMIN_CMD, &command) != 0) return std::nullopt;
  return log;
}

}  // namespace

std::optional<std::uint32_t> emmc_wear(std::string_view life_time) {
  std::uint32_t worst = 0;
  while (!life_time.empty()) {
    if (!life_time.starts_with("0x")) return std::nullopt;
    life_time.remove_prefix(2);
    std::uint32_t tenths = 0;
    const auto [end, failed] =
        std::from_chars(life_time.data(), life_time.data() + life_time.size(), tenths, 16);
    if (failed != std::errc() || tenths > kBeyond) return std::nullopt;
    worst = std::max(worst, tenths);
    life_time.remove_prefix(static_cast<std::size_t>(end - life_time.data()));
    if (life_time.starts_with(' ')) life_time.remove_prefix(1);
  }
  if (worst == 0) return std::nullopt;  // it does not say
  return worst * 10;
}

std::uint32_t nvme_wear(const SmartLog& log) { return log[5]; }

std::vector<model::BoardReading> wear_of(const std::string& sys, const std::string& dev, const Disk& disk) {
  std::vector<model::BoardReading> out;
  const auto put = [&](const std::string& name, std::uint32_t used) {
    out.push_back({model::BoardReading::Kind::disk_wear, name, used, used <= disk.bound});
  };
  if (disk.kind == DiskKind::emmc)
    for (const std::string& name : names_like(sys + "/block", "mmcblk[0-9]"))
      if (const auto used = emmc_wear(text_of(sys + "/block/" + name + "/device/life_time")))
        put(name, *used);
  if (disk.kind == DiskKind::nvme)
    for (const std::string& name : names_like(sys + "/class/nvme", "nvme[0-9]"))
      if (const auto log = smart_log(dev + "/" + name)) put(name, nvme_wear(*log));
  return out;
}

}  // namespace gw::hal
