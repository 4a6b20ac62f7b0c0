#include "https/websocket.h"

#include <gtest/gtest.h>

#include <vector>

namespace gw::https {
namespace {

using Kind = Heard::Kind;

constexpr std::size_t kLongest = 1000;
constexpr unsigned kLast = 0x80;

/// A client's, masked.
std::string masked(unsigned first, std::string_view payload) {
  constexpr std::string_view kMask = "\x11\x22\x33\x44";
  std::string out(1, static_cast<char>(first));
  if (payload.size() < 126) {
    out.push_back(static_cast<char>(0x80 | payload.size()));
  } else {
    out.push_back(static_cast<char>(0x80 | 126));
    out.push_back(static_cast<char>(payload.size() >> 8));
    out.push_back(static_cast<char>(payload.size()));
  }
  out.append(kMask);
  for (std::size_t i = 0; i < payload.size(); ++i)
    out.push_back(static_cast<char>(payload[i] ^ kMask[i % 4]));
  return out;
}

struct Outcome {
  std::vector<Heard> heard{};
  std::optional<CloseCode> verdict{};  ///< it was refused
};

/// In pieces of so many octets.
Outcome read(std::string_view octets, std::size_t piece) {
  FrameReader reader(kLongest);
  Outcome out;
  for (std::size_t at = 0; at < octets.size(); at += piece) {
    Bytes part = as_bytes(octets.substr(at, piece));
    for (;;) {
      auto heard = reader.next(part);
      if (!heard) {
        out.verdict = reader.verdict();
        return out;
      }
      if (!*heard) break;
      out.heard.push_back(**std::move(heard));
    }
  }
  return out;
}
std::optional<CloseCode> verdict_on(std::string_view octets) { return read(octets, octets.size()).verdict; }

TEST(WebSocket, the_answer_to_a_key_is_the_one_of_rfc_6455) {
  EXPECT_EQ(accept_of("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  for (const char* key :
       {"", "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25jZQ=a",
        "dGhlIHNhbXBsZSBub25j Q==", "AAAAAAAAAAAAAAAAAAAAAAAA", "dGhlIHNhbXBsZSBub25jZSBtb3Jl=="})
    EXPECT_FALSE(accept_of(key)) << key;
}

TEST(WebSocket, texts_come_whole_or_in_pieces_with_control_frames_in_between) {
  const std::string octets = masked(kLast | 1, "whole") + masked(1, "in ") + masked(kLast | 9, "there?") +
                             masked(0, "") + masked(0, "\xe9") + masked(kLast | 10, "") +
                             masked(kLast | 0, "\x99\xa2") + masked(kLast | 1, "") +
                             masked(kLast | 1, std::string(126, 'x'));
  for (const std::size_t piece : {octets.size(), std::size_t{1}, std::size_t{3}}) {
    const Outcome out = read(octets, piece);
    ASSERT_FALSE(out.verdict);
    ASSERT_EQ(out.heard.size(), 6u);
    EXPECT_EQ(out.heard[0].payload, "whole");
    EXPECT_EQ(out.heard[1].kind, Kind::ping);
    EXPECT_EQ(out.heard[1].payload, "there?");
    EXPECT_EQ(out.heard[2].kind, Kind::pong);
    EXPECT_EQ(out.heard[3].kind, Kind::text);
    EXPECT_EQ(out.heard[3].payload, "in 院") << "a letter may stand across frames";
    EXPECT_EQ(out.heard[4].payload, "");
    EXPECT_EQ(out.heard[5].payload.size(), 126u);
  }
}

TEST(WebSocket, what_is_no_frame_of_a_client_ends_it) {
  const struct {
    const char* what;
    std::string octets;
    CloseCode verdict;
  } kCases[] = {
      {"not masked", frame_of(Opcode::text, "x"), CloseCode::protocol_error},
      {"of an extension", masked(kLast | 0x40 | 1, "x"), CloseCode::protocol_error},
      {"of an opcode that there is not", masked(kLast | 3, "x"), CloseCode::protocol_error},
      {"of a control opcode that there is not", masked(kLast | 11, ""), CloseCode::protocol_error},
      {"octets", masked(kLast | 2, "x"), CloseCode::unacceptable},
      {"more of nothing", masked(kLast | 0, "x"), CloseCode::protocol_error},
      {"another text before the end", masked(1, "x") + masked(kLast | 1, "y"), CloseCode::protocol_error},
      {"a ping in pieces", masked(9, "x"), CloseCode::protocol_error},
      {"a ping that is too long", masked(kLast | 9, std::string(126, 'x')), CloseCode::protocol_error},
      {"no UTF-8", masked(kLast | 1, "\xc0\xaf"), CloseCode::not_utf8},
      {"half a letter", masked(kLast | 1, "\xe9\x99"), CloseCode::not_utf8},
      {"a surrogate", masked(kLast | 1, "\xed\xa0\x80"), CloseCode::not_utf8},
      {"too long at once", masked(kLast | 1, std::string(kLongest + 1, 'x')), CloseCode::too_big},
      {"too long together", masked(1, std::string(kLongest, 'x')) + masked(0, "x"), CloseCode::too_big},
      {"a length in more octets than it takes", std::string("\x81\xfe\0\x05mask", 8),
       CloseCode::protocol_error},
      {"a length in eight octets for two", std::string("\x81\xff\0\0\0\0\0\0\xff\xffmask", 14),
       CloseCode::protocol_error},
      {"a length beyond all", std::string("\x81\xff\xff\0\0\0\0\0\0\0mask", 14), CloseCode::protocol_error},
      {"more than there is room for in the world", std::string("\x81\xff\x7f\xff\0\0\0\0\0\0mask", 14),
       CloseCode::too_big},
  };
  for (const auto& one : kCases) EXPECT_EQ(verdict_on(one.octets), one.verdict) << one.what;
}

TEST(WebSocket, a_close_has_a_code_that_may_be_said_or_none) {
  const auto closing = [](std::string_view payload) { return masked(kLast | 8, payload); };
  const Outcome plain = read(closing("\x03\xe8 bye"), 5);
  ASSERT_EQ(plain.heard.size(), 1u);
  EXPECT_EQ(plain.heard[0].kind, Kind::close);
  EXPECT_EQ(plain.heard[0].payload, "\x03\xe8");
  EXPECT_EQ(read(closing(""), 2).heard.at(0).payload, "");
  EXPECT_FALSE(verdict_on(closing("\x0b\xb8")));  // 3000
  EXPECT_FALSE(verdict_on(closing("\x13\x87")));  // 4999
  for (const std::string& payload :
       {std::string("\x03"), std::string("\x03\xe7"), std::string("\x03\xec"), std::string("\x03\xed"),
        std::string("\x03\xee"), std::string("\x03\xf4"), std::string("\x07\xd0"), std::string("\x13\x88"),
        std::string("\0\0", 2), std::string("\xff\xff")})
    EXPECT_EQ(verdict_on(closing(payload)), CloseCode::protocol_error);
  EXPECT_TRUE(verdict_on(closing("\x03\xe8\xff"))) << "the reason is a text";
}

TEST(WebSocket, frames_to_a_client_say_their_length_in_as_few_octets_as_it_takes) {
  EXPECT_EQ(frame_of(Opcode::text, "ab"),
            "\x81\x02"
            "ab");
  EXPECT_EQ(frame_of(Opcode::text, std::string(125, 'x')).substr(0, 2), "\x81\x7d");
  EXPECT_EQ(frame_of(Opcode::text, std::string(126, 'x')).substr(0, 4), std::string("\x81\x7e\0\x7e", 4));
  EXPECT_EQ(frame_of(Opcode::text, std::string(65'536, 'x')).substr(0, 10),
            std::string("\x81\x7f\0\0\0\0\0\1\0\0", 10));
  EXPECT_EQ(close_frame(CloseCode::session_ended, "over"), "\x88\x06\x11\x31over");
  EXPECT_EQ(close_frame(CloseCode::normal, std::string(200, 'x')).size(), 127u);
}

}  // namespace
}  // namespace gw::https
