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
using Kind = ipc::control_records::Msg;

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

/// A state of many listeners may not fit into one message; the listeners at the end are left out.
std::vector<std::uint8_t> encode_fitting(msg::State state) {
  std::vector<std::uint8_t> body = encode(state);
  while (body.size() > ipc::kMaxBody && !state.listeners.empty()) {
    state.listeners.resize(state.listeners.size() / 2);
    body = encode(state);
  }
  return body;
}

/// With the compiler's words, if there are any.
template <class Body>
bool say(const ipc::Channel& channel, std::uint64_t request, msg::Msg type, const Body& body,
         UniqueFd report) {
  if (!report)
    if (auto nothing = sys::seal({}, "report")) report = *std::move(nothing);
  return static_cast<bool>(channel.send(ipc::type_number(type), request, encode(body), {report.get()}));
}

Error starting() { return {ErrorCode::publication_busy, "the box is starting"}; }

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
  visitors_.erase(found);
}

void OperatorDesk::hear(VisitorId id) {
  Visitor& visitor = visitors_.at(id);
  Result<std::optional<ipc::Frame>> frame = visitor.channel.receive();
  if (frame && !*frame) return;
  if (!frame || !visitor.conversation.accept(**frame) || !serve(id, visitor, **frame)) part_from(id);
}

bool OperatorDesk::serve(VisitorId id, const Visitor& visitor, ipc::Frame& frame) {
  const auto asked = static_cast<msg::Msg>(frame.type);
  if (asked == msg::Msg::status)
    return static_cast<bool>(visitor.channel.send(ipc::type_number(msg::Msg::state), frame.request,
                                                  encode_fitting(services_.state())));
  if (asked == msg::Msg::terminals) return serve_terminals(visitor, frame);
  if (asked == msg::Msg::cut) return serve_order(visitor, frame, services_.cut);
  if (asked == msg::Msg::restore) return serve_order(visitor, frame, services_.restore);
  if (asked == msg::Msg::trust_clock) return serve_clock(visitor, frame);
  if (asked == msg::Msg::identity_order) return serve_identity(id, frame);
  if (asked == msg::Msg::read_records)
    return answer(id, frame.request, msg::Msg::records_reader, services_.visitor(Kind::reader)), true;
  if (asked == msg::Msg::change_configuration)
    return answer(id, frame.request, msg::Msg::configuration_editor, services_.visitor(Kind::editor)), true;
  if (asked == msg::Msg::administer)
    return answer(id, frame.request, msg::Msg::administrators_desk, services_.visitor(Kind::administrator)),
           true;
  if (asked == msg::Msg::site_order) return serve_site(id, visitor, frame);
  if (asked == msg::Msg::connections) return serve_connections(id, frame);
  if (asked == msg::Msg::end_connection) return serve_end(id, frame);
  if (asked == msg::Msg::certificates) return serve_certificates(visitor, frame);
  if (asked == msg::Msg::network) return serve_network(id, frame);
  if (asked == msg::Msg::diagnose) return serve_order(visitor, frame, services_.diagnose);
  if (asked == msg::Msg::diagnosis) return serve_diagnosis(id, frame);
  if (asked == msg::Msg::try_isolation) return serve_order(visitor, frame, services_.try_isolation);
  if (asked == msg::Msg::capture) return serve_order(visitor, frame, services_.capture);
  if (asked == msg::Msg::stop_capture) return serve_order(visitor, frame, services_.stop_capture);
  if (asked == msg::Msg::capture_state)
    return answer(id, frame.request, msg::Msg::captured,
                  sys::seal(encode(services_.capture_state()), "capture")),
           true;
  if (asked == msg::Msg::capture_file)
    return answer(id, frame.request, msg::Msg::captured_file, services_.capture_file()), true;
  if (asked == msg::Msg::dispose) return serve_order(visitor, frame, services_.dispose);
  if (asked == msg::Msg::disposal_state)
    return static_cast<bool>(visitor.channel.send(ipc::type_number(msg::Msg::disposal_told), frame.request,
                                                  encode(services_.disposal_state())));
  if (asked == msg::Msg::faults) return serve_order(visitor, frame, services_.faults);
  if (asked == msg::Msg::restart) return serve_order(visitor, frame, services_.restart);
  if (asked == msg::Msg::update_state)
    return static_cast<bool>(visitor.channel.send(ipc::type_number(msg::Msg::update_told), frame.request,
                                                  encode(services_.update_state())));
  if (asked == msg::Msg::noc) return serve_noc(visitor, frame);
  if (asked == msg::Msg::tell_noc) return serve_order(visitor, frame, services_.tell_noc);
  const std::uint64_t request = frame.request;
  const auto answer_proof = [this, id, request](const Result<ProofPtr>& proof) {
    answer(id, request, proof);
  };
  if (asked == msg::Msg::prove) return services_.prove(answer_proof), true;
  if (asked == msg::Msg::last_proof) return answer_proof(services_.last_proof()), true;
  const auto answer_publication = [this, id, request](Outcome outcome) {
    answer(id, request, std::move(outcome));
  };
  services_.publish_again(answer_publication);
  return true;
}

template <class Order>
bool OperatorDesk::serve_order(const Visitor& visitor, const ipc::Frame& frame,
                               const std::function<Result<>(const Order&)>& act) {
  const Result<Order> order = decode<Order>(frame.body);
  if (!order) return false;
  const Result<> outcome = act(*order);
  if (!outcome) return reject(visitor.channel, frame.request, outcome.error(), {});
  return static_cast<bool>(visitor.channel.send(ipc::type_number(msg::Msg::done), frame.request, {}));
}

