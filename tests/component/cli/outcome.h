#pragma once

#include <gtest/gtest.h>

#include <cstdio>
#include <string>

#include "cli/call.h"

namespace gw::component {

/// What a command ended with and said.
struct Outcome {
  int code;
  std::string out;
  std::string complaint;
};

inline Outcome run(int (*command)(const cli::Call&), const cli::Call& call) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const int code = command(call);
  std::fflush(stdout);
  return {code, testing::internal::GetCapturedStdout(), testing::internal::GetCapturedStderr()};
}

}  // namespace gw::component
