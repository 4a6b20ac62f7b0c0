#pragma once

#include "accounts/accounts.h"
#include "api/value.h"
#include "changes/changes.h"
#include "control/chronicle.h"
#include "control/record_store.h"
#include "ipc/messages/web_control.h"

namespace gw::control {

/// What a question of an administrator is answered from.
struct WebAround {
  accounts::Accounts& accounts;
  RecordStore& store;
  Chronicle& records;
  changes::Changes& changes;
};

/// A question that was found whole: values that its contract allows, by somebody who is signed in if it
/// demands that. Lives for one question.
struct WebAsk {
  const api::Operation& row;
  const api::TypedValues& values;
  const accounts::Visitor& visitor;
  std::string_view token;
  const accounts::Actor& actor;  ///< nobody's where anyone may ask
  accounts::Told& told;          ///< what belongs into the records, whatever comes of it

  bool has(std::size_t at) const { return values[at].is_there(); }
  std::string_view text(std::size_t at) const { return values[at].text; }
  std::uint64_t number(std::size_t at, std::uint64_t otherwise) const {
    return has(at) ? values[at].number : otherwise;
  }
  /// None is the beginning of time, as the accounts have it.
  CivilTime time(std::size_t at) const { return CivilTime(std::chrono::milliseconds(number(at, 0))); }
};

/// What came of it. `json` may hold a secret that is shown once.
struct WebAnswer {
  std::string json{};
  ipc::web::Token token = ipc::web::Token::stands;
  Secret given{};
};
using WebHandler = Result<WebAnswer> (*)(const WebAsk& ask, const WebAround& around);

/// Where webd, or somebody at the box, asks for administrators (ADM-06, ADM-11): finds out who it is and
/// whether he may, has it done, and has it recorded. One question at a time, one thread.
class WebDesk {
 public:
  explicit WebDesk(ipc::Channel channel) : channel_(std::move(channel)) {}

  int fd() const { return channel_.fd(); }
  /// Answers the next question, if one waits. channel.closed when whoever asked is gone; anything else when
  /// it broke the rules: drop the desk.
  Result<> serve(const WebAround& around);

 private:
  Result<> answer(std::uint64_t request, const ipc::web::Ask& asked, const WebAround& around);
  Result<> say(std::uint64_t request, WebAnswer done);
  Result<> refuse(std::uint64_t request, const Error& why, std::string_view pointer = {});

  ipc::Channel channel_;
  ipc::Conversation conversation_{ipc::web::kToControld};
};

}  // namespace gw::control
