// What an auditor is told of a chain that somebody worked on (LOG-03).

#include "audit/verification.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "audit/removal.h"
#include "unit/audit/chain.h"

namespace gw::audit {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Kind = Flaw::Kind;

class VerificationTest : public testing::Test {
 protected:
  Verdict verdict(std::optional<pki::Sha256> signer = std::nullopt) const {
    Verification verification(signer);
    for (const std::string& line : chain.lines) verification.take(line);
    return verification.finish();
  }

  tests::Chain chain;
};

TEST_F(VerificationTest, a_whole_chain_is_whole) {
  const Verdict found = verdict(pki::sha256_of(chain.key->public_key()));
  EXPECT_THAT(found.flaws, IsEmpty());
  EXPECT_EQ(found.first, 1u);
  EXPECT_EQ(found.last, 10u);
  EXPECT_EQ(found.records, 10u);
  EXPECT_EQ(found.checkpoints, 2u);
  EXPECT_EQ(found.last_signed, 10u);
  EXPECT_EQ(found.signer, pki::sha256_of(chain.key->public_key()));
}

TEST_F(VerificationTest, a_chain_that_lost_its_beginning_is_told_on) {
  chain.begin_with(5);
  const Verdict found = verdict();
  EXPECT_THAT(found.flaws, ElementsAre(Flaw{Kind::without_receipt, 5}));
  EXPECT_EQ(found.first, 5u);
}

TEST_F(VerificationTest, what_is_left_goes_on_from_the_receipt_of_what_was_removed) {  // LOG-05
  const Link link = chain.begin_with(5);
  chain.put_record({CivilTime(), ClockState::right, "controld", {}, event_of({1, 4, {}, link}, "old")});
  EXPECT_THAT(verdict().flaws, IsEmpty());
}

TEST_F(VerificationTest, a_receipt_of_others_or_by_another_is_none) {  // LOG-05
  const Link link = chain.begin_with(5);
  const std::vector<std::string> lines = chain.lines;
  const Link end = chain.link;
  const Record wrong[] = {{CivilTime(), ClockState::right, "controld", {}, event_of({1, 3, {}, link}, "old")},
                          {CivilTime(), ClockState::right, "controld", {}, event_of({1, 4, link, {}}, "old")},
                          {CivilTime(), ClockState::right, "proxyd", {}, event_of({1, 4, {}, link}, "old")}};
  for (const Record& record : wrong) {
    chain.lines = lines;
    chain.link = end;
    chain.put_record(record);
    EXPECT_THAT(verdict().flaws, ElementsAre(Flaw{Kind::without_receipt, 5}));
  }
}

TEST_F(VerificationTest, every_flipped_bit_of_a_record_is_named_by_its_number) {
  for (const std::uint64_t number : {4u, 10u}) {
    const std::string whole = chain.record(number);
    for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
      std::string& line = chain.record(number) = whole;
      line[bit / 8] = static_cast<char>(line[bit / 8] ^ (1 << bit % 8));
      if (line.find('\n') != std::string::npos) continue;  // two lines then
      const auto flaws = verdict().flaws;
      // A flipped bit of a number, or of what makes a line a record, is a record less.
      ASSERT_TRUE(std::ranges::any_of(flaws, [&](const Flaw& flaw) { return flaw.number == number; }))
          << line;
    }
    chain.record(number) = whole;
  }
}

TEST_F(VerificationTest, a_changed_record_is_named_alone) {
  std::string& line = chain.record(4);
  line.replace(line.find("desk-1"), 6, "desk-2");
  EXPECT_THAT(verdict().flaws, ElementsAre(Flaw{Kind::changed, 4}));
}

TEST_F(VerificationTest, a_removed_record_is_named) {
  chain.lines.erase(chain.lines.begin() + 4);
  EXPECT_THAT(verdict().flaws, ElementsAre(Flaw{Kind::missing, 4}, Flaw{Kind::unproven, 5}));
}

