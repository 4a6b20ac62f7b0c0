#pragma once

#include <string>

#include "link.h"

namespace gw::bench {

/// Standard input, a pipe, line by line: how whoever measures tells a waiting program what is next.
class Lines {
 public:
  explicit Lines(Loop& loop);
  /// Without its end; empty at the end of input.
  sys::Task<std::string> next();

 private:
  sys::Wake wake_;
  sys::Readiness readiness_;
  std::string waiting_;
};

}  // namespace gw::bench
