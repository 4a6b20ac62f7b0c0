#pragma once

// proxyd <-> dialerd of one tenant: "connect me to this service", and "ask this service's OCSP responder". The
// proxy can name neither an address nor a path.

#include <chrono>
#include <vector>

#include "ipc/conversation.h"
#include "model/address.h"
#include "model/close_reason.h"
#include "model/ids.h"

namespace gw::ipc::dial {

enum class Msg : std::uint16_t {
  dial = 1,               ///< proxyd -> dialerd: Dial
  inquire = 2,            ///< proxyd -> dialerd: Inquire
  connected = 32,         ///< dialerd -> proxyd: Connected + the connected, non-blocking socket
  failed = 33,            ///< dialerd -> proxyd: Failed
  inquiry_answered = 34,  ///< dialerd -> proxyd: InquiryAnswered
  inquiry_failed = 35,    ///< dialerd -> proxyd: InquiryFailed
};
enum class Phase : std::uint8_t { open };

struct Dial {
  model::Generation generation{};  ///< the table the service id belongs to
  model::ServiceId service{};
  std::chrono::milliseconds deadline{0};
};
struct Connected {
  model::Endpoint remote{};
  std::chrono::milliseconds resolving{0};  ///< how much of the time the name took; zero: it was known
};
struct Failed {
  model::CloseReason reason{};
};

/// An OCSP request has about a hundred octets.
inline constexpr std::size_t kMostInquiry = 4 * 1024;
/// So much of an answer travels in one message; one with the responder's certificate has about two thousand octets.
inline constexpr std::size_t kMostInquiryAnswer = 60 * 1024;

/// An OCSP request (RFC 6960 4.1) for the responder of a service (SRV-03).
struct Inquire {
  model::Generation generation{};  ///< the table the service id belongs to
  model::ServiceId service{};
  std::chrono::milliseconds deadline{0};  ///< for all of it
  std::vector<std::uint8_t> request{};
};
/// What the responder sent, as it came: only its signature says whether it is worth anything.
struct InquiryAnswered {
  std::vector<std::uint8_t> answer{};
};
/// Why nothing came of it.
enum class InquiryTrouble : std::uint8_t {
  unavailable,  ///< no dialer, or the table is not in force any more
  too_many,     ///< more inquiries at once than the dialer takes
  unresolved,   ///< as a service's (upstream_unresolved and so on); the next two likewise
  forbidden,
  refused,
  silent,     ///< no connection, or no answer, in time
  broken,     ///< the connection ended before the answer did
  malformed,  ///< what came is no HTTP answer, or an endless one
  status,     ///< an HTTP status other than 200
  media,      ///< a content type other than application/ocsp-response
  too_large,
};
struct InquiryFailed {
  InquiryTrouble trouble{};
  std::uint16_t status = 0;  ///< of `status`
};

template <class Io> void visit(Io& io, Dial& m) {
  io.field(m.generation);
  io.field(m.service);
  io.range(m.deadline, std::chrono::milliseconds{1}, std::chrono::milliseconds{60'000});
}
template <class Io> void visit(Io& io, Connected& m) {
  io.field(m.remote);
  io.range(m.resolving, std::chrono::milliseconds{0}, std::chrono::milliseconds{60'000});
}
template <class Io> void visit(Io& io, Failed& m) { io.choice(m.reason, model::last_close_reason()); }
template <class Io> void visit(Io& io, Inquire& m) {
  io.field(m.generation);
  io.field(m.service);
  io.range(m.deadline, std::chrono::milliseconds{1}, std::chrono::milliseconds{60'000});
  io.blob(m.request, kMostInquiry);
}
template <class Io> void visit(Io& io, InquiryAnswered& m) { io.blob(m.answer, kMostInquiryAnswer); }
template <class Io> void visit(Io& io, InquiryFailed& m) {
  io.choice(m.trouble, InquiryTrouble::too_large);
  io.range(m.status, std::uint16_t{0}, std::uint16_t{999});
}

inline constexpr Permit kFromProxy[] = {permit(Msg::dial, Phase::open, Times::many),
                                        permit(Msg::inquire, Phase::open, Times::many)};
inline constexpr Permit kFromDialer[] = {permit(Msg::connected, Phase::open, Times::many, 1),
                                         permit(Msg::failed, Phase::open, Times::many),
                                         permit(Msg::inquiry_answered, Phase::open, Times::many),
                                         permit(Msg::inquiry_failed, Phase::open, Times::many)};

}  // namespace gw::ipc::dial
