#include <algorithm>
#include <utility>

#include "operator_desk.h"
#include "sys/sealed.h"

namespace gw::supervisor {
namespace {

namespace msg = ipc::op;
using Kind = ipc::control_records::Msg;

Error starting() { return {ErrorCode::publication_busy, "the box is starting"}; }

/// A state of many listeners may not fit into one message; the listeners at the end are left out.
std::vector<std::uint8_t> encode_fitting(msg::State state) {
  std::vector<std::uint8_t> body = encode(state);
  while (body.size() > ipc::kMaxBody && !state.listeners.empty()) {
    state.listeners.resize(state.listeners.size() / 2);
    body = encode(state);
  }
  return body;
}

template <class Answer, class Argument>
Argument argument_of(std::function<Answer(const Argument&)>);

}  // namespace

/// What may be asked, a row each; what is not here the conversation has turned away before.
bool OperatorDesk::serve(const Question& asked) {
  using enum msg::Msg;
  static constexpr struct {
    msg::Msg asked;
    bool (OperatorDesk::*serve)(const Question&);
  } kAnswers[] = {
      {status, &OperatorDesk::tell_state},
      {terminals, &OperatorDesk::tell_terminals},
      {certificates, &OperatorDesk::tell_certificates},
      {network, &OperatorDesk::look_at_network},
      {connections, &OperatorDesk::list_connections},
      {diagnosis, &OperatorDesk::tell_diagnosis},
      {capture_state, &OperatorDesk::tell_capture},
      {capture_file, &OperatorDesk::hand_over_capture},
      {update_state, &OperatorDesk::tell_update},
      {disposal_state, &OperatorDesk::tell_disposal},
      {noc, &OperatorDesk::tell_noc_standing},
      {last_proof, &OperatorDesk::tell_last_proof},
      {prove, &OperatorDesk::prove},
      {republish, &OperatorDesk::republish},
      {end_connection, &OperatorDesk::end_connection},
      {site_order, &OperatorDesk::order_site},
      {identity_order, &OperatorDesk::order_identity},
      {trust_clock, &OperatorDesk::trust_clock},
      {cut, &OperatorDesk::obey<&Services::cut>},
      {restore, &OperatorDesk::obey<&Services::restore>},
      {diagnose, &OperatorDesk::obey<&Services::diagnose>},
      {stop_diagnosis, &OperatorDesk::obey<&Services::stop_diagnosis>},
      {try_isolation, &OperatorDesk::obey<&Services::try_isolation>},
      {stop_isolation, &OperatorDesk::obey<&Services::stop_isolation>},
      {capture, &OperatorDesk::obey<&Services::capture>},
      {stop_capture, &OperatorDesk::obey<&Services::stop_capture>},
      {restart, &OperatorDesk::obey<&Services::restart>},
      {install, &OperatorDesk::obey<&Services::install>},
      {dispose, &OperatorDesk::obey<&Services::dispose>},
      {faults, &OperatorDesk::obey<&Services::faults>},
      {tell_noc, &OperatorDesk::obey<&Services::tell_noc>},
      {read_records, &OperatorDesk::introduce<Kind::reader, records_reader>},
      {change_configuration, &OperatorDesk::introduce<Kind::editor, configuration_editor>},
      {administer, &OperatorDesk::introduce<Kind::administrator, administrators_desk>},
  };
  const auto* row = std::ranges::find(kAnswers, static_cast<msg::Msg>(asked.frame.type),
                                      [](const auto& r) { return r.asked; });
  return row != std::end(kAnswers) && (this->*row->serve)(asked);
}

/// What is done at once, or rejected.
template <auto kAct>
bool OperatorDesk::obey(const Question& asked) {
  const auto& act = services_.*kAct;
  const auto order = decode<decltype(argument_of(act))>(asked.frame.body);
  if (!order) return false;
  const Result<> outcome = act(*order);
  return outcome ? reply(asked, msg::Msg::done, {}) : refuse(asked, outcome.error());
}

/// The asker gets the end of a channel to controld.
template <Kind kKind, msg::Msg kAnswer>
bool OperatorDesk::introduce(const Question& asked) {
  return reply_with(asked, kAnswer, services_.visitor(kKind));
}

bool OperatorDesk::tell_state(const Question& asked) {
  return reply(asked, msg::Msg::state, encode_fitting(services_.state()));
}

bool OperatorDesk::tell_terminals(const Question& asked) {
  return reply_with(asked, msg::Msg::terminal_roll, sys::seal(encode(services_.terminals()), "terminals"));
}

/// What was compiled is passed on unread.
bool OperatorDesk::tell_certificates(const Question& asked) {
  const EditionPtr edition = services_.in_force();
  if (!edition) return refuse(asked, starting());
  const Result<UniqueFd> state = sys::seal(encode(services_.certificates()), "certificates");
  if (!state) return refuse(asked, state.error());
  return reply(asked, msg::Msg::certificate_roll, {}, {edition->certificates.get(), state->get()});
}

bool OperatorDesk::look_at_network(const Question& asked) {
  services_.look([this, id = asked.id, request = asked.frame.request](
                     const Result<std::vector<UniqueFd>>& sights) { answer_network(id, request, sights); });
  return true;
}

void OperatorDesk::answer_network(VisitorId id, std::uint64_t request,
                                  const Result<std::vector<UniqueFd>>& sights) {
  const auto found = visitors_.find(id);
  if (found == visitors_.end()) return;
  const EditionPtr edition = services_.in_force();
  if (!edition) return answer(id, request, msg::Msg::network_sight, starting());
  if (!sights) return answer(id, request, msg::Msg::network_sight, sights.error());
  std::vector<int> fds{edition->network.get()};
  for (const UniqueFd& sight : *sights) fds.push_back(sight.get());
  static_cast<void>(found->second.channel.send(ipc::type_number(msg::Msg::network_sight), request,
                                               encode(services_.network()), std::move(fds)));
}

bool OperatorDesk::list_connections(const Question& asked) {
  services_.list_sessions(
      [this, id = asked.id, request = asked.frame.request](const model::SessionRoll& roll) {
        answer(id, request, msg::Msg::session_roll, sys::seal(encode(roll), "sessions"));
      });
  return true;
}

bool OperatorDesk::tell_diagnosis(const Question& asked) {
  const msg::Diagnosis diagnosis{services_.state(), services_.service_trials()};
  return reply_with(asked, msg::Msg::diagnosed, sys::seal(encode(diagnosis), "diagnosis"));
}

bool OperatorDesk::tell_capture(const Question& asked) {
  return reply_with(asked, msg::Msg::captured, sys::seal(encode(services_.capture_state()), "capture"));
}

bool OperatorDesk::hand_over_capture(const Question& asked) {
  return reply_with(asked, msg::Msg::captured_file, services_.capture_file());
}

bool OperatorDesk::tell_update(const Question& asked) {
  return reply(asked, msg::Msg::update_told, encode(services_.update_state()));
}

bool OperatorDesk::tell_disposal(const Question& asked) {
  return reply(asked, msg::Msg::disposal_told, encode(services_.disposal_state()));
}

bool OperatorDesk::tell_noc_standing(const Question& asked) {
  const EditionPtr edition = services_.in_force();
  const Result<UniqueFd> none = sys::seal({}, "noc");
  if (!none) return refuse(asked, none.error());
  const bool is_there = edition && edition->noc;
  return reply(asked, msg::Msg::noc_standing, encode(services_.noc()),
               {is_there ? edition->noc.get() : none->get()});
}

bool OperatorDesk::tell_last_proof(const Question& asked) {
  answer(asked.id, asked.frame.request, services_.last_proof());
  return true;
}

bool OperatorDesk::prove(const Question& asked) {
  visitors_.at(asked.id).awaits_proof = true;
  services_.prove([this, id = asked.id, request = asked.frame.request](const Result<ProofPtr>& proof) {
    if (const auto found = visitors_.find(id); found != visitors_.end()) found->second.awaits_proof = false;
    answer(id, request, proof);
  });
  return true;
}

bool OperatorDesk::republish(const Question& asked) {
  services_.publish_again([this, id = asked.id, request = asked.frame.request](Outcome outcome) {
    answer(id, request, std::move(outcome));
  });
  return true;
}

bool OperatorDesk::end_connection(const Question& asked) {
  const auto order = decode<msg::EndConnection>(asked.frame.body);
  if (!order) return false;
  services_.end_session(*order, [this, id = asked.id, request = asked.frame.request](const Result<>& ended) {
    answer(id, request, msg::Msg::done,
           ended ? Result<UniqueFd>(UniqueFd()) : Result<UniqueFd>(ended.error()));
  });
  return true;
}

/// Whoever sits at the box names nobody else as the one who did it.
bool OperatorDesk::order_site(const Question& asked) {
  Result<msg::SiteRequest> order = decode<msg::SiteRequest>(asked.frame.body);
  if (!order) return false;
  if (!asked.visitor.names_administrators) order->by = {};
  services_.order_site({SiteAuthority::By::clinic, std::move(order->order), std::move(order->reason),
                        std::move(asked.frame.fds[0]), std::move(order->by)},
                       [this, id = asked.id, request = asked.frame.request](const Result<UniqueFd>& product) {
                         answer(id, request, msg::Msg::site_product, product);
                       });
  return true;
}

bool OperatorDesk::order_identity(const Question& asked) {
  Result<msg::IdentityOrder> order = decode<msg::IdentityOrder>(asked.frame.body);
  if (!order) return false;
  services_.order_identity(
      {*std::move(order), std::move(asked.frame.fds[0])},
      [this, id = asked.id, request = asked.frame.request](const Result<UniqueFd>& product) {
        answer(id, request, msg::Msg::identity_request, product);
      });
  return true;
}

bool OperatorDesk::trust_clock(const Question& asked) {
  const auto order = decode<msg::ClockOrder>(asked.frame.body);
  if (!order) return false;
  const Result<msg::ClockTrusted> outcome = services_.trust_clock(*order);
  return outcome ? reply(asked, msg::Msg::clock_trusted, encode(*outcome)) : refuse(asked, outcome.error());
}

}  // namespace gw::supervisor
