#include "web/service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/operation.h"
#include "support/manual_clock.h"
#include "sys/sealed.h"

namespace gw::web {
namespace {

namespace msg = ipc::web;
using api::OperationId;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

sys::Detached run(Service& service, const https::Exchange& exchange, std::optional<https::Answer>& out) {
  https::Answer answer = co_await service.serve(exchange);
  out = std::move(answer);
}

/// A browser at one end, and the test in controld's place at the other.
class ServiceTest : public testing::Test {
 protected:
  ServiceTest() {
    line.start();
    EXPECT_TRUE(line.connect(ends.second.release()));
    auto edition = std::make_shared<Edition>();
    edition->table.management.own_port = true;
    edition->names = OwnNames({"box.example"}, {*model::IpAddress::parse("10.1.0.1"), 443});
    service.use(edition);
  }
  /// Whoever waits is told that there is nobody to wait for: no question outlives what it stands on.
  void TearDown() override {
    controld = ipc::Channel(UniqueFd());
    turn();
  }
  static https::Exchange request(std::string method, std::string target, std::string body = {}) {
    https::Exchange exchange;
    exchange.request = {.method = std::move(method),
                        .target = std::move(target),
                        .content_type = body.empty() ? "" : "application/json",
                        .host = "box.example",
                        .accept_language = "en",
                        .body = std::move(body)};
    exchange.source = {*model::IpAddress::parse("10.1.0.9"), 40000};
    return exchange;
  }
  void turn(int times = 3) {
    for (int i = 0; i < times; ++i) reactor->run_once(std::chrono::milliseconds(0));
  }
  /// What is said without controld.
  https::Answer at_once(const https::Exchange& exchange) {
    std::optional<https::Answer> out;
    run(service, exchange, out);
    EXPECT_TRUE(out) << "it waits for controld";
    return out.value_or(https::Answer{});
  }
  /// What came to controld; nothing if nothing did.
  std::optional<std::pair<std::uint64_t, msg::Ask>> asked() {
    auto frame = controld.receive();
    if (!frame || !*frame) return std::nullopt;
    return std::pair{(*frame)->request, *decode<msg::Ask>(decode<msg::Piece>((*frame)->body)->octets)};
  }
  void reply(std::uint64_t request, const msg::Answered& answered, std::string_view json) {
    const UniqueFd sealed = *sys::seal(as_bytes(json), "answer");
    EXPECT_TRUE(
        controld.send(ipc::type_number(msg::Msg::answered), request, encode(answered), {sealed.get()}));
    turn();
  }
  void refuse(std::uint64_t request, ErrorCode code, std::string pointer = {}) {
    const msg::Refused refused{code, "why", std::move(pointer)};
    EXPECT_TRUE(controld.send(ipc::type_number(msg::Msg::refused), request, encode(refused)));
    turn();
  }

