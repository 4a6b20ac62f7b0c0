#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backup/head.h"
#include "backup/part.h"
#include "backup/seal.h"

namespace gw::backup {

inline constexpr std::string_view kManifestFile = "manifest.txt";

/// What is in a backup: its head, and size, digest and name of each part in their order.
struct Manifest {
  struct Entry {
    std::string name{};
    Extent extent{};
  };
  Head head{};
  std::vector<Entry> entries{};
};

std::string manifest_text(const Head& head, const std::vector<Part>& parts);
/// Of exactly that text; nothing otherwise.
std::optional<Manifest> parse_manifest(std::string_view text);

}  // namespace gw::backup
