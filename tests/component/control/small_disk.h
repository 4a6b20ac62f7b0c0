#pragma once

#include <filesystem>
#include <string>

namespace gw::component {

/// From here on nobody else sees what this process and its children mount. Before any thread; throws.
void leave_mounts();

/// A file system of so many octets in memory, in a mount namespace of the test program's own. Gone with this
/// object. Wants root; throws.
class SmallDisk {
 public:
  /// In a folder of its own, or over one that is there.
  explicit SmallDisk(std::uint64_t octets, std::filesystem::path folder = {});
  SmallDisk(const SmallDisk&) = delete;
  ~SmallDisk();

  const std::filesystem::path& folder() const { return folder_; }
  std::uint64_t room() const;
  /// Fills it to the last octet with a file of somebody else's.
  void fill() const;
  void empty() const;

 private:
  std::filesystem::path folder_;
};

}  // namespace gw::component
