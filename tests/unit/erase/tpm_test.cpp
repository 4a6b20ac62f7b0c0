#include "erase/tpm.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/fd.h"

namespace gw::erase {
namespace {

using namespace std::chrono_literals;

TEST(Tpm, one_that_does_not_answer_is_waited_for_no_longer_than_said) {
  const std::string path = testing::TempDir() + "tpm." + std::to_string(::getpid());
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  ASSERT_LT(path.size(), sizeof address.sun_path);
  path.copy(address.sun_path, path.size());
  const UniqueFd mute(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  ASSERT_EQ(::bind(mute.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  ASSERT_EQ(::listen(mute.get(), 1), 0);
  const auto cleared = clear_tpm(path, 50ms);
  ::unlink(path.c_str());
  ASSERT_FALSE(cleared);
  EXPECT_EQ(cleared.error().code, ErrorCode::status_unavailable);
}

}  // namespace
}  // namespace gw::erase
