#pragma once

#include <functional>
#include <optional>

#include "compartments.h"
#include "compiler_run.h"
#include "inquiries.h"
#include "reachability.h"
#include "listeners.h"
#include "net_sequence.h"
#include "publication.h"

namespace gw::supervisor {

/// How a publication came out, and the compiler's report if there is one.
struct Outcome {
  Result<ipc::op::Published> result;
  UniqueFd report{};
};

/// Puts configurations in force, one at a time and whole: compile, apply to the kernel, prepare everywhere,
/// commit everywhere; or everything stays as it was (architecture 3.2).
class Publisher {
 public:
  using Finished = std::function<void(Outcome)>;
  using Enrol = decltype(Compartments::Ears::enrol);
  using Controld = decltype(Compartments::Ears::controld);
  /// In the state folder is what the box keeps itself. `enrol` and `controld` as in Compartments::Ears.
  Publisher(const Premises& premises, KeyPlaces& key_places, std::string state_folder, Enrol enrol,
            Controld controld);

  /// Refused with publication.busy while another one runs. `change` brings it about; zero: none does.
  void publish(Origin origin, model::ChangeNumber change, Finished finished);
  /// The configuration in force once more, as a new generation of the same change: compiled from what was
  /// kept when it was compiled, whatever its files have become since, and with the keys that keyd has.
  /// Refused like publish(), and while nothing is in force.
  void publish_again(Finished finished);
  void tick(Instant now);
  /// Gives up what runs and drains the compartments; nothing is published any more.
  void stop();

  void cut(std::vector<model::Cut> cuts, model::Intake intake) { compartments_.cut(std::move(cuts), intake); }
  /// As Compartments has them.
  Result<ipc::Channel> work_with_keys(const ipc::compartment::KeyWork& trade) {
    return compartments_.work_with_keys(trade);
  }
  Result<ipc::Channel> dial_as_guest(const std::string& tenant) {
    return compartments_.dial_as_guest(tenant);
  }
  Result<ipc::Channel> sign_as(const std::string& owner) { return compartments_.sign_as(owner); }
  void tell_earliest() { compartments_.tell_earliest(); }
  std::uint32_t start_judges_anew() { return compartments_.start_judges_anew(); }

  const Compartments& compartments() const { return compartments_; }
  Inquiries& inquiries() { return inquiries_; }
  Reachability& reachability() { return reachability_; }
  /// What the kernel must agree with now; null before the first and while a publication changes it.
  bool is_idle() const { return publication_.stage() == Stage::idle; }
  EditionPtr settled() const {
    return publication_.stage() == Stage::idle ? compartments_.in_force() : nullptr;
  }
  const Listeners& listeners() const { return listeners_; }

 private:
  void take(News news);
  void fail(Error error);
  void on_compiled(Result<std::shared_ptr<Edition>> edition);
  void on_applied(const Result<NetSequence::Repaired>& result);
  void on_settled(const Result<NetSequence::Repaired>& result);
  void look();
  void hear(const std::string& tenant, const ipc::Frame& said);
  // one for each stage
  void apply();
  void prepare();
  void commit();
  void settle();
  void restore();
  void conclude();

  const Premises& premises_;
  Listeners listeners_;
  Compartments compartments_;
  Inquiries inquiries_;
  Reachability reachability_;
  CompilerRun compiler_;
  NetSequence net_;
  Publication publication_;
  std::uint64_t last_generation_ = 0;
  std::shared_ptr<const Edition> edition_;
  EditionPtr before_;  // in force when the publication began
  std::optional<Error> failure_;
  UniqueFd report_;
  Finished finished_;
};

}  // namespace gw::supervisor
