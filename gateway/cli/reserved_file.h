#pragma once

#include <string>
#include <string_view>

#include "base/fd.h"
#include "base/result.h"

namespace gw::cli {

/// A new file that is made before what is to be in it, so that nothing is issued that could not be written.
/// Gone again unless write() has been called.
class ReservedFile {
 public:
  /// file.unreadable if something has the name already, or there is no room for it.
  static Result<ReservedFile> make(const std::string& path, mode_t mode);
  ReservedFile(ReservedFile&& other) noexcept;
  ReservedFile& operator=(ReservedFile&& other) = delete;
  ~ReservedFile();

  Result<> write(std::string_view content);

 private:
  ReservedFile(std::string path, UniqueFd file) : path_(std::move(path)), file_(std::move(file)) {}

  std::string path_;  // empty: not to be taken away
  UniqueFd file_;
};

}  // namespace gw::cli
