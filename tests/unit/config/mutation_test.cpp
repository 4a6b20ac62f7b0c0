#include <gtest/gtest.h>

#include "config/dump.h"
#include "model/layout.h"
#include "sample.h"

namespace gw::config {
namespace {

/// Whatever a file says: a configuration that can be written out and sealed, or at least one error.
void expect_sound(const std::string& text) {
  const auto compiled = compile_sample(text);
  ASSERT_EQ(compiled.configuration.has_value(), compiled.errors == 0) << text;
  ASSERT_LE(compiled.problems.size(), Problems::kMost + 1);
  if (!compiled.configuration) return;
  const auto again = compile_sample(dump(*compiled.configuration));
  ASSERT_TRUE(again.configuration) << text << places(again);
  ASSERT_EQ(encode(*compiled.configuration), encode(*again.configuration)) << text;
}

std::string subject() {
  Sample sample;
  sample.terminals += "      - {name: t2, blocked: on, match: {dns: t.example}}\n";
  sample.upstream_extra =
      "          profile: {name: HIGH-12, until: 2027-03-31, reason: \"why\", approver: me}\n"
      "          addresses: [203.0.113.1, \"2001:db8::1\"]\n";
  sample.anchors = "[a.pem, {file: b.pem, from: 2026-10-01T00:00:00Z}]";
  sample.limits =
      "    terminal_revocation: {lists: [a.crl], soft_until: 2027-01-01T00:00:00+09:00}\n    limits: "
      "{connections_per_source: 5 per s}\n";
  sample.service_extra = "        limits: {idle: 20 min}\n";
  return sample.text();
}

TEST(Mutation, a_file_cut_anywhere_is_sound) {
  const std::string text = subject();
  for (std::size_t end = 0; end < text.size(); ++end) expect_sound(text.substr(0, end));
}

TEST(Mutation, a_flipped_bit_anywhere_is_sound) {
  const std::string text = subject();
  for (std::size_t at = 0; at < text.size(); ++at)
    for (unsigned bit = 0; bit < 8; ++bit) {
      std::string changed = text;
      changed[at] = static_cast<char>(static_cast<unsigned char>(changed[at]) ^ (1u << bit));
      expect_sound(changed);
    }
}

/// Each byte at every third place, each place with every third byte.
TEST(Mutation, a_byte_of_meaning_put_anywhere_is_sound) {
  constexpr std::string_view kBytes("\0\n\t :-{}[]\"'&*!|>%#?,~0\xff", 24);
  const std::string text = subject();
  for (std::size_t byte = 0; byte < kBytes.size(); ++byte)
    for (std::size_t at = byte % 3; at < text.size(); at += 3) {
      std::string changed = text;
      changed[at] = kBytes[byte];
      expect_sound(changed);
      expect_sound(text.substr(0, at) + kBytes[byte] + text.substr(at));
    }
}

TEST(Mutation, a_line_left_out_or_doubled_is_sound) {
  const std::string text = subject();
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = text.find('\n', start) + 1;
    expect_sound(text.substr(0, start) + text.substr(end));
    expect_sound(text.substr(0, end) + text.substr(start));
    start = end;
  }
}

}  // namespace
}  // namespace gw::config
