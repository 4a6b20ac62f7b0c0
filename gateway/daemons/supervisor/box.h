#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cut_book.h"
#include "guard.h"
#include "operator_desk.h"
#include "options.h"
#include "publisher.h"
#include "time_server.h"

namespace gw::supervisor {

/// The box from power-on to its end: base rules, first configuration, service, drain.
class Box {
 public:
  Box(const Premises& premises, const Options& options);
  Box(const Box&) = delete;
  Box& operator=(const Box&) = delete;

  /// Returns when the box has ended; the exit status of the supervisor.
  int run();

 private:
  enum class Life : std::uint8_t { starting, serving, draining, failed };

  Result<> begin();
  void publish_first();
  void on_first(Outcome outcome);
  void give_up(const Error& error, const UniqueFd& report);
  void on_signal();
  void drain();
  bool over() const;
  void write_records();
  ipc::op::State state();
  Result<> cut(const ipc::op::CutOrder& order);
  Result<> restore(const ipc::op::CutOrder& order);

  const Premises& premises_;
  const Options& options_;
  NetSequence base_;
  Publisher publisher_;
  std::optional<CutBook> cut_book_;
  Guard guard_;
  TimeServer time_server_;
  std::unique_ptr<OperatorDesk> desk_;
  UniqueFd signals_;
  UniqueFd lock_;
  Life life_ = Life::starting;
  Instant closed_by_ = Instant::max();  // the base rules must stand by then
  Instant records_due_{};
};

}  // namespace gw::supervisor
