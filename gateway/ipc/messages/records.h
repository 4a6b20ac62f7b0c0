#pragma once

// Whoever may read (the command line, by the supervisor's leave) <-> controld: the records, or a piece of their
// chain.

#include <array>
#include <string>

#include "base/error.h"
#include "ipc/conversation.h"
#include "model/record.h"
#include "model/record_class.h"

namespace gw::ipc::records {

enum class Msg : std::uint16_t {
  find = 1,      ///< Find
  chain = 2,     ///< Chain
  exported = 3,  ///< Exported
  look = 4,      ///< no body: how long are they kept?
  keep_for = 5,  ///< KeepFor
  found = 32,    ///< Found + sealed text: a record's line each, the newest first
  piece = 33,    ///< Piece + sealed text of the chain
  refused = 34,  ///< Refused
  noted = 35,    ///< no body: it is a record
  keeping = 36,  ///< Keeping
};
enum class Phase : std::uint8_t { open };

/// What one answer holds at most.
inline constexpr std::uint32_t kMostFound = 1'000;
inline constexpr std::size_t kMostText = 8u << 20;

using Digest = std::array<std::uint8_t, 32>;

struct Find {
  model::RecordQuery query{};
  std::uint64_t before = UINT64_MAX;  ///< numbers below this one
  std::uint32_t most = kMostFound;
};
struct Chain {
  std::uint64_t from = 1;
};
/// Whoever took records along says so (LOG-07).
struct Exported {
  std::string by{};         ///< who, in the reader's own words
  std::string form{};       ///< what the file is written as
  std::uint64_t first = 0;  ///< number of its first record
  std::uint64_t last = 0;   ///< number of its last
  Digest digest{};          ///< SHA-256 of the file
};
/// How long records of a class are to be kept (LOG-05).
struct KeepFor {
  model::RecordClass of{};
  std::uint32_t years = 0;  ///< zero: for ever
  std::string by{};         ///< who, in the reader's own words
  std::string reason{};
};
/// How long they are, and for how long there is room.
struct Keeping {
  std::uint32_t connection = 0;          ///< years; zero: for ever
  std::uint32_t administration = 0;      ///< the same
  std::uint32_t other = 0;               ///< the same
  std::uint64_t first = 0;               ///< number of the oldest record
  std::uint64_t last = 0;                ///< number of the newest; zero: there is none
  std::chrono::milliseconds oldest{0};   ///< when the oldest was written, since 1970, UTC
  std::uint64_t left = 0;                ///< octets
  std::uint64_t a_day = 0;               ///< octets
};
struct Found {
  std::uint32_t count = 0;
  std::uint64_t oldest = 0;  ///< number of the last of them; zero: there is none
};
struct Piece {
  std::uint64_t next = 0;  ///< where the next piece begins
  std::uint64_t last = 0;  ///< the last record that there is
};
struct Refused {
  ErrorCode code{};
  std::string detail{};
};

template <class Io> void visit(Io& io, Find& m) {
  io.field(m.query);
  io.field(m.before);
  io.range(m.most, 1u, kMostFound);
}
template <class Io> void visit(Io& io, Chain& m) { io.field(m.from); }
template <class Io> void visit(Io& io, Exported& m) {
  io.text(m.by, kForeignTextLimit);
  io.text(m.form, 16);
  io.field(m.first);
  io.field(m.last);
  io.field(m.digest);
}
template <class Io> void visit(Io& io, KeepFor& m) {
  io.choice(m.of, model::RecordClass::other);
  io.range(m.years, 0u, model::KeptFor::kMost);
  io.text(m.by, kForeignTextLimit);
  io.text(m.reason, kForeignTextLimit);
}
template <class Io> void visit(Io& io, Keeping& m) {
  io.range(m.connection, 0u, model::KeptFor::kMost);
  io.range(m.administration, 0u, model::KeptFor::kMost);
  io.range(m.other, 0u, model::KeptFor::kMost);
  io.field(m.first);
  io.field(m.last);
  io.field(m.oldest);
  io.field(m.left);
  io.field(m.a_day);
}
template <class Io> void visit(Io& io, Found& m) {
  io.range(m.count, 0u, kMostFound);
  io.field(m.oldest);
}
template <class Io> void visit(Io& io, Piece& m) {
  io.field(m.next);
  io.field(m.last);
}
template <class Io> void visit(Io& io, Refused& m) {
  io.choice(m.code, static_cast<ErrorCode>(error_code_count() - 1));
  io.text(m.detail, 512);
}

inline constexpr Permit kToControld[] = {permit(Msg::find, Phase::open, Times::many),
                                         permit(Msg::chain, Phase::open, Times::many),
                                         permit(Msg::exported, Phase::open, Times::many),
                                         permit(Msg::look, Phase::open, Times::many),
                                         permit(Msg::keep_for, Phase::open, Times::many)};
inline constexpr Permit kFromControld[] = {permit(Msg::found, Phase::open, Times::many, 1),
                                           permit(Msg::piece, Phase::open, Times::many, 1),
                                           permit(Msg::noted, Phase::open, Times::many),
                                           permit(Msg::keeping, Phase::open, Times::many),
                                           permit(Msg::refused, Phase::open, Times::many)};

}  // namespace gw::ipc::records
