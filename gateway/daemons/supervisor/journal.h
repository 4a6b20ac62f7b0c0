#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/clock.h"
#include "base/event.h"
#include "base/fd.h"

namespace gw::supervisor {

/// How many records one process may write: 5,000 a second, twice that at once, which is more than one core
/// can open and close sessions. The rest is counted.
class RecordBudget {
 public:
  bool take(Instant now);
  bool room(Instant now);
  /// What was turned away since this was asked last.
  std::uint64_t take_lost();

 private:
  static constexpr std::int64_t kPerSecond = 5'000;
  static constexpr std::int64_t kMost = 10'000;
  std::int64_t left_ = kMost;
  Instant since_{};
  std::uint64_t lost_ = 0;
};

/// The log: JSON lines on a file or a pipe, with time, process and tenant put to each record here. Never
/// blocks: what the reader does not take in time waits in bounded memory, and beyond that is counted. The
/// records of one turn of the loop leave together.
class Journal {
 public:
  Journal(UniqueFd out, const Clock& clock) : out_(std::move(out)), clock_(clock) {}
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  ~Journal() { flush(); }

  /// Takes a record in; it is out after the next flush().
  void write(const Event& event, const std::string& process = "supervisor", const std::string& tenant = {});
  /// Every record from now on is shown to `ear` as well. It must not write one itself.
  using Ear = std::function<void(const Event& event, const std::string& process, const std::string& tenant)>;
  void pass_on(Ear ear) { ear_ = std::move(ear); }
  /// Writes what the reader takes now.
  void flush();
  bool waiting() const { return !buffer_.empty(); }
  /// Records that wait or were given up.
  std::size_t unwritten() const;

 private:
  std::size_t write_some(std::size_t from);

  UniqueFd out_;
  const Clock& clock_;
  std::string buffer_;
  std::uint64_t lost_ = 0;
  Ear ear_{};
};

}  // namespace gw::supervisor
