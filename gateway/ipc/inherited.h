#pragma once

namespace gw::ipc {

/// Descriptor numbers a process finds at its start; nothing else is open. The supervisor's spawn puts them
/// there.
inline constexpr int kControlFd = 3;  ///< Channel to the supervisor
inline constexpr int kLogFd = 4;      ///< Channel for records, write only
/// conf-compile: the directory files are read beneath, or the sealed sources of an earlier compilation.
/// net-apply: the sealed plan.
inline constexpr int kInputFd = 5;
/// conf-compile: the configuration file itself, unless it has sources. net-apply: the namespace links are
/// moved into (ns lan, or where they appeared).
inline constexpr int kSecondInputFd = 6;
/// conf-compile: the sealed files of the identities that the box keeps. net-apply: the namespace links are
/// moved into (ns wan).
inline constexpr int kThirdInputFd = 7;
/// net-apply: the rules as the kernel listed them after they were loaded, to compare with. conf-compile: the
/// sealed sources of the configuration to compare with. controld: the folder of backups.
inline constexpr int kReferenceFd = 8;
/// net-apply: the sealed plan in force, when the way to another one is narrowed. controld: the folder of rule packs.
inline constexpr int kBeforeFd = 9;
/// net-apply: the sealed lease that stands, for plans that borrow. controld: the folder of service profiles.
inline constexpr int kLeaseFd = 10;
/// net-apply: the namespace links are moved into (ns mgmt).
inline constexpr int kManagementFd = 12;
/// What a kept program runs: the channel to the supervisor, where the kept program takes low numbers itself.
inline constexpr int kKeptControlFd = 11;

}  // namespace gw::ipc