  support::ManualClock clock;
  std::unique_ptr<sys::Reactor> reactor = *sys::Reactor::make(clock);
  std::pair<ipc::Channel, ipc::Channel> ends = *ipc::Channel::pair();
  std::pair<ipc::Channel, ipc::Channel> logs = *ipc::Channel::pair();
  ipc::Channel controld = std::move(ends.first);
  ipc::RecordSink sink{logs.second.release().release()};
  front::Records records{sink, clock, {EventId::web_refused, EventId::web_shunned, EventId::web_folded, 30}};
  Line line{*reactor};
  Service service{line, records, clock};
  std::optional<https::Answer> answer;
};

TEST_F(ServiceTest, what_is_asked_goes_to_controld_with_who_asks_and_the_answer_comes_back) {
  auto exchange = request("PUT", "/api/v1/accounts/m-sato/role", R"({"role":"auditor"})");
  exchange.request.cookie = "__Host-sekisho=0af0";
  exchange.request.csrf_token = "c5";
  run(service, exchange, answer);
  const auto got = asked();
  ASSERT_TRUE(got);
  EXPECT_EQ(got->second.operation, static_cast<std::uint16_t>(OperationId::accounts_role));
  EXPECT_EQ(got->second.token, "0af0");
  EXPECT_EQ(got->second.csrf, "c5");
  EXPECT_EQ(got->second.source.to_text(), "10.1.0.9");
  EXPECT_TRUE(got->second.is_own_port);
  EXPECT_EQ(got->second.values.at(1).text, "auditor");
  reply(got->first, {}, "");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 204u);
  EXPECT_THAT(answer->headers, Contains(Pair("X-Content-Type-Options", "nosniff")));
}

TEST_F(ServiceTest, a_new_session_is_put_into_the_browsers_cookie_and_an_old_one_taken_away) {
  const auto sign_in = request("POST", "/api/v1/session", R"({"name":"n","password":"p","code":"1"})");
  run(service, sign_in, answer);
  msg::Answered given;
  given.token = msg::Token::given;
  given.given = "0af0";
  reply(asked()->first, given, R"({"account":"n"})");
  EXPECT_EQ(answer->status, 201u);
  EXPECT_EQ(answer->body, R"({"account":"n"})");
  EXPECT_THAT(answer->headers, Contains(Pair("Set-Cookie", HasSubstr("__Host-sekisho=0af0;"))));
  const auto show = request("GET", "/api/v1/session");
  run(service, show, answer);
  refuse(asked()->first, ErrorCode::account_session_ended);
  EXPECT_EQ(answer->status, 401u);
  EXPECT_THAT(answer->headers, Contains(Pair("Set-Cookie", HasSubstr("Max-Age=0"))));
}

TEST_F(ServiceTest, what_no_browser_of_an_administrator_sends_gets_no_further) {
  auto rebound = request("GET", "/api/v1/session");
  rebound.request.host = "evil.example";
  EXPECT_EQ(at_once(rebound).status, 421u);
  auto foreign = request("POST", "/api/v1/session", R"({"name":"n","password":"p"})");
  foreign.request.origin = "https://evil.example";
  EXPECT_EQ(at_once(foreign).status, 403u);
  EXPECT_EQ(at_once(request("GET", "/api/v1/nothing")).status, 404u);
  EXPECT_THAT(at_once(request("PATCH", "/api/v1/session")).headers,
              Contains(Pair("Allow", "POST, GET, DELETE")));
  EXPECT_THAT(at_once(request("POST", "/api/v1/session", "{}")).body, HasSubstr(R"("at":"/body/name")"));
  EXPECT_FALSE(asked());
}

TEST_F(ServiceTest, a_websocket_is_for_whoever_is_signed_in_and_comes_from_the_boxs_own_pages) {
  auto live = request("GET", "/api/v1/live");
  live.request.cookie = "__Host-sekisho=0af0";
  live.request.websocket_key = "dGhlIHNhbXBsZSBub25jZQ==";
  live.request.origin = "https://evil.example";
  EXPECT_EQ(at_once(live).status, 403u);
  EXPECT_EQ(at_once(request("POST", "/api/v1/live")).status, 405u);
  live.request.origin = "https://box.example";
  run(service, live, answer);
  const auto got = asked();
  ASSERT_TRUE(got);
  EXPECT_EQ(got->second.operation, static_cast<std::uint16_t>(OperationId::session_show));
  EXPECT_EQ(got->second.token, "0af0");
  EXPECT_TRUE(got->second.is_watching) << "nobody's word";
  refuse(got->first, ErrorCode::account_session_ended);
  EXPECT_EQ(answer->status, 401u);
  answer.reset();
  live.request.websocket_key.clear();
  run(service, live, answer);
  reply(asked()->first, {}, "{}");
  EXPECT_EQ(answer->status, 426u);
  EXPECT_THAT(answer->headers, Contains(Pair("Sec-WebSocket-Version", "13")));
}

TEST_F(ServiceTest, a_session_has_so_many_websockets_and_who_leaves_makes_room) {
  auto live = request("GET", "/api/v1/live");
  live.request.cookie = "__Host-sekisho=0af0";
  live.request.websocket_key = "dGhlIHNhbXBsZSBub25jZQ==";
  std::vector<https::Answer> open;
  const auto status = [&] {
    answer.reset();
    run(service, live, answer);
    reply(asked()->first, {}, "{}");
    open.push_back(*std::exchange(answer, std::nullopt));
    return open.back().status;
  };
  for (std::size_t i = 0; i < Live::kMostOfSession; ++i) EXPECT_EQ(status(), 101u);
  EXPECT_THAT(open.front().headers, Contains(Pair("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")));
  EXPECT_EQ(status(), 429u);
  open.clear();
  EXPECT_EQ(status(), 101u);
}

TEST_F(ServiceTest, whoever_asks_too_often_is_told_to_wait) {
  for (std::uint32_t i = 0; i < kOfOne.at_once; ++i)
    EXPECT_EQ(at_once(request("GET", "/livez")).status, 200u);
  EXPECT_EQ(at_once(request("GET", "/livez")).status, 429u);
}

TEST_F(ServiceTest, whoever_has_not_signed_in_is_held_back_from_wherever_he_comes) {
  auto sign_in = request("POST", "/api/v1/session", R"({"name":"n","password":"p"})");
  for (std::uint32_t i = 0; i <= kOfStrangers.at_once; ++i) {
    sign_in.source.address = {model::Family::ipv4, {10, 1, 0, static_cast<std::uint8_t>(i)}};
    answer.reset();
    run(service, sign_in, answer);
    if (i < kOfStrangers.at_once) refuse(asked()->first, ErrorCode::account_refused);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, i < kOfStrangers.at_once ? 401u : 429u);
  }
  const auto show = request("GET", "/api/v1/session");
  answer.reset();
  run(service, show, answer);
  EXPECT_TRUE(asked()) << "whoever has signed in goes on";
}

