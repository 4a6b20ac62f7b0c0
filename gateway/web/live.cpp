#include "web/live.h"

#include <algorithm>

#include "api/problem_words.h"
#include "base/json.h"
#include "pki/certificate.h"

namespace gw::web {
namespace {

namespace msg = ipc::web;
using std::chrono::seconds;

constexpr Rate kOrders{2, 12};      // of one page
constexpr seconds kLooksAgain{30};  // whether the session stands
constexpr unsigned kOwnFault = 500;

std::string problem_text(const Problem& problem, Language language) {
  std::string body = answer_of(problem, language).body;
  body.pop_back();  // its end of line
  return body;
}

std::string about(std::uint64_t number, std::string_view what, std::string_view json) {
  return JsonObject().number("watch", number).raw(what, json).take();
}

}  // namespace

/// Counts a talk for as long as it is there.
class Live::Place {
 public:
  Place(Live& live, const Session& session) : live_(live), session_(session) {
    ++live_.count_;
    ++live_.by_session_[session_];
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() {
    --live_.count_;
    if (--live_.by_session_[session_] == 0) live_.by_session_.erase(session_);
  }

 private:
  Live& live_;
  Session session_;
};

/// One page: what it watches, and what it was told.
class Live::Audience {
 public:
  Audience(Live& live, const Session& session, const msg::Ask& whose, Language language)
      : place_(live, session), line_(live.line_), whose_(whose), language_(language) {
    whose_.is_watching = true;
  }

  sys::Task<> attend(https::Talk& talk) {
    watches_.push_back(
        {0, api::OperationId::session_show, api::TypedValues(), kLooksAgain, talk.now() + kLooksAgain});
    sys::Wake& news = talk.news();
    while (talk.go_on()) {
      if (const auto text = talk.next()) {
        obey(*text, talk);
        continue;
      }
      const auto next = std::ranges::min_element(watches_, {}, &Watch::due);
      if (talk.is_free() && next->due <= talk.now()) {
        co_await ask(*next, talk);
        continue;
      }
      talk.rouse_at(talk.is_free() ? next->due : Instant::max());
      co_await news;
    }
  }

 private:
  struct Watch {
    std::uint64_t number = 0;  ///< 0: nobody's; it asks whether the session stands
    api::OperationId operation{};
    api::TypedValues values{};
    seconds every{};
    Instant due{};
    std::optional<Session> told{};  ///< SHA-256 of what was said last
  };

  void obey(const std::string& text, https::Talk& talk) {
    if (!orders_.admits({}, talk.now())) return talk.close(https::CloseCode::policy, "too many orders");
    auto order = read_order(text);
    if (const auto* unwatched = std::get_if<UnwatchOrder>(&order)) return drop(unwatched->number);
    ++last_;
    const auto* problem = std::get_if<Problem>(&order);
    if (problem) return talk.say(about(last_, "problem", problem_text(*problem, language_)));
    if (watches_.size() > kMostWatches)
      return talk.say(about(last_, "problem", problem_text({ErrorCode::web_live_full}, language_)));
    WatchOrder& wanted = std::get<WatchOrder>(order);
    watches_.push_back({last_, wanted.operation, std::move(wanted.values), wanted.every, talk.now()});
  }

  void drop(std::uint64_t number) {
    if (number != 0) std::erase_if(watches_, [number](const Watch& one) { return one.number == number; });
  }

  sys::Task<> ask(Watch& watch, https::Talk& talk) {
    whose_.operation = static_cast<std::uint16_t>(watch.operation);
    whose_.values = watch.values;
    Result<Reply> reply = co_await line_.ask(whose_);
    watch.due = talk.now() + watch.every;
    if (reply && !reply->refused) {
      tell(watch, reply->json, talk);
      wipe(reply->json.data(), reply->json.size());
      co_return;
    }
    refuse(watch, reply ? Problem{reply->refused->code, reply->refused->detail} : Problem{reply.error().code},
           talk);
  }

  void tell(Watch& watch, const std::string& json, https::Talk& talk) {
    if (watch.number == 0) return;
    if (json.size() > kLongestAnswer)
      return refuse(watch, {ErrorCode::web_not_live, "its answer is too long; ask for less"}, talk);
    say_if_new(watch, "answer", json, talk);
  }

  /// What may be another time is asked again; what was refused for good is not.
  void refuse(Watch& watch, const Problem& problem, https::Talk& talk) {
    const std::string text = problem_text(problem, language_);
    if (problem.code == ErrorCode::account_session_ended) {
      talk.say(JsonObject().raw("problem", text).take());
      return talk.close(https::CloseCode::session_ended, "the session is over");
    }
    if (watch.number == 0) return;
    say_if_new(watch, "problem", text, talk);
    if (api::status_of_problem(problem.code) < kOwnFault) drop(watch.number);
  }

  void say_if_new(Watch& watch, std::string_view what, const std::string& json, https::Talk& talk) {
    std::string text = about(watch.number, what, json);
    const Session digest = pki::sha256_of(as_bytes(text));
    if (watch.told != digest) talk.say(text);
    watch.told = digest;
    wipe(text.data(), text.size());
  }

  Place place_;
  Line& line_;
  msg::Ask whose_;
  Language language_;
  Rates orders_{kOrders};
  std::vector<Watch> watches_{};
  std::uint64_t last_ = 0;
};

sys::Task<https::Answer> Live::open(const https::Request& request, const msg::Ask& whose, Language language) {
  msg::Ask first = whose;
  first.operation = static_cast<std::uint16_t>(api::OperationId::session_show);
  first.is_watching = true;
  Result<Reply> reply = co_await line_.ask(first);
  if (!reply) co_return answer_of({reply.error().code}, language);
  wipe(reply->json.data(), reply->json.size());
  if (reply->refused) co_return answer_of({reply->refused->code}, language);
  const auto accept = https::accept_of(request.websocket_key);
  if (!accept) {
    https::Answer needed = answer_of({ErrorCode::web_upgrade}, language);
    needed.headers.insert(needed.headers.end(), {{"Upgrade", "websocket"}, {"Sec-WebSocket-Version", "13"}});
    co_return needed;
  }
  const Session session = pki::sha256_of(as_bytes(whose.token));
  const auto known = by_session_.find(session);
  if (count_ >= kMost || (known != by_session_.end() && known->second >= kMostOfSession))
    co_return answer_of({ErrorCode::web_live_full}, language);
  https::Answer answer{.status = 101};
  answer.headers = {{"Upgrade", "websocket"}, {"Sec-WebSocket-Accept", *accept}};
  const auto audience = std::make_shared<Audience>(*this, session, whose, language);
  answer.talk = [audience](https::Talk& talk) { return audience->attend(talk); };
  co_return answer;
}

}  // namespace gw::web
