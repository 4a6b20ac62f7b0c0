#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "base/text.h"
#include "model/address.h"
#include "model/layout.h"

namespace gw::model {

/// Which packets of which interface shall be recorded, heads alone (DEM-03).
struct CaptureWish {
  std::string interface {};         ///< of the box, by its kernel's name
  std::chrono::seconds lasting{0};  ///< at the most
  std::optional<IpAddress> host{};  ///< one end of the packet; nothing: whoever
  std::uint16_t port = 0;           ///< likewise; zero: whichever
};

/// What came of it.
struct CaptureOutcome {
  std::uint64_t frames = 0;
  std::uint64_t size = 0;  ///< octets of the file
  bool is_full = false;    ///< it ended because the file had no room for more
  std::string sha256{};    ///< of the file, hexadecimal
};

/// The last one, or the one that goes on.
struct CaptureState {
  std::chrono::milliseconds began{0};  ///< since 1970, UTC; zero: there was none
  std::chrono::milliseconds ended{0};  ///< zero: it goes on
  CaptureWish wish{};
  std::string by{};  ///< the administrator who asked
  CaptureOutcome outcome{};
  std::uint64_t missed = 0;  ///< frames that came faster than they could be read
  bool has_file = false;     ///< it is still there
  std::string problem{};     ///< why nothing came of it
};

inline constexpr std::chrono::seconds kMostCapture{120};
inline constexpr std::size_t kMaxCapture = 4u << 20;  ///< octets of a file
inline constexpr std::chrono::hours kCaptureKept{1};  ///< from its end on
inline constexpr std::size_t kMaxInterface = 15;      ///< octets of an interface's name (IFNAMSIZ)

template <class Io>
void visit(Io& io, CaptureWish& w) {
  io.text(w.interface, kMaxInterface);
  io.range(w.lasting, std::chrono::seconds{0}, kMostCapture);
  io.maybe(w.host);
  io.field(w.port);
}
template <class Io>
void visit(Io& io, CaptureOutcome& o) {
  io.field(o.frames);
  io.range(o.size, std::uint64_t{0}, std::uint64_t{kMaxCapture});
  io.field(o.is_full);
  io.text(o.sha256, 64);
}
template <class Io>
void visit(Io& io, CaptureState& s) {
  io.field(s.began);
  io.field(s.ended);
  io.field(s.wish);
  io.text(s.by, kMaxName);
  io.field(s.outcome);
  io.field(s.missed);
  io.field(s.has_file);
  io.text(s.problem, kForeignTextLimit);
}

}  // namespace gw::model
