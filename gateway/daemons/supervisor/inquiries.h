#pragma once

#include <deque>
#include <functional>
#include <set>
#include <string>

#include "compartments.h"
#include "model/session_roll.h"

namespace gw::supervisor {

/// Asks the compartments about the sessions that stand in them, one question after the other. Whoever does
/// not answer in time is named, and holds up nobody.
class Inquiries {
 public:
  static constexpr std::chrono::seconds kPatience{2};
  static constexpr std::size_t kMostWaiting = 16;

  using Listed = std::function<void(const model::SessionRoll&)>;
  using Foreseen = std::function<void(const model::Effect&)>;
  using Ended = std::function<void(const Result<>&)>;
  /// Both outlive it.
  Inquiries(const Premises& premises, Compartments& compartments)
      : premises_(premises), compartments_(compartments) {}
  Inquiries(const Inquiries&) = delete;
  Inquiries& operator=(const Inquiries&) = delete;

  /// All of them. `listed` may be called at once, and is in any case.
  void list(Listed listed);
  /// What `next` would do to them if it were in force now. As list() otherwise.
  void rehearse(EditionPtr next, Foreseen foreseen);
  /// Ends one. session.unknown, status.unavailable. As list() otherwise.
  void end(const std::string& tenant, model::SessionId session, Ended ended);

  /// What a tenant's proxyd said.
  void hear(const std::string& tenant, const ipc::Frame& said);
  void tick(Instant now);

 private:
  using Msg = ipc::compartment::Msg;
  /// One question to some tenants, and what they said so far.
  struct Question {
    Msg what{};
    EditionPtr next{};
    std::string tenant{};
    model::SessionId session{};
    Listed listed{};
    Foreseen foreseen{};
    Ended ended{};
    // while it is asked
    std::uint64_t number = 0;
    Instant until{};
    std::set<std::string> waiting{};
    model::SessionRoll roll{};
    model::Effect effect{};
    bool was_there = false;
  };

  void add(Question question);
  void begin();
  void ask(const std::string& tenant, model::TenantId place);
  void ask_for_more(const std::string& tenant, model::SessionId behind);
  void take(const std::string& tenant, ipc::compartment::Sessions said);
  void take(const std::string& tenant, const ipc::compartment::Rehearsed& said);
  void done_with(const std::string& tenant);
  void finish();
  static void tell(Question done);

  const Premises& premises_;
  Compartments& compartments_;
  std::deque<Question> questions_{};  // the first is being asked
  std::uint64_t last_ = 0;
};

}  // namespace gw::supervisor
