#pragma once

#include <cstdint>

#include "base/id.h"

namespace gw::model {

using TenantId = Id<struct TenantTag, std::uint16_t>;
using ServiceId = Id<struct ServiceTag, std::uint16_t>;
using TerminalId = Id<struct TerminalTag, std::uint32_t>;
using ListenerId = Id<struct ListenerTag, std::uint16_t>;
using RuleId = Id<struct RuleTag, std::uint32_t>;
/// A private key's name; holds no secret.
using KeyId = Id<struct KeyTag, std::uint16_t>;
/// Unique per box boot and tenant.
using SessionId = Id<struct SessionTag, std::uint64_t>;
/// Number of a published configuration: grows by one, never reused; zero means none yet.
using Generation = Id<struct GenerationTag, std::uint64_t>;
/// Number of a change of the configuration in the box's history; zero: of none.
using ChangeNumber = Id<struct ChangeTag, std::uint64_t>;

}  // namespace gw::model
