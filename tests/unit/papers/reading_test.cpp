#include "papers/reading.h"

#include <gtest/gtest.h>

#include "draft.h"

namespace gw::papers {
namespace {

/// The report is this one line, up to what the message adds behind.
void expect_only(const std::string& text, const std::string& line) {
  const std::string report = report_on(text);
  EXPECT_TRUE(report.starts_with("p:" + line)) << "expected p:" << line << "\ngot " << report;
  EXPECT_EQ(std::ranges::count(report, '\n'), 1) << report;
}

TEST(Reading, a_profile_in_which_nothing_is_known_is_one) {
  const Reading reading = read_profile(Draft{}.text());
  EXPECT_EQ(report_on(Draft{}.text()), "");
  ASSERT_TRUE(reading.profile);
  EXPECT_EQ(reading.profile->name, "emr-example");
  for (const Fact& fact : facts()) EXPECT_TRUE(reading.profile->of(fact.id).front().is_unknown());
}

TEST(Reading, a_fact_keeps_its_place_and_what_is_said_besides) {
  const Reading reading = read_profile(
      with("connection.names", "[{is: EMR.example, where: §4, confirmed: 2026-12-01, note: short}]"));
  ASSERT_TRUE(reading.profile);
  const Statement& name = reading.profile->of(FactId::connection_names).front();
  EXPECT_EQ(name.value, "emr.example");
  EXPECT_EQ(name.where, "§4");
  EXPECT_EQ(name.note, "short");
  EXPECT_EQ(name.confirmed, Day{std::chrono::year{2026} / 12 / 1});
}

TEST(Reading, something_unknown_keeps_who_has_to_answer) {
  const Reading reading =
      read_profile(with("demarcation.line", "{is: unknown, owner: carrier, asked: 2026-12-01, where: §2}"));
  ASSERT_TRUE(reading.profile);
  const Statement& line = reading.profile->of(FactId::demarcation_line).front();
  EXPECT_EQ(line.owner, Party::carrier);
  EXPECT_EQ(line.asked, Day{std::chrono::year{2026} / 12 / 1});
  EXPECT_EQ(line.where, "§2");
}

TEST(Reading, a_fact_without_a_place_is_none) {
  const std::string bare = with("backup.count", "7");
  expect_only(bare,
              place(bare, "7\n") + ": config.value.type: `backup.count` must be `{is: VALUE, where: PLACE}`");
  const std::string placeless = with("backup.interval", "{is: daily}");
  expect_only(placeless, place(placeless, "{is: daily}") + ": config.key.missing: `where` is missing");
}

TEST(Reading, what_is_unknown_has_somebody_who_answers_and_a_date_or_none_yet) {
  const std::string unowned = with("backup.count", "{is: unknown, asked: not yet}");
  expect_only(unowned, place(unowned, "{is: unknown, asked") + ": config.key.missing: `owner` is missing");
  const std::string unasked = with("backup.count", "{is: unknown, owner: vendor}");
  expect_only(unasked,
              place(unasked, "{is: unknown, owner: vendor}") + ": config.key.missing: `asked` is missing");
  const std::string strange = with("backup.count", "{is: unknown, owner: vender, asked: not yet}");
  expect_only(strange, place(strange, "vender") + ": config.value.choice: `owner`: `vender` is not one of");
}

TEST(Reading, a_malformed_date_is_refused_where_it_stands) {
  const std::string asked = with("backup.count", "{is: unknown, owner: vendor, asked: 2026-2-30}");
  expect_only(asked, place(asked, "2026-2-30") +
                         ": config.value.format: `asked`: `2026-2-30` is no day; write it as "
                         "`2027-03-31`, or `not yet`");
  const std::string issued = with("source.date", "{is: 24.5.2024, where: top}");
  expect_only(issued, place(issued, "24.5.2024") + ": config.value.format: `is`: `24.5.2024` is no day");
}

TEST(Reading, a_misspelt_key_is_named_and_the_right_one_suggested) {
  std::string text = Draft{}.text();
  text.replace(text.find("  count:"), 8, "  cuont:");
  expect_only(text,
              place(text, "cuont") + ": config.key.unknown: `cuont` is no key here; did you mean `count`?");
  text = Draft{}.text();
  text.replace(text.find("backup:"), 7, "bakcup:");
  expect_only(
      text, place(text, "bakcup") + ": config.key.unknown: `bakcup` is no key here; did you mean `backup`?");
  text = with("backup.interval", "{is: daily, wehre: §9}");
  expect_only(text,
              place(text, "wehre") + ": config.key.unknown: `wehre` is no key here; did you mean `where`?");
}

TEST(Reading, a_key_that_is_left_out_is_missed_with_its_question) {
  std::string text = Draft{}.text();
  const std::size_t start = text.find("  count:");
  text.erase(start, text.find('\n', start) + 1 - start);
  const std::string report = report_on(text);
  EXPECT_NE(report.find("config.key.missing: `count` is missing: How many backups are kept"),
            std::string::npos)
      << report;
}

TEST(Reading, nobody_is_named) {
  const std::string person = with("contact.roles", "{is: desk, where: end, person: somebody}");
  expect_only(person, place(person, "person:") +
                          ": config.key.unknown: `person` names a person; such a file has roles");
  std::string text = Draft{}.text();
  const std::size_t behind = text.find("contact:\n") + 9;
  text.insert(behind, "  担当者: 誰か\n");
  EXPECT_NE(report_on(text).find("`担当者` names a person"), std::string::npos) << report_on(text);
  const std::string name = with("contact.roles", "{is: 社長 山田, where: end}");
  expect_only(name, place(name, "社長") + ": config.value.format: `is`: `社長 山田` is more than a role");
}

TEST(Reading, a_host_name_out_of_a_paper_says_whether_the_vendor_confirmed_it) {
  const std::string text = with("connection.names", "{is: emr.example, where: §4}");
  expect_only(text, place(text, "{is: emr.example") + ": config.key.missing: `confirmed` is missing");
}

TEST(Reading, a_proposed_mode_has_a_reason) {  // NET-07
  const std::string text = with("connection.mode", "{is: pass_through, where: §4, confirmed: no}");
  expect_only(text, place(text, "{is: pass_through") + ": config.key.missing: `note` is missing: say why");
}

TEST(Reading, a_certification_and_a_guideline_say_whether_they_still_hold) {
  const std::string ended = with("assurance.certifications", "{is: ISMS, where: §15}");
  expect_only(ended, place(ended, "{is: ISMS") + ": config.key.missing: `until` is missing");
  const std::string judged = with("assurance.guidelines", "{is: GL, where: top, superseded: perhaps}");
  expect_only(judged,
              place(judged, "perhaps") + ": config.value.choice: `superseded`: `perhaps` is not one of");
}

TEST(Reading, one_value_is_no_list_and_a_list_has_each_value_once) {
  const std::string list = with("backup.count", "[{is: 7, where: §9}]");
  expect_only(list, place(list, "[{is: 7") + ": config.value.type: `backup.count` must be");
  const std::string twice =
      with("contact.roles", "[{is: desk, where: end}, {is: desk, where: end, note: again}]");
  expect_only(twice, place(twice, "{is: desk, where: end, note") +
                         ": config.name.repeated: `desk` stands here twice");
  const std::string empty = with("contact.roles", "[]");
  expect_only(empty, place(empty, "[]") + ": config.value.range: `contact.roles` has 0 values");
}

TEST(Reading, a_statement_that_contradicts_itself_never_becomes_evidence) {  // NET-06
  Draft draft{.tail = "contradictions:\n  - {about: transport.encrypted, says: it denies it, where: §6}\n"};
  EXPECT_EQ(report_on(draft.text()), "");
  draft.values = {{"transport.encrypted", "{is: yes, where: §6}"}};
  const std::string text = draft.text();
  expect_only(text, place(text, "{is: yes") +
                        ": config.value.format: `transport.encrypted` is given as a fact and "
                        "contradicted below");
}

TEST(Reading, a_contradiction_is_about_a_key_of_the_table) {
  const Draft draft{.tail =
                        "contradictions:\n  - {about: transport.encryptd, says: it denies it, where: §6}\n"};
  const std::string text = draft.text();
  expect_only(text, place(text, "transport.encryptd") +
                        ": config.name.unresolved: `transport.encryptd` is no key of a "
                        "profile; did you mean `transport.encrypted`?");
}

TEST(Reading, a_number_of_backups_has_its_unit) {  // BAK-06
  const std::string text = with("backup.count", "{is: 7, where: §9}");
  expect_only(text,
              place(text, "{is: 7") + ": config.value.unit: `backup.count` is a number without its unit");
}

TEST(Reading, what_is_no_profile_at_all_is_refused) {
  expect_only("- a\n", "1:1: config.value.type: `the file` must be a group of keys");
  const std::string late = Draft{.head = "version: 2\nprofile: emr-example\n"}.text();
  expect_only(late, "1:1: config.version: this program reads version 1");
  const std::string nameless = Draft{.head = "version: 1\nprofile: EMR\n"}.text();
  expect_only(nameless, "2:10: config.value.format: `EMR` is no name");
  for (const char* nothing : {"", "# a remark\n"})
    expect_only(nothing, "1:1: config.version: the file is empty");
  expect_only(std::string(kMostProfile + 1, '#'), "0:0: config.too_large: the file is larger than 64 KiB");
}

}  // namespace
}  // namespace gw::papers
