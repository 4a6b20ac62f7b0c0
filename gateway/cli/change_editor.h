#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/visit.h"
#include "config/sources.h"
#include "ipc/messages/changes.h"
#include "model/session_roll.h"

namespace gw::cli {

/// Changes the box's configuration, by the supervisor's leave, at controld itself (WLS-04).
class ChangeEditor {
 public:
  /// channel.closed when no supervisor is there, records.unavailable when there is no controld.
  static Result<ChangeEditor> open(const std::string& socket_path);

  /// A change, and what was said of it.
  struct Shown {
    ipc::changes::Change change{};
    std::string report{};  ///< of the compiler, a line a problem
    std::string words{};   ///< what it changes, a line each; "+" before what may allow more than before
    std::optional<model::Effect> foreseen{};  ///< of the sessions that stood when it was looked at
  };
  Result<model::ChangeNumber> stage(const ipc::changes::Stage& wanted, const config::Sources& sources);
  Result<model::ChangeNumber> copy(const ipc::changes::Copy& wanted);
  /// Once it was looked at.
  Result<Shown> check(const ipc::changes::Act& wanted);
  /// With the token, once it is in force; without one, and why in the change itself, if it was refused.
  Result<ipc::changes::PutInForce> put(const ipc::changes::Put& wanted);
  /// Once the box starts with it.
  Result<Shown> confirm(const ipc::changes::Confirm& wanted);
  Result<Shown> extend(const ipc::changes::Extend& wanted);
  /// Once what was confirmed before is in force again.
  Result<Shown> turn_back(const ipc::changes::Act& wanted);
  Result<Shown> withdraw(const ipc::changes::Act& wanted);
  Result<Shown> find(model::ChangeNumber number);
  Result<std::vector<ipc::changes::Change>> history(std::uint32_t most);
  Result<config::Sources> sources(model::ChangeNumber number);

 private:
  explicit ChangeEditor(Visit visit) : visit_(std::move(visit)) {}
  template <class Body>
  Result<Shown> shown(ipc::changes::Msg type, const Body& body);

  Visit visit_;
};

}  // namespace gw::cli