TEST_F(ServiceTest, without_controld_there_is_nothing_but_the_pages) {
  controld = ipc::Channel(UniqueFd());
  turn();
  EXPECT_EQ(at_once(request("GET", "/api/v1/session")).status, 503u);
  EXPECT_EQ(at_once(request("GET", "/readyz")).status, 503u);
  EXPECT_EQ(at_once(request("GET", "/livez")).status, 200u);
}

TEST_F(ServiceTest, a_controld_that_goes_or_keeps_silent_leaves_nobody_waiting) {
  const auto show = request("GET", "/api/v1/session");
  run(service, show, answer);
  EXPECT_FALSE(answer);
  clock.advance(Line::kPatience);
  turn();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 503u);
  answer.reset();
  run(service, show, answer);
  controld = ipc::Channel(UniqueFd());
  turn();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 503u);
}

TEST_F(ServiceTest, an_answer_that_comes_too_late_is_nobodys) {
  const auto show = request("GET", "/api/v1/session");
  run(service, show, answer);
  const auto first = asked();
  clock.advance(Line::kPatience);
  turn();
  answer.reset();
  run(service, show, answer);
  const auto second = asked();
  reply(first->first, {}, "late");
  EXPECT_FALSE(answer);
  reply(second->first, {}, "mine");
  EXPECT_EQ(answer->body, "mine");
}

TEST_F(ServiceTest, what_breaks_the_rules_is_as_good_as_gone) {
  EXPECT_TRUE(controld.send(ipc::type_number(msg::Msg::answered), 1, {}));
  turn();
  EXPECT_FALSE(line.is_connected());
}

TEST_F(ServiceTest, no_more_questions_are_under_way_than_controld_can_take) {
  const auto show = request("GET", "/api/v1/session");
  std::vector<std::optional<https::Answer>> answers(Line::kMostUnderWay);
  for (auto& one : answers) run(service, show, one);
  EXPECT_EQ(at_once(show).status, 503u);
  for (std::size_t i = 0; i < answers.size(); ++i) reply(asked()->first, {}, "x");
  EXPECT_THAT(answers, testing::Each(testing::Ne(std::nullopt)));
}

