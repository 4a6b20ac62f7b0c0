#pragma once

#include <cstdint>

#include "model/ids.h"

namespace gw::model {

/// Numeric accounts of the box's processes. 60578 to 61183 is the range that neither Debian nor systemd hands
/// out (systemd's UIDS-GIDS page), so the kernel's uid is the compartment and needs no entry in /etc/passwd.
/// The group id always equals the user id.
inline constexpr std::uint32_t kCompileAccount = 60'600;
inline constexpr std::uint32_t kNetApplyAccount = 60'601;
inline constexpr std::uint32_t kLanWatchAccount = 60'602;
inline constexpr std::uint32_t kWanWatchAccount = 60'603;
inline constexpr std::uint32_t kMgmtWatchAccount = 60'604;
inline constexpr std::uint32_t kProbeAccount = 60'605;
inline constexpr std::uint32_t kNameAccount = 60'606;
inline constexpr std::uint32_t kTimeAccount = 60'607;
inline constexpr std::uint32_t kDhcpAccount = 60'608;
inline constexpr std::uint32_t kEvidenceAccount = 60'609;
inline constexpr std::uint32_t kKeyAccount = 60'610;
inline constexpr std::uint32_t kRegistrarAccount = 60'611;
inline constexpr std::uint32_t kRenewerAccount = 60'612;
inline constexpr std::uint32_t kTokenAccount = 60'613;
inline constexpr std::uint32_t kControlAccount = 60'614;
inline constexpr std::uint32_t kWebAccount = 60'615;
inline constexpr std::uint32_t kCaptureAccount = 60'616;
inline constexpr std::uint32_t kAgentAccount = 60'617;
inline constexpr std::uint32_t kPanelAccount = 60'620;

constexpr std::uint32_t proxy_account(TenantId tenant) { return 60'700u + tenant.number(); }
constexpr std::uint32_t dialer_account(TenantId tenant) { return 60'900u + tenant.number(); }
constexpr std::uint32_t enrol_account(TenantId tenant) { return 61'040u + tenant.number(); }

}  // namespace gw::model
