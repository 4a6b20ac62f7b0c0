#pragma once

#include <cstdint>
#include <string_view>

namespace gw::recovery {

/// What has become of the state, as it is to be told to whoever stands before the box.
enum class Outcome : std::uint8_t {
  closed,    ///< the TPM did not open it, and nobody has come with the printed key
  unread,    ///< somebody has come, and what was copied is no key
  foreign,   ///< it is a key, of another box or of a misread paper
  unsealed,  ///< open, until the box is switched off
  sealed,    ///< open, and the TPM opens it from now on
};

struct Seen {
  bool is_open = false;    ///< the state
  bool is_tried = false;   ///< with a stick
  bool is_read = false;    ///< a key from it
  bool is_sealed = false;  ///< to this machine's TPM
};
Outcome outcome_of(const Seen& seen);

struct Words {
  std::string_view ja;
  std::string_view en;
};
Words words_of(Outcome outcome);

}  // namespace gw::recovery
