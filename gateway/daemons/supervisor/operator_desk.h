#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "ipc/messages/control_records.h"
#include "ipc/messages/operator.h"
#include "lookout.h"
#include "model/terminal_roll.h"
#include "premises.h"
#include "prober.h"
#include "publisher.h"
#include "renewals.h"
#include "site_authority.h"

namespace gw::supervisor {

/// The local socket where root gives orders and asks for the state (`sekisho`).
class OperatorDesk {
 public:
  struct Services {
    std::function<ipc::op::State()> state;
    std::function<model::TerminalRoll()> terminals;
    std::function<void(Publisher::Finished)> publish_again;
    std::function<Result<>(const ipc::op::CutOrder&)> cut, restore;
    std::function<Result<ipc::op::ClockTrusted>(const ipc::op::ClockOrder&)> trust_clock;
    std::function<void(SiteAuthority::Order, SiteAuthority::Finished)> order_site;
    std::function<void(Renewals::Order, Renewals::Finished)> order_identity;
    std::function<void(Prober::Finished)> prove;
    std::function<void()> leave_proof;
    std::function<ProofPtr()> last_proof;
    std::function<Result<UniqueFd>(ipc::control_records::Msg kind)> visitor;
    std::function<void(Inquiries::Listed)> list_sessions;
    std::function<void(const ipc::op::EndConnection&, Inquiries::Ended)> end_session;
    std::function<model::CertificateState()> certificates;
    std::function<void(Lookout::Seen)> look;
    std::function<ipc::op::NetworkState()> network;
    std::function<EditionPtr()> in_force;
    std::function<Result<>(const ipc::op::Administrator&)> diagnose, stop_diagnosis;
    std::function<const model::ServiceTrials&()> service_trials;
    std::function<Result<>(const ipc::op::Administrator&)> try_isolation, stop_isolation;
    std::function<Result<>(const ipc::op::CaptureOrder&)> capture;
    std::function<Result<>(const ipc::op::Administrator&)> stop_capture;
    std::function<model::CaptureState()> capture_state;
    std::function<Result<UniqueFd>()> capture_file;
    std::function<Result<>(const ipc::op::Faults&)> faults;
    std::function<Result<>(const ipc::op::DisposalOrder&)> dispose;
    std::function<model::DisposalState()> disposal_state;
    std::function<const model::UpdateState&()> update_state;
    std::function<Result<>(const ipc::op::RestartOrder&)> restart;
    std::function<Result<>(const ipc::op::InstallOrder&)> install;
    std::function<ipc::op::NocStanding()> noc;
    std::function<Result<>(const ipc::op::Administrator&)> tell_noc;
  };
  /// Listens on `path`, mode 0600; what was there before is removed.
  static Result<std::unique_ptr<OperatorDesk>> open(const Premises& premises, const std::string& path,
                                                    Services services);
  OperatorDesk(const OperatorDesk&) = delete;
  OperatorDesk& operator=(const OperatorDesk&) = delete;
  ~OperatorDesk();

  /// The other end of a channel on which controld has done what administrators may.
  Result<UniqueFd> admit_controld();

 private:
  struct Visitor {
    ipc::Channel channel;
    ipc::Conversation conversation{ipc::op::kFromOperator};
    bool names_administrators = false;  ///< controld, which has found out who asks
    bool awaits_proof = false;
  };
  using VisitorId = std::uint64_t;

  struct Question {
    VisitorId id;
    const Visitor& visitor;
    ipc::Frame& frame;
  };

  OperatorDesk(const Premises& premises, std::string path, UniqueFd socket, Services services);
  void welcome();
  void admit(Visitor visitor);
  void hear(VisitorId id);

  // operator_answers.cpp; false: the visitor is not to be trusted, or gone
  bool serve(const Question& asked);
  template <auto kAct>
  bool obey(const Question& asked);
  template <ipc::control_records::Msg kKind, ipc::op::Msg kAnswer>
  bool introduce(const Question& asked);
  bool tell_state(const Question& asked);
  bool tell_terminals(const Question& asked);
  bool tell_certificates(const Question& asked);
  bool look_at_network(const Question& asked);
  bool list_connections(const Question& asked);
  bool tell_diagnosis(const Question& asked);
  bool tell_capture(const Question& asked);
  bool hand_over_capture(const Question& asked);
  bool tell_update(const Question& asked);
  bool tell_disposal(const Question& asked);
  bool tell_noc_standing(const Question& asked);
  bool tell_last_proof(const Question& asked);
  bool prove(const Question& asked);
  bool republish(const Question& asked);
  bool end_connection(const Question& asked);
  bool order_site(const Question& asked);
  bool order_identity(const Question& asked);
  bool trust_clock(const Question& asked);

  // at once
  static bool reply(const Question& asked, ipc::op::Msg kind, Bytes body, std::vector<int> fds = {});
  static bool reply_with(const Question& asked, ipc::op::Msg kind, const Result<UniqueFd>& product);
  static bool refuse(const Question& asked, const Error& error);
  // later, when the visitor may have left
  void answer(VisitorId id, std::uint64_t request, Outcome outcome);
  void answer(VisitorId id, std::uint64_t request, ipc::op::Msg kind, const Result<UniqueFd>& product);
  void answer(VisitorId id, std::uint64_t request, const Result<ProofPtr>& proof);
  void answer_network(VisitorId id, std::uint64_t request, const Result<std::vector<UniqueFd>>& sights);
  void part_from(VisitorId id);

  const Premises& premises_;
  std::string path_;
  UniqueFd socket_;
  Services services_;
  std::map<VisitorId, Visitor> visitors_;
  VisitorId last_visitor_ = 0;
};

}  // namespace gw::supervisor
