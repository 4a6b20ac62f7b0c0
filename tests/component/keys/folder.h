#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"

namespace gw::keys {

/// A folder that goes with all it holds.
class Folder {
 public:
  Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder();

  std::string path(std::string_view name) const { return root_ + "/" + std::string(name); }
  /// \return the path.
  std::string write(std::string_view name, Bytes content) const;
  std::string read(std::string_view name) const;

 private:
  std::string root_;
};

/// Runs a line of shell; what it writes goes to `output`. The exit status.
int run(const std::string& line, std::string* output = nullptr);

}  // namespace gw::keys
