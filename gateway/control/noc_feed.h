#pragma once

#include <optional>
#include <string>

#include "control/path_times.h"
#include "control/record_store.h"
#include "metrics/ledger.h"
#include "spool/spool.h"

namespace gw::control {

/// As what records of that kind are told to the operations centre; nothing: they are not.
std::optional<spool::Class> told_as(EventId event);

/// Passes on what happened: each record once, in its order, counted, and put where it waits for the
/// operations centre. What is told there is what people did to the box and what went wrong; a terminal's
/// sessions are counted and not told, since they are nobody's business but the clinic's. One thread.
class NocFeed {
 public:
  /// Records at once; they may be many after a time without.
  static constexpr std::size_t kMostAtOnce = 500;

  /// All outlive it.
  NocFeed(RecordStore& store, spool::Spool& spool, metrics::Ledger& ledger, PathTimes& paths)
      : store_(store), spool_(spool), ledger_(ledger), paths_(paths) {}

  /// Of the time before there was an operations centre no record is told. Figures that say since when
  /// something is so outlive this process.
  Result<> begin();
  /// Goes on from where the spool stands. False: there are more. store.full: some other time.
  Result<bool> go_on(const std::string& site);

 private:
  void count(const audit::Record& record);
  void count_opening(const Event& event, const std::string& tenant);
  void note_undone(const audit::Record& record);
  void remember_undone();
  void observe(metrics::FamilyId histogram, std::optional<std::chrono::milliseconds> took);

  RecordStore& store_;
  spool::Spool& spool_;
  metrics::Ledger& ledger_;
  PathTimes& paths_;
};

}  // namespace gw::control
