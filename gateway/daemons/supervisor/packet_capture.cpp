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

constexpr std::uint32_t kSeen = 512;          // octets of a frame; no heads are longer
constexpr int kWaiting = 2 * 1024 * 1024;     // octets the kernel keeps until they are read
constexpr std::chrono::seconds kToItsEnd{5};  // for the file, when the time is over
constexpr std::chrono::seconds kToGo{1};      // once it has said what came of it
constexpr const char* kLoopback = "lo";       // of each namespace its own
constexpr Ground kGrounds[] = {Ground::lan, Ground::wan, Ground::mgmt};

std::vector<sock_filter> only(unsigned interface) {
  return {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(SKF_AD_OFF + SKF_AD_IFINDEX)),
          BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, interface, 0, 1), BPF_STMT(BPF_RET | BPF_K, kSeen),
          BPF_STMT(BPF_RET | BPF_K, 0)};
}

/// Wherever it stands: no two interfaces of the box have one name.
Result<UniqueFd> listen_on(const Grounds& grounds, const std::string& interface) {
  constexpr SocketOption kOptions[] = {{SOL_SOCKET, SO_RCVBUFFORCE, kWaiting},
                                       {SOL_SOCKET, SO_TIMESTAMPNS, 1},
                                       {SOL_PACKET, PACKET_AUXDATA, 1}};
  if (interface == kLoopback) return Error{ErrorCode::capture_unsuitable, "nobody else is on " + interface};
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

/// As tcpdump has it.
std::string words_of(const model::CaptureWish& wish) {
  std::string out = wish.host ? "host " + wish.host->to_text() : "";
  if (wish.port != 0) out += (out.empty() ? "port " : " and port ") + std::to_string(wish.port);
  return out;
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
  GW_TRY(running_,
         Running::start(premises_, role(RoleId::packet_capture), std::move(start), msg::kFromCapture,
                        {[this](const ipc::Frame& frame) { hear(frame); },
                         [this](const sys::Ending& ending, const std::string& words) {
                           conclude(ending.to_text() + (words.empty() ? "" : ": " + words));
                         }}));
  order_ = order;
  state_ = {.began = civil_now(), .wish = order.wish, .by = order.by.name};
  heard_.reset();
  socket_ = std::move(socket);
  room_ = std::move(room);
  stopped_by_.clear();
  began_ = premises_.clock.now();
  until_ = began_ + order.wish.lasting + kToItsEnd;
  return Done{};
}

Result<> PacketCapture::end_now(const ipc::op::Administrator& by) {
  if (!running_ || !stopped_by_.empty())
    return Error{ErrorCode::capture_unsuitable, "nothing is being recorded"};
  stopped_by_ = by.name;
  until_ = std::min(until_, premises_.clock.now() + kToItsEnd);
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

void PacketCapture::stop() {
  if (running_) conclude("the box stops");
}

/// Nothing is left to do for it then.
void PacketCapture::hear(const ipc::Frame& frame) {
  if (const auto outcome = decode<model::CaptureOutcome>(frame.body)) heard_ = *outcome;
  until_ = std::min(until_, premises_.clock.now() + kToGo);
}

void PacketCapture::conclude(const std::string& ending) {
  running_.reset();  // whoever wrote has ended, so that nobody has a way in any more
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
  until_ = premises_.clock.now() + model::kCaptureKept;
}

Result<> PacketCapture::keep(const std::string& ending) {
  if (!heard_) return Error{ErrorCode::system_call_failed, "the recorder ended (" + ending + ")"};
  return sys::seal_room(room_.get(), heard_->size);
}

void PacketCapture::record(const Result<>& kept) const {
  Event event = event_by(EventId::capture_made, order_.by);
  event.add(Field::interface, order_.wish.interface)
      .add(Field::reason, order_.reason)
      .add(Field::count, state_.outcome.frames);
  const auto lasted = std::chrono::floor<std::chrono::milliseconds>(premises_.clock.now() - began_);
  event.add(Field::duration_ms, static_cast<std::uint64_t>(lasted.count()));
  if (const std::string words = words_of(order_.wish); !words.empty()) event.add(Field::detail, words);
  if (!stopped_by_.empty()) event.add(Field::object, "stopped by " + stopped_by_);
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
