// Answers of strangers, in pieces and out of shape (RFC 9112).

#include "http/http.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gw::http {
namespace {

constexpr const char* kGood =
    "HTTP/1.1 202 Accepted\r\nContent-Type: text/plain\r\nRetry-After: 120\r\nContent-Length: 5\r\n\r\nlater";

/// The answer, or why there is none. Without `closed` the connection stays open.
Result<Answer> read(std::string_view octets, bool closed = false) {
  AnswerReader reader;
  GW_TRY(reader.take(as_bytes(octets)));
  if (closed) GW_TRY(reader.end());
  if (!reader.is_whole()) return Error{ErrorCode::est_try_later, "more is to come"};
  return reader.answer();
}

std::string refusal(std::string_view octets, bool closed = false) {
  const auto answer = read(octets, closed);
  return answer ? std::to_string(answer->status) : std::string(to_string(answer.error().code));
}

TEST(HttpTest, an_answer_is_read_in_pieces_of_any_size) {
  const std::string_view all = kGood;
  for (std::size_t size = 1; size <= all.size(); ++size) {
    AnswerReader reader;
    for (std::size_t at = 0; at < all.size(); at += size) {
      EXPECT_FALSE(reader.is_whole());
      ASSERT_TRUE(reader.take(as_bytes(all.substr(at, size)))) << size << " at " << at;
    }
    ASSERT_TRUE(reader.is_whole()) << size;
    EXPECT_EQ(reader.answer().status, 202u);
    EXPECT_EQ(reader.answer().retry_after, "120");
    EXPECT_EQ(reader.answer().content_type, "text/plain");
    EXPECT_EQ(reader.answer().body, "later");
  }
}

TEST(HttpTest, chunks_are_put_together) {  // RFC 9112 7.1
  const auto answer =
      read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n");
  ASSERT_TRUE(answer) << answer.error().to_text();
  EXPECT_EQ(answer->body, "abcde");
}

TEST(HttpTest, without_a_length_the_end_of_the_connection_is_the_end) {  // RFC 9112 6.3
  EXPECT_EQ(read("HTTP/1.1 200 OK\r\n\r\nabc", true)->body, "abc");
  EXPECT_EQ(refusal("HTTP/1.1 200 OK\r\n\r\nabc"), "est.try_later");
}

TEST(HttpTest, interim_answers_are_passed_over) {  // RFC 9110 15.2
  const std::string once = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n";
  EXPECT_EQ(refusal(once + kGood), "202");
  EXPECT_EQ(refusal(once + once + once + once + kGood), "202");
  EXPECT_EQ(refusal(once + once + once + once + once + kGood), "http.malformed");
  EXPECT_EQ(refusal("HTTP/1.1 101 Switching Protocols\r\n\r\n"), "http.malformed");
  EXPECT_EQ(refusal(once, true), "http.malformed");
}

TEST(HttpTest, what_is_cut_off_is_no_answer) {
  const std::string_view all = kGood;
  for (std::size_t size = 0; size < all.size(); ++size)
    EXPECT_EQ(refusal(all.substr(0, size), true), "http.malformed") << size;
  EXPECT_EQ(refusal("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", true),
            "http.malformed");
}

TEST(HttpTest, what_can_be_understood_in_two_ways_is_no_answer) {
  for (const char* wrong :
       {"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 1x\r\n\r\na",
        "HTTP/1.1 200 OK\r\nContent-Length : 1\r\n\r\na", "HTTP/2.0 200 OK\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n",
        "200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\n: x\r\n\r\n", "HTTP/1.1 200 OK\r\nA\r\n\r\n"})
    EXPECT_EQ(refusal(wrong), "http.malformed") << wrong;
  EXPECT_EQ(refusal(std::string(kGood) + "x"), "http.malformed") << "nothing follows the answer";
}

TEST(HttpTest, what_is_too_long_is_not_read) {
  EXPECT_EQ(refusal("HTTP/1.1 200 OK\r\nX: " + std::string(kMostHead, 'x') + "\r\n\r\n"), "http.malformed");
  EXPECT_EQ(refusal("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(kMostBody) + "\r\n\r\n" +
                    std::string(kMostBody, 'x')),
            "200");
  EXPECT_EQ(refusal("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(kMostBody + 1) + "\r\n\r\n"),
            "http.malformed");
  EXPECT_EQ(refusal("HTTP/1.1 200 OK\r\n\r\n" + std::string(kMostBody + 1, 'x')), "http.malformed");
  std::string chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  const std::string chunk = "1;" + std::string(1000, 'x') + "\r\na\r\n";
  for (int i = 0; i < 600; ++i) chunks += chunk;
  EXPECT_EQ(refusal(chunks), "http.malformed") << "little content in much";
}

TEST(HttpTest, which_part_of_how_much_came_is_read_and_nothing_else_is) {  // RFC 9110 14.4
  const auto part = extent_of("bytes 5-7/20");
  ASSERT_TRUE(part);
  EXPECT_EQ(part->first, 5u);
  EXPECT_EQ(part->whole, 20u);
  const auto none = extent_of("bytes */20");
  ASSERT_TRUE(none);
  EXPECT_FALSE(none->first);
  EXPECT_EQ(none->whole, 20u);
  for (const char* wrong : {"", "bytes", "bytes 5-7", "bytes 5-7/*", "bytes -7/20", "bytes x-7/20", "octets 5-7/20",
                            "bytes 5-7/-1", "bytes 5-7/99999999999999999999"})
    EXPECT_FALSE(extent_of(wrong)) << wrong;
}

TEST(HttpTest, a_part_is_asked_for_by_its_octets) {
  Request request{.method = "GET", .target = "/image", .host = "edge.example"};
  EXPECT_EQ(to_octets(request).find("Range"), std::string::npos);
  request.range = "bytes=5-7";
  EXPECT_NE(to_octets(request).find("Range: bytes=5-7\r\n"), std::string::npos);
}

}  // namespace
}  // namespace gw::http
