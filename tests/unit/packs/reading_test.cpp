#include "packs/reading.h"

#include <gtest/gtest.h>

#include "draft.h"

namespace gw::packs {
namespace {

/// One problem alone, which begins so.
void expect_only(const std::string& text, const std::string& start) {
  const Reading reading = read_pack(text);
  EXPECT_FALSE(reading.pack);
  ASSERT_EQ(reading.problems.size(), 1u) << report_on(text);
  EXPECT_TRUE(report_on(text).starts_with("p:" + start)) << report_on(text) << "\nnot: " << start;
}

TEST(PackReading, a_pack_is_what_its_file_says) {
  const Reading reading = read_pack(kGood);
  ASSERT_TRUE(reading.pack) << report_on(kGood);
  const Pack& pack = *reading.pack;
  EXPECT_EQ(pack.id, "gl-x");
  EXPECT_EQ(pack.version, 3u);
  EXPECT_EQ(pack.kind, Kind::guideline);
  EXPECT_EQ(pack.date, "2026-06");
  EXPECT_EQ(pack.standing, Standing::in_force);
  EXPECT_EQ(pack.standing_says, "a notice");
  EXPECT_EQ(pack.standing_grade, Grade::secondary);
  EXPECT_EQ(pack.grade, Grade::part);
  ASSERT_EQ(pack.rows.size(), 2u);
  EXPECT_EQ(pack.rows[0].answers, (std::vector{FactId::tls_versions, FactId::tls_mutual}));
  EXPECT_EQ(pack.rows[0].controls, (std::vector<std::string>{"NET-01", "NET-04"}));
  EXPECT_EQ(pack.rows[1].id, "(9)①(a)");
  ASSERT_EQ(pack.rows[1].blanks.size(), 1u);
  EXPECT_EQ(pack.rows[1].blanks[0].owner, Owner::clinic);
}

TEST(PackReading, a_row_that_nothing_answers_is_refused) {
  const std::string text = with("    answers: [tls.versions, tls.mutual]\n", "");
  expect_only(text, place(text, "id: 13-6") + ": config.key.missing: `13-6` is empty: give `answers`");
}

TEST(PackReading, a_fact_is_one_of_the_table) {
  const std::string text = with("tls.versions", "tls.verions");
  expect_only(text,
              place(text, "tls.verions") +
                  ": config.name.unresolved: `tls.verions` is nothing that the box knows of itself; did "
                  "you mean `tls.versions`?");
}

TEST(PackReading, a_control_is_one_of_the_catalogue) {
  const std::string text = with("NET-04", "NET-004");
  expect_only(text, place(text, "NET-004") + ": config.name.unresolved: `NET-004` is no control");
}

TEST(PackReading, nothing_stands_in_a_list_twice) {
  const std::string text = with("tls.mutual", "tls.versions");
  expect_only(text,
              place(text, "tls.versions]") + ": config.name.repeated: `tls.versions` stands here twice");
}

TEST(PackReading, an_item_stands_in_a_pack_once) {
  const std::string text = with("(9)①(a)", "13-6");
  const Reading reading = read_pack(text);
  ASSERT_EQ(reading.problems.size(), 1u);
  EXPECT_EQ(reading.problems[0].code, ErrorCode::config_name_repeated);
  EXPECT_EQ(reading.problems[0].at.line, 18u);
}

TEST(PackReading, a_grade_is_one_of_six) {
  const std::string row = with("    grade: T\n", "    grade: X\n");
  expect_only(row, place(row, "X\n    controls") +
                       ": config.value.choice: `grade`: `X` is not one of `S`, `T`, `T-`");
  const std::string head = with("grade: T-", "grade: t-");
  expect_only(head, place(head, "t-") + ": config.value.choice: `grade`");
}

TEST(PackReading, a_standing_has_what_says_so) {
  const std::string text = with(", says: a notice", "");
  expect_only(text,
              place(text, "{is: in_force") + ": config.key.missing: `says` is missing: name what says so");
  const std::string other = with("is: in_force", "is: valid");
  expect_only(other, place(other, "valid") + ": config.value.choice: `is`: `valid` is not one of `in_force`");
}

TEST(PackReading, a_blank_has_somebody_who_fills_it_in) {
  const std::string text = with(", owner: clinic", "");
  expect_only(text, place(text, "{name: ") + ": config.key.missing: `owner` is missing: say who fills it in");
  const std::string other = with("owner: clinic", "owner: doctor");
  EXPECT_EQ(read_pack(other).problems.at(0).code, ErrorCode::config_value_choice);
  const std::string bare = with("{name: 責任者, owner: clinic}", "責任者");
  expect_only(bare, "23:9: config.value.type: `blanks` must be groups");
}

TEST(PackReading, a_heading_is_short_and_no_sentence_of_the_document) {
  const std::string sentence = with("heading: TLS", "heading: TLSを用いること。");
  expect_only(sentence, place(sentence, "TLSを") + ": config.value.format: `heading`: this is a sentence");
  const std::string longer = with("heading: TLS", "heading: " + std::string(41, 'x'));
  expect_only(longer, place(longer, "xxx") + ": config.value.format: `heading`: write 1 to 40 characters");
  EXPECT_EQ(report_on(with("heading: TLS", "heading: " + std::string(40, 'x'))), "");
  const std::string asks = with("mutual authentication", std::string(81, 'x'));
  expect_only(asks, place(asks, "xxx") + ": config.value.format: `asks`: write 1 to 80 characters");
}

TEST(PackReading, a_number_of_an_item_has_no_blanks) {
  const std::string text = with("id: 13-6", "id: 13 6");
  expect_only(text, place(text, "13 6") + ": config.value.format: `id`: `13 6` is no number of an item");
}

TEST(PackReading, ids_versions_and_dates_are_well_formed) {
  for (const char* good : {"gl-6.0", "pgl-1.1-t41", "a", "27017"})
    EXPECT_EQ(report_on(with("id: gl-x", "id: " + std::string(good))), "") << good;
  for (const char* bad : {"GL-6", "-gl", "gl.", "gl_6", "gl/6", "../x"})
    EXPECT_EQ(read_pack(with("id: gl-x", "id: " + std::string(bad))).errors, 1u) << bad;
  for (const char* good : {"2026", "2026-06", "2026-06-29", "unknown"})
    EXPECT_EQ(report_on(with("date: 2026-06", "date: " + std::string(good))), "") << good;
  for (const char* bad : {"2026-13", "2026-02-30", "26", "2026/06", "June"})
    EXPECT_EQ(read_pack(with("date: 2026-06", "date: " + std::string(bad))).errors, 1u) << bad;
  for (const char* bad : {"0", "-1", "1.0", "10000", "three"})
    EXPECT_EQ(read_pack(with("version: 3", "version: " + std::string(bad))).errors, 1u) << bad;
}

TEST(PackReading, a_pack_may_supersede_another_and_never_itself) {
  const std::string other = with("  grade: T-\n", "  grade: T-\n  supersedes: gl-w\n");
  ASSERT_TRUE(read_pack(other).pack);
  EXPECT_EQ(read_pack(other).pack->supersedes, "gl-w");
  const std::string self = with("  grade: T-\n", "  grade: T-\n  supersedes: gl-x\n");
  expect_only(self, "3:3: config.value.format: a pack does not supersede itself");
}

TEST(PackReading, a_key_that_is_misspelt_strange_or_missing_is_told_with_its_place) {
  const std::string misspelt = with("    heading: TLS", "    heding: TLS");
  expect_only(misspelt, place(misspelt, "heding") +
                            ": config.key.unknown: `heding` is no key here; did you mean `heading`?");
  const std::string missing = with("    asks: mutual authentication\n", "");
  expect_only(missing, place(missing, "id: 13-6") + ": config.key.missing: `asks` is missing: say in words");
  const std::string plural = with("rows:\n", "row:\n");
  expect_only(plural,
              place(plural, "row:") + ": config.key.unknown: `row` is no key here; did you mean `rows`?");
  const std::string strange = with("rows:\n", "colour: red\nrows:\n");
  expect_only(strange, place(strange, "colour") + ": config.key.unknown: `colour` is no key here");
}

TEST(PackReading, what_is_no_pack_at_all_is_refused) {
  expect_only("- a\n", "1:1: config.value.type: `the file` must be a group of keys");
  expect_only(with("version: 1", "version: 2"), "1:1: config.version: this program reads version 1");
  expect_only(kGood.substr(0, kGood.find("rows:")), "1:1: config.key.missing: `rows` is missing");
  expect_only(kGood.substr(0, kGood.find("rows:")) + "rows: []\n",
              "11:1: config.value.type: `rows` must be a list of 1 to 300");
  for (const char* nothing : {"", "# a remark\n"})
    expect_only(nothing, "1:1: config.version: the file is empty");
  expect_only(std::string(kMostPack + 1, '#'),
              "0:0: config.too_large: the file is larger than 256 KiB; a pack");
}

TEST(PackReading, items_and_answers_are_bounded) {
  std::string many = kGood;
  for (std::size_t i = 0; i < kMostRows; ++i)
    many += "  - {id: a" + std::to_string(i) + ", heading: h, asks: a, grade: M, answers: [tls.mutual]}\n";
  EXPECT_EQ(read_pack(many).problems.at(0).code, ErrorCode::config_value_type);
}

}  // namespace
}  // namespace gw::packs
