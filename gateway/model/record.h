#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "base/clock.h"
#include "base/event.h"

namespace gw::model {

/// Could the machine's clock be right when a record was written (TIM-03)?
enum class ClockState : std::uint8_t { right, behind };

/// A record as the supervisor passes it on: what happened, where, and when.
struct Record {
  CivilTime time{};
  ClockState clock = ClockState::right;
  std::string process{};
  std::string tenant{};
  Event event{};
};

/// Which records are wanted. What is empty fits all.
struct RecordQuery {
  std::chrono::milliseconds from{0};   ///< since 1970, UTC
  std::chrono::milliseconds until{0};  ///< not included; zero: no end
  std::string tenant{}, terminal{}, service{}, event{};
  std::string administrator{};  ///< who did it
  std::string result{};         ///< what came of it; of a record without a result, why it happened
};
inline constexpr std::size_t kMostRecordWord = 63;  ///< of each word

template <class Io>
void visit(Io& io, Record& record) {
  auto microseconds = record.time.time_since_epoch();
  io.field(microseconds);
  record.time = CivilTime(microseconds);
  io.choice(record.clock, ClockState::behind);
  io.text(record.process, kMostRecordWord);
  io.text(record.tenant, kMostRecordWord);
  io.field(record.event);
}
template <class Io>
void visit(Io& io, RecordQuery& query) {
  io.field(query.from);
  io.field(query.until);
  for (std::string* word :
       {&query.tenant, &query.terminal, &query.service, &query.event, &query.administrator, &query.result})
    io.text(*word, kMostRecordWord);
}

}  // namespace gw::model
