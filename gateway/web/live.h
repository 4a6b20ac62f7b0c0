#pragma once

#include <map>
#include <memory>

#include "https/connection.h"
#include "web/line.h"
#include "web/live_order.h"
#include "web/rates.h"
#include "web/repeats.h"

namespace gw::web {

/// Pages that show what goes on (decision 0041): webd asks controld a GET of the contract over and over in a
/// page's place, and tells the page what has changed. Who may see it controld decides each time anew. One
/// thread.
class Live {
 public:
  static constexpr std::size_t kMost = 16, kMostOfSession = 2;
  static constexpr std::size_t kMostWatches = 4;  ///< of a connection
  static constexpr std::size_t kLongestAnswer = 512 * 1024;

  /// It outlives the talks.
  explicit Live(Line& line) : line_(line) {}

  /// To a request for a WebSocket: 101, or what speaks against it. `whose`: with what shows who it is.
  sys::Task<https::Answer> open(const https::Request& request, const ipc::web::Ask& whose, Language language);

 private:
  class Place;
  class Audience;
  using Session = Repeats::Digest;

  Line& line_;
  std::size_t count_ = 0;
  std::map<Session, std::size_t> by_session_;
};

}  // namespace gw::web
