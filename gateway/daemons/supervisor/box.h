#pragma once

#include <memory>
#include <optional>
#include <string>

#include "board_link.h"
#include "certificate_book.h"
#include "change_orders.h"
#include "cut_book.h"
#include "disposal.h"
#include "guard.h"
#include "lookout.h"
#include "operator_desk.h"
#include "options.h"
#include "packet_capture.h"
#include "prober.h"
#include "publisher.h"
#include "recorder.h"
#include "renewals.h"
#include "reporter.h"
#include "service_notice.h"
#include "site_authority.h"
#include "time_server.h"
#include "update_watch.h"
#include "wan_lease.h"

namespace gw::supervisor {

/// The box from power-on to its end: base rules, first configuration, service, drain, base rules.
class Box {
 public:
  Box(const Premises& premises, const Options& options);
  Box(const Box&) = delete;
  Box& operator=(const Box&) = delete;

  /// Returns when the box has ended; the exit status of the supervisor.
  int run();

 private:
  enum class Life : std::uint8_t { starting, waiting, serving, draining, failed };
  enum class End : std::uint8_t { none, closing, reached };

  Result<> begin();
  void say_without_rules() const;
  void close_grounds();
  void begin_service();
  void publish_first();
  void publish(Origin origin, model::ChangeNumber change, Publisher::Finished finished);
  void publish_again(Publisher::Finished finished);
  Result<UniqueFd> visit(ipc::control_records::Msg kind);
  /// The clock can be right; otherwise whoever waits is told so.
  bool may_publish(const Publisher::Finished& finished) const;
  void watch_clock(Instant now);
  void on_first(Outcome outcome);
  void give_up(const Error& error, const UniqueFd& report);
  void on_signal();
  void drain();
  void close_behind();
  void wind_up(Instant now);
  void write_records();
  ipc::op::State state();
  model::BoxCondition condition(bool is_settled) const;
  Result<> dispose(const ipc::op::DisposalOrder& order);
  ipc::op::ClockState clock() const;
  model::CertificateState certificates() const;
  ipc::op::NetworkState network() const;
  model::TerminalRoll terminals() const;
  std::vector<ipc::op::ProcessState> processes() const;
  Prober::Box for_prober();
  SiteAuthority::Box for_site();
  Renewals::Box for_renewals();
  Reporter::Box for_reporter();
  Recorder::Ears for_recorder();
  ChangeOrders::Box for_changes();
  void serve_controld();
  std::vector<model::Cut> all_cuts() const;
  void apply_cuts();
  void mind_intake(Instant now);
  void heed_intake();
  Result<ipc::op::ClockTrusted> trust_clock(const ipc::op::ClockOrder& order);
  void record(EventId id, const ipc::op::CutOrder& order);
  Result<> cut(const ipc::op::CutOrder& order);
  void cut_after_proof(const ipc::op::CutOrder& order);
  Result<> restore(const ipc::op::CutOrder& order);
  void refuse(const ipc::watch::SecondPath& told);
  bool is_shut_out(const model::SiteOrder& order) const;
  void enrol(const std::string& tenant, const ipc::compartment::Enrol& wanted,
             const Compartments::Ears::Answer& answer);

  const Premises& premises_;
  const Options& options_;
  Recorder recorder_;
  KeyPlaces key_places_;
  NetSequence rules_;  // before the first configuration and after the last
  Publisher publisher_;
  ChangeOrders changes_;
  std::optional<CutBook> cut_book_;
  Guard guard_;
  Prober prober_;
  CertificateBook held_;
  SiteAuthority site_;
  Renewals renewals_;
  Reporter reporter_;
  WanLease wan_lease_;
  TimeServer time_server_;
  Lookout lookout_;
  PacketCapture capture_;
  UpdateWatch update_;
  BoardLink board_;
  Disposal disposal_;
  std::vector<model::Cut> trial_cuts_{};
  std::unique_ptr<OperatorDesk> desk_;
  ServiceNotice notice_ = ServiceNotice::from_environment();
  UniqueFd signals_;
  Life life_ = Life::starting;
  End end_ = End::none;
  Instant closed_by_ = Instant::max();  // the base rules must stand by then
  Instant records_due_{};
  model::Intake intake_ = model::Intake::open;
  Instant unrefused_due_{};  // a watcher in foreign hands fills no log
};

}  // namespace gw::supervisor
