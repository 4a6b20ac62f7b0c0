#pragma once

#include <functional>
#include <span>
#include <vector>

#include "base/clock.h"
#include "control/record_store.h"
#include "ipc/record_sink.h"

namespace gw::control {

/// What controld itself has to record: into the chain, and to the supervisor, which writes it into the log
/// and does not send it back. One thread.
class Chronicle {
 public:
  /// Records that wait for room on the disk at most; the log has all of them, and those beyond are counted
  /// (LOG-09).
  static constexpr std::size_t kMostWaiting = 1'000;
  static constexpr std::chrono::seconds kRetryEvery{1};

  /// All outlive it.
  Chronicle(RecordStore& store, ipc::RecordSink& log, const Clock& clock)
      : store_(store), log_(log), clock_(clock) {}
  Chronicle(const Chronicle&) = delete;
  Chronicle& operator=(const Chronicle&) = delete;

  /// Records and whatever `with` writes into the store's database, or neither. store.full, store.failed, and
  /// what `with` fails with.
  Result<> write(std::span<const Event> events, const std::function<Result<>()>& with);
  /// Records of what has happened already; they wait for room if there is none.
  void write(std::vector<Event> events);
  void write(Event event) { write(std::vector<Event>{std::move(event)}); }
  /// What waits.
  void tick();
  /// As the record heard last has it.
  void clock_is(model::ClockState state) { clock_state_ = state; }

 private:
  audit::Record record_of(Event event) const;
  void pass_on(std::span<const Event> events);
  void put_off(const Event& event);

  RecordStore& store_;
  ipc::RecordSink& log_;
  const Clock& clock_;
  model::ClockState clock_state_ = model::ClockState::right;
  std::vector<audit::Record> waiting_{};
  std::uint64_t lost_ = 0;
  Instant retry_due_{};
};

/// Writes records and something else in one transaction, which is told the number of the last of them.
inline auto chain_of(RecordStore& store, Chronicle& records) {
  return [&](std::span<const Event> told, const std::function<Result<>(std::uint64_t record)>& with) {
    return records.write(told, [&] { return with(store.last()); });
  };
}

}  // namespace gw::control
