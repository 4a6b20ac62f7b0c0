#include "proxy/admission.h"

#include <algorithm>

namespace gw::proxy {

Admission::Ticket::Ticket(Ticket&& other) noexcept
    : admission_(std::exchange(other.admission_, nullptr)),
      shaking_hands_(other.shaking_hands_),
      source_(std::move(other.source_)),
      terminal_(std::move(other.terminal_)) {}

Admission::Ticket::~Ticket() {
  if (admission_ == nullptr) return;
  end_handshake();
  if (source_) admission_->sources_.leave(*source_);
  if (terminal_) admission_->terminals_.leave(*terminal_);
  admission_->give_back(admission_->sessions_);
}

void Admission::Ticket::end_handshake() {
  if (!std::exchange(shaking_hands_, false)) return;
  if (source_) admission_->end_handshake_of(*source_);
  admission_->give_back(admission_->handshakes_);
}

bool Admission::Ticket::admit_source(const model::IpAddress& source, Instant now) {
  const model::TenantLimits& limits = admission_->limits_;
  if (!admission_->may_begin_handshake(source) ||
      !admission_->sources_.enter(source, limits.sessions_per_source, limits.connections_per_source, now)) {
    admission_->arrivals_.refund();  // one source's flood must not shut out the others
    return false;
  }
  source_ = source;
  ++admission_->handshakes_by_source_[source];
  return true;
}

bool Admission::Ticket::admit_terminal(const std::string& terminal, Instant now) {
  const model::TenantLimits& limits = admission_->limits_;
  if (!admission_->terminals_.enter(terminal, limits.sessions_per_terminal, limits.connections_per_terminal,
                                    now))
    return false;
  terminal_ = terminal;
  return true;
}

std::optional<Admission::Ticket> Admission::take_ticket(Instant now) {
  if (!has_room() || !arrivals_.spend(limits_.connections, now)) return std::nullopt;
  ++sessions_;
  ++handshakes_;
  return Ticket(this);
}

bool Admission::may_begin_handshake(const model::IpAddress& source) const {
  const auto found = handshakes_by_source_.find(source);
  const std::uint32_t share = std::max(1u, limits_.handshakes / kSourcesAtOnce);
  return found == handshakes_by_source_.end() || found->second < share;
}

void Admission::end_handshake_of(const model::IpAddress& source) {
  const auto found = handshakes_by_source_.find(source);
  if (--found->second == 0) handshakes_by_source_.erase(found);
}

void Admission::give_back(std::uint32_t& count) {
  const bool full = !has_room();
  --count;
  if (full && room_returned_ && has_room()) room_returned_();
}

void Admission::forget_quiet(Instant now) {
  sources_.forget_quiet(now);
  terminals_.forget_quiet(now);
}

}  // namespace gw::proxy
