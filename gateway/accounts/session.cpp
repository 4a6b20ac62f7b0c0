#include "accounts/session.h"

#include <algorithm>

#include "accounts/random.h"
#include "base/text.h"

namespace gw::accounts {
namespace {

Secret random_hex(std::size_t octets) {
  std::string raw(octets, '\0');
  fill_random({reinterpret_cast<std::uint8_t*>(raw.data()), raw.size()});
  Secret hex(to_hex(as_bytes(raw)));
  wipe(raw.data(), raw.size());
  return hex;
}

bool is_over(const Session& session, Instant now) {
  return now >= session.ends || now - session.last_seen >= Sessions::kIdle;
}

SessionEnd why_over(const Session& session, Instant now) {
  return now >= session.ends ? SessionEnd::too_old : SessionEnd::idle;
}

}  // namespace

std::string_view to_string(SessionEnd end) {
  constexpr std::string_view kNames[] = {"signed_out", "idle",    "too_old",   "moved",
                                         "forced",     "changed", "pushed_out"};
  return kNames[static_cast<std::size_t>(end)];
}

Secret Sessions::fresh_key() { return random_hex(32); }

Sessions::Over Sessions::take_out(Place place, SessionEnd why) {
  Over over{std::move(place->second), why};
  sessions_.erase(place);
  return over;
}

/// Of those that fit, once there are as many as there may be.
template <class Fits>
std::optional<Sessions::Place> Sessions::longest_idle(Fits fits, std::size_t most) {
  std::optional<Place> found;
  std::size_t count = 0;
  for (Place place = sessions_.begin(); place != sessions_.end(); ++place) {
    if (!fits(place->second)) continue;
    ++count;
    if (!found || place->second.last_seen < (*found)->second.last_seen) found = place;
  }
  return count >= most ? found : std::nullopt;
}

Sessions::Opened Sessions::open(Session draft, Instant now, CivilTime civil_now,
                                std::chrono::seconds longest) {
  Opened opened;
  opened.over = sweep(now);
  const auto make_room = [&](auto fits, std::size_t most) {
    while (const auto place = longest_idle(fits, most))
      opened.over.push_back(take_out(*place, SessionEnd::pushed_out));
  };
  make_room([&](const Session& other) { return other.account == draft.account; }, kMostOfOne);
  make_room([](const Session&) { return true; }, kMost);
  draft.name = to_hex(random_octets<8>());
  draft.began = civil_now;
  draft.last_seen = now;
  draft.ends = now + std::min<std::chrono::seconds>(longest, kLongest);
  opened.token = random_hex(32);
  opened.session = draft;
  sessions_.emplace(sha256_of(as_bytes(opened.token.view())), std::move(draft));
  return opened;
}

Sessions::Found Sessions::find(std::string_view token, const Visitor& visitor, Instant now,
                               Presence presence) {
  const Place place = sessions_.find(sha256_of(as_bytes(token)));
  if (place == sessions_.end()) return {};
  Session& session = place->second;
  if (is_over(session, now)) return {std::nullopt, take_out(place, why_over(session, now))};
  if (visitor != session.visitor) return {std::nullopt, take_out(place, SessionEnd::moved)};
  if (presence == Presence::himself) session.last_seen = now;
  return {session, std::nullopt};
}

std::string Sessions::csrf_for(const Sha256& hash) const {
  return to_hex(hmac_sha256(as_bytes(csrf_key_.view()), hash));
}

std::optional<std::string> Sessions::csrf_of(std::string_view token) const {
  const Sha256 hash = sha256_of(as_bytes(token));
  if (!sessions_.contains(hash)) return std::nullopt;
  return csrf_for(hash);
}

bool Sessions::is_csrf_of(std::string_view token, std::string_view csrf) const {
  const auto expected = csrf_of(token);
  return expected && are_same(as_bytes(*expected), as_bytes(csrf));
}

std::optional<Sessions::Over> Sessions::end(std::string_view name, SessionEnd why) {
  const Place place =
      std::ranges::find_if(sessions_, [&](const auto& session) { return session.second.name == name; });
  if (place == sessions_.end()) return std::nullopt;
  return take_out(place, why);
}

std::vector<Sessions::Over> Sessions::end_all_of(AccountId account, SessionEnd why) {
  std::vector<Over> over;
  for (Place place = sessions_.begin(); place != sessions_.end();) {
    const Place one = place++;
    if (one->second.account == account) over.push_back(take_out(one, why));
  }
  return over;
}

std::vector<Sessions::Over> Sessions::sweep(Instant now) {
  std::vector<Over> over;
  for (Place place = sessions_.begin(); place != sessions_.end();) {
    const Place one = place++;
    if (is_over(one->second, now)) over.push_back(take_out(one, why_over(one->second, now)));
  }
  return over;
}

std::vector<Session> Sessions::list() const {
  std::vector<Session> out;
  for (const auto& [hash, session] : sessions_) out.push_back(session);
  return out;
}

}  // namespace gw::accounts
