// An export as it comes from a file or a pipe: lines in pieces, and lines that are none of ours (LOG-03).

#include "audit/export_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <thread>

#include "base/fd.h"
#include "unit/audit/chain.h"

namespace gw::audit {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Kind = Flaw::Kind;

std::string text_of(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

Verdict verdict_of(const std::string& text, std::size_t piece) {
  Verification verification;
  ExportReader reader(verification);
  for (std::size_t at = 0; at < text.size(); at += piece)
    reader.take(std::string_view(text).substr(at, piece));
  reader.finish();
  return verification.finish();
}

TEST(ExportReader, pieces_of_any_size_are_one_chain) {
  const std::string text = text_of(tests::Chain().lines);
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{4096}, text.size()}) {
    const Verdict found = verdict_of(text, piece);
    EXPECT_THAT(found.flaws, IsEmpty()) << piece;
    EXPECT_EQ(found.last_signed, 10u);
  }
}

TEST(ExportReader, the_last_line_needs_no_end) {
  std::string text = text_of(tests::Chain().lines);
  text.pop_back();
  EXPECT_EQ(verdict_of(text, 100).last_signed, 10u);
}

/// What is cut off a long line could be anything: its beginning may not pass for a record.
TEST(ExportReader, a_line_that_is_too_long_is_no_record_however_it_begins) {
  tests::Chain chain;
  chain.record(3) += std::string(ExportReader::kMostLine - chain.record(3).size() + 1, ' ');
  EXPECT_THAT(verdict_of(text_of(chain.lines), 1000).flaws,
              ElementsAre(Flaw{Kind::missing, 3}, Flaw{Kind::unreadable, 4}, Flaw{Kind::unproven, 4}));
}

TEST(ExportReader, a_line_without_end_is_one_line_that_is_not_ours) {
  Verification verification;
  ExportReader reader(verification);
  for (int i = 0; i < 1'000; ++i) reader.take(std::string(ExportReader::kMostLine, 'x'));
  reader.finish();
  EXPECT_THAT(verification.finish().flaws, ElementsAre(Flaw{Kind::no_head, 1}));
}

TEST(ExportReader, a_pipe_is_read_to_its_end) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const UniqueFd out(ends[0]);
  std::thread writer([in = UniqueFd(ends[1])] {
    const std::string text = text_of(tests::Chain().lines);
    for (const char octet : text) EXPECT_EQ(::write(in.get(), &octet, 1), 1);
  });
  const auto verdict = verify_export(out.get(), Verification());
  writer.join();
  ASSERT_TRUE(verdict);
  EXPECT_EQ(verdict->records, 10u);
  EXPECT_TRUE(verdict->is_intact());
}

TEST(ExportReader, what_cannot_be_read_is_no_verdict) { EXPECT_FALSE(verify_export(-1, Verification())); }

}  // namespace
}  // namespace gw::audit
