#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pki/handles.h"

namespace gw::est {

/// What a part of an identity's slot holds (model::IdentitySlot): a key, and the chain that has come for it.
struct Held {
  std::string key{};    ///< as keyd made it, PEM; of use on this box alone
  std::string chain{};  ///< PEM, the key's own certificate first; empty: none has come yet

  bool has_chain() const { return !chain.empty(); }
  friend bool operator==(const Held&, const Held&) = default;
};

/// The two parts of a text: the first certificate's block begins the chain. identity.damaged if there is no
/// key before it, or the chain cannot be read.
Result<Held> read_held(std::string_view text);
std::string to_text(const Held& held);

/// PEM, one block behind the other.
std::string pem_of(const std::vector<const X509*>& certificates);

}  // namespace gw::est
