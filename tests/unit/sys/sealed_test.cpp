#include "sys/sealed.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <string>

namespace gw::sys {
namespace {

const std::string kText = "one whole configuration";

TEST(Sealed, what_was_sealed_is_read_again) {
  const Result<UniqueFd> fd = seal(as_bytes(kText), "test");
  ASSERT_TRUE(fd);
  const auto bytes = read_sealed(fd->get(), 1024);
  ASSERT_TRUE(bytes);
  EXPECT_EQ(as_text(*bytes), kText);
}

TEST(Sealed, reading_does_not_move_the_offset_that_processes_share) {
  const Result<UniqueFd> fd = seal(as_bytes(kText), "test");
  ASSERT_TRUE(read_sealed(fd->get(), 1024));
  EXPECT_EQ(read_sealed(fd->get(), 1024)->size(), kText.size());
}

TEST(Sealed, nobody_can_change_it) {
  const Result<UniqueFd> fd = seal(as_bytes(kText), "test");
  EXPECT_LT(::pwrite(fd->get(), "x", 1, 0), 0);
  EXPECT_NE(::ftruncate(fd->get(), 1), 0);
  EXPECT_NE(::ftruncate(fd->get(), 1000), 0);
  EXPECT_EQ(::mmap(nullptr, 10, PROT_WRITE, MAP_SHARED, fd->get(), 0), MAP_FAILED);
}

TEST(Sealed, an_unsealed_file_is_refused) {
  const UniqueFd fd(::memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  ASSERT_EQ(::write(fd.get(), "abc", 3), 3);
  EXPECT_EQ(read_sealed(fd.get(), 1024).error().code, ErrorCode::message_malformed);
}

TEST(Sealed, a_file_that_may_still_shrink_is_refused) {
  const UniqueFd fd(::memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  ASSERT_EQ(::fcntl(fd.get(), F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SEAL), 0);
  EXPECT_EQ(read_sealed(fd.get(), 1024).error().code, ErrorCode::message_malformed);
}

TEST(Sealed, a_descriptor_of_another_kind_is_refused) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const UniqueFd reading(ends[0]), writing(ends[1]);
  EXPECT_EQ(read_sealed(reading.get(), 1024).error().code, ErrorCode::message_malformed);
}

TEST(Sealed, the_limit_is_exact) {
  const Result<UniqueFd> fd = seal(as_bytes(kText), "test");
  EXPECT_TRUE(read_sealed(fd->get(), kText.size()));
  EXPECT_EQ(read_sealed(fd->get(), kText.size() - 1).error().code, ErrorCode::file_too_large);
}

}  // namespace
}  // namespace gw::sys
