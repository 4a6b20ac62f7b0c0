#include "config/sources.h"

#include <gtest/gtest.h>

#include "base/codec.h"

namespace gw::config {
namespace {

Result<std::string> octets(const std::string& path) {
  if (path == "none") return Error{ErrorCode::file_unreadable, "it is not there"};
  return path.starts_with("large") ? std::string(kMaxFile, 'x') : "content of " + path;
}

TEST(SourcesTest, what_was_read_is_read_again) {
  Sources kept;
  const FileReader first = keeping(octets, kept);
  EXPECT_EQ(*first("a.pem"), "content of a.pem");
  EXPECT_EQ(*first("a.pem"), "content of a.pem");
  EXPECT_FALSE(first("none"));
  ASSERT_EQ(kept.files.size(), 1u) << "each file once, and none that could not be read";
  const auto back = decode<Sources>(encode(kept));
  ASSERT_TRUE(back);
  EXPECT_EQ(*reader_of(*back)("a.pem"), "content of a.pem");
  EXPECT_EQ(reader_of(*back)("b.pem").error().code, ErrorCode::file_unreadable);
}

TEST(SourcesTest, a_file_that_changes_meanwhile_is_read_once) {
  Sources kept;
  int times = 0;
  const FileReader read =
      keeping([&times](const std::string&) -> Result<std::string> { return std::to_string(++times); }, kept);
  EXPECT_EQ(*read("a.pem"), "1");
  EXPECT_EQ(*read("a.pem"), "1");
}

TEST(SourcesTest, they_have_a_bound) {
  Sources kept;
  const FileReader read = keeping(octets, kept);
  for (std::size_t i = 0; i < kMostKept / kMaxFile; ++i) EXPECT_TRUE(read("large" + std::to_string(i)));
  EXPECT_EQ(read("a.pem").error().code, ErrorCode::file_too_large);
}

}  // namespace
}  // namespace gw::config
