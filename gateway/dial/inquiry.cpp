#include "dial/inquiry.h"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <optional>
#include <string>
#include <utility>

#include "http/http.h"

namespace gw::dial {
namespace {

using ipc::dial::InquiryAnswered;
using ipc::dial::InquiryFailed;
using ipc::dial::InquiryTrouble;
using model::CloseReason;

constexpr std::uint16_t kHttpPort = 80;  // RFC 9110 4.2.1
constexpr unsigned kOk = 200;            // RFC 9110 15.3.1
// RFC 6960 A.1 and its appendix C
constexpr const char* kRequestMedia = "application/ocsp-request";
constexpr const char* kAnswerMedia = "application/ocsp-response";

std::string octets_of(const model::DialResponder& responder, const std::vector<std::uint8_t>& request) {
  http::Request out;
  out.method = "POST";
  out.target = responder.path;
  out.host = responder.where.server_name;
  out.port = responder.where.port;
  out.usual_port = kHttpPort;
  out.content_type = kRequestMedia;
  out.body.assign(request.begin(), request.end());
  return http::to_octets(out);
}

InquiryOutcome outcome_of(const http::Answer& answer) {
  if (answer.status != kOk)
    return InquiryFailed{InquiryTrouble::status, static_cast<std::uint16_t>(answer.status)};
  if (http::media_of(answer.content_type) != kAnswerMedia) return InquiryFailed{InquiryTrouble::media};
  return InquiryAnswered{{answer.body.begin(), answer.body.end()}};
}

InquiryTrouble trouble_of(CloseReason reason) {
  switch (reason) {
    case CloseReason::upstream_unresolved:
      return InquiryTrouble::unresolved;
    case CloseReason::upstream_forbidden:
      return InquiryTrouble::forbidden;
    case CloseReason::upstream_refused:
      return InquiryTrouble::refused;
    default:
      return InquiryTrouble::silent;
  }
}

/// One request and its answer on a connection of their own.
class Exchange {
 public:
  Exchange(sys::Reactor& reactor, UniqueFd socket, std::string request)
      : reactor_(reactor),
        wake_(reactor),
        timer_(reactor, wake_),
        socket_(std::move(socket)),
        unsent_(std::move(request)) {}

  sys::Task<InquiryOutcome> run(Instant deadline) {
    if (!readiness_.attach(reactor_, socket_.get(), wake_)) fail(InquiryTrouble::broken);
    timer_.arm(deadline);
    for (;;) {
      send_some();
      while (!outcome_ && receive_some()) continue;
      if (!outcome_ && reactor_.now() >= deadline) fail(InquiryTrouble::silent);
      if (outcome_) break;
      co_await wake_;
    }
    readiness_.detach();
    co_return std::move(*outcome_);
  }

 private:
  void fail(InquiryTrouble trouble) { outcome_ = InquiryFailed{trouble}; }

  void send_some() {
    while (!outcome_ && !unsent_.empty()) {
      const ssize_t size = ::send(socket_.get(), unsent_.data(), unsent_.size(), MSG_NOSIGNAL);
      if (size < 0 && errno == EAGAIN) return;
      if (size < 0) return fail(InquiryTrouble::broken);
      unsent_.erase(0, static_cast<std::size_t>(size));
    }
  }

  /// False: there is no more for now.
  bool receive_some() {
    std::array<std::uint8_t, 4096> buffer;
    const ssize_t size = ::recv(socket_.get(), buffer.data(), buffer.size(), 0);
    if (size < 0 && errno == EAGAIN) return false;
    const bool ended = size <= 0;
    const Bytes came = Bytes(buffer).first(ended ? 0 : static_cast<std::size_t>(size));
    if (ended && !reader_.end())
      fail(InquiryTrouble::broken);
    else if (!reader_.take(came))
      fail(reader_.is_too_long() ? InquiryTrouble::too_large : InquiryTrouble::malformed);
    else if (reader_.is_whole())
      outcome_ = outcome_of(reader_.answer());
    return true;
  }

  sys::Reactor& reactor_;
  sys::Wake wake_;
  sys::Timer timer_;
  UniqueFd socket_;
  sys::Readiness readiness_;  // detaches before the socket closes
  std::string unsent_;
  http::AnswerReader reader_{ipc::dial::kMostInquiryAnswer};
  std::optional<InquiryOutcome> outcome_;
};

}  // namespace

sys::Task<InquiryOutcome> inquire(sys::Reactor& reactor, Dialer& dialer, TablePtr table,
                                  const model::DialResponder& responder, std::vector<std::uint8_t> request,
                                  Instant deadline) {
  Outcome dialled = co_await dialer.reach(table, responder.where, deadline);
  if (const auto* reason = std::get_if<CloseReason>(&dialled)) {
    const InquiryFailed failed{trouble_of(*reason)};
    co_return InquiryOutcome(failed);
  }
  Exchange exchange(reactor, std::move(std::get<Connection>(dialled).socket), octets_of(responder, request));
  co_return co_await exchange.run(deadline);
}

}  // namespace gw::dial
