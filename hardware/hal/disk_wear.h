#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hal/profile.h"
#include "model/board_state.h"

namespace gw::hal {

/// How much of its life the box's disk has behind it, by its own word. NVMe is asked by an order that needs
/// root; eMMC says it in sysfs. Nothing of a disk that does not say.
std::vector<model::BoardReading> wear_of(const std::string& sys, const std::string& dev, const Disk& disk);

/// JEDEC JESD84-B51 7.4.23: "0x02 0x01", the worse of two estimates in tenths; 0x0b is beyond its life.
std::optional<std::uint32_t> emmc_wear(std::string_view life_time);
/// NVM Express Base 2.0 5.16.1.3: octet 5 of the log "SMART / Health Information", per cent, at most 255.
using SmartLog = std::array<std::uint8_t, 512>;
std::uint32_t nvme_wear(const SmartLog& log);

}  // namespace gw::hal