TEST_F(VerificationTest, an_inserted_record_is_named) {
  chain.lines.insert(chain.lines.begin() + 5, chain.record(4));
  EXPECT_THAT(verdict().flaws, ElementsAre(Flaw{Kind::inserted, 4}));
}

TEST_F(VerificationTest, records_in_another_order_are_named) {
  std::swap(chain.record(2), chain.record(3));
  EXPECT_THAT(verdict().flaws, ElementsAre(Flaw{Kind::moved, 2}, Flaw{Kind::unproven, 3}));
}

TEST_F(VerificationTest, what_was_written_anew_contradicts_the_checkpoint) {
  Link link{};
  for (std::uint64_t number = 1; number <= 10; ++number) {
    audit::Record record = tests::record_of(number);
    if (number == 7) record.tenant = "imaging";
    const std::string line = line_of(number, record);
    link = link_of(link, line);
    const std::string written = write_record(line, link);
    chain.record(number) = written.substr(0, written.size() - 1);
  }
  const Verdict found = verdict();
  EXPECT_THAT(found.flaws, ElementsAre(Flaw{Kind::contradicted, 10}));
  EXPECT_EQ(found.last_signed, 5u);
}

TEST_F(VerificationTest, whoever_signs_anew_has_another_key) {
  const auto stranger = tests::some_key();
  const std::string forged =
      write_checkpoint(tests::signed_by(*stranger, {10, chain.link, std::chrono::seconds(9)}));
  chain.lines.back() = forged.substr(0, forged.size() - 1);
  EXPECT_THAT(verdict().flaws, ElementsAre(Flaw{Kind::unknown_key, 10}));
  EXPECT_THAT(verdict(pki::sha256_of(stranger->public_key())).flaws, ElementsAre(Flaw{Kind::unknown_key, 5}));
}

TEST_F(VerificationTest, a_checkpoint_of_another_time_is_forged) {
  auto checkpoint = *read_checkpoint(chain.lines.back());
  checkpoint.checkpoint.time += std::chrono::seconds(1);
  const std::string forged = write_checkpoint(checkpoint);
  chain.lines.back() = forged.substr(0, forged.size() - 1);
  EXPECT_THAT(verdict().flaws, ElementsAre(Flaw{Kind::forged, 10}));
}

TEST_F(VerificationTest, what_nobody_signed_is_not_what_the_box_signed) {
  const auto signer = pki::sha256_of(chain.key->public_key());
  std::erase_if(chain.lines, [](const std::string& line) { return line.starts_with("{\"checkpoint\""); });
  EXPECT_TRUE(verdict().is_intact()) << "whoever knows no key is told that there is none";
  EXPECT_THAT(verdict(signer).flaws, ElementsAre(Flaw{Kind::without_signature, 10}));
}

TEST_F(VerificationTest, a_checkpoint_of_a_record_that_was_cut_off_tells_of_it) {
  chain.lines.erase(chain.lines.begin() + 7, chain.lines.end() - 1);
  EXPECT_THAT(verdict().flaws, ElementsAre(Flaw{Kind::contradicted, 10}));
}

TEST_F(VerificationTest, nothing_at_all_is_no_chain) {
  chain.lines.clear();
  EXPECT_THAT(verdict().flaws, ElementsAre(Flaw{Kind::no_head, 1}));
}

TEST_F(VerificationTest, what_is_nothing_of_ours_is_said_to_be_so) {
  chain.lines.insert(chain.lines.begin() + 3, "garbage");
  EXPECT_THAT(verdict().flaws, ElementsAre(Flaw{Kind::unreadable, 4}));
  chain.lines = {"garbage"};
  EXPECT_THAT(verdict().flaws, ElementsAre(Flaw{Kind::no_head, 1}));
}

TEST_F(VerificationTest, a_chain_of_lies_costs_bounded_memory) {
  std::string& line = chain.record(4);
  line.replace(0, line.find(','), "{\"number\":18446744073709551614");
  const Verdict found = verdict();
  EXPECT_FALSE(found.is_intact());
  EXPECT_LE(found.flaws.size(), Verification::kMostFlaws);
}

}  // namespace
}  // namespace gw::audit
