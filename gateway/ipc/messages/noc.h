#pragma once

// agent <-> controld: what waits for the operations centre, and what has arrived there. An agent lives for one round;
// what it had taken and not said to have arrived waits again when its channel ends. What is in an entry neither the
// supervisor nor the agent reads: it is carried as it is.
//
//   agent:     take*       the oldest of a stream that it does not have yet
//   controld:  batch       to each of them; empty: there is nothing, or not so fast
//   agent:     arrived*    up to that number of a stream
//   agent:     orders*      what the operations centre has for the box, a piece after the other; controld judges it
//   agent:     image_wanted*  is an image to be fetched?
//   controld:  image        to each of them: which, and from where on
//   agent:     image_piece*   of it, as the operations centre has it; controld judges it
//   agent:     told        once, at its end: how it went
//
// agent -> supervisor: finished, its last word.

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "ipc/conversation.h"

namespace gw::ipc::noc {

enum class Msg : std::uint16_t {
  take = 1,          ///< Take
  arrived = 2,       ///< Arrived
  told = 3,          ///< Told
  orders = 4,        ///< Orders
  image_wanted = 5,  ///< no body
  image_piece = 6,   ///< ImagePiece
  batch = 32,        ///< no body; the sealed Batch
  image = 33,        ///< Image
};
enum class Phase : std::uint8_t { open };

/// The most important first.
enum class Stream : std::uint8_t { audit, events, state, metrics };

/// Octets of one batch, and of one entry.
inline constexpr std::uint32_t kMostBatch = 256u << 10, kMostEntry = 60u << 10;
/// Of the sealed file: with what is beside the octets.
inline constexpr std::size_t kMostSealedBatch = 1u << 20;

struct Take {
  Stream stream{};
  std::uint32_t most = kMostBatch;  ///< octets
};
struct Arrived {
  Stream stream{};
  std::uint64_t last = 0;
};
/// What was handed over (orders/offer.h), as it came. Of no octets and the last: there was none.
struct Orders {
  std::vector<std::uint8_t> piece{};
  bool is_last = false;
};
/// Octets of a piece, and of all of them.
inline constexpr std::uint32_t kMostPiece = 48u << 10, kMostOrders = 256u << 10;
struct Image {
  std::string sha256{};  ///< of the whole file, in hexadecimal; empty: none, or not now
  std::uint64_t at = 0;  ///< so much of it is here
};
struct ImagePiece {
  std::uint64_t at = 0;
  std::uint64_t whole = 0;  ///< octets of the file, as the operations centre says
  std::vector<std::uint8_t> octets{};
};
struct Trouble {
  ErrorCode code{};
};
struct Told {
  std::optional<Trouble> trouble{};         ///< none: all went well
  std::chrono::milliseconds their_time{0};  ///< by the operations centre's clock, since 1970; zero: it did not say
  std::chrono::milliseconds own_time{0};    ///< by the box's clock when that came
};
struct Entry {
  std::uint64_t number = 0;
  std::vector<std::uint8_t> octets{};
};
struct Batch {
  std::vector<Entry> entries{};
};

template <class Io> void visit(Io& io, Take& m) {
  io.choice(m.stream, Stream::metrics);
  io.range(m.most, 1u, kMostBatch);
}
template <class Io> void visit(Io& io, Arrived& m) {
  io.choice(m.stream, Stream::metrics);
  io.field(m.last);
}
template <class Io> void visit(Io& io, Orders& m) {
  io.blob(m.piece, kMostPiece);
  io.field(m.is_last);
}
template <class Io> void visit(Io& io, Image& m) {
  io.text(m.sha256, 64);
  io.field(m.at);
}
template <class Io> void visit(Io& io, ImagePiece& m) {
  io.field(m.at);
  io.field(m.whole);
  io.blob(m.octets, kMostPiece);
}
template <class Io> void visit(Io& io, Trouble& m) {
  io.choice(m.code, static_cast<ErrorCode>(error_code_count() - 1));
}
template <class Io> void visit(Io& io, Told& m) {
  io.maybe(m.trouble);
  io.field(m.their_time);
  io.field(m.own_time);
}
template <class Io> void visit(Io& io, Entry& m) {
  io.field(m.number);
  io.blob(m.octets, kMostEntry);
}
template <class Io> void visit(Io& io, Batch& m) { io.list(m.entries, 16u << 10); }

inline constexpr Permit kToControld[] = {permit(Msg::take, Phase::open, Times::many),
                                         permit(Msg::arrived, Phase::open, Times::many),
                                         permit(Msg::orders, Phase::open, Times::many),
                                         permit(Msg::image_wanted, Phase::open, Times::many),
                                         permit(Msg::image_piece, Phase::open, Times::many),
                                         permit(Msg::told, Phase::open, Times::once)};
inline constexpr Permit kFromControld[] = {permit(Msg::batch, Phase::open, Times::many, 1),
                                           permit(Msg::image, Phase::open, Times::many)};

}  // namespace gw::ipc::noc

namespace gw::ipc::noc_round {

enum class Msg : std::uint16_t {
  finished = 1,  ///< Finished
};
enum class Phase : std::uint8_t { open };

struct Trouble {
  ErrorCode code{};
  std::string detail{};
};
struct Finished {
  std::optional<Trouble> trouble{};  ///< none: everything arrived that was to go
};

template <class Io> void visit(Io& io, Trouble& m) {
  io.choice(m.code, static_cast<ErrorCode>(error_code_count() - 1));
  io.text(m.detail, 512);
}
template <class Io> void visit(Io& io, Finished& m) { io.maybe(m.trouble); }

inline constexpr Permit kFromAgent[] = {permit(Msg::finished, Phase::open, Times::once)};

}  // namespace gw::ipc::noc_round
