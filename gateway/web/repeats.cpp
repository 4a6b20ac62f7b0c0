#include "web/repeats.h"

#include <algorithm>

#include "base/secret.h"

namespace gw::web {

Repeats::~Repeats() {
  while (!entries_.empty()) remove(entries_.begin());
}

Repeats::Place Repeats::find(const Digest& who) { return std::ranges::find(entries_, who, &Entry::who); }

void Repeats::remove(Place entry) {
  if (entry->answer) wipe(entry->answer->body.data(), entry->answer->body.size());
  entries_.erase(entry);
}

void Repeats::sweep(Instant now) {
  for (auto entry = entries_.begin(); entry != entries_.end();) {
    const auto next = std::next(entry);
    if (entry->answer && entry->until <= now) remove(entry);
    entry = next;
  }
  while (entries_.size() >= kMost) {
    const auto oldest =
        std::ranges::find_if(entries_, [](const Entry& one) { return one.answer.has_value(); });
    remove(oldest == entries_.end() ? entries_.begin() : oldest);
  }
}

Repeats::Found Repeats::begin(const Digest& who, const Digest& what, Instant now) {
  sweep(now);
  const auto known = find(who);
  if (known == entries_.end()) {
    entries_.push_back({who, what, now + kKept, std::nullopt});
    return {Standing::fresh};
  }
  if (known->what != what) return {Standing::other};
  if (!known->answer) return {Standing::under_way};
  return {Standing::answered, known->answer};
}

void Repeats::keep(const Digest& who, https::Answer answer, Instant now) {
  const auto known = find(who);
  if (known == entries_.end()) return;
  known->answer = std::move(answer);
  known->until = now + kKept;
}

void Repeats::forget(const Digest& who) {
  const auto known = find(who);
  if (known != entries_.end()) remove(known);
}

}  // namespace gw::web
