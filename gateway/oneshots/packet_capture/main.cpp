// sekisho-packet-capture: records the heads of packets that a socket hears, for a bounded time (DEM-03). The
// supervisor opened the socket; reading it needs no power, and without an address it sends nothing.

#include <linux/if_ether.h>
#include <linux/if_packet.h>
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

/// What the kernel tells beside the frame.
void read_beside(msghdr& message, capture::Seen& seen) {
  for (cmsghdr* one = CMSG_FIRSTHDR(&message); one != nullptr; one = CMSG_NXTHDR(&message, one)) {
    if (one->cmsg_level == SOL_SOCKET && one->cmsg_type == SCM_TIMESTAMPNS) {
      timespec time{};
      std::memcpy(&time, CMSG_DATA(one), sizeof time);
      seen.since_1970 = std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
    }
    if (one->cmsg_level == SOL_PACKET && one->cmsg_type == PACKET_AUXDATA) {
      tpacket_auxdata told{};
      std::memcpy(&told, CMSG_DATA(one), sizeof told);
      seen.length = told.tp_len;
      const bool has_type = (told.tp_status & TP_STATUS_VLAN_TPID_VALID) != 0;
      if ((told.tp_status & TP_STATUS_VLAN_VALID) != 0)
        seen.tag =
            std::uint32_t{has_type ? told.tp_vlan_tpid : std::uint16_t{ETH_P_8021Q}} << 16 | told.tp_vlan_tci;
    }
  }
}

/// False: none waits.
bool take_one(capture::Recorder& recorder) {
  std::array<std::uint8_t, kSeen> octets;
  alignas(cmsghdr) std::array<char, 256> beside;
  iovec into{octets.data(), octets.size()};
  msghdr message{};
  message.msg_iov = &into;
  message.msg_iovlen = 1;
  message.msg_control = beside.data();
  message.msg_controllen = beside.size();
  const ssize_t size = ::recvmsg(ipc::kSecondInputFd, &message, MSG_DONTWAIT);
  if (size < 0) return errno == EINTR || errno == ENETDOWN;
  capture::Seen seen;
  seen.bytes = Bytes(octets.data(), static_cast<std::size_t>(size));
  seen.length = seen.bytes.size();
  read_beside(message, seen);
  recorder.take(seen);
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
