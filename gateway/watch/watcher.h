#pragma once

#include <map>
#include <string>

#include "base/clock.h"
#include "ipc/messages/control_watch.h"
#include "ipc/record_sink.h"
#include "watch/ear.h"
#include "watch/folding.h"
#include "watch/kernel_news.h"
#include "watch/refusal_log.h"
#include "watch/scans.h"
#include "watch/segments.h"

namespace gw::watch {

/// What one namespace's watcher looks at. Opened before the walls are up.
struct Senses {
  KernelNews news;
  RefusalLog refusals;

  static Result<Senses> open();
};

/// Tells the supervisor when the namespace's state changed, writes down what its rules refused (WLS-03,
/// IDS-01) and what on its segments speaks for a second path (ISO-05), and tells of terminals that have one.
/// Changes nothing and sends nothing on any network. One thread.
class Watcher {
 public:
  Watcher(Senses senses, ipc::Channel control, ipc::RecordSink& records, const Clock& clock)
      : senses_(std::move(senses)), control_(std::move(control)), records_(records), clock_(clock) {}

  /// Says `ready` and watches until the supervisor's channel ends.
  Result<> watch();

 private:
  enum class Report : std::uint8_t { none, due };

  void wait();
  Result<> obey();
  Result<> take(ipc::Frame& frame);
  Result<> tell_changes(Instant now);
  void hear(const Refusal& refusal, Instant now);
  void write_sums(Instant now);
  Result<> hear_segments(Instant now);
  void write_sighting(const Segments::Told& told);
  void write_sightings_folded(Instant now);
  void write_scan(const Refusal& refusal, Scans::Kind kind);
  Event about(EventId id, const Refusal& refusal) const;
  std::string tenant_of(const Refusal& refusal) const;

  Senses senses_;
  ipc::Channel control_;
  ipc::RecordSink& records_;
  const Clock& clock_;
  ipc::Conversation conversation_{ipc::watch::kToWatcher};
  ipc::watch::Owners owners_;
  Folding folding_;
  Scans scans_;
  Ear ear_;
  Segments segments_;
  Report report_ = Report::none;
  Instant told_{};
};

}  // namespace gw::watch
