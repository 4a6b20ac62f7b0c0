#include "https/http.h"

#include <gtest/gtest.h>

namespace gw::https {
namespace {

constexpr std::string_view kGet = "GET /a HTTP/1.1\r\nHost: box\r\n\r\n";
constexpr std::string_view kPost =
    "POST /b HTTP/1.1\r\nHost: box\r\nContent-Type: application/pkcs10\r\nAuthorization: Basic eA==\r\n"
    "Content-Length: 3\r\n\r\nabc";

/// The requests in it, in pieces of this size; or the status of the refusal.
std::string read(std::string_view octets, std::size_t piece) {
  RequestReader reader;
  std::string out;
  const auto refused = [&] { return out + std::to_string(reader.refusal()); };
  while (!octets.empty()) {
    const std::string_view part = octets.substr(0, piece);
    octets.remove_prefix(part.size());
    if (!reader.take(as_bytes(part))) return refused();
    while (reader.is_whole()) {
      const Request request = reader.next();
      out += request.method + " " + request.target + " " + request.content_type + " " +
             request.authorization + " " + request.body + (request.keeps_open ? " keeps;" : " closes;");
      if (!reader.take({})) return refused();
    }
  }
  return out;
}

TEST(Http, requests_come_one_after_the_other_in_whatever_pieces) {
  const std::string all = std::string(kGet) + std::string(kPost) + std::string(kGet);
  for (const std::size_t piece : {1ul, 2ul, 7ul, 64ul, 10'000ul})
    EXPECT_EQ(read(all, piece),
              "GET /a    keeps;POST /b application/pkcs10 Basic eA== abc keeps;GET /a    keeps;")
        << piece;
}

TEST(Http, whoever_closes_says_so) {
  EXPECT_EQ(read("GET /a HTTP/1.1\r\nHost: box\r\nConnection: close\r\n\r\n", 99), "GET /a    closes;");
  EXPECT_EQ(read("GET /a HTTP/1.0\r\n\r\n", 99), "GET /a    closes;")
      << "nor need it name a host (RFC 9112 3.2)";
}

TEST(Http, chunks_are_one_body) {
  EXPECT_EQ(
      read("POST /b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n",
           3),
      "POST /b   abc keeps;");
}

TEST(Http, what_stands_behind_a_request_takes_nothing_from_it) {
  for (const std::size_t piece : {1ul, 10'000ul}) {
    EXPECT_EQ(read(std::string(kPost) + "\r\n" + std::string(kGet), piece),
              "POST /b application/pkcs10 Basic eA== abc keeps;GET /a    keeps;")
        << "an empty line (RFC 9112 2.2)";
    EXPECT_EQ(read(std::string(kGet) + "nonsense\r\n\r\n", piece), "GET /a    keeps;400");
  }
}

TEST(Http, what_is_no_request_has_its_status) {
  const std::string host = "Host: box\r\n";
  const std::pair<std::string, const char*> cases[] = {
      {"nonsense\r\n\r\n", "400"},
      {"GET /a HTTP/1.1\r\n\r\n", "400"},
      {"GET /a HTTP/1.1\r\n" + host + host + "\r\n", "400"},
      {"GET /a HTTP/2.0\r\n" + host + "\r\n", "505"},
      {"GET /a HTTP/1.1\r\n" + host + "A: " + std::string(kMostHead, 'x') + "\r\n\r\n", "431"},
      {"POST /a HTTP/1.1\r\n" + host + "Content-Length: 70000\r\n\r\n", "413"},
      {"POST /a HTTP/1.1\r\n" + host + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", "400"},
      {"POST /a HTTP/1.1\r\n" + host + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       "400"},
      {"POST /a HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n", "400"},
      {"POST /a HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip\r\n\r\nx", "400"},
      {"POST /a HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked, gzip\r\n\r\nx", "400"},
  };
  for (const auto& [octets, status] : cases)
    for (const std::size_t piece : {1ul, 100'000ul})
      EXPECT_EQ(read(octets, piece), status) << octets.substr(0, 80);
}

TEST(Http, a_body_that_waits_for_leave_is_told_once) {
  RequestReader reader;
  const std::string head = "POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n";
  ASSERT_TRUE(reader.take(as_bytes(head)));
  EXPECT_FALSE(reader.is_whole());
  EXPECT_TRUE(reader.awaits_leave());
  EXPECT_FALSE(reader.awaits_leave());
  RequestReader older;
  ASSERT_TRUE(older.take(as_bytes("POST /b HTTP/1.0\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n")));
  EXPECT_FALSE(older.awaits_leave()) << "RFC 9110 10.1.1";
  ASSERT_TRUE(reader.take(as_bytes("x")));
  EXPECT_TRUE(reader.is_whole());
}

TEST(Http, only_where_it_is_asked_for_a_body_may_be_long) {
  const auto refusal = [](const std::string& target, std::size_t size, bool is_chunked) -> unsigned {
    RequestReader reader([](std::string_view, std::string_view wanted) { return wanted == "/long"; });
    std::string head = "POST " + target + " HTTP/1.1\r\nHost: x\r\n";
    head += is_chunked ? "Transfer-Encoding: chunked\r\n\r\n"
                       : "Content-Length: " + std::to_string(size) + "\r\n\r\n";
    if (!reader.take(as_bytes(head))) return reader.refusal();
    constexpr std::size_t kPiece = 16 * 1024;
    for (std::size_t sent = 0; sent < size; sent += kPiece) {
      const std::string body(std::min(kPiece, size - sent), 'x');
      const std::string piece = is_chunked ? "4000\r\n" + body + "\r\n" : body;
      if (!reader.take(as_bytes(piece))) return reader.refusal();
    }
    return is_chunked || reader.is_whole() ? 200 : 0;
  };
  for (const bool is_chunked : {false, true}) {
    EXPECT_EQ(refusal("/long", kMostLongBody, is_chunked), 200u);
    EXPECT_EQ(refusal("/long", kMostLongBody + 16 * 1024, is_chunked), 413u);
    EXPECT_EQ(refusal("/short", kMostBody, is_chunked), 200u);
    EXPECT_EQ(refusal("/short", kMostBody + 16 * 1024, is_chunked), 413u);
  }
}

TEST(Http, a_request_for_a_websocket_shows_its_key_and_what_comes_behind_it_is_kept) {
  const std::string common =
      " HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n"
      "Sec-WebSocket-Key: k\r\n";
  const auto key_of = [](const std::string& octets) {
    RequestReader reader;
    EXPECT_TRUE(reader.take(as_bytes(octets)));
    return reader.next().websocket_key;
  };
  EXPECT_EQ(key_of("GET /l" + common + "Sec-WebSocket-Version: 13\r\n\r\n"), "k");
  EXPECT_EQ(key_of("GET /l" + common + "Sec-WebSocket-Version: 8\r\n\r\n"), "");
  EXPECT_EQ(key_of("POST /l" + common + "Sec-WebSocket-Version: 13\r\n\r\n"), "");
  EXPECT_EQ(key_of("GET /l HTTP/1.1\r\nHost: x\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: k\r\n\r\n"),
            "");
  RequestReader early;
  ASSERT_TRUE(early.take(as_bytes("GET /l HTTP/1.1\r\nHost: x\r\n\r\nframes")));
  EXPECT_EQ(early.next().method, "GET");
  EXPECT_EQ(as_text(early.rest()), "frames");
  EXPECT_EQ(to_octets({.status = 101, .headers = {{"Upgrade", "websocket"}}}, Then::next, "GET"),
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nCache-Control: no-store\r\n"
            "Connection: Upgrade\r\n\r\n");
}

TEST(Http, an_answer_says_how_long_it_is_and_what_follows) {
  const Answer answer{.status = 403, .headers = {{"Content-Type", "text/plain"}}, .body = "no\n"};
  EXPECT_EQ(
      to_octets(answer, Then::close, "GET"),
      "HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nCache-Control: no-store\r\nConnection: close\r\n"
      "Content-Length: 3\r\n\r\nno\n");
  EXPECT_NE(to_octets(answer, Then::next, "GET").find("Connection: keep-alive"), std::string::npos);
  const std::string to_head = to_octets(answer, Then::next, "HEAD");
  EXPECT_TRUE(to_head.ends_with("Content-Length: 3\r\n\r\n")) << "and nothing behind it";
}

TEST(HttpsAnswer, a_files_size_stands_in_the_head_and_its_octets_come_elsewhere) {
  Answer answer{.status = 200, .headers = {}, .body = {}};
  answer.file = std::make_shared<const File>(UniqueFd(), 123'456'789);
  const std::string octets = to_octets(answer, Then::close, "GET");
  EXPECT_NE(octets.find("Content-Length: 123456789\r\n"), std::string::npos) << octets;
  EXPECT_TRUE(octets.ends_with("\r\n\r\n"));
}

}  // namespace
}  // namespace gw::https
