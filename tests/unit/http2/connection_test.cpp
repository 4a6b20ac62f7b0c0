// HTTP/2 as the box speaks it with terminals that ask for tunnels (RFC 9113), held against a client of
// another make.

#include "http2/connection.h"

#include <gmock/gmock.h>

#include "base/check.h"
#include "support/http2_peer.h"

namespace gw::http2 {
namespace {

using support::http2_connect_frame;
using support::http2_frame;
using support::http2_preface;
using support::Http2Peer;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// Takes what others give, in pieces as a socket has them.
class Http2Test : public testing::Test {
 protected:
  Connection box{[] {}};
  Http2Peer terminal;
  Instant now{std::chrono::hours(1)};

  void hear(const std::string& octets) {
    for (std::size_t at = 0; at < octets.size(); at += 8'192)
      box.take(as_bytes(std::string_view(octets).substr(at, 8'192)), now);
  }
  std::string say() {
    std::string out;
    for (Bytes octets = box.give(); !octets.empty(); octets = box.give()) out += as_text(octets);
    return out;
  }
  /// Until neither has anything to say.
  void talk(Http2Peer& with) {
    for (int i = 0; i < 1'000; ++i) {
      const std::string up = with.give();
      hear(up);
      const std::string down = say();
      ASSERT_TRUE(with.take(down));
      if (up.empty() && down.empty()) return;
    }
    FAIL() << "they never stop";
  }
  void talk() { talk(terminal); }
  /// A tunnel that stands.
  StreamPtr tunnel(std::int32_t& id) {
    id = terminal.connect("emr.cloud.example:443");
    talk();
    auto asked = box.take_asked();
    GW_CHECK(asked.size() == 1, "one request, one stream");
    asked[0]->accept();
    talk();
    EXPECT_EQ(terminal.stream(id).status, "200");
    return asked[0];
  }
  static std::string read(Stream& stream, std::size_t most = 1'000'000) {
    std::vector<std::uint8_t> room(most);
    return std::string(as_text(Bytes(room).first(stream.read(room))));
  }
};

std::string asked_for(const Stream& stream) {
  const auto* request = std::get_if<http::ConnectRequest>(&stream.asked());
  if (request != nullptr) return request->host + ":" + std::to_string(request->port);
  return std::to_string(std::get<http::OtherRequest>(stream.asked()).status);
}

TEST_F(Http2Test, a_tunnel_carries_octets_both_ways_and_each_end_by_itself) {
  std::int32_t id = 0;
  const StreamPtr stream = tunnel(id);
  EXPECT_EQ(asked_for(*stream), "emr.cloud.example:443");
  terminal.send(id, "up");
  terminal.end(id);
  talk();
  EXPECT_FALSE(stream->has_ended()) << "there is something to read before";
  EXPECT_EQ(read(*stream), "up");
  EXPECT_TRUE(stream->has_ended());
  stream->write(as_bytes("down"));
  EXPECT_FALSE(stream->is_drained());
  talk();
  EXPECT_TRUE(stream->is_drained());
  EXPECT_EQ(terminal.stream(id).received, "down");
  EXPECT_FALSE(terminal.stream(id).ended);
  stream->end();
  talk();
  EXPECT_TRUE(terminal.stream(id).ended);
  EXPECT_EQ(terminal.stream(id).closed, NGHTTP2_NO_ERROR);
  EXPECT_FALSE(stream->is_reset());
  EXPECT_EQ(box.streams(), 0u);
}

TEST_F(Http2Test, a_terminal_sends_no_more_than_was_taken) {
  std::int32_t id = 0;
  const StreamPtr stream = tunnel(id);
  terminal.send(id, std::string(200'000, 'x'));
  talk();
  EXPECT_EQ(terminal.room(id), 0);
  EXPECT_LE(stream->held(), 2u * Connection::kWindow);
  EXPECT_THAT(read(*stream), SizeIs(Connection::kWindow));
  talk();
  EXPECT_EQ(terminal.room(id), 0) << "what was read is not where it belongs yet";
  EXPECT_EQ(read(*stream), "") << "nothing more has come, but what came is taken";
  talk();
  EXPECT_THAT(read(*stream), SizeIs(Connection::kWindow));
}

TEST_F(Http2Test, a_stream_nobody_reads_holds_up_no_other_and_all_together_are_bounded) {
  std::vector<StreamPtr> streams;
  std::size_t held = 0;
  for (std::size_t i = 0; i < 40; ++i) {
    std::int32_t id = 0;
    streams.push_back(tunnel(id));
    terminal.send(id, std::string(100'000, 'x'));
    talk();
    if (i < 10) {
      EXPECT_THAT(streams[i]->held(), testing::Ge(static_cast<std::size_t>(Connection::kWindow)))
          << "the first ones had all of theirs";
    }
  }
  for (const StreamPtr& stream : streams) held += stream->held();
  EXPECT_LE(held, 2u * Connection::kWindowOfAll);
}

TEST_F(Http2Test, what_a_user_who_went_left_unread_is_room_for_others_again) {
  for (int i = 0; i < 50; ++i) {
    std::int32_t id = 0;
    const StreamPtr stream = tunnel(id);
    terminal.send(id, std::string(60'000, 'x'));
    talk();
    if (i % 2 == 0)
      stream->leave(ErrorCode::connect);
    else
      terminal.reset(id);
    talk();
    now += std::chrono::seconds(1);
  }
  std::int32_t last = 0;
  const StreamPtr stream = tunnel(last);
  EXPECT_EQ(terminal.room(last), Connection::kWindow);
}

TEST_F(Http2Test, a_slow_terminal_holds_back_its_cloud_alone) {
  Http2Peer slow(false);
  const std::int32_t id = slow.connect("emr.cloud.example:443");
  talk(slow);
  const StreamPtr stream = box.take_asked().at(0);
  stream->accept();
  stream->write(as_bytes(std::string(100'000, 'x')));
  talk(slow);
  EXPECT_FALSE(stream->is_drained());
  EXPECT_THAT(slow.stream(id).received, SizeIs(65'535));
}

TEST_F(Http2Test, a_refusal_says_what_http_1_1_says) {
  const std::int32_t id = terminal.connect("other.example:443");
  talk();
  box.take_asked().at(0)->refuse({403, "http_request_denied", "connect_elsewhere: no"});
  talk();
  EXPECT_EQ(terminal.stream(id).status, "403");
  EXPECT_EQ(terminal.stream(id).fields["proxy-status"], "sekisho; error=http_request_denied");
  EXPECT_EQ(terminal.stream(id).fields["content-type"], "text/plain; charset=utf-8");
  EXPECT_EQ(terminal.stream(id).received, "connect_elsewhere: no\n");
  EXPECT_TRUE(terminal.stream(id).ended);
}

TEST_F(Http2Test, whoever_was_answered_to_the_end_need_not_have_said_all) {  // RFC 9113 8.1
  const std::int32_t id = terminal.connect("other.example:443");
  talk();
  const StreamPtr stream = box.take_asked().at(0);
  stream->refuse({403, "http_request_denied", "no"});
  ASSERT_TRUE(terminal.take(say()));
  ASSERT_TRUE(stream->is_drained());
  stream->leave(ErrorCode::connect);
  talk();
  EXPECT_EQ(terminal.stream(id).closed, NGHTTP2_NO_ERROR);
  EXPECT_EQ(box.streams(), 0u);
}

TEST_F(Http2Test, a_broken_tunnel_is_told_from_one_that_ended) {  // RFC 9113 8.5
  std::int32_t id = 0;
  tunnel(id)->leave(ErrorCode::connect);
  talk();
  EXPECT_EQ(terminal.stream(id).closed, NGHTTP2_CONNECT_ERROR);
  const StreamPtr second = tunnel(id);
  terminal.reset(id);
  talk();
  EXPECT_TRUE(second->is_reset());
}

TEST_F(Http2Test, what_is_no_connect_request_has_a_status) {
  terminal.connect("emr.cloud.example:443", "GET");
  terminal.connect("emr.cloud.example");
  const std::int32_t ends = terminal.connect("emr.cloud.example:443");
  terminal.end(ends);
  terminal.connect(std::string(9'000, 'a') + ":443");
  talk();
  std::vector<std::string> statuses;
  for (const StreamPtr& stream : box.take_asked()) statuses.push_back(asked_for(*stream));
  EXPECT_THAT(statuses, ElementsAre("405", "400", "emr.cloud.example:443", "431"));
}

TEST_F(Http2Test, a_request_for_something_other_than_octets_never_is_one) {  // RFC 8441 is not spoken
  hear(http2_preface());
  const std::string name = "emr.cloud.example";
  std::string block(
      "\x02\x07"
      "CONNECT\x01\x11",
      11);
  block += name + std::string("\0\x09:protocol\x09websocket", 21);
  hear(http2_frame(NGHTTP2_HEADERS, NGHTTP2_FLAG_END_HEADERS, 1, block));
  EXPECT_THAT(box.take_asked(), IsEmpty());
}

TEST_F(Http2Test, frames_that_belong_to_no_tunnel_end_it) {  // RFC 9113 8.5
  hear(http2_preface() + http2_connect_frame(1, "emr.cloud.example:443"));
  const StreamPtr stream = box.take_asked().at(0);
  stream->accept();
  say();
  hear(http2_frame(NGHTTP2_HEADERS, NGHTTP2_FLAG_END_HEADERS | NGHTTP2_FLAG_END_STREAM, 1,
                   std::string("\0\x01x\x01y", 5)));
  say();
  EXPECT_TRUE(stream->is_reset());
}

TEST_F(Http2Test, going_away_resets_what_stands_and_says_so) {
  std::int32_t id = 0;
  const StreamPtr stream = tunnel(id);
  box.go_away(ErrorCode::connect);
  ASSERT_TRUE(terminal.take(say()));
  EXPECT_TRUE(stream->is_reset());
  EXPECT_EQ(terminal.stream(id).closed, NGHTTP2_CONNECT_ERROR);
  EXPECT_EQ(terminal.went_away(), NGHTTP2_NO_ERROR);
  EXPECT_TRUE(box.is_over());
  EXPECT_EQ(box.fault(), "");
}

TEST_F(Http2Test, a_stream_outlives_its_connection) {
  auto connection = std::make_unique<Connection>([] {});
  connection->take(as_bytes(http2_preface() + http2_connect_frame(1, "emr.cloud.example:443")), now);
  const StreamPtr stream = connection->take_asked().at(0);
  stream->accept();
  connection.reset();
  EXPECT_TRUE(stream->is_reset());
  stream->write(as_bytes("into nothing"));
  stream->end();
  EXPECT_EQ(read(*stream), "");
  stream->leave(ErrorCode::connect);
}

// ---------------------------------------------------------------- floods

/// What is heard again and again until the box has had enough.
struct Flood {
  const char* name;
  std::string first;
  std::function<std::string(int)> again;
};

std::vector<Flood> floods() {
  const std::string ping = http2_frame(NGHTTP2_PING, 0, 0, std::string(8, 'p'));
  const auto always = [](std::string frame) { return [frame](int) { return frame; }; };
  const std::string update = http2_frame(NGHTTP2_WINDOW_UPDATE, 0, 1, std::string("\0\0\0\1", 4));
  const std::string open = http2_connect_frame(1, "a.example:1");
  return {
      {"PING", "", always(ping)},
      {"answered PING", "", always(http2_frame(NGHTTP2_PING, NGHTTP2_FLAG_ACK, 0, std::string(8, 'p')))},
      {"SETTINGS", "", always(http2_frame(NGHTTP2_SETTINGS, 0, 0, ""))},
      {"PRIORITY", "", always(http2_frame(NGHTTP2_PRIORITY, 0, 7, std::string("\0\0\0\0\1", 5)))},
      {"WINDOW_UPDATE", open, always(update)},
      {"empty DATA", open, always(http2_frame(NGHTTP2_DATA, 0, 1, ""))},
      {"padding", open, always(http2_frame(NGHTTP2_DATA, NGHTTP2_FLAG_PADDED, 1, std::string("\1\0", 2)))},
      {"rapid reset", "",  // CVE-2023-44487
       [](int i) {
         return http2_connect_frame(2 * i + 1, "a.example:1") +
                http2_frame(NGHTTP2_RST_STREAM, 0, 2 * i + 1, std::string("\0\0\0\x08", 4));
       }},
      {"CONTINUATION",  // CVE-2024-28182
       http2_connect_frame(1, "a.example:1", false),
       always(http2_frame(NGHTTP2_CONTINUATION, 0, 1, std::string("\0\x01x\x01y", 5)))},
  };
}

TEST_F(Http2Test, whoever_floods_is_sent_away_and_has_cost_little) {
  for (const Flood& flood : floods()) {
    Connection flooded([] {});
    std::size_t given = 0;
    flooded.take(as_bytes(http2_preface() + flood.first), now);
    int i = 0;
    for (; i < 5'000 && flooded.fault().empty(); ++i) {
      flooded.take(as_bytes(flood.again(i)), now);
      for (Bytes octets = flooded.give(); !octets.empty(); octets = flooded.give()) given += octets.size();
    }
    EXPECT_NE(flooded.fault(), "") << flood.name;
    EXPECT_LE(i, 1'001) << flood.name;
    EXPECT_LE(given, 100'000u) << flood.name;
    EXPECT_TRUE(flooded.is_over()) << flood.name;
  }
}

TEST_F(Http2Test, whoever_floods_and_does_not_listen_fills_nothing) {
  for (const Flood& flood : floods()) {
    Connection flooded([] {});
    flooded.take(as_bytes(http2_preface() + flood.first), now);
    for (int i = 0; i < 5'000 && flooded.fault().empty(); ++i) flooded.take(as_bytes(flood.again(i)), now);
    EXPECT_NE(flooded.fault(), "") << flood.name;
    std::size_t kept = 0;
    for (Bytes octets = flooded.give(); !octets.empty(); octets = flooded.give()) kept += octets.size();
    EXPECT_LE(kept, 64u) << flood.name << ": one GOAWAY";
  }
}

TEST_F(Http2Test, whoever_is_busy_floods_nobody) {
  std::int32_t id = 0;
  const StreamPtr stream = tunnel(id);
  for (int i = 0; i < 5'000; ++i) {
    terminal.send(id, std::string(1'000, 'x'));
    talk();
    read(*stream);
    stream->write(as_bytes(std::string(20'000, 'y')));
    talk();
    if (i % 100 == 0) terminal.ping();
  }
  EXPECT_EQ(box.fault(), "");
  EXPECT_THAT(terminal.stream(id).received, SizeIs(100'000'000));
}

TEST_F(Http2Test, a_hundred_cancelled_tunnels_are_no_flood_if_they_take_their_time) {
  for (int i = 0; i < 150; ++i) {
    std::int32_t id = 0;
    const StreamPtr stream = tunnel(id);
    terminal.reset(id);
    talk();
    now += std::chrono::milliseconds(500);  // the library has a clock, and a limit, of its own
  }
  EXPECT_EQ(box.fault(), "");
}

TEST_F(Http2Test, more_than_the_window_is_no_http_2) {
  hear(http2_preface() + http2_connect_frame(1, "a.example:1"));
  const StreamPtr stream = box.take_asked().at(0);
  for (int i = 0; i < 5; ++i) hear(http2_frame(NGHTTP2_DATA, 0, 1, std::string(16'000, 'x')));
  EXPECT_LE(stream->held(), 2u * Connection::kWindow);
  say();
  EXPECT_TRUE(stream->is_reset());
}

TEST_F(Http2Test, what_is_no_http_2_is_told_so) {
  hear("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_THAT(box.fault(), HasSubstr("magic"));
  Http2Peer other;
  EXPECT_EQ(say(), http2_frame(NGHTTP2_GOAWAY, 0, 0, std::string("\0\0\0\0\0\0\0\1", 8)));
  EXPECT_TRUE(box.is_over());
  hear("and more");
  EXPECT_TRUE(box.is_over());
}

TEST_F(Http2Test, a_head_that_does_not_end_is_known) {
  hear(http2_preface());
  EXPECT_FALSE(box.is_in_head());
  hear(http2_connect_frame(1, "a.example:1", false));
  EXPECT_TRUE(box.is_in_head());
}

}  // namespace
}  // namespace gw::http2
