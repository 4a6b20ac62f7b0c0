#pragma once

#include "base/clock.h"
#include "ipc/record_sink.h"
#include "model/address.h"

namespace gw::web {

/// What the records say of those who were turned away before anybody was asked. So many a minute are written,
/// the others are counted: a stranger fills no log. One thread.
class Records {
 public:
  static constexpr std::uint32_t kMostInAMinute = 30;

  /// Both outlive it.
  Records(ipc::RecordSink& sink, const Clock& clock) : sink_(sink), clock_(clock) {}

  void refused(const model::Endpoint& source, std::string_view why);
  void no_session(const model::Endpoint& source, std::string_view why);
  /// Once a second or so.
  void tick();

 private:
  void write(const Event& event);

  ipc::RecordSink& sink_;
  const Clock& clock_;
  Instant minute_ends_{};
  std::uint32_t written_ = 0;
  std::uint64_t folded_ = 0;
};

}  // namespace gw::web
