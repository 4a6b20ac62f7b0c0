#include "cli/qr.h"

#include <qrencode.h>

#include <memory>

namespace gw::cli {
namespace {

constexpr int kQuiet = 4;  // modules (ISO/IEC 18004 5.3.8)

using CodePtr = std::unique_ptr<QRcode, decltype([](QRcode* code) { QRcode_free(code); })>;

bool is_dark(const QRcode& code, int row, int column) {
  const bool inside = row >= 0 && row < code.width && column >= 0 && column < code.width;
  return inside && (code.data[row * code.width + column] & 1) != 0;
}

/// The block that shows two modules, the dark ones as ink.
const char* block(bool upper_dark, bool lower_dark) {
  if (upper_dark) return lower_dark ? "█" : "▀";
  return lower_dark ? "▄" : " ";
}

}  // namespace

std::string qr_text(const std::string& text) {
  const CodePtr code(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M));
  std::string out;
  if (!code) return out;
  for (int row = -kQuiet; row < code->width + kQuiet; row += 2) {
    for (int column = -kQuiet; column < code->width + kQuiet; ++column)
      out += block(is_dark(*code, row, column), is_dark(*code, row + 1, column));
    out += '\n';
  }
  return out;
}

}  // namespace gw::cli
