#pragma once

#include <string>

namespace gw::cli {

/// A QR code (ISO/IEC 18004, correction level M) for a screen or a printer: two rows of it in each line of
/// half blocks, dark on light, with its quiet zone. Empty if the text is too long for one.
std::string qr_text(const std::string& text);

}  // namespace gw::cli
