// A responder is asked over plain HTTP, and it is a stranger: what it may send, and what comes of it (SRV-03,
// RFC 6960 A.1).

#include "dial/inquiry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include "base/codec.h"
#include "component/dial/stage.h"
#include "dial/proxy_link.h"

namespace gw::dial {
namespace {

namespace wire = ipc::dial;
using ipc::type_number;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;
using wire::InquiryTrouble;

constexpr const char* kRequest = "0\x03 a question";

std::string good(const std::string& body, const std::string& more = "") {
  return "HTTP/1.1 200 OK\r\nContent-Type: application/ocsp-response\r\n" + more +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// Plays the responder: takes a request, then says what the test wants.
class HttpEnd {
 public:
  explicit HttpEnd(const std::string& at) : listener_(at) {}
  std::uint16_t port() const { return listener_.endpoint().port; }

  std::string says = good("an answer");
  std::size_t piece = 1'000'000;  ///< octets at a time
  bool hangs_up = false;          ///< once all is said
  std::string heard{};
  int connections = 0;

  void act() {
    if (UniqueFd fd = next(); fd) talks_.push_back({std::move(fd), {}, says, false});
    for (Talk& talk : talks_) advance(talk);
  }

 private:
  struct Talk {
    UniqueFd fd;
    std::string heard;
    std::string to_say;
    bool over;
  };
  UniqueFd next() {
    UniqueFd fd(::accept4(listener_fd(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    connections += fd ? 1 : 0;
    return fd;
  }
  int listener_fd() const { return listener_.descriptor(); }
  void advance(Talk& talk) {
    char buffer[4096];
    const ssize_t size = talk.fd ? ::recv(talk.fd.get(), buffer, sizeof buffer, MSG_DONTWAIT) : -1;
    if (size > 0) heard = talk.heard.append(buffer, static_cast<std::size_t>(size));
    if (!talk.fd || !talk.heard.ends_with(kRequest)) return;
    const std::size_t most = std::min(piece, talk.to_say.size());
    const ssize_t sent = ::send(talk.fd.get(), talk.to_say.data(), most, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) talk.to_say.erase(0, static_cast<std::size_t>(sent));
    if (talk.to_say.empty() && hangs_up) talk.fd.reset();
  }

  Cloud listener_;
  std::vector<Talk> talks_;
};

class InquiryTest : public testing::Test {
 protected:
  Stage stage;
  RecordedEvents events;
  Dialer dialer{*stage.reactor, events.sink()};
  Tables tables;
  HttpEnd end{"127.0.0.1"};
  std::pair<ipc::Channel, ipc::Channel> ends = *ipc::Channel::pair();
  ipc::Channel& proxy = ends.first;
  model::DialTable table = one_service(443, {address("127.0.0.1")});

  void begin(model::Caller caller = model::Caller::proxyd) {
    if (table.responders.empty()) set_responder({address("127.0.0.1")}, end.port());
    tables.stage(std::make_shared<const model::DialTable>(table));
    tables.commit(model::Generation(1));
    dialer.adopt(*tables.active());
    stage.actors.push_back([this] { end.act(); });
    link = std::make_shared<ProxyLink>(*stage.reactor, std::move(ends.second), caller, dialer, tables);
    ProxyLink::start(link);
  }
  void set_responder(std::vector<model::IpAddress> addresses, std::uint16_t port) {
    table.responders = {
        {{model::ServiceId(0), model::Caller::proxyd, "ocsp.example", port, std::move(addresses)},
         "/ca/ocsp"}};
  }
  void TearDown() override {
    proxy.release();
    if (link) link->end();
    stage.let_time_pass_until([&] { return link == nullptr || link.use_count() == 1; });
  }
  void ask(std::uint64_t number = 1, std::uint64_t generation = 1, std::uint16_t service = 0) {
    const std::string request = kRequest;
    const wire::Inquire inquire{model::Generation(generation),
                                model::ServiceId(service),
                                std::chrono::seconds(5),
                                {request.begin(), request.end()}};
    ASSERT_TRUE(proxy.send(type_number(wire::Msg::inquire), number, encode(inquire)));
  }
  /// "answer: " and what came, a trouble as "number status", or "ended".
  std::string told(bool time_passes = false) {
    std::optional<ipc::Frame> frame;
    const auto came = [&] {
      auto received = proxy.receive();
      if (!received)
        frame.emplace();
      else if (*received)
        frame = std::move(*received);
      return frame.has_value();
    };
    EXPECT_TRUE(time_passes ? stage.let_time_pass_until(came) : stage.run_until(came));
    if (!frame || frame->type == 0) return "ended";
    if (frame->type == type_number(wire::Msg::inquiry_answered)) {
      const auto answered = decode<wire::InquiryAnswered>(frame->body);
      return answered ? "answer: " + std::string(answered->answer.begin(), answered->answer.end())
                      : "malformed";
    }
    const auto failed = decode<wire::InquiryFailed>(frame->body);
    return failed ? word(failed->trouble, failed->status) : "malformed";
  }
  static std::string word(InquiryTrouble trouble, unsigned status = 0) {
    return std::to_string(static_cast<int>(trouble)) + " " + std::to_string(status);
  }
  /// What comes of a responder that says this.
  std::string told_of(const std::string& says, bool hangs_up = false) {
    end.says = says;
    end.hangs_up = hangs_up;
    begin();
    ask();
    return told();
  }
  std::shared_ptr<ProxyLink> link;
};

TEST_F(InquiryTest, is_one_post_and_brings_the_answer_as_it_came) {
  EXPECT_EQ(told_of(good(std::string("0\x03\n\x01\0 octets", 12))),
            "answer: " + std::string("0\x03\n\x01\0 octets", 12));
  EXPECT_THAT(end.heard, StartsWith("POST /ca/ocsp HTTP/1.1\r\n"));
  EXPECT_THAT(end.heard, HasSubstr("Host: ocsp.example:" + std::to_string(end.port()) + "\r\n"));
  EXPECT_THAT(end.heard, HasSubstr("Content-Type: application/ocsp-request\r\n"));
  EXPECT_THAT(end.heard, EndsWith(std::string("\r\n\r\n") + kRequest));
}

TEST_F(InquiryTest, an_answer_in_many_pieces_is_put_together) {
  end.piece = 7;
  EXPECT_EQ(told_of(good(std::string(3'000, 'a'))), "answer: " + std::string(3'000, 'a'));
}

TEST_F(InquiryTest, an_answer_that_ends_with_its_connection_is_whole) {  // HTTP/1.0
  EXPECT_EQ(told_of("HTTP/1.0 200 OK\r\nContent-Type: Application/OCSP-Response; x=y\r\n\r\nall", true),
            "answer: all");
}

TEST_F(InquiryTest, another_status_is_told_and_no_redirect_followed) {
  EXPECT_EQ(told_of("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:" + std::to_string(end.port()) +
                    "/\r\nContent-Length: 0\r\n\r\n"),
            word(InquiryTrouble::status, 302));
  EXPECT_EQ(end.connections, 1);
}

TEST_F(InquiryTest, a_failing_server_is_told_with_its_status) {
  EXPECT_EQ(told_of("HTTP/1.1 500 Oh\r\nContent-Length: 2\r\n\r\nno"), word(InquiryTrouble::status, 500));
}

TEST_F(InquiryTest, another_media_type_is_no_answer) {
  EXPECT_EQ(told_of("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\nwell"),
            word(InquiryTrouble::media));
}

TEST_F(InquiryTest, without_a_media_type_it_is_no_answer_either) {
  EXPECT_EQ(told_of("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nwell"), word(InquiryTrouble::media));
}

TEST_F(InquiryTest, what_is_no_http_is_told) {
  EXPECT_EQ(told_of("SSH-2.0-something\r\n"), word(InquiryTrouble::malformed));
}

TEST_F(InquiryTest, an_announced_length_beyond_the_bound_is_refused_at_once) {
  EXPECT_EQ(
      told_of("HTTP/1.1 200 OK\r\nContent-Type: application/ocsp-response\r\nContent-Length: 61441\r\n\r\n"),
      word(InquiryTrouble::too_large));
}

TEST_F(InquiryTest, the_largest_answer_fits_into_its_message) {
  const std::string body(wire::kMostInquiryAnswer, 'x');
  EXPECT_EQ(told_of(good(body)), "answer: " + body);
}

TEST_F(InquiryTest, an_endless_body_is_cut_off) {
  EXPECT_EQ(told_of("HTTP/1.1 200 OK\r\nContent-Type: application/ocsp-response\r\n\r\n" +
                    std::string(200'000, 'x')),
            word(InquiryTrouble::too_large));
}

TEST_F(InquiryTest, an_endless_head_is_cut_off) {
  EXPECT_EQ(told_of("HTTP/1.1 200 OK\r\nX: " + std::string(200'000, 'x')), word(InquiryTrouble::malformed));
}

TEST_F(InquiryTest, an_answer_cut_short_is_none) {
  EXPECT_EQ(
      told_of("HTTP/1.1 200 OK\r\nContent-Type: application/ocsp-response\r\nContent-Length: 9\r\n\r\nshort",
              true),
      word(InquiryTrouble::broken));
}

TEST_F(InquiryTest, a_responder_that_hangs_up_without_a_word_is_told) {
  EXPECT_EQ(told_of("", true), word(InquiryTrouble::broken));
}

TEST_F(InquiryTest, a_silent_responder_is_waited_for_until_the_deadline) {
  end.says.clear();
  begin();
  ask();
  EXPECT_EQ(told(true), word(InquiryTrouble::silent));
}

TEST_F(InquiryTest, a_responder_that_dribbles_is_waited_for_until_the_deadline) {
  end.says = good(std::string(50'000, 'x'));
  end.piece = 1;
  begin();
  ask();
  EXPECT_EQ(told(true), word(InquiryTrouble::silent));
}

TEST_F(InquiryTest, a_refused_connection_is_told) {
  set_responder({address("127.0.0.1")}, closed_endpoint("127.0.0.1").port);
  begin();
  ask();
  EXPECT_EQ(told(), word(InquiryTrouble::refused));
}

TEST_F(InquiryTest, a_responder_in_the_clinic_is_not_dialled) {  // W8
  set_responder({address("10.1.0.9")}, 80);
  table.forbidden = {*model::Prefix::parse("10.1.0.0/16")};
  begin();
  ask();
  EXPECT_EQ(told(), word(InquiryTrouble::forbidden));
  EXPECT_EQ(end.connections, 0);
}

TEST_F(InquiryTest, a_name_that_nobody_knows_is_told) {
  set_responder({}, end.port());
  begin();
  ask();
  EXPECT_EQ(told(true), word(InquiryTrouble::unresolved));
}

TEST_F(InquiryTest, another_generation_is_not_asked_for) {
  begin();
  ask(1, 9);
  EXPECT_EQ(told(), word(InquiryTrouble::unavailable));
}

TEST_F(InquiryTest, more_at_once_than_are_taken_are_refused_by_name) {
  end.says.clear();
  begin();
  for (std::uint64_t number = 0; number <= ProxyLink::kMaxInquiries; ++number) ask(number);
  EXPECT_EQ(told(), word(InquiryTrouble::too_many));
  for (std::size_t i = 0; i < ProxyLink::kMaxInquiries; ++i)
    EXPECT_EQ(told(true), word(InquiryTrouble::silent));
  end.says = good("again");
  ask();
  EXPECT_EQ(told(), "answer: again") << "the places are free again";
}

TEST_F(InquiryTest, about_a_service_without_a_responder_costs_the_channel) {
  begin();
  ask(1, 1, 1);
  EXPECT_EQ(told(), "ended");
}

TEST_F(InquiryTest, by_the_renewer_costs_the_channel) {
  begin(model::Caller::guest);
  ask();
  EXPECT_EQ(told(), "ended");
  EXPECT_EQ(end.connections, 0);
}

TEST_F(InquiryTest, a_responder_whose_request_could_not_be_written_makes_no_table) {
  for (const char* path : {"", "ocsp", "/a b", "/a\r\nHost: x", "/\x7f"}) {
    set_responder({address("127.0.0.1")}, 80);
    table.responders[0].path = path;
    EXPECT_FALSE(decode_table(encode(table))) << path;
  }
  table.responders[0].path = "/";
  EXPECT_TRUE(decode_table(encode(table)));
  table.responders[0].where.server_name = "a b";
  EXPECT_FALSE(decode_table(encode(table)));
}

}  // namespace
}  // namespace gw::dial
