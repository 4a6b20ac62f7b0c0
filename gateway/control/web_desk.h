#pragma once

#include "accounts/accounts.h"
#include "api/value.h"
#include "changes/changes.h"
#include "control/backup_office.h"
#include "control/chronicle.h"
#include "control/errand.h"
#include "control/maintenance_gate.h"
#include "control/record_store.h"
#include "control/review_office.h"
#include "incidents/contacts.h"
#include "ipc/messages/web_control.h"
#include "setup/setup.h"

namespace gw::control {

class BundleOffice;
class EvidenceOffice;
class NocOffice;
class OrderOffice;
class ImageOffice;

/// What a question of an administrator is answered from.
struct WebAround {
  accounts::Accounts& accounts;
  RecordStore& store;
  Chronicle& records;
  changes::Changes& changes;
  BackupOffice& backups;
  BundleOffice& bundles;
  EvidenceOffice& evidence;
  maintenance::Maintenance& maintenance;
  MaintenanceGate& gate;
  ReviewOffice& reviews;
  setup::Setup& setup;
  incidents::Incidents& incidents;
  ErrandLine& errands;
  const Clock& clock;
  NocOffice& noc;
  OrderOffice& orders;
  incidents::Contacts& contacts;
  ImageOffice& images;
};

/// A question that was found whole: values that its contract allows, by somebody who is signed in if it
/// demands that. Lives for one question.
struct WebAsk {
  const api::Operation& row;
  const api::TypedValues& values;
  const accounts::Visitor& visitor;
  std::string_view token;
  const accounts::Actor& actor;         ///< nobody's where anyone may ask
  accounts::Told& told;                 ///< what belongs into the records, whatever comes of it
  std::span<const ipc::Frame> heard{};  ///< what the supervisor said before, where one errand led to another

  bool has(std::size_t at) const { return values[at].is_there(); }
  std::string_view text(std::size_t at) const { return values[at].text; }
  const std::vector<std::string>& items(std::size_t at) const { return values[at].items; }
  std::uint64_t number(std::size_t at, std::uint64_t otherwise) const {
    return has(at) ? values[at].number : otherwise;
  }
  /// None is the beginning of time, as the accounts have it.
  CivilTime time(std::size_t at) const { return CivilTime(std::chrono::milliseconds(number(at, 0))); }
};

struct WebAnswer;
/// Makes the answer of what the supervisor said, or has one more errand.
using Finish = Result<WebAnswer> (*)(const WebAsk& ask, const WebAround& around, const ipc::Frame& said);

/// What came of it. `json` may hold a secret that is shown once. With an errand that is not the answer yet:
/// `finish` makes it, once the errand is done.
struct WebAnswer {
  std::string json{};
  ipc::web::Token token = ipc::web::Token::stands;
  Secret given{};
  backup::TakenAlong octets{};  ///< if there is a file: nothing else counts then
  std::optional<Errand> errand{};
  Finish finish = nullptr;
};
using WebHandler = Result<WebAnswer> (*)(const WebAsk& ask, const WebAround& around);

/// Where webd, or somebody at the box, asks for administrators (ADM-06, ADM-11): finds out who it is and
/// whether he may, has it done, and has it recorded. One question at a time, one thread.
class WebDesk {
 public:
  explicit WebDesk(ipc::Channel channel) : channel_(std::move(channel)) {}

  int fd() const { return channel_.fd(); }
  /// Is an errand under way? Then nobody else is listened to here.
  bool waits() const { return held_.has_value(); }
  /// Until when, at the most.
  std::optional<Instant> due() const { return held_ ? std::optional(held_->until) : std::nullopt; }
  /// Answers the next question, if one waits. channel.closed when whoever asked is gone; anything else when
  /// it broke the rules: drop the desk.
  Result<> serve(const WebAround& around);
  /// What came of an errand, if it was for this desk. Errors as serve().
  Result<> told(ErrandLine::Answer& answer, const WebAround& around);

 private:
  /// A question whose errand is under way.
  struct Held {
    std::uint64_t request = 0, errand = 0;
    ipc::web::Ask asked{};
    accounts::Actor actor{};
    Finish finish = nullptr;
    std::optional<MaintenanceGate::Work> work{};
    Instant until{};
    std::vector<ipc::Frame> heard{};
  };
  Result<> answer(std::uint64_t request, const ipc::web::Ask& asked, const WebAround& around);
  Result<> hold(Held held, WebAnswer answer, const WebAround& around);
  Result<> finish(Result<ipc::Frame> said, const WebAround& around);
  Result<> say(std::uint64_t request, WebAnswer done);
  Result<> refuse(std::uint64_t request, const Error& why, std::string_view pointer = {});

  Result<> take_piece(const ipc::Frame& frame);
  void forget_pieces();

  ipc::Channel channel_;
  ipc::Conversation conversation_{ipc::web::kToControld};
  std::vector<std::uint8_t> pieces_{};  // of a question that is not whole yet
  std::uint64_t pieces_of_ = 0;
  std::optional<Held> held_{};
};

}  // namespace gw::control
