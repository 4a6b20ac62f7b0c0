// Remote maintenance by the API (RMT-01 to RMT-07), and what its gate lets through.

#include "unit/control/web_clinic.h"

namespace gw::control {
namespace {

class WebMaintenance : public WebDeskTest {
 protected:
  void SetUp() override {
    settle();
    for (const Role role : {Role::maintainer, Role::approver, Role::viewer}) add(role);
    EXPECT_TRUE(office->changes().hear(changes::Standing{{}, {}, {}, {'a'}}));
    EXPECT_TRUE(office->changes().hear({.order = changes::Order::keep, .change = changes::ChangeNumber(1)}));
  }
  Said as(Role role, OperationId operation, TypedValues values) {
    return ask(operation, std::move(values), come(role == Role::clinic_admin ? "first" : names.at(role)));
  }
  TypedValue in(std::chrono::minutes from_now) {
    const auto when =
        std::chrono::floor<std::chrono::milliseconds>(clock.civil_now().time_since_epoch()) + from_now;
    return TypedValue::of(static_cast<std::uint64_t>(when.count()));
  }
  static TypedValue texts(std::vector<std::string> items) { return TypedValue::of(std::move(items)); }
  static TypedValue number(std::uint64_t value) { return TypedValue::of(value); }
  TypedValues wanted(std::vector<std::string> allowed, std::vector<std::string> plan) {
    return {text("vendor-a"),
            {},
            in(std::chrono::minutes(0)),
            in(std::chrono::minutes(60)),
            text("the imaging centre moves"),
            {},
            texts(std::move(allowed)),
            texts(std::move(plan))};
  }
};

TEST_F(WebMaintenance, what_the_operations_centre_wants_is_applied_by_the_clinic_alone) {
  const auto sources = office->changes().sources(changes::ChangeNumber(1));
  const auto staged = office->changes().stage({{kCentre, "order-1"}, "as the centre wants it", {}}, *sources);
  ASSERT_TRUE(staged && office->changes().check(*staged));
  ASSERT_TRUE(office->changes().hear({.order = changes::Order::look, .change = *staged}));
  ASSERT_EQ(as(Role::maintainer, OperationId::maintenance_request,
               wanted({"config.apply"}, {"config.apply: the new address"}))
                .error,
            "");
  ASSERT_EQ(as(Role::approver, OperationId::maintenance_approve, {number(1), text("agreed")}).error, "");
  ASSERT_EQ(as(Role::maintainer, OperationId::maintenance_enter, {number(1)}).error, "");
  const TypedValues apply{number(staged->number()), {}};
  EXPECT_EQ(as(Role::maintainer, OperationId::changes_apply, apply).error, "account.forbidden");
  EXPECT_EQ(as(Role::clinic_admin, OperationId::changes_apply, apply).error, "");
}

TEST_F(WebMaintenance, nothing_stands_open_and_what_is_let_in_ends_with_a_report) {  // RMT-01, RMT-03, RMT-04
  EXPECT_EQ(as(Role::maintainer, OperationId::changes_list, {{}}).error, "maintenance.not_open");
  const Said asked =
      as(Role::maintainer, OperationId::maintenance_request,
         wanted({"history.read", "config.stage"}, {"config.stage: the new address", "history.read"}));
  EXPECT_EQ(asked.json, "{\"maintenance\":1}");
  EXPECT_EQ(as(Role::maintainer, OperationId::maintenance_approve, {number(1), {}}).error,
            "account.forbidden");
  ASSERT_EQ(
      as(Role::approver, OperationId::maintenance_approve, {number(1), text("agreed on the phone")}).error,
      "");
  EXPECT_EQ(as(Role::maintainer, OperationId::changes_list, {{}}).error, "maintenance.not_open");
  ASSERT_EQ(as(Role::maintainer, OperationId::maintenance_enter, {number(1)}).error, "");
  EXPECT_EQ(as(Role::maintainer, OperationId::changes_list, {{}}).error, "");
  EXPECT_EQ(as(Role::maintainer, OperationId::changes_list, {{}}).error, "") << "and once more";
  EXPECT_EQ(as(Role::maintainer, OperationId::changes_copy, {number(1), text("once more")}).error, "");
  EXPECT_EQ(as(Role::maintainer, OperationId::changes_apply, {number(2), {}}).error,
            "maintenance.not_allowed");
  ASSERT_EQ(as(Role::maintainer, OperationId::maintenance_end, {number(1)}).error, "");
  EXPECT_EQ(as(Role::maintainer, OperationId::changes_list, {{}}).error, "maintenance.not_open");
  const Said report = as(Role::viewer, OperationId::maintenance_show, {number(1)});
  EXPECT_THAT(report.json, HasSubstr("\"denied\":1"));
  EXPECT_THAT(report.json, HasSubstr("\"is_as_planned\":false")) << "something was denied";
  EXPECT_THAT(report.json, HasSubstr("changes.copy"));
  EXPECT_THAT(told(), Contains("maintenance.ended"));
  ASSERT_EQ(as(Role::clinic_admin, OperationId::maintenance_acknowledge, {number(1)}).error, "");
  EXPECT_THAT(as(Role::viewer, OperationId::maintenance_list, {{}}).json,
              HasSubstr("\"state\":\"reported\""));
}

TEST_F(WebMaintenance, what_only_looks_is_one_act_however_often_a_page_asks) {
  ASSERT_EQ(as(Role::maintainer, OperationId::maintenance_emergency,
               {text("vendor-a"),
                {},
                in(std::chrono::minutes(60)),
                text("the line is down"),
                {},
                texts({"history.read"}),
                texts({"history.read"})})
                .error,
            "");
  (void)told();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(as(Role::maintainer, OperationId::changes_list, {{}}).error, "");
  EXPECT_EQ(std::ranges::count(told(), "maintenance.act_begun"), 1);
}

TEST_F(WebMaintenance, the_switch_ends_all_and_keeps_everybody_out) {  // RMT-07
  ASSERT_EQ(
      as(Role::maintainer, OperationId::maintenance_request, wanted({"status.read"}, {"status.read"})).error,
      "");
  ASSERT_EQ(as(Role::clinic_admin, OperationId::maintenance_approve, {number(1), {}}).error, "");
  ASSERT_EQ(as(Role::maintainer, OperationId::maintenance_enter, {number(1)}).error, "");
  ASSERT_EQ(as(Role::clinic_admin, OperationId::maintenance_stop, {}).error, "");
  EXPECT_EQ(as(Role::maintainer, OperationId::box_status, {}).error, "maintenance.off");
  EXPECT_EQ(
      as(Role::maintainer, OperationId::maintenance_request, wanted({"status.read"}, {"status.read"})).error,
      "maintenance.off");
  ASSERT_EQ(as(Role::clinic_admin, OperationId::maintenance_switch_on, {}).error, "");
  EXPECT_THAT(as(Role::viewer, OperationId::maintenance_list, {{}}).json, HasSubstr("\"is_off\":false"));
}

TEST_F(WebMaintenance, a_plan_is_of_works_that_there_are) {
  const Said strange = as(Role::maintainer, OperationId::maintenance_request, wanted({"shell"}, {"shell"}));
  EXPECT_EQ(strange.error, "maintenance.unsuitable");
  EXPECT_THAT(strange.detail, HasSubstr("no work called shell"));
  EXPECT_EQ(
      as(Role::maintainer, OperationId::maintenance_request, wanted({"status.read"}, {"config.apply"})).error,
      "maintenance.unsuitable");
}

}  // namespace
}  // namespace gw::control
