#include "control/change_text.h"

namespace gw::control {
namespace {

std::chrono::microseconds since_1970(CivilTime time) { return time.time_since_epoch(); }

std::string cut(const std::string& text, std::size_t most) { return text.substr(0, most); }

}  // namespace

ipc::changes::Change told_of(const changes::Change& change) {
  const std::size_t most = ipc::changes::kMostWord;
  ipc::changes::Change out;
  out.number = change.number;
  out.state = change.state;
  out.base = change.base;
  out.by = cut(change.by.name, most);
  out.source = cut(change.by.source, most);
  out.reason = cut(change.reason, most);
  out.staged = since_1970(change.staged);
  out.digest = change.digest;
  out.widens = change.widens;
  out.is_guarded = change.is_guarded;
  out.approved_by = cut(change.approved_by, most);
  out.within = change.within;
  out.deadline = since_1970(is_in_flight(change.state) ? change.deadline : CivilTime{});
  out.generation = model::Generation(change.generation);
  out.sessions_kept = change.sessions_kept;
  out.sessions_closed = change.sessions_closed;
  out.ended_by = cut(change.ended_by.name, most);
  out.ended = since_1970(change.ended);
  out.outcome = cut(change.outcome, 512);
  return out;
}

}  // namespace gw::control
