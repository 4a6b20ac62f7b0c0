#include "component/keys/relay.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

namespace gw::keys {
namespace {

constexpr ssize_t kPiece = 7;  // shorter than the header of an answer

}  // namespace

Relay::Relay(UniqueFd tpm, std::chrono::milliseconds delay) : tpm_(std::move(tpm)), delay_(delay) {
  int ends[2] = {-1, -1};
  EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
  own_end_.reset(ends[0]);
  box_end_.reset(ends[1]);
  worker_ = std::thread([this] { work(); });
}

Relay::~Relay() {
  box_end_.reset();
  ::shutdown(own_end_.get(), SHUT_RDWR);
  ::shutdown(tpm_.get(), SHUT_RDWR);
  worker_.join();
}

void Relay::work() {
  std::array<char, 4096> buffer{};
  for (;;) {
    const ssize_t command = ::read(own_end_.get(), buffer.data(), buffer.size());
    if (command <= 0 ||
        ::send(tpm_.get(), buffer.data(), static_cast<std::size_t>(command), MSG_NOSIGNAL) != command)
      return;
    ++commands_;
    const ssize_t answer = ::read(tpm_.get(), buffer.data(), buffer.size());
    ::poll(nullptr, 0, static_cast<int>(delay_.load().count()));
    for (ssize_t sent = 0; sent < answer; sent += kPiece)
      if (::send(own_end_.get(), buffer.data() + sent,
                 static_cast<std::size_t>(std::min(kPiece, answer - sent)), MSG_NOSIGNAL) < 0)
        return;
    if (answer <= 0) return;
  }
}

}  // namespace gw::keys
