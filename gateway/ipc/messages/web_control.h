#pragma once

// webd <-> controld: what an administrator asks for, and what comes of it; the command line, by the supervisor's leave,
// is one more who asks so. webd has read the question's text and decides nothing: who asks, whether he may, and whether the values can be what they are for, controld finds out
// itself. What operations there are, and the values of each in their order: gateway/api/operations.def.
//
// A question may be long, and webd, which hears a network, hands no descriptors over: it comes in pieces.
//
//   webd:      more* ask              the octets of an Ask, the pieces of one question behind each other
//   controld:  answered | octets | refused     to each, in their order

#include <algorithm>
#include <array>
#include <string>

#include "base/error.h"
#include "base/secret.h"
#include "ipc/conversation.h"
#include "model/address.h"
#include "model/typed_value.h"

namespace gw::ipc::web {

enum class Msg : std::uint16_t {
  ask = 1,        ///< Piece: the last one
  more = 2,       ///< Piece
  answered = 32,  ///< Answered + sealed JSON, of no octets if there is nothing to say
  refused = 33,   ///< Refused
  octets = 34,    ///< Octets + the file, which nobody writes to any more
};
enum class Phase : std::uint8_t { open };

inline constexpr std::size_t kMostToken = 128, kMostValues = 16;
inline constexpr std::size_t kMostPiece = 48 * 1024, kMostAsk = 2u << 20;
inline constexpr std::size_t kMostAnswer = 8u << 20;
using Digest = std::array<std::uint8_t, 32>;

struct Ask {
  std::uint16_t operation = 0;
  std::string token{};  ///< of the session; empty: none was shown. Wiped when it goes, as the values are
  std::string csrf{};   ///< shown beside it
  model::IpAddress source{};
  bool is_own_port = false;             ///< it came in where only somebody who stands before the box can (ADM-04)
  std::optional<Digest> certificate{};  ///< SHA-256 of the client certificate, which TLS has verified
  bool is_watching = false;  ///< a page asks by itself, again: nobody's word, so that a session goes idle all the same (ADM-05)
  model::TypedValues values{};

  Ask() = default;
  Ask(const Ask&) = default;
  Ask& operator=(const Ask&) = default;
  ~Ask() { wipe(token.data(), token.size()); }
};
/// Of an Ask's octets. Wiped when it goes.
struct Piece {
  std::vector<std::uint8_t> octets{};

  Piece() = default;
  Piece(const Piece&) = default;
  Piece& operator=(const Piece&) = default;
  ~Piece() { wipe(octets.data(), octets.size()); }
};
/// What becomes of the browser's session.
enum class Token : std::uint8_t { stands, given, taken };
struct Answered {
  Token token = Token::stands;
  std::string given{};  ///< of a new session. Wiped when it goes

  Answered() = default;
  Answered(const Answered&) = default;
  Answered& operator=(const Answered&) = default;
  ~Answered() { wipe(given.data(), given.size()); }
};
/// A file that whoever asks takes along.
struct Octets {
  std::string name{};
  std::uint64_t size = 0;
};
struct Refused {
  ErrorCode code{};
  std::string detail{};
  std::string pointer{};  ///< to the value at fault, as in api/value.h; empty: none is
};

template <class Io> void visit(Io& io, Ask& m) {
  io.field(m.operation);
  io.text(m.token, kMostToken);
  io.text(m.csrf, kMostToken);
  io.field(m.source);
  io.field(m.is_own_port);
  io.maybe(m.certificate);
  io.field(m.is_watching);
  io.list(m.values, kMostValues);
}
template <class Io> void visit(Io& io, Piece& m) { io.blob(m.octets, kMostPiece); }
template <class Io> void visit(Io& io, Answered& m) {
  io.choice(m.token, Token::taken);
  io.text(m.given, kMostToken);
  if (m.given.empty() == (m.token == Token::given)) io.fail();
}
template <class Io> void visit(Io& io, Octets& m) {
  io.text(m.name, 128);
  io.field(m.size);
}
template <class Io> void visit(Io& io, Refused& m) {
  io.choice(m.code, static_cast<ErrorCode>(error_code_count() - 1));
  io.text(m.detail, 512);
  io.text(m.pointer, 128);
}

inline constexpr Permit kToControld[] = {permit(Msg::ask, Phase::open, Times::many),
                                         permit(Msg::more, Phase::open, Times::many)};
inline constexpr Permit kFromControld[] = {permit(Msg::answered, Phase::open, Times::many, 1),
                                           permit(Msg::refused, Phase::open, Times::many),
                                           permit(Msg::octets, Phase::open, Times::many, 1)};

/// A message's octets in memory that was asked for once, so that whoever wipes them wipes all there were.
template <class Body>
Result<> send_once(const Channel& channel, Msg type, std::uint64_t request, Body body, std::vector<int> fds = {}) {
  Writer writer(kMaxBody);
  writer.field(body);
  std::vector<std::uint8_t> octets = writer.take();
  const Result<> sent = channel.send(type_number(type), request, octets, std::move(fds));
  wipe(octets.data(), octets.size());
  return sent;
}

/// A question on its way, in pieces. Its octets are wiped when it goes.
class SentAsk {
 public:
  SentAsk(std::uint64_t request, Ask ask) : request_(request) {
    Writer writer(kMostAsk);
    writer.field(ask);
    octets_ = writer.take();
  }
  SentAsk(const SentAsk&) = delete;
  SentAsk& operator=(const SentAsk&) = delete;
  ~SentAsk() { wipe(octets_.data(), octets_.size()); }

  /// What the channel takes now. channel.would_block: the rest some other time. web.value: it is too long.
  Result<> send(const Channel& channel) {
    if (octets_.size() > kMostAsk) return Error{ErrorCode::web_value, "too long"};
    while (sent_ < octets_.size()) {
      const std::size_t size = std::min(kMostPiece, octets_.size() - sent_);
      Piece piece;
      piece.octets.assign(octets_.data() + sent_, octets_.data() + sent_ + size);
      const Msg kind = sent_ + size == octets_.size() ? Msg::ask : Msg::more;
      GW_TRY(send_once(channel, kind, request_, std::move(piece)));
      sent_ += size;
    }
    return Done{};
  }

 private:
  std::uint64_t request_;
  std::vector<std::uint8_t> octets_{};
  std::size_t sent_ = 0;
};

/// All of it at once.
inline Result<> send_ask(const Channel& channel, std::uint64_t request, Ask ask) {
  return SentAsk(request, std::move(ask)).send(channel);
}

}  // namespace gw::ipc::web
