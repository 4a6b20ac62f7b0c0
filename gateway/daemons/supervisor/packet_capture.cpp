#include "packet_capture.h"

#include <fcntl.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sys/socket.h>

#include "asker.h"
#include "ipc/inherited.h"
#include "ipc/messages/capture.h"
#include "model/accounts.h"
#include "packet_socket.h"
#include "sys/namespaces.h"
#include "sys/sealed.h"

namespace gw::supervisor {
namespace {

namespace msg = ipc::capture;

constexpr std::uint32_t kSeen = 512;                // octets of a frame; no heads are longer
constexpr int kWaiting = 2 * 1024 * 1024;           // octets the kernel keeps until they are read
constexpr std::chrono::seconds kToItsEnd{5};        // for the file, when the time is over
constexpr Ground kGrounds[] = {Ground::lan, Ground::wan, Ground::mgmt};

std::vector<sock_filter> only(unsigned interface) {
  return {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(SKF_AD_OFF + SKF_AD_IFINDEX)),
          BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, interface, 0, 1), BPF_STMT(BPF_RET | BPF_K, kSeen),
          BPF_STMT(BPF_RET | BPF_K, 0)};
}

/// Wherever it stands: no two interfaces of the box have one name.
Result<UniqueFd> listen_on(const Grounds& grounds, const std::string& interface) {
  constexpr SocketOption kOptions[] = {{SOL_SOCKET, SO_RCVBUFFORCE, kWaiting}, {SOL_SOCKET, SO_TIMESTAMPNS, 1}};
  for (const Ground ground : kGrounds) {
    GW_TRY(const sys::NetworkVisit visit, sys::NetworkVisit::enter(*grounds.network(ground)));
    const unsigned index = ::if_nametoindex(interface.c_str());
    if (index != 0) return open_packet_socket(model::kCaptureAccount, only(index), kOptions);
  }
  return Error{ErrorCode::capture_unsuitable, "the box has no interface " + interface};
}

std::uint64_t missed_by(int socket) {
  tpacket_stats stats{};
  socklen_t size = sizeof stats;
  return ::getsockopt(socket, SOL_PACKET, PACKET_STATISTICS, &stats, &size) == 0 ? stats.tp_drops : 0;
}

std::string words_of(const ipc::op::CaptureOrder& order) {
  std::string out = order.wish.host ? "host " + order.wish.host->to_text() + " " : "";
  if (order.wish.port != 0) out += "port " + std::to_string(order.wish.port) + " ";
  return out.empty() ? order.reason : out + "- " + order.reason;
}

}  // namespace

Result<> PacketCapture::begin(const ipc::op::CaptureOrder& order) {
  if (running_) return Error{ErrorCode::capture_under_way};
  if (!premises_.grounds.owned())
    return Error{ErrorCode::capture_unsuitable, "the box has no network of its own here"};
  GW_TRY(UniqueFd socket, listen_on(premises_.grounds, order.wish.interface));
  GW_TRY(UniqueFd room, sys::make_room(model::kMaxCapture, "capture"));
  GW_TRY(const UniqueFd wish, sys::seal(encode(order.wish), "wish"));
  Order start{.inputs = {{wish.get(), ipc::kInputFd},
                         {socket.get(), ipc::kSecondInputFd},
                         {room.get(), ipc::kThirdInputFd}}};
  GW_TRY(running_, Running::start(premises_, role(RoleId::packet_capture), std::move(start),
                                  msg::kFromCapture,
                                  {[this](const ipc::Frame& frame) { hear(frame); },
                                   [this](const sys::Ending& ending, const std::string& words) {
                                     conclude(ending.to_text() + (words.empty() ? "" : ": " + words));
                                   }}));
  order_ = order;
  state_ = {.began = civil_now(), .wish = order.wish, .by = order.by.name};
  heard_.reset();
  socket_ = std::move(socket);
  room_ = std::move(room);
  until_ = premises_.clock.now() + order.wish.lasting + kToItsEnd;
  return Done{};
}

Result<> PacketCapture::end_now() {
  if (!running_) return Error{ErrorCode::capture_unsuitable, "nothing is being recorded"};
  running_->tell(msg::Msg::stop);
  return Done{};
}

Result<UniqueFd> PacketCapture::file() const {
  if (!state_.has_file) return Error{ErrorCode::capture_unsuitable, "there is no file"};
  UniqueFd out(::fcntl(room_.get(), F_DUPFD_CLOEXEC, 0));
  if (!out) return system_error("fcntl(F_DUPFD_CLOEXEC)");
  return out;
}

void PacketCapture::tick(Instant now) {
  if (running_) running_->tick(now);
  if (now < until_) return;
  until_ = Instant::max();
  if (running_) return running_->kill();  // it concludes when it has ended
  room_.reset();
  state_.has_file = false;
}

void PacketCapture::stop() { running_.reset(); }

void PacketCapture::hear(const ipc::Frame& frame) {
  if (const auto outcome = decode<model::CaptureOutcome>(frame.body)) heard_ = *outcome;
}

void PacketCapture::conclude(const std::string& ending) {
  const Result<> kept = keep(ending);
  state_.ended = civil_now();
  state_.missed = missed_by(socket_.get());
  state_.has_file = static_cast<bool>(kept);
  if (heard_) state_.outcome = *heard_;
  if (!kept) {
    state_.problem = kept.error().to_text().substr(0, kForeignTextLimit);
    room_.reset();
  }
  record(kept);
  socket_.reset();
  until_ = premises_.clock.now() + kKept;
  running_.reset();
}

/// Its writer has ended, so that nobody has a way in any more.
Result<> PacketCapture::keep(const std::string& ending) {
  if (!heard_) return Error{ErrorCode::system_call_failed, "the recorder ended (" + ending + ")"};
  return sys::seal_room(room_.get(), heard_->size);
}

void PacketCapture::record(const Result<>& kept) const {
  Event event = event_by(EventId::capture_made, order_.by);
  event.add(Field::interface, order_.wish.interface)
      .add(Field::detail, words_of(order_))
      .add(Field::count, state_.outcome.frames)
      .add(Field::duration_ms, static_cast<std::uint64_t>((state_.ended - state_.began).count()));
  if (kept)
    event.add(Field::digest, state_.outcome.sha256);
  else
    event.add(Field::result, state_.problem);
  premises_.journal.write(event);
}

std::chrono::milliseconds PacketCapture::civil_now() const {
  return std::chrono::floor<std::chrono::milliseconds>(premises_.clock.civil_now().time_since_epoch());
}

}  // namespace gw::supervisor
