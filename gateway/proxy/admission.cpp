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
  admission_->give_back(admission_->sessions_);
  if (source_) --admission_->sources_.at(*source_).sessions;
  if (terminal_ && --admission_->terminals_.at(*terminal_) == 0) admission_->terminals_.erase(*terminal_);
}

void Admission::Ticket::end_handshake() {
  if (shaking_hands_) admission_->give_back(admission_->handshakes_);
  shaking_hands_ = false;
}

bool Admission::Ticket::admit_source(const model::IpAddress& source, Instant now) {
  auto& sources = admission_->sources_;
  if (sources.size() >= kMaxSources && !sources.contains(source)) return false;
  const auto [it, fresh] = sources.try_emplace(source);
  if (fresh) it->second = {0, static_cast<double>(admission_->limits_.connections_per_source), now};
  if (it->second.sessions >= admission_->limits_.sessions_per_source ||
      !admission_->spend_token(it->second, now))
    return false;
  ++it->second.sessions;
  source_ = source;
  return true;
}

bool Admission::Ticket::admit_terminal(const std::string& terminal) {
  std::uint32_t& sessions = admission_->terminals_[terminal];
  if (sessions >= admission_->limits_.sessions_per_terminal) return false;
  ++sessions;
  terminal_ = terminal;
  return true;
}

std::optional<Admission::Ticket> Admission::take_ticket() {
  if (!has_room()) return std::nullopt;
  ++sessions_;
  ++handshakes_;
  return Ticket(this);
}

void Admission::give_back(std::uint32_t& count) {
  const bool full = !has_room();
  --count;
  if (full && room_returned_ && has_room()) room_returned_();
}

bool Admission::spend_token(Source& source, Instant now) const {
  const std::chrono::duration<double> passed = now - source.filled;
  const auto most = static_cast<double>(limits_.connections_per_source);
  source.tokens = std::min(most, source.tokens + passed.count() * most);
  source.filled = now;
  if (source.tokens < 1) return false;
  source.tokens -= 1;
  return true;
}

void Admission::forget_quiet_sources(Instant now) {
  std::erase_if(sources_, [&](const auto& entry) {
    return entry.second.sessions == 0 && now - entry.second.filled > std::chrono::seconds(2);
  });
}

}  // namespace gw::proxy
