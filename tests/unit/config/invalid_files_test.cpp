#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "sample.h"

namespace gw::config {
namespace {

/// The lines `# expect: LINE:COLUMN code` at the top of a file, with ` warning` behind a code that is one.
std::string expected(const std::string& text) {
  constexpr std::string_view kMark = "# expect: ";
  std::istringstream lines(text);
  std::string out;
  for (std::string line; std::getline(lines, line) && line.starts_with(kMark);)
    out += line.substr(kMark.size()) + "\n";
  return out;
}

TEST(InvalidFiles, each_fails_with_exactly_its_lines_and_codes) {
  const std::filesystem::path folder = std::filesystem::path(GW_SOURCE_DIR) / "configs" / "invalid";
  std::size_t count = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() != ".yaml") continue;
    SCOPED_TRACE(file.path().filename().string());
    const std::string text = read_text("configs/invalid/" + file.path().filename().string());
    const auto compiled = compile_sample(text);
    EXPECT_NE(expected(text), "") << "the file does not say what it expects";
    EXPECT_EQ(places(compiled), expected(text)) << to_text(compiled.problems, "");
    EXPECT_FALSE(compiled.configuration);
    ++count;
  }
  EXPECT_GE(count, 30u);
}

}  // namespace
}  // namespace gw::config
