// Who is told of an incident, and how (INC-02, EMG-04): what was written down, when it was tried, and the
// sheet beside the box.

#include "incidents/contacts.h"

#include "incidents/contact_sheet.h"
#include "unit/incidents/book.h"

namespace gw::incidents {
namespace {

using std::chrono::hours;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const ContactKey kPolice{Party::police, {}};

class ContactsTest : public Book {
 protected:
  Result<> state(const ContactKey& key, std::string main = "110", std::string alternative = "the station") {
    return contacts_->state(somebody(), key, {"cybercrime desk", std::move(main), std::move(alternative), {}},
                            told_);
  }
  Result<> tried(bool works = true, CivilTime at = {}) {
    return contacts_->tried(somebody(), kPolice, {at, works, "called both"}, told_);
  }
  Contact police() {
    const auto all = contacts_->list({});
    EXPECT_TRUE(all) << all.error().to_text();
    for (const Contact& one : *all)
      if (one.key == kPolice) return one;
    return {};
  }
};

TEST_F(ContactsTest, everybody_who_may_have_to_be_told_is_listed_with_or_without_ways) {
  ASSERT_TRUE(state({Party::service, "old"}));
  const std::vector<std::string> services{"karte"};
  std::vector<std::string> listed;
  const auto all = contacts_->list(services);
  ASSERT_TRUE(all) << all.error().to_text();
  for (const Contact& one : *all) listed.push_back(to_string(one.key));
  EXPECT_THAT(listed,
              ElementsAre("clinic", "service@karte", "service@old", "noc", "ministry", "police", "ppc"));
  for (const std::string& one : listed) EXPECT_EQ(to_string(*parse_contact(one)), one);
  for (const char* none : {"service", "police@karte", "nobody", ""})
    EXPECT_FALSE(parse_contact(none)) << none;
}

TEST_F(ContactsTest, ways_are_due_six_months_of_japan_after_they_were_found_to_work) {
  ASSERT_TRUE(state(kPolice));
  EXPECT_TRUE(police().is_overdue(clock_.civil_now())) << "nobody has tried them";
  ASSERT_TRUE(tried());
  EXPECT_EQ(police().due(), jst("2027-05-22T12:00:00+09:00"));
  EXPECT_FALSE(police().is_overdue(jst("2027-05-22T11:59:59+09:00")));
  EXPECT_EQ(half_a_year_after(jst("2026-08-31T01:00:00+09:00")), jst("2027-02-28T01:00:00+09:00"));
}

TEST_F(ContactsTest, ways_that_did_not_work_or_were_changed_count_as_not_tried) {
  ASSERT_TRUE(state(kPolice));
  ASSERT_TRUE(tried(false));
  EXPECT_TRUE(police().is_overdue(clock_.civil_now()));
  EXPECT_EQ(police().found, "called both");
  ASSERT_TRUE(tried(true));
  ASSERT_TRUE(contacts_->state(somebody(), kPolice, {"another desk", "110", "the station", "always"}, told_));
  EXPECT_FALSE(police().is_overdue(clock_.civil_now())) << "the same ways";
  ASSERT_TRUE(state(kPolice, "119"));
  EXPECT_TRUE(police().is_overdue(clock_.civil_now()));
}

TEST_F(ContactsTest, ways_are_not_tried_before_they_are_written_down) {
  ASSERT_TRUE(state(kPolice));
  const auto refused = tried(true, clock_.civil_now() - hours(1));
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().detail, HasSubstr("these ways were written down later"));
  clock_.advance(hours(2));
  ASSERT_TRUE(contacts_->state(somebody(), kPolice, {"another desk", "110", "the station", {}}, told_));
  EXPECT_TRUE(tried(true, clock_.civil_now() - hours(1))) << "the ways are the same";
  ASSERT_TRUE(state(kPolice, "119"));
  EXPECT_FALSE(tried(true, clock_.civil_now() - hours(1)));
}

TEST_F(ContactsTest, a_trial_that_is_written_down_late_hides_no_newer_one) {
  ASSERT_TRUE(state(kPolice));
  clock_.advance(hours(48));
  const CivilTime now = clock_.civil_now();
  ASSERT_TRUE(tried(true, now));
  ASSERT_TRUE(contacts_->tried(somebody(), kPolice, {now - hours(24), true, "rang the day before"}, told_));
  EXPECT_EQ(police().tried, now);
  EXPECT_EQ(police().worked, now);
  EXPECT_EQ(police().found, "called both");
}

TEST_F(ContactsTest, what_a_later_version_wrote_is_passed_over) {
  ASSERT_TRUE(state(kPolice));
  ASSERT_TRUE(
      database_->run("INSERT INTO contact_entries(contact, kind, written, account, by, desk, main, "
                     "alternative, hours, at, works, words, record) "
                     "VALUES('insurer', 'stated', 1, 7, 'sato', 'a', 'b', '', '', 0, 0, '', 9)"));
  EXPECT_EQ(police().ways->main, "110");
  EXPECT_TRUE(contacts_->tick());
  EXPECT_TRUE(state(kPolice, "119"));
}

TEST_F(ContactsTest, a_test_that_is_overdue_is_told_once) {
  ASSERT_TRUE(contacts_->tick());
  EXPECT_THAT(recorded(), IsEmpty()) << "nobody is reached yet";
  ASSERT_TRUE(state(kPolice));
  ASSERT_TRUE(tried());
  recorded();
  ASSERT_TRUE(contacts_->tick());
  EXPECT_THAT(recorded(), IsEmpty());
  clock_.advance(hours(24 * 182));
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(contacts_->tick());
  open();
  ASSERT_TRUE(contacts_->tick());
  EXPECT_THAT(recorded(), ElementsAre("contact.test_overdue"));
  ASSERT_TRUE(tried());
  clock_.advance(hours(24 * 184));
  ASSERT_TRUE(contacts_->tick());
  EXPECT_THAT(recorded(), ElementsAre("contact.tested", "contact.test_overdue"));
}

TEST_F(ContactsTest, what_is_unsuitable_says_what_and_how_to_mend_it) {
  const auto refused = state(kPolice, "110", "110");
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().detail, HasSubstr("alternative"));
  EXPECT_THAT(state(kPolice, "").error().detail, HasSubstr("main"));
  EXPECT_THAT(tried().error().detail, HasSubstr("nobody has written down how police is reached"));
  ASSERT_TRUE(state(kPolice));
  EXPECT_THAT(tried(true, clock_.civil_now() + hours(1)).error().detail, HasSubstr("ahead"));
  EXPECT_EQ(
      contacts_->state(somebody(accounts::Role::viewer), kPolice, {"a", "b", {}, {}}, told_).error().code,
      ErrorCode::account_forbidden);
}

