#pragma once

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <string>

namespace gw::support {

struct Outcome {
  int status = 0;
  std::string out{};
};

/// What a shell's command in that folder printed, and how it ended.
inline Outcome run_in(const std::filesystem::path& folder, const std::string& command) {
  const std::string whole = "cd '" + folder.string() + "' && { " + command + "; } 2>&1";
  FILE* pipe = ::popen(whole.c_str(), "r");
  Outcome outcome;
  std::array<char, 4096> buffer{};
  for (std::size_t size; (size = std::fread(buffer.data(), 1, buffer.size(), pipe)) != 0;)
    outcome.out.append(buffer.data(), size);
  outcome.status = WEXITSTATUS(::pclose(pipe));
  return outcome;
}

}  // namespace gw::support
