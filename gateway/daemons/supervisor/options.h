#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace gw::supervisor {

/// A PKCS#11 token, if the box has one.
struct TokenOptions {
  std::string module{};  ///< file of its library; empty: there is no token
  std::string pin{};     ///< file with its PIN in the first line
  std::string data{};    ///< folder that the library keeps files in, of model::kTokenAccount; may be empty
  std::string environment{};  ///< NAME=VALUE, what the library wants to find in its environment; may be empty
};

/// What the command line said.
struct Options {
  std::string config{};                  ///< the configuration file; its directory is where file names lead
  std::string run_dir = "/run/sekisho";  ///< holds the control socket
  std::string state_dir = "/var/lib/sekisho";  ///< what must outlive a reboot
  std::string programs{};  ///< where sekisho-proxyd and the others are; default: beside this program
  std::string packs{};     ///< folder of rule packs that root alone writes and everybody reads; default: none
  std::string profiles{};  ///< folder of service profiles, likewise
  std::string log{};       ///< default: standard output
  std::string tpm{};       ///< its device or socket; default: /dev/tpmrm0 if there is one
  TokenOptions token{};
  bool here = false;  ///< the caller's network namespace takes the place of lan and wan
};

/// text.malformed with what is wrong. `arguments` without the program's name.
Result<Options> parse_options(const std::vector<std::string>& arguments);
const char* usage();

}  // namespace gw::supervisor
