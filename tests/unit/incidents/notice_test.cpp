// Drafts of notices (INC-04): what the box knows with the records that say so, and blanks for the rest.

#include "incidents/notice.h"

#include "unit/incidents/book.h"

namespace gw::incidents {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class NoticeTest : public Book {
 protected:
  static const NoticeRow& row(const Notice& notice, std::string_view heading) {
    for (const NoticeRow& one : notice.rows)
      if (one.heading == heading) return one;
    ADD_FAILURE() << heading;
    return notice.rows.front();
  }
  Notice drafted(IncidentId id, NoticeId notice, std::string_view site = "clinic-1") {
    return draft(notice, now_of(id), {std::string(site), *contacts_->list({}), clock_.civil_now()});
  }
};

TEST_F(NoticeTest, what_nobody_told_the_box_is_left_to_be_filled_in) {
  const Notice notice = drafted(opened({}), NoticeId::ppc_first);
  EXPECT_EQ(row(notice, "3 本人の数").text, "");
  EXPECT_EQ(row(notice, "発覚日(知った日)").text, "");
  EXPECT_EQ(row(notice, "報告期限の目安").text, "") << "its clock does not run";
  EXPECT_THAT(text_of(notice), HasSubstr("■ 3 本人の数\n【記入待ち】"));
  EXPECT_GT(notice.blanks(), 5u);
}

TEST_F(NoticeTest, a_fact_stands_with_the_number_of_its_record) {
  const IncidentId id = opened();
  ASSERT_TRUE(state(id, Moment::detected, jst("2026-11-22T11:30:00+09:00")));
  const Notice notice = drafted(id, NoticeId::ppc_first);
  const NoticeRow& detected = row(notice, "発覚日(知った日)");
  EXPECT_THAT(detected.text, HasSubstr("2026-11-22 11:30 (日本時間)(the wardによる。"));
  EXPECT_THAT(detected.records, ElementsAre(now_of(id).times.at(Moment::detected).record));
  EXPECT_THAT(row(notice, "報告期限の目安").text, HasSubstr("2026-11-27 00:00 (日本時間) まで"));
  EXPECT_THAT(page_of(notice), HasSubstr("<p class=\"one\">" + std::to_string(detected.records[0]) + "</p>"));
}

TEST_F(NoticeTest, what_was_noted_and_whom_was_told_is_listed_in_its_order) {
  const IncidentId id = opened({ClockId::ppc_first});
  ASSERT_TRUE(incidents_->note(somebody(), id, "cut the line", told_));
  ASSERT_TRUE(incidents_->note(somebody(), id, "called the police", told_));
  ASSERT_TRUE(incidents_->report(somebody(), id, ClockId::ppc_first, {}, "R-1", told_));
  const Notice notice = drafted(id, NoticeId::ministry);
  const std::string& done = row(notice, "これまでの対応").text;
  EXPECT_LT(done.find("cut the line"), done.find("called the police"));
  EXPECT_THAT(row(notice, "ほかへの連絡").text,
              HasSubstr("個人情報保護委員会への速報(おおむね3〜5日以内): R-1"));
}

TEST_F(NoticeTest, the_full_report_names_the_longer_time_where_that_runs) {
  const IncidentId id = opened({ClockId::ppc_final_intent});
  ASSERT_TRUE(state(id, Moment::detected, jst("2026-11-22T11:30:00+09:00")));
  EXPECT_THAT(row(drafted(id, NoticeId::ppc_final), "報告期限").text, HasSubstr("2027-01-21 00:00"));
}

TEST_F(NoticeTest, the_one_to_the_police_says_how_both_are_reached_and_names_the_services) {
  const IncidentId id = opened({});
  ASSERT_TRUE(
      incidents_->concern(somebody(), id, {{{"karte", ClockId::vendor_unknown, "no paper"}}, {}}, told_));
  EXPECT_THAT(drafted(id, NoticeId::police).ways, IsEmpty());
  EXPECT_EQ(row(drafted(id, NoticeId::police), "連絡先").text, "") << "a blank until somebody writes it down";
  ASSERT_TRUE(contacts_->state(somebody(), {Party::police, {}}, {"cybercrime desk", "110", "the station", {}},
                               told_));
  ASSERT_TRUE(contacts_->state(somebody(), {Party::clinic, {}},
                               {"the office", "03-0000-0000", {}, "day and night"}, told_));
  const Notice notice = drafted(id, NoticeId::police);
  EXPECT_THAT(notice.ways, ElementsAre("cybercrime desk: 110(つながらないとき the station)"));
  EXPECT_EQ(row(notice, "連絡先").text, "the office: 03-0000-0000 day and night");
  EXPECT_EQ(row(notice, "被害を受けたシステム・サービス").text, "karte");
  EXPECT_THAT(text_of(notice), HasSubstr("連絡先: cybercrime desk: 110"));
  EXPECT_THAT(text_of(notice), HasSubstr("■ 被害の内容\n【記入待ち】"));
  EXPECT_THAT(page_of(notice), HasSubstr("cybercrime desk: 110"));
}

TEST_F(NoticeTest, the_one_to_a_vendor_is_for_those_of_the_services_that_it_is_about) {
  const IncidentId id = opened({});
  for (const char* service : {"karte", "pacs"})
    ASSERT_TRUE(contacts_->state(somebody(), {Party::service, service}, {"help desk", "tel", {}, {}}, told_));
  ASSERT_TRUE(
      incidents_->concern(somebody(), id, {{{"pacs", ClockId::vendor_unknown, "no paper"}}, {}}, told_));
  EXPECT_THAT(drafted(id, NoticeId::service).ways, ElementsAre("pacs help desk: tel"));
}

TEST_F(NoticeTest, what_somebody_typed_is_text_on_the_page) {
  const auto id = incidents_->open(somebody(), {"<script>x</script>", {}, {}, {}, {}}, told_);
  const std::string page = page_of(drafted(*id, NoticeId::patients, "<b>"));
  EXPECT_THAT(page, Not(HasSubstr("<script>")));
  EXPECT_THAT(page, Not(HasSubstr("<b>")));
  EXPECT_THAT(page, HasSubstr("下書き"));
}

TEST_F(NoticeTest, each_has_rows_a_blank_and_says_that_it_is_a_draft) {
  const IncidentId id = opened();
  for (std::size_t i = 0; i < kNotices; ++i) {
    const auto one = static_cast<NoticeId>(i);
    EXPECT_EQ(parse_notice(to_string(one)), one);
    EXPECT_GT(drafted(id, one).rows.size(), 7u);
    EXPECT_GT(drafted(id, one, "").blanks(), drafted(id, one).blanks());
    EXPECT_THAT(text_of(drafted(id, one)), HasSubstr("(下書き)\n宛先: "));
  }
}

}  // namespace
}  // namespace gw::incidents