/// Whoever sits at the box names nobody else as the one who did it.
bool OperatorDesk::serve_site(VisitorId id, const Visitor& visitor, ipc::Frame& frame) {
  Result<msg::SiteRequest> asked = decode<msg::SiteRequest>(frame.body);
  if (!asked) return false;
  if (!visitor.names_administrators) asked->by = {};
  services_.order_site({SiteAuthority::By::clinic, std::move(asked->order), std::move(asked->reason),
                        std::move(frame.fds[0]), std::move(asked->by)},
                       [this, id, request = frame.request](const Result<UniqueFd>& product) {
                         answer(id, request, msg::Msg::site_product, product);
                       });
  return true;
}

bool OperatorDesk::serve_identity(VisitorId id, ipc::Frame& frame) {
  Result<msg::IdentityOrder> asked = decode<msg::IdentityOrder>(frame.body);
  if (!asked) return false;
  services_.order_identity({*std::move(asked), std::move(frame.fds[0])},
                           [this, id, request = frame.request](const Result<UniqueFd>& product) {
                             answer(id, request, msg::Msg::identity_request, product);
                           });
  return true;
}

bool OperatorDesk::serve_connections(VisitorId id, const ipc::Frame& frame) {
  services_.list_sessions([this, id, request = frame.request](const model::SessionRoll& roll) {
    answer(id, request, msg::Msg::session_roll, sys::seal(encode(roll), "sessions"));
  });
  return true;
}

bool OperatorDesk::serve_end(VisitorId id, const ipc::Frame& frame) {
  const auto asked = decode<msg::EndConnection>(frame.body);
  if (!asked) return false;
  services_.end_session(*asked, [this, id, request = frame.request](const Result<>& ended) {
    answer(id, request, msg::Msg::done,
           ended ? Result<UniqueFd>(UniqueFd()) : Result<UniqueFd>(ended.error()));
  });
  return true;
}

bool OperatorDesk::serve_diagnosis(VisitorId id, const ipc::Frame& frame) {
  const msg::Diagnosis diagnosis{services_.state(), services_.service_trials()};
  answer(id, frame.request, msg::Msg::diagnosed, sys::seal(encode(diagnosis), "diagnosis"));
  return true;
}

bool OperatorDesk::serve_noc(const Visitor& visitor, const ipc::Frame& frame) {
  const EditionPtr edition = services_.in_force();
  const Result<UniqueFd> none = sys::seal({}, "noc");
  if (!none) return reject(visitor.channel, frame.request, none.error(), {});
  const bool is_there = edition && edition->noc;
  return static_cast<bool>(visitor.channel.send(ipc::type_number(msg::Msg::noc_standing), frame.request,
                                                encode(services_.noc()),
                                                {is_there ? edition->noc.get() : none->get()}));
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

bool OperatorDesk::serve_terminals(const Visitor& visitor, const ipc::Frame& frame) {
  const Result<UniqueFd> sealed = sys::seal(encode(services_.terminals()), "terminals");
  if (!sealed) return reject(visitor.channel, frame.request, sealed.error(), {});
  return static_cast<bool>(
      visitor.channel.send(ipc::type_number(msg::Msg::terminal_roll), frame.request, {}, {sealed->get()}));
}

/// What was compiled is passed on unread.
bool OperatorDesk::serve_certificates(const Visitor& visitor, const ipc::Frame& frame) {
  const EditionPtr edition = services_.in_force();
  if (!edition) return reject(visitor.channel, frame.request, starting(), {});
  const Result<UniqueFd> state = sys::seal(encode(services_.certificates()), "certificates");
  if (!state) return reject(visitor.channel, frame.request, state.error(), {});
  return static_cast<bool>(visitor.channel.send(ipc::type_number(msg::Msg::certificate_roll), frame.request,
                                                {}, {edition->certificates.get(), state->get()}));
}

bool OperatorDesk::serve_network(VisitorId id, const ipc::Frame& frame) {
  services_.look([this, id, request = frame.request](const Result<std::vector<UniqueFd>>& sights) {
    answer_network(id, request, sights);
  });
  return true;
}

void OperatorDesk::answer_network(VisitorId id, std::uint64_t request,
                                  const Result<std::vector<UniqueFd>>& sights) {
  const auto found = visitors_.find(id);
  if (found == visitors_.end()) return;
  const ipc::Channel& channel = found->second.channel;
  const EditionPtr edition = services_.in_force();
  if (!edition || !sights) {
    reject(channel, request, edition ? sights.error() : starting(), {});
    return;
  }
  std::vector<int> fds{edition->network.get()};
  for (const UniqueFd& sight : *sights) fds.push_back(sight.get());
  static_cast<void>(channel.send(ipc::type_number(msg::Msg::network_sight), request,
                                 encode(services_.network()), std::move(fds)));
}

bool OperatorDesk::serve_clock(const Visitor& visitor, const ipc::Frame& frame) {
  const auto order = decode<msg::ClockOrder>(frame.body);
  if (!order) return false;
  const Result<msg::ClockTrusted> outcome = services_.trust_clock(*order);
  if (!outcome) return reject(visitor.channel, frame.request, outcome.error(), {});
  return static_cast<bool>(
      visitor.channel.send(ipc::type_number(msg::Msg::clock_trusted), frame.request, encode(*outcome)));
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
