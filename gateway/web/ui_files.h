#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace gw::web {

/// A file of the pages that administrators see, as it goes over the wire. Made from gateway/web/ui when the
/// program is built (gateway/web/ui/scripts/build.mjs), so nothing is read from a disk.
struct UiFile {
  std::string_view path;
  std::string_view content_type;
  std::string_view etag;                   ///< with its quotes (RFC 9110 8.8.3)
  std::span<const std::uint8_t> octets{};  ///< gzip, which every browser takes
  bool is_hashed = false;                  ///< its name changes with its content
};
std::span<const UiFile> ui_files();

}  // namespace gw::web
