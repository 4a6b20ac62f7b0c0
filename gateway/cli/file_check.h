#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/call.h"
#include "config/problems.h"

namespace gw::cli {

/// What a reader found wrong with a file; usable if there is no error.
struct Found {
  std::vector<config::Problem> problems{};
  std::size_t errors = 0;
};

/// Every file of the call by `read`: its problems and a verdict each, as text or under `key` as JSON. The
/// exit code: kFailed if one is not usable, kInputMissing if one cannot be read.
int check_files(const Call& call, std::string_view key, const std::function<Found(std::string_view)>& read);

/// The problems of one file, a line each.
std::string report_on(const std::string& path, const std::vector<config::Problem>& problems,
                      Language language);

}  // namespace gw::cli
