#pragma once

#include <fcntl.h>

#include <string>

#include "base/fd.h"

namespace gw::cli {

/// A configuration file as it is handed on: the open file and the directory it stands in.
struct Input {
  UniqueFd file;
  UniqueFd directory;
  explicit operator bool() const { return file && directory; }
};

/// Without one of the two descriptors if it cannot be opened; errno says why.
inline Input open_input(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string directory = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  Input input{UniqueFd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)), {}};
  if (input.file) input.directory.reset(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return input;
}

}  // namespace gw::cli