TEST_F(ServiceTest, a_long_question_waits_until_controld_has_taken_those_before_it) {
  const std::string text(500'000, 'x');
  const auto change =
      request("POST", "/api/v1/changes", R"({"reason":"r","base":1,"configuration":")" + text + "\"}");
  const auto show = request("GET", "/api/v1/session");
  std::optional<https::Answer> answers[3];
  run(service, change, answers[0]);
  run(service, change, answers[1]);
  run(service, show, answers[2]);
  std::vector<std::uint64_t> whole;
  std::map<std::uint64_t, std::size_t> octets;
  for (int rounds = 0; rounds < 200 && whole.size() < 3; ++rounds, turn())
    for (auto frame = controld.receive(); frame && *frame; frame = controld.receive()) {
      octets[(*frame)->request] += decode<msg::Piece>((*frame)->body)->octets.size();
      if ((*frame)->type == ipc::type_number(msg::Msg::ask)) whole.push_back((*frame)->request);
    }
  EXPECT_THAT(whole, testing::ElementsAre(1, 2, 3)) << "in their order, each whole";
  EXPECT_EQ(octets[1], octets[2]);
  EXPECT_GT(octets[1], text.size());
  for (const std::uint64_t request : whole) reply(request, {}, "{}");
  for (const auto& one : answers) EXPECT_LT(one.value_or(https::Answer{.status = 503}).status, 300u);
}

TEST_F(ServiceTest, a_key_gets_the_same_answer_for_the_same_session_alone) {
  auto create = request("POST", "/api/v1/accounts", R"({"name":"a","person":"p","role":"viewer"})");
  create.request.idempotency_key = "k";
  create.request.cookie = "__Host-sekisho=0a";
  run(service, create, answer);
  EXPECT_EQ(at_once(create).status, 409u) << "it is under way";
  reply(asked()->first, {}, R"({"code":"secret"})");
  EXPECT_EQ(answer->status, 201u);
  EXPECT_EQ(at_once(create).body, R"({"code":"secret"})");
  auto other = create;
  other.request.body = R"({"name":"b","person":"p","role":"viewer"})";
  EXPECT_EQ(at_once(other).status, 422u);
  auto strangers = create;
  strangers.request.cookie = "__Host-sekisho=0b";
  answer.reset();
  run(service, strangers, answer);
  EXPECT_FALSE(answer) << "controld is asked";
  EXPECT_TRUE(asked());
}

TEST_F(ServiceTest, what_was_refused_may_be_asked_for_again_with_the_same_key) {
  auto create = request("POST", "/api/v1/accounts", R"({"name":"a","person":"p","role":"viewer"})");
  create.request.idempotency_key = "k";
  run(service, create, answer);
  refuse(asked()->first, ErrorCode::account_exists);
  EXPECT_EQ(answer->status, 409u);
  run(service, create, answer);
  EXPECT_TRUE(asked());
}

/// BAK-02.
TEST_F(ServiceTest, a_file_is_passed_on_as_it_is_and_called_what_it_is_called) {
  run(service, request("GET", "/api/v1/backups/12/file"), answer);
  const auto got = asked();
  ASSERT_TRUE(got);
  EXPECT_EQ(got->second.operation, static_cast<std::uint16_t>(OperationId::backups_download));
  EXPECT_EQ(got->second.values.at(0).number, 12u);
  const UniqueFd file = *sys::seal(as_bytes(std::string_view("octets")), "file");
  const msg::Octets octets{"sekisho-00000012-20261129-0310-daily.tar", 6};
  ASSERT_TRUE(controld.send(ipc::type_number(msg::Msg::octets), got->first, encode(octets), {file.get()}));
  turn();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200u);
  ASSERT_TRUE(answer->file);
  EXPECT_EQ(answer->file->size, 6u);
  EXPECT_THAT(answer->headers,
              Contains(Pair("Content-Disposition",
                            "attachment; filename=\"sekisho-00000012-20261129-0310-daily.tar\"")));
  EXPECT_THAT(answer->headers, Contains(Pair("X-Content-Type-Options", "nosniff")));
  EXPECT_EQ(answer->body, "");
}

}  // namespace
}  // namespace gw::web