TEST_F(ContactsTest, nothing_that_was_written_is_changed_or_removed) {
  ASSERT_TRUE(state(kPolice));
  EXPECT_FALSE(database_->run("UPDATE contact_entries SET main = 'x'"));
  EXPECT_FALSE(database_->run("DELETE FROM contact_entries"));
  is_full_ = true;
  EXPECT_FALSE(state(kPolice, "119"));
  EXPECT_EQ(police().ways->main, "110") << "without its record there is none";
}

TEST_F(ContactsTest, the_sheet_has_ways_blanks_services_and_what_is_done_first) {
  ASSERT_TRUE(state(kPolice, "<110>"));
  const ContactSheet sheet{"clinic-1", clock_.civil_now(), *contacts_->list({}), {"clinic/karte"}};
  const std::string text = text_of(sheet), page = page_of(sheet);
  for (const std::string& one : {text, page}) {
    EXPECT_THAT(one, HasSubstr("cybercrime desk"));
    EXPECT_THAT(one, HasSubstr("記入待ち"));
    EXPECT_THAT(one, HasSubstr("clinic/karte"));
    EXPECT_THAT(one, HasSubstr("sekisho cut everything"));
    EXPECT_THAT(one, HasSubstr("2026-11-22"));
    EXPECT_THAT(one, HasSubstr("未確認"));
  }
  EXPECT_THAT(page, Not(HasSubstr("<110>"))) << "what somebody typed is text";
}

}  // namespace
}  // namespace gw::incidents
