#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace gw::supervisor {

/// What the command line said.
struct Options {
  std::string config{};                  ///< the configuration file; its directory is where file names lead
  std::string run_dir = "/run/sekisho";  ///< holds the control socket
  std::string state_dir = "/var/lib/sekisho";  ///< what must outlive a reboot
  std::string programs{};  ///< where sekisho-proxyd and the others are; default: beside this program
  std::string log{};       ///< default: standard output
  std::string tpm{};       ///< its device or socket; default: /dev/tpmrm0 if there is one
  bool here = false;       ///< the caller's network namespace takes the place of lan and wan
};

/// text.malformed with what is wrong. `arguments` without the program's name.
Result<Options> parse_options(const std::vector<std::string>& arguments);
const char* usage();

}  // namespace gw::supervisor
