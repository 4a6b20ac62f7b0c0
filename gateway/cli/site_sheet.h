#pragma once

#include <string>

#include "model/site.h"

namespace gw::cli {

/// The sheet that goes to the terminal with its PKCS#12 file: Japanese first, then English. Printed once;
/// nothing of it is kept in the box.
std::string password_sheet(const model::SiteProduct& product, const std::string& file);

/// What is stuck on a terminal: who it is and until when, without anything secret.
std::string label_text(const model::SiteEntry& entry);

}  // namespace gw::cli
