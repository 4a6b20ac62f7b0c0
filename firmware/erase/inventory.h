#pragma once

#include <string>
#include <vector>

#include "erase/paper.h"

namespace gw::erase {

/// What somebody else has issued to the box, each certificate once.
struct Inventory {
  std::vector<Facts::Owned> certificates{};
  bool is_whole = false;
};
/// By the box's files in its state folder: those of its book of all that it ever showed and that have not
/// ended (model::HeldCertificates); those of the slots that it renews itself (`identities`), where one may
/// lie that was not shown yet; and of authorities the site's own (`site-ca`), with which all its terminals'
/// certificates count no more, so that none of those is named. Without a book that can be read, whatever is
/// somebody's own in the configuration that the box starts with (`start`) and on its medium (`site`), and it
/// is not whole. What cannot be read is passed over: it hinders no erasure.
Inventory inventory_of(const std::string& folder);

}  // namespace gw::erase
