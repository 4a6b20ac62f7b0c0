#pragma once

#include <string>

namespace gw::cli {

/// A QR code (ISO/IEC 18004, correction level M) for paper: two rows of it in each line of half blocks, dark
/// where it is dark, with its quiet zone. Empty if the text is too long for one.
std::string qr_text(const std::string& text);

}  // namespace gw::cli
