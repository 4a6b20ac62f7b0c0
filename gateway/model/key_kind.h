#pragma once

#include <cstdint>

namespace gw::model {

/// Kinds of key that the box makes for itself (CRT-08).
enum class KeyKind : std::uint8_t { p256, p384, rsa_2048, rsa_3072 };

}  // namespace gw::model
