#pragma once

#include <string>

#include "model/site.h"

namespace gw::cli {

/// The sheet that goes to the terminal with its PKCS#12 file: Japanese first, then English. Printed once;
/// nothing of it is kept in the box.
std::string password_sheet(const model::SiteProduct& product, const std::string& file);

/// The sheet with which a terminal asks for its certificate itself, with a QR code of where, who and by which
/// word. Nothing of it is kept in the box.
std::string ticket_sheet(const model::SiteOrder& order, const model::SiteProduct& product);

/// What is stuck on a terminal: who it is and until when, without anything secret.
std::string label_text(const model::SiteEntry& entry);

}  // namespace gw::cli
