#pragma once

#include <cstdint>
#include <string_view>

namespace gw::accounts {

/// Why somebody was refused. For records alone: whoever asks is told that he was refused, and nothing else
/// (ADM-03).
enum class Refusal : std::uint8_t {
  unknown_name,
  locked,
  disabled,
  not_enrolled,  ///< it has no password and no second factor yet
  unreadable,    ///< what is kept of it does not open: see to the database and to the key
  wrong_password,
  no_second_factor,  ///< neither a code nor a certificate was shown
  wrong_code,
  used_code,     ///< a code of an app that has counted already: somebody may have looked over a shoulder
  wrong_secret,  ///< the one-time code of an enrolment, or the box's first secret
  secret_ended,  ///< it was right, too late
  not_local,     ///< a box without an administrator is claimed at its own port (ADM-04)
};
/// Stable text id.
std::string_view to_string(Refusal refusal);

}  // namespace gw::accounts
