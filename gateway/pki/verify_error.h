#pragma once

#include "model/close_reason.h"

namespace gw::pki {

/// Whose certificate was looked at: decides which family of reasons is used.
enum class Peer { terminal, cloud };

/// The reason behind an X509_V_ERR_ number.
model::CloseReason reason_of(Peer peer, int verify_error);

}  // namespace gw::pki
