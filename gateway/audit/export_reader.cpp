#include "audit/export_reader.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace gw::audit {

void ExportReader::take(std::string_view piece) {
  while (!piece.empty()) {
    const std::size_t end = piece.find('\n');
    const std::string_view part = piece.substr(0, end);
    if (line_.size() + part.size() > kMostLine)
      is_too_long_ = true;
    else if (!is_too_long_)
      line_.append(part);
    if (end == std::string_view::npos) return;
    end_line();
    piece.remove_prefix(end + 1);
  }
}

void ExportReader::end_line() {
  verification_.take(is_too_long_ ? std::string_view() : line_);  // nothing of ours is empty
  line_.clear();
  is_too_long_ = false;
}

void ExportReader::finish() {
  if (!line_.empty() || is_too_long_) end_line();
}

Result<Verdict> verify_export(int fd, Verification verification) {
  ExportReader reader(verification);
  std::array<char, 64 * 1024> buffer{};
  for (;;) {
    const ssize_t size = ::read(fd, buffer.data(), buffer.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return system_error("read");
    if (size == 0) break;
    reader.take({buffer.data(), static_cast<std::size_t>(size)});
  }
  reader.finish();
  return verification.finish();
}

}  // namespace gw::audit
