#pragma once

#include <string_view>

#include "base/clock.h"
#include "ipc/record_sink.h"
#include "model/address.h"

namespace gw::front {

/// What the records say of those who came in vain. So many a minute are written, the others are counted: a
/// stranger fills no log. One thread.
class Records {
 public:
  struct Manner {
    EventId refused{};  ///< a request was
    EventId shunned{};  ///< no session came to be
    EventId folded{};   ///< how many were not written
    std::uint32_t most_in_a_minute = 0;
  };

  /// Both outlive it.
  Records(ipc::RecordSink& sink, const Clock& clock, Manner manner)
      : sink_(sink), clock_(clock), manner_(manner) {}

  /// `terminal` as it called itself, or as its certificate does; empty: unknown.
  void refused(const model::Endpoint& source, std::string_view why, std::string_view terminal = {});
  void no_session(const model::Endpoint& source, std::string_view why);
  /// Once a second or so.
  void tick();

 private:
  void write(const Event& event);

  ipc::RecordSink& sink_;
  const Clock& clock_;
  Manner manner_;
  Instant minute_ends_{};
  std::uint32_t written_ = 0;
  std::uint64_t folded_ = 0;
};

}  // namespace gw::front
