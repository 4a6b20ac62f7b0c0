// sekisho-packet-capture: records the heads of packets that a socket hears, for a bounded time (DEM-03). The
// supervisor opened the socket; reading it needs no power, and without an address it sends nothing.

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>

#include "base/clock.h"
#include "capture/recorder.h"
#include "ipc/inherited.h"
#include "ipc/messages/capture.h"
#include "pki/certificate.h"
#include "sys/sealed.h"
#include "sys/shut_in.h"

namespace {

using namespace gw;
using ipc::capture::Msg;

constexpr std::size_t kMostWish = 4096;
constexpr std::size_t kSeen = 512;  // octets of a frame; no heads are longer
constexpr int kAtOnce = 256;        // frames, before the time and the supervisor have their turn

std::chrono::nanoseconds time_in(msghdr& message) {
  for (cmsghdr* one = CMSG_FIRSTHDR(&message); one != nullptr; one = CMSG_NXTHDR(&message, one)) {
    if (one->cmsg_level != SOL_SOCKET || one->cmsg_type != SCM_TIMESTAMPNS) continue;
    timespec time{};
    std::memcpy(&time, CMSG_DATA(one), sizeof time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
  }
  return std::chrono::nanoseconds{0};
}

/// False: none waits.
bool take_one(capture::Recorder& recorder) {
  std::array<std::uint8_t, kSeen> seen;
  alignas(cmsghdr) std::array<char, 128> beside;
  iovec into{seen.data(), seen.size()};
  msghdr message{};
  message.msg_iov = &into;
  message.msg_iovlen = 1;
  message.msg_control = beside.data();
  message.msg_controllen = beside.size();
  const ssize_t length = ::recvmsg(ipc::kSecondInputFd, &message, MSG_DONTWAIT | MSG_TRUNC);
  if (length < 0) return errno == EINTR || errno == ENETDOWN;
  const auto whole = static_cast<std::size_t>(length);
  recorder.take(time_in(message), Bytes(seen.data(), std::min(whole, seen.size())), whole);
  return true;
}

/// Until it is enough: the time is over, the file full, or the supervisor says so or is gone.
void record(capture::Recorder& recorder, const ipc::Channel& control, Instant until) {
  while (!recorder.is_full()) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - system_clock().now());
    if (left.count() <= 0) return;
    std::array<pollfd, 2> waiting{{{control.fd(), POLLIN, 0}, {ipc::kSecondInputFd, POLLIN, 0}}};
    if (::poll(waiting.data(), waiting.size(), static_cast<int>(left.count())) < 0 && errno != EINTR) return;
    if (waiting[0].revents != 0) return;
    for (int i = 0; i < kAtOnce && !recorder.is_full() && take_one(recorder); ++i) {
    }
  }
}

/// Into the room that the supervisor made, and no further.
Result<> put(Bytes file) {
  while (!file.empty()) {
    const ssize_t size = ::write(ipc::kThirdInputFd, file.data(), file.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return system_error("write");
    file = file.subspan(static_cast<std::size_t>(size));
  }
  return Done{};
}

Result<> run(const ipc::Channel& control) {
  static_cast<void>(pki::sha256_of({}));  // the library reads its settings while files can still be opened
  GW_TRY(sys::shut_in(sys::Filter::watchd));
  GW_TRY(const auto bytes, sys::read_sealed(ipc::kInputFd, kMostWish));
  GW_TRY(const auto wish, decode<model::CaptureWish>(bytes));
  capture::Recorder recorder(wish);
  record(recorder, control, system_clock().now() + wish.lasting);
  GW_TRY(put(recorder.file()));
  const model::CaptureOutcome outcome{recorder.frames(), recorder.file().size(), recorder.is_full(),
                                      to_hex(pki::sha256_of(recorder.file()))};
  return control.send(ipc::type_number(Msg::recorded), 0, encode(outcome));
}

}  // namespace

int main() {
  const ipc::Channel control{UniqueFd(ipc::kControlFd)};
  const Result<> done = run(control);
  if (done) return 0;
  std::fprintf(stderr, "%s\n", done.error().to_text().c_str());
  return 1;
}
