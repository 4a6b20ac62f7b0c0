#pragma once

#include <cstdint>

#include "model/close_reason.h"

namespace gw::pki {

/// Whose certificate was looked at: decides which family of reasons is used.
enum class Peer { terminal, cloud };

/// What is wrong with a chain, whoever sent it and whoever noticed, libcrypto or we.
enum class Fault : std::uint8_t {
  none,
  untrusted,  ///< does not lead to an anchor
  forged,     ///< a signature in it does not verify
  expired,
  not_yet_valid,
  malformed,  ///< breaks the form of RFC 5280 4, or makes a critical demand nobody knows
  wrong_usage,
  weak,
  too_long,
  name_constraint,
  wrong_name,
  no_identity,
  unpinned,
  revoked,
  status_unknown,
  internal,
};

/// A fault with its rule, in words for the operator that live as long as the program.
struct Finding {
  Fault fault = Fault::none;
  const char* words = "";
  int depth = 0;  ///< of the certificate it was found at; the leaf's is 0, also for what is the whole chain's
  explicit operator bool() const { return fault != Fault::none; }
};

/// The fault behind an X509_V_ERR_ number; an unknown number is `untrusted`.
Fault fault_of(int verify_error);
/// `fault` is not `none`.
model::CloseReason reason_of(Peer peer, Fault fault);
/// The reason behind an X509_V_ERR_ number.
model::CloseReason reason_of(Peer peer, int verify_error);
/// The X509_V_ERR_ number for which libssl sends the alert that belongs to the fault (RFC 8446 6.2).
int alert_error_of(Fault fault);

}  // namespace gw::pki
