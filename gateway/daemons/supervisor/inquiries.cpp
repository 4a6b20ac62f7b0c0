#include "inquiries.h"

#include "sys/sealed.h"

namespace gw::supervisor {
namespace {

namespace msg = ipc::compartment;

}  // namespace

void Inquiries::list(Listed listed) { add({.what = Msg::list_sessions, .listed = std::move(listed)}); }

void Inquiries::rehearse(EditionPtr next, Foreseen foreseen) {
  add({.what = Msg::rehearse, .next = std::move(next), .foreseen = std::move(foreseen)});
}

void Inquiries::end(const std::string& tenant, model::SessionId session, Ended ended) {
  add({.what = Msg::end_session, .tenant = tenant, .session = session, .ended = std::move(ended)});
}

/// Beyond what may wait nobody is asked: all are silent.
void Inquiries::add(Question question) {
  if (questions_.size() >= kMostWaiting) {
    for (const auto& [tenant, place] : compartments_.proxies()) question.waiting.insert(tenant);
    return tell(std::move(question));
  }
  questions_.push_back(std::move(question));
  if (questions_.size() == 1) begin();
}

void Inquiries::begin() {
  Question& now = questions_.front();
  now.number = ++last_;
  now.until = premises_.clock.now() + kPatience;
  for (const auto& [tenant, place] : compartments_.proxies()) {
    if (!now.tenant.empty() && tenant != now.tenant) continue;
    now.waiting.insert(tenant);
    ask(tenant, place);
  }
  if (now.waiting.empty()) finish();
}

void Inquiries::ask(const std::string& tenant, model::TenantId place) {
  const Question& now = questions_.front();
  if (now.what == Msg::list_sessions) return ask_for_more(tenant, {});
  if (now.what == Msg::end_session)
    return compartments_.inquire(tenant, now.what, encode(msg::EndSession{now.number, now.session}), {});
  const Result<UniqueFd> nothing = sys::seal({}, "nothing");
  if (!nothing) return;
  const bool stays = now.next->find(place, tenant) != nullptr;
  const int snapshot = stays ? now.next->snapshots.at(place).get() : nothing->get();
  compartments_.inquire(tenant, now.what, encode(msg::Rehearse{now.number}), {snapshot});
}

void Inquiries::ask_for_more(const std::string& tenant, model::SessionId behind) {
  compartments_.inquire(tenant, Msg::list_sessions,
                        encode(msg::ListSessions{questions_.front().number, behind}), {});
}

/// An answer to an earlier question comes too late.
void Inquiries::hear(const std::string& tenant, const ipc::Frame& said) {
  if (questions_.empty() || !questions_.front().waiting.contains(tenant)) return;
  Question& now = questions_.front();
  if (said.type == ipc::type_number(Msg::sessions)) {
    auto sessions = decode<msg::Sessions>(said.body);
    if (sessions && sessions->question == now.number) take(tenant, *std::move(sessions));
  } else if (said.type == ipc::type_number(Msg::rehearsed)) {
    const auto rehearsed = decode<msg::Rehearsed>(said.body);
    if (rehearsed && rehearsed->question == now.number) take(tenant, *rehearsed);
  } else if (said.type == ipc::type_number(Msg::ended)) {
    const auto ended = decode<msg::Ended>(said.body);
    if (!ended || ended->question != now.number) return;
    now.was_there = ended->was_there;
    done_with(tenant);
  }
}

void Inquiries::take(const std::string& tenant, msg::Sessions said) {
  model::SessionRoll& roll = questions_.front().roll;
  const bool has_more = !said.is_last && !said.rows.empty();
  const model::SessionId last = said.rows.empty() ? model::SessionId{} : said.rows.back().session;
  for (model::SessionRow& row : said.rows) {
    if (roll.rows.size() == model::kMostSessionRows) {
      roll.is_cut = true;
      return done_with(tenant);
    }
    row.tenant = tenant;
    roll.rows.push_back(std::move(row));
  }
  return has_more ? ask_for_more(tenant, last) : done_with(tenant);
}

void Inquiries::take(const std::string& tenant, const msg::Rehearsed& said) {
  model::Effect& effect = questions_.front().effect;
  effect.stay += said.effect.stay;
  effect.end += said.effect.end;
  for (model::Ending ending : said.effect.endings) {
    if (effect.endings.size() == model::kMostEndings) break;
    ending.tenant = tenant;
    effect.endings.push_back(std::move(ending));
  }
  done_with(tenant);
}

void Inquiries::done_with(const std::string& tenant) {
  questions_.front().waiting.erase(tenant);
  if (questions_.front().waiting.empty()) finish();
}

void Inquiries::tick(Instant now) {
  if (!questions_.empty() && now >= questions_.front().until) finish();
}

void Inquiries::finish() {
  Question done = std::move(questions_.front());
  questions_.pop_front();
  if (!questions_.empty()) begin();
  tell(std::move(done));
}

/// Whoever did not answer yet is silent.
void Inquiries::tell(Question done) {
  const std::vector<std::string> silent(done.waiting.begin(), done.waiting.end());
  done.roll.silent = done.effect.silent = silent;
  if (done.listed) done.listed(done.roll);
  if (done.foreseen) done.foreseen(done.effect);
  if (!done.ended) return;
  if (!silent.empty())
    return done.ended(Error{ErrorCode::status_unavailable, "no answer from " + done.tenant});
  done.ended(done.was_there ? Result<>(Done{}) : Result<>(Error{ErrorCode::session_unknown}));
}

}  // namespace gw::supervisor
