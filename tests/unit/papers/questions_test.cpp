#include "papers/questions.h"

#include <gtest/gtest.h>

#include "draft.h"

namespace gw::papers {
namespace {

constexpr Day kToday{std::chrono::year{2026} / 12 / 1};

std::vector<Question> asked_of(const std::string& text, Day today = kToday) {
  const Reading reading = read_profile(text);
  EXPECT_TRUE(reading.profile) << config::to_text(reading.problems, "p");
  return reading.profile ? questions_of(*reading.profile, today) : std::vector<Question>{};
}

const Question* about(const std::vector<Question>& questions, FactId id) {
  const auto found = std::ranges::find(questions, id, &Question::about);
  return found == questions.end() ? nullptr : &*found;
}

TEST(Questions, everything_unknown_is_asked_once) {
  EXPECT_EQ(asked_of(Draft{}.text()).size(), facts().size());
}

TEST(Questions, a_fact_is_not_asked) {
  EXPECT_EQ(about(asked_of(with("backup.interval", "{is: daily, where: §9}")), FactId::backup_interval),
            nullptr);
}

TEST(Questions, a_name_is_asked_until_the_vendor_confirmed_it) {  // WLS-01
  const auto open = asked_of(with("connection.names", "{is: a.example, where: §4, confirmed: no}"));
  ASSERT_NE(about(open, FactId::connection_names), nullptr);
  EXPECT_EQ(about(open, FactId::connection_names)->reason, Reason::unconfirmed);
  const auto done = asked_of(with("connection.names", "{is: a.example, where: §4, confirmed: 2026-11-01}"));
  EXPECT_EQ(about(done, FactId::connection_names), nullptr);
}

TEST(Questions, what_is_contradicted_is_asked_as_such) {
  const auto questions = asked_of(
      Draft{.tail = "contradictions:\n  - {about: transport.encrypted, says: denied, where: §6}\n"}.text());
  EXPECT_EQ(about(questions, FactId::transport_encrypted)->reason, Reason::contradicted);
}

TEST(Questions, a_certification_is_asked_for_from_the_day_after_its_last) {
  const std::string text = with("assurance.certifications", "{is: ISMS, where: I-7, until: 2026-11-30}");
  EXPECT_EQ(about(asked_of(text, kToday - std::chrono::days{1}), FactId::assurance_certifications), nullptr);
  ASSERT_NE(about(asked_of(text), FactId::assurance_certifications), nullptr);
  EXPECT_EQ(about(asked_of(text), FactId::assurance_certifications)->reason, Reason::ended);
}

TEST(Questions, a_superseded_edition_is_no_answer) {  // GOV-01
  for (const char* superseded : {"yes", "unknown"}) {
    const auto questions = asked_of(
        with("assurance.guidelines", std::string("{is: GL, where: §1, superseded: ") + superseded + "}"));
    EXPECT_EQ(about(questions, FactId::assurance_guidelines)->reason, Reason::superseded);
  }
  EXPECT_EQ(about(asked_of(with("assurance.guidelines", "{is: GL, where: §1, superseded: no}")),
                  FactId::assurance_guidelines),
            nullptr);
}

TEST(Questions, the_vendors_stand_first_and_each_goes_to_its_owner) {
  const auto questions =
      asked_of(with("source.version", "{is: unknown, owner: supplier, asked: 2026-11-01}"));
  EXPECT_EQ(questions.front().to, Party::vendor);
  EXPECT_EQ(questions.back().about, FactId::source_version);
  EXPECT_EQ(questions.back().to, Party::supplier);
  EXPECT_EQ(questions.back().asked, Day{std::chrono::year{2026} / 11 / 1});
}

}  // namespace
}  // namespace gw::papers
