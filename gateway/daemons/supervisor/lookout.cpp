#include "lookout.h"

#include <utility>

namespace gw::supervisor {

void Lookout::look(Seen seen) {
  if (!premises_.grounds.owned())
    return seen(Error{ErrorCode::status_unavailable, "the box has no network of its own here"});
  waiting_.push_back(std::move(seen));
  if (waiting_.size() > 1) return;
  sequence_.run(look_steps(), {},
                [this](Result<NetSequence::Repaired> outcome) { finish(std::move(outcome)); });
}

/// Whoever is told may ask again at once.
void Lookout::finish(Result<NetSequence::Repaired> outcome) {
  const std::vector<Seen> told = std::exchange(waiting_, {});
  const Result<std::vector<UniqueFd>> sights =
      outcome ? Result<std::vector<UniqueFd>>(std::move(outcome->sights)) : outcome.error();
  for (const Seen& seen : told) seen(sights);
}

void Lookout::stop() {
  sequence_.cancel();
  waiting_.clear();
}

}  // namespace gw::supervisor
