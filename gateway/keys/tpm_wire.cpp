#include "keys/tpm_wire.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace gw::keys {
namespace {

constexpr std::uint64_t kMagic = 0x53454b4953484f00;  // any number that says whose transport it is
constexpr std::size_t kHeaderSize = 10;               // TPM 2.0 part 1, 18.2: tag, size, code

std::size_t announced_size(const std::uint8_t* answer) {
  std::size_t size = 0;
  for (int i = 2; i < 6; ++i) size = size << 8 | answer[i];
  return size;
}

}  // namespace

TpmWire::TpmWire(UniqueFd descriptor) : descriptor_(std::move(descriptor)) {
  TSS2_TCTI_CONTEXT_COMMON_V1& calls = face_.common.v1;
  calls.magic = kMagic;
  calls.version = 2;
  calls.transmit = [](TSS2_TCTI_CONTEXT* self, std::size_t size, const std::uint8_t* command) {
    return behind(self).transmit(size, command);
  };
  // The library always waits for ever; how long that is, the wire knows.
  calls.receive = [](TSS2_TCTI_CONTEXT* self, std::size_t* size, std::uint8_t* answer, std::int32_t) {
    return behind(self).receive(size, answer);
  };
  face_.wire = this;

  struct stat what {};
  is_socket_ = ::fstat(descriptor_.get(), &what) == 0 && S_ISSOCK(what.st_mode);
  // A device works within a blocking write, so long as the TPM takes: only without blocking is there a
  // deadline.
  const int flags = ::fcntl(descriptor_.get(), F_GETFL);
  if (flags < 0 || ::fcntl(descriptor_.get(), F_SETFL, flags | O_NONBLOCK) != 0)
    take_down("its descriptor is not one of a TPM");
}

void TpmWire::take_down(std::string why) {
  if (!is_up()) return;
  descriptor_.reset();
  why_down_ = std::move(why);
}

TSS2_RC TpmWire::failed(std::string why) {
  take_down(std::move(why));
  return TSS2_TCTI_RC_IO_ERROR;
}

bool TpmWire::wait_for(short events) {
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - system_clock().now()).count();
    pollfd one{descriptor_.get(), events, 0};
    const int ready = left > 0 ? ::poll(&one, 1, static_cast<int>(left)) : 0;
    if (ready > 0) return true;
    if (ready < 0 && errno == EINTR) continue;
    take_down("the TPM did not answer within " + std::to_string(patience_.count()) + " ms");
    return false;
  }
}

TSS2_RC TpmWire::transmit(std::size_t size, const std::uint8_t* command) {
  if (!is_up()) return TSS2_TCTI_RC_IO_ERROR;
  deadline_ = system_clock().now() + patience_;
  got_ = 0;
  while (size > 0) {
    const ssize_t sent = is_socket_ ? ::send(descriptor_.get(), command, size, MSG_NOSIGNAL)
                                    : ::write(descriptor_.get(), command, size);
    if (sent > 0) {
      command += sent;
      size -= static_cast<std::size_t>(sent);
    } else if (sent < 0 && errno == EAGAIN) {
      if (!wait_for(POLLOUT)) return TSS2_TCTI_RC_IO_ERROR;
    } else if (sent == 0 || errno != EINTR) {
      return failed(std::string("the TPM takes no command: ") + std::strerror(errno));
    }
  }
  return TSS2_RC_SUCCESS;
}

bool TpmWire::read_some() {
  if (!wait_for(POLLIN)) return false;
  const ssize_t size = ::read(descriptor_.get(), answer_.data() + got_, answer_.size() - got_);
  if (size > 0) got_ += static_cast<std::size_t>(size);
  if (size > 0 || (size < 0 && (errno == EAGAIN || errno == EINTR))) return true;
  take_down(size == 0 ? "the TPM ended the connection"
                      : std::string("the TPM's answer cannot be read: ") + std::strerror(errno));
  return false;
}

TSS2_RC TpmWire::receive(std::size_t* size, std::uint8_t* answer) {
  if (!is_up()) return TSS2_TCTI_RC_IO_ERROR;
  if (answer == nullptr) {
    *size = answer_.size();
    return TSS2_RC_SUCCESS;
  }
  while (got_ < kHeaderSize)
    if (!read_some()) return TSS2_TCTI_RC_IO_ERROR;
  const std::size_t whole = announced_size(answer_.data());
  if (whole < kHeaderSize || whole > std::min(answer_.size(), *size))
    return failed("the TPM's answer has no size");
  while (got_ < whole)
    if (!read_some()) return TSS2_TCTI_RC_IO_ERROR;
  if (got_ != whole) return failed("the TPM said more than its answer");
  std::copy_n(answer_.begin(), whole, answer);
  *size = whole;
  return TSS2_RC_SUCCESS;
}

}  // namespace gw::keys
