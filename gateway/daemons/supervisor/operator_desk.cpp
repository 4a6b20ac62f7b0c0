#include "operator_desk.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "sys/sealed.h"

namespace gw::supervisor {
namespace {

namespace msg = ipc::op;

constexpr std::size_t kMostVisitors = 8;
constexpr std::size_t kMostDetail = 512;

Result<UniqueFd> listen_at(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path)
    return Error{ErrorCode::text_malformed, "path too long: " + path};
  std::memcpy(address.sun_path, path.data(), path.size());
  UniqueFd fd(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!fd) return system_error("socket");
  ::unlink(path.c_str());
  const mode_t before = ::umask(0177);
  const int bound = ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
  ::umask(before);
  if (bound != 0) return system_error("bind(" + path + ")");
  if (::listen(fd.get(), static_cast<int>(kMostVisitors)) != 0) return system_error("listen(" + path + ")");
  return fd;
}

bool is_root(int fd) {
  ucred peer{};
  socklen_t size = sizeof peer;
  return ::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == 0;
}

/// With the compiler's words, if there are any.
template <class Body>
bool say(const ipc::Channel& channel, std::uint64_t request, msg::Msg type, const Body& body,
         UniqueFd report) {
  if (!report)
    if (auto nothing = sys::seal({}, "report")) report = *std::move(nothing);
  return static_cast<bool>(channel.send(ipc::type_number(type), request, encode(body), {report.get()}));
}

bool reject(const ipc::Channel& channel, std::uint64_t request, const Error& error, UniqueFd report) {
  const msg::Rejected rejected{error.code, error.detail.substr(0, kMostDetail)};
  return say(channel, request, msg::Msg::rejected, rejected, std::move(report));
}

}  // namespace

Result<std::unique_ptr<OperatorDesk>> OperatorDesk::open(const Premises& premises, const std::string& path,
                                                         Services services) {
  GW_TRY(UniqueFd socket, listen_at(path));
  return std::unique_ptr<OperatorDesk>(
      new OperatorDesk(premises, path, std::move(socket), std::move(services)));
}

OperatorDesk::OperatorDesk(const Premises& premises, std::string path, UniqueFd socket, Services services)
    : premises_(premises),
      path_(std::move(path)),
      socket_(std::move(socket)),
      services_(std::move(services)) {
  premises_.loop.watch(socket_.get(), [this] { welcome(); });
}

OperatorDesk::~OperatorDesk() {
  ::unlink(path_.c_str());
  premises_.loop.forget(socket_.get());
  for (const auto& [id, visitor] : visitors_) premises_.loop.forget(visitor.channel.fd());
}

void OperatorDesk::welcome() {
  UniqueFd fd(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
  if (!fd || !is_root(fd.get()) || visitors_.size() >= kMostVisitors) return;
  admit({ipc::Channel(std::move(fd))});
}

void OperatorDesk::admit(Visitor visitor) {
  const VisitorId id = ++last_visitor_;
  premises_.loop.watch(visitor.channel.fd(), [this, id] { hear(id); });
  visitors_.emplace(id, std::move(visitor));
}

/// It decides, and is believed to have found out who asks (architecture 3.2).
Result<UniqueFd> OperatorDesk::admit_controld() {
  GW_TRY(auto ends, ipc::Channel::pair());
  admit({std::move(ends.first), ipc::Conversation(msg::kFromControld), true});
  return ends.second.release();
}

void OperatorDesk::part_from(VisitorId id) {
  const auto found = visitors_.find(id);
  if (found == visitors_.end()) return;
  premises_.loop.forget(found->second.channel.fd());
  const bool awaited_proof = found->second.awaits_proof;
  visitors_.erase(found);
  if (awaited_proof) services_.leave_proof();
}

void OperatorDesk::hear(VisitorId id) {
  Visitor& visitor = visitors_.at(id);
  Result<std::optional<ipc::Frame>> frame = visitor.channel.receive();
  if (frame && !*frame) return;
  if (!frame || !visitor.conversation.accept(**frame) || !serve({id, visitor, **frame})) part_from(id);
}

bool OperatorDesk::reply(const Question& asked, msg::Msg kind, Bytes body, std::vector<int> fds) {
  return static_cast<bool>(
      asked.visitor.channel.send(ipc::type_number(kind), asked.frame.request, body, std::move(fds)));
}

bool OperatorDesk::reply_with(const Question& asked, msg::Msg kind, const Result<UniqueFd>& product) {
  return product ? reply(asked, kind, {}, {product->get()}) : refuse(asked, product.error());
}

bool OperatorDesk::refuse(const Question& asked, const Error& error) {
  return reject(asked.visitor.channel, asked.frame.request, error, {});
}

/// With no product it is done, and there is no more to say.
void OperatorDesk::answer(VisitorId id, std::uint64_t request, msg::Msg kind,
                          const Result<UniqueFd>& product) {
  const auto found = visitors_.find(id);
  if (found == visitors_.end()) return;
  const ipc::Channel& channel = found->second.channel;
  if (!product)
    reject(channel, request, product.error(), {});
  else if (!*product)
    static_cast<void>(channel.send(ipc::type_number(msg::Msg::done), request, {}));
  else
    static_cast<void>(channel.send(ipc::type_number(kind), request, {}, {product->get()}));
}

void OperatorDesk::answer(VisitorId id, std::uint64_t request, Outcome outcome) {
  const auto found = visitors_.find(id);
  if (found == visitors_.end()) return;  // left before the end; the publication did not
  const ipc::Channel& channel = found->second.channel;
  if (outcome.result)
    say(channel, request, msg::Msg::published, *outcome.result, std::move(outcome.report));
  else
    reject(channel, request, outcome.result.error(), std::move(outcome.report));
}

void OperatorDesk::answer(VisitorId id, std::uint64_t request, const Result<ProofPtr>& proof) {
  const auto found = visitors_.find(id);
  if (found == visitors_.end()) return;
  const ipc::Channel& channel = found->second.channel;
  const Result<UniqueFd> sealed =
      !proof   ? proof.error()
      : *proof ? sys::seal(encode(**proof), "proof")
               : Result<UniqueFd>(Error{ErrorCode::proof_unavailable, "none was made yet"});
  if (!sealed) {
    reject(channel, request, sealed.error(), {});
    return;
  }
  static_cast<void>(channel.send(ipc::type_number(msg::Msg::proof), request, {}, {sealed->get()}));
}

}  // namespace gw::supervisor
