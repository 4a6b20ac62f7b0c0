#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace gw::slot {

/// How a program ended, and what it wrote.
struct Ended {
  int status = 0;  ///< as waitpid(2) has it
  std::string output{};
  std::string complaints{};  ///< of its standard error; ours gets them too, once it has ended
};
/// Of a program of the image, as output_of has it started. system.call_failed if it could not be.
Result<Ended> ending_of(const std::vector<std::string>& command);

/// What a program of the image wrote to its standard output, when it ended well. It inherits descriptor 0
/// and an empty environment but for a PATH of the image. system.call_failed with the command's name, how it
/// ended, and the last sentence that it wrote to each of both.
Result<std::string> output_of(const std::vector<std::string>& command);

}  // namespace gw::slot
