// Months' summaries and quarterly reviews over the store's records (LOG-06), by the API.

#include "control/review_office.h"

#include "unit/control/web_clinic.h"

namespace gw::control {
namespace {

class Reviewing : public WebDeskTest {
 protected:
  void SetUp() override {
    settle();
    add(Role::auditor);
  }
  void open(const std::string& terminal, int times) {
    std::vector<audit::Record> many;
    for (int i = 0; i < times; ++i)
      many.push_back(
          {clock.civil_now(), model::ClockState::right, "proxyd", "karte",
           Event(EventId::session_opened).add(Field::service, "pacs").add(Field::terminal, terminal)});
    ASSERT_TRUE(store->append("run", next_, many));
    next_ += many.size();
  }
  void add_up() {
    do ASSERT_TRUE(reviews->tick());
    while (reviews->is_behind());
  }
  std::string this_month() { return review::to_text(review::month_of(clock.civil_now())); }
  Said as_auditor(OperationId operation, TypedValues values) {
    return ask(operation, std::move(values), come(names.at(Role::auditor)));
  }

  std::uint64_t next_ = 1;
};

TEST_F(Reviewing, the_month_that_runs_is_added_up_so_far_and_the_one_that_is_over_stays) {
  open("ct-1", 300);
  add_up();
  const std::string month = this_month();
  EXPECT_THAT(as_auditor(OperationId::summaries_show, {text(month)}).json, HasSubstr("300  karte/pacs/ct-1"));
  clock.advance(std::chrono::hours(24 * 31));
  open("ct-2", 1);
  add_up();
  const Said over = as_auditor(OperationId::summaries_show, {text(month)});
  EXPECT_THAT(over.json, HasSubstr("\"is_over\":true"));
  EXPECT_THAT(over.json, HasSubstr("300  karte/pacs/ct-1"));
  EXPECT_THAT(over.json, Not(HasSubstr("ct-2")));
  EXPECT_THAT(as_auditor(OperationId::summaries_list, {}).json, HasSubstr(this_month() + "\",\"" + month));
  EXPECT_THAT(told(), Contains("review.summed"));
}

TEST_F(Reviewing, where_the_terminals_of_a_tenant_come_in_is_listed_with_its_services) {  // GOV-05
  const model::RuleRoll::Door door{
      "karte", "main", "lan0", {*model::IpAddress::parse("10.11.1.1"), 8443}, {{"pacs"}, {"emr"}}};
  ASSERT_TRUE(reviews->rules().set({{}, {door}, "aoba"}));
  EXPECT_THAT(reviews->rules().names_of_site(), testing::ElementsAre("aoba", "karte")) << "ADM-02";
  EXPECT_THAT(ask(OperationId::rules_list, {}, come("first")).json,
              HasSubstr("\"doors\":[{\"tenant\":\"karte\",\"listener\":\"main\",\"segment\":\"lan0\","
                        "\"address\":\"10.11.1.1\",\"port\":8443,\"services\":[\"pacs\",\"emr\"]}]"));
}

TEST_F(Reviewing,
       exceptions_are_listed_with_their_reasons) {  // NET-02, D10
  using What = model::RuleRoll::Exception::What;
  const auto today = std::chrono::floor<std::chrono::seconds>(clock.civil_now()).time_since_epoch();
  const model::RuleRoll::Exception soon{
      "karte",       "remote", What::passed_through, today + std::chrono::days(29), "a foreign client",
      "the director"};
  const model::RuleRoll::Exception late{
      "karte", "emr", What::cloud_profile, today + std::chrono::days(90), "an old server", "the director"};
  model::RuleRoll rules{{{"karte", "offices", "remote", "remote.example", 443}}};
  rules.rows[0].mode = model::Mode::pass_through;
  rules.exceptions = {soon, late};
  ASSERT_TRUE(reviews->rules().set(rules));
  const std::string listed = ask(OperationId::rules_list, {}, come("first")).json;
  EXPECT_THAT(listed, HasSubstr("\"mode\":\"pass_through\""));
  EXPECT_THAT(listed, HasSubstr("{\"tenant\":\"karte\",\"service\":\"remote\",\"what\":\"passed_through\""));
  EXPECT_THAT(listed,
              HasSubstr("\"ended\":false,\"reason\":\"a foreign client\",\"approver\":\"the director\""));
  EXPECT_THAT(listed, HasSubstr("\"what\":\"cloud_profile\""));
}

TEST_F(Reviewing, a_rule_that_nobody_uses_is_proposed_to_be_removed_also_after_a_restart) {  // WLS-06
  const auto use = [&] {
    const std::vector<audit::Record> one{{clock.civil_now(), model::ClockState::right, "proxyd", "karte",
                                          Event(EventId::session_opened).add(Field::rule, "busy")}};
    ASSERT_TRUE(store->append("run", next_++, one));
    add_up();
  };
  const model::RuleRoll rules{{{"karte", "busy", "pacs", "pacs.example", 443, false, {{"ct-1"}}},
                               {"karte", "idle", "pacs", "pacs.example", 443, true}}};
  ASSERT_TRUE(reviews->rules().set(rules));
  clock.advance(std::chrono::days(60));
  use();
  come("first");  // an account that is unused for long is of no use any more
  clock.advance(std::chrono::days(31));
  add_up();
  reviews.emplace(*ReviewOffice::open(*store, *chronicle, clock));
  ASSERT_TRUE(reviews->rules().set(rules));
  add_up();
  EXPECT_THAT(reviews->rules().unused(), testing::ElementsAre("karte/idle"));
  const std::string listed = ask(OperationId::rules_list, {}, come("first")).json;
  EXPECT_THAT(listed, HasSubstr("\"rule\":\"busy\",\"service\":\"pacs\",\"server_name\":\"pacs.example\""));
  EXPECT_THAT(listed.substr(0, listed.find("idle\"")), HasSubstr("\"unused\":false"));
  EXPECT_THAT(listed.substr(listed.find("\"idle\"")), HasSubstr("\"unused\":true"));
  EXPECT_THAT(reviews->month(this_month())->json, HasSubstr("\"unused_rules\":[\"karte/idle\"]"));
  ASSERT_TRUE(reviews->rules().set({{rules.rows[1]}}));
  ASSERT_TRUE(reviews->rules().set(rules));
  EXPECT_THAT(reviews->rules().unused(), testing::ElementsAre("karte/idle")) << "busy is as good as new";
}

TEST_F(Reviewing, a_month_without_a_next_record_is_over_all_the_same) {
  open("ct-1", 3);
  add_up();
  const std::string month = this_month();
  clock.advance(std::chrono::hours(24 * 31));
  add_up();
  EXPECT_THAT(as_auditor(OperationId::summaries_show, {text(month)}).json, HasSubstr("\"is_over\":true"));
}

TEST_F(Reviewing, who_starts_again_counts_the_running_month_from_its_beginning) {
  open("ct-1", 5);
  add_up();
  reviews.emplace(*ReviewOffice::open(*store, *chronicle, clock));
  add_up();
  EXPECT_THAT(as_auditor(OperationId::summaries_show, {text(this_month())}).json,
              HasSubstr("5  karte/pacs/ct-1"));
}

TEST_F(Reviewing, a_quarter_is_signed_by_name_for_the_records_that_were_seen) {
  open("ct-1", 5);
  add_up();
  const auto quarter = review::Quarter::of(clock.civil_now());
  EXPECT_EQ(as_auditor(OperationId::reviews_sign,
                       {text(quarter.to_text()), text(std::string(64, 'a')), text("nothing found"), {}})
                .error,
            "review.unsuitable");
  clock.advance(quarter.ends() - clock.civil_now() + std::chrono::hours(24));
  add_up();
  const Said due = as_auditor(OperationId::reviews_list, {});
  EXPECT_THAT(due.json, HasSubstr("\"state\":\"due\""));
  const auto range = reviews->range_of(quarter);
  ASSERT_TRUE(range);
  const Said done =
      as_auditor(OperationId::reviews_sign,
                 {text(quarter.to_text()), text(to_hex(range->link)), text("nothing found"), {}});
  EXPECT_EQ(done.error, "");
  EXPECT_THAT(done.json, HasSubstr("auditor"));
  EXPECT_THAT(told(), Contains("review.signed"));
  EXPECT_THAT(as_auditor(OperationId::reviews_list, {}).json, HasSubstr("\"state\":\"done\""));
}

TEST_F(Reviewing, accounts_are_gone_through_by_name) {  // ADM-07
  (void)told();
  ASSERT_EQ(ask(OperationId::accounts_stock_take, {}, come("first")).error, "");
  EXPECT_THAT(told(), Contains("account.stock_taken"));
  EXPECT_THAT(as_auditor(OperationId::reviews_list, {}).json, HasSubstr("\"stock_taken\":"));
}

}  // namespace
}  // namespace gw::control
