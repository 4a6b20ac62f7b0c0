#include "config/files.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "config/pem.h"
#include "sample.h"

namespace gw::config {
namespace {

/// A directory with a file beside it that must not be reached.
class Files : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "sekisho-files-XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    root_ = name;
    std::filesystem::create_directories(root_ / "box" / "pki");
    write("outside.pem", "outside");
    write("box/pki/a.pem", "inside");
    directory_.reset(::open((root_ / "box").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    ASSERT_TRUE(directory_);
  }
  void TearDown() override { std::filesystem::remove_all(root_); }

  void write(const std::string& path, const std::string& content) { std::ofstream(root_ / path) << content; }
  void link(const std::string& path, const std::string& target) {
    std::filesystem::create_symlink(target, root_ / path);
  }
  /// The content, or the code of the refusal.
  std::string read(const std::string& path) {
    const auto content = reader_beneath(directory_.get())(path);
    return content ? *content : std::string(to_string(content.error().code));
  }

  std::filesystem::path root_;
  UniqueFd directory_;
};

TEST_F(Files, what_lies_beneath_the_directory_is_read) { EXPECT_EQ(read("pki/a.pem"), "inside"); }

TEST_F(Files, nothing_leads_out_of_the_directory) {
  link("box/pki/up.pem", "../../outside.pem");
  link("box/pki/absolute.pem", (root_ / "outside.pem").string());
  link("box/out", "..");
  for (const char* path :
       {"../outside.pem", "pki/../../outside.pem", "pki/up.pem", "pki/absolute.pem", "out/outside.pem"})
    EXPECT_EQ(read(path), "file.unreadable") << path;
  EXPECT_EQ(read((root_ / "outside.pem").string()), "file.unreadable");
}

TEST_F(Files, a_link_inside_the_directory_is_followed) {
  link("box/pki/current.pem", "a.pem");
  EXPECT_EQ(read("pki/current.pem"), "inside");
}

TEST_F(Files, only_regular_files_are_read) {
  ASSERT_EQ(::mkfifo((root_ / "box/pki/fifo").c_str(), 0600), 0);
  EXPECT_EQ(read("pki/fifo"), "file.unreadable");
  EXPECT_EQ(read("pki"), "file.unreadable");
  EXPECT_EQ(read("pki/none.pem"), "file.unreadable");
}

TEST_F(Files, a_file_has_its_bound) {
  write("box/most.pem", std::string(kMaxFile, 'x'));
  write("box/more.pem", std::string(kMaxFile + 1, 'x'));
  EXPECT_EQ(read("most.pem").size(), kMaxFile);
  EXPECT_EQ(read("more.pem"), "file.too_large");
}

TEST_F(Files, a_configuration_that_cannot_be_read_is_a_problem) {
  const auto compiled = compile_file(directory_.get(), sample_surroundings());
  EXPECT_EQ(places(compiled), "0:0 config.unreadable\n");
  write("large.yaml", std::string(1024 * 1024 + 1, '#'));
  const UniqueFd large(::open((root_ / "large.yaml").c_str(), O_RDONLY | O_CLOEXEC));
  EXPECT_EQ(places(compile_file(large.get(), sample_surroundings())), "0:0 config.too_large\n");
}

TEST(Pem, only_the_certificate_blocks_remain) {
  const std::string one(kCertificate);
  EXPECT_EQ(*certificate_blocks("remark\n" + one + "another\n" + one), one + one);
}

TEST(Pem, what_is_no_certificate_is_refused) {
  for (const std::string& text :
       {std::string(), std::string("hello"), std::string("-----BEGIN CERTIFICATE-----\nAAAA"),
        std::string("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"),
        std::string("-----BEGIN CERTIFICATE-----\nAA\0A\n-----END CERTIFICATE-----\n", 59),
        std::string(kCertificate) + "-----BEGIN EC " "PRIVATE KEY-----\n",
        "-----BEGIN CERTIFICATE-----\n" + std::string(kCertificate)}) {
    const auto blocks = certificate_blocks(text);
    ASSERT_FALSE(blocks) << text;
    EXPECT_EQ(blocks.error().code, ErrorCode::config_certificate);
  }
}

}  // namespace
}  // namespace gw::config
