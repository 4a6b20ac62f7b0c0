#pragma once

#include <string>

#include "base/result.h"
#include "ipc/messages/renewal.h"
#include "model/managed_identity.h"

namespace gw::supervisor {

/// The files of the certificates that the box keeps itself: `identities` in the state folder, in it a folder
/// of each tenant with NAME.current, NAME.next, NAME.ticket, NAME.answer and NAME.wish. What is in them is
/// none of the supervisor's business. What is no ordinary file, is too large or is no text is taken for not
/// being there.
class IdentityShelf {
 public:
  explicit IdentityShelf(std::string state_folder);

  /// What is in use of every identity, read once, so that a publication has chain and key of one moment.
  model::KeptIdentities in_use() const;
  /// What there is of one; parts that are not there are empty.
  model::IdentitySlot slot_of(const std::string& tenant, const std::string& identity) const;
  /// On the disk when it returns, whole, mode 0600; an empty text takes the part away. identity.unknown if a
  /// name is none, file.too_large.
  Result<> keep(const std::string& tenant, const std::string& identity, ipc::renewal::Place place,
                const std::string& text) const;

 private:
  std::string folder_;
};

}  // namespace gw::supervisor
