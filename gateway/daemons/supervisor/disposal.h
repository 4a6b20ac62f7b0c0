#pragma once

#include <string>

#include "base/clock.h"
#include "ipc/messages/operator.h"
#include "journal.h"
#include "model/disposal.h"

namespace gw::supervisor {

/// Two persons have the box forget everything (DSP-01). The supervisor itself can erase nothing: it leaves a
/// word, for which a unit of the image looks (firmware/erase).
class Disposal {
 public:
  /// A proposal that nobody agrees to by then is none.
  static constexpr std::chrono::hours kStands{1};

  Disposal(Journal& journal, const Clock& clock, std::string folder)
      : journal_(journal), clock_(clock), folder_(std::move(folder)) {}

  /// disposal.impossible, disposal.none_proposed, disposal.proposed_already, disposal.same_person.
  Result<> order(const ipc::op::DisposalOrder& order, bool is_appliance);
  model::DisposalState state(bool is_appliance) const;

 private:
  using Order = ipc::op::DisposalOrder;
  Result<> propose(const Order& order);
  Result<> agree(const Order& order);
  void record(EventId id, const Order& order);
  std::chrono::milliseconds now() const;
  bool stands() const;

  Journal& journal_;
  const Clock& clock_;
  std::string folder_;
  std::optional<model::DisposalState::Proposal> proposal_{};
  std::string agreed_by_{};
};

}  // namespace gw::supervisor
