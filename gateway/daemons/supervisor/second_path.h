#pragma once

#include <vector>

#include "edition.h"
#include "ipc/messages/control_watch.h"
#include "model/cut.h"

namespace gw::supervisor {

/// So many addresses the box cuts off by itself; the rest of the book is for people.
inline constexpr std::size_t kMostRefused = 128;

model::Cut cut_of(const model::IpAddress& source);
bool is_cut(const model::Cut& cut, const std::vector<model::Cut>& cuts);

/// May the box cut this address off because a watcher says so? The watcher hears strangers, so it is not
/// taken at its word: the finding must be one that leads to a refusal, the address a terminal's on a segment
/// that refuses such, and no flood may fill the book. Otherwise cut.not_by_itself, with the reason.
Result<> may_refuse(const ipc::watch::SecondPath& told, const Edition& in_force,
                    const std::vector<model::Cut>& cuts);

}  // namespace gw::supervisor
