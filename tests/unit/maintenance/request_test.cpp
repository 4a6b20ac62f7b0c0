// What may be asked for at all (RMT-01 to RMT-03).

#include "maintenance/request.h"

#include <functional>

#include "unit/maintenance/clinic.h"

namespace gw::maintenance {
namespace {

class RequestTest : public Clinic {
 protected:
  std::string fault(const std::function<void(Draft&)>& change) const {
    Draft one = draft();
    change(one);
    const auto error = unsuitable_draft(one, now());
    return error ? error->detail.substr(0, error->detail.find(':')) : "none";
  }
};

TEST_F(RequestTest, what_is_wrong_is_named) {
  EXPECT_EQ(fault([](Draft&) {}), "none");
  EXPECT_EQ(fault([](Draft& d) { d.vendor = "The Maker"; }), "vendor");
  EXPECT_EQ(fault([](Draft& d) { d.target.name = "x"; }), "target");
  EXPECT_EQ(fault([](Draft& d) { d.target.place = Target::Place::device; }), "target");
  EXPECT_EQ(fault([](Draft& d) { d.reason = ""; }), "reason");
  EXPECT_EQ(fault([](Draft& d) { d.reason = "two\nlines"; }), "reason");
  EXPECT_EQ(fault([](Draft& d) { d.reason = std::string(513, 'x'); }), "reason");
  EXPECT_EQ(fault([](Draft& d) { d.ticket = std::string(65, 'x'); }), "ticket");
  EXPECT_EQ(fault([](Draft& d) { d.allowed.clear(); }), "allowed");
  EXPECT_EQ(fault([](Draft& d) { d.allowed.push_back(Work::config_read); }), "allowed");
  EXPECT_EQ(fault([](Draft& d) { d.allowed.push_back(Work::device_connect); }), "allowed");
  EXPECT_EQ(fault([](Draft& d) { d.plan.clear(); }), "plan");
  EXPECT_EQ(fault([](Draft& d) { d.plan.push_back({Work::update_install, ""}); }), "plan");
  EXPECT_EQ(fault([](Draft& d) { d.plan.resize(51, d.plan[0]); }), "plan");
}

TEST_F(RequestTest, a_window_lasts_eight_hours_at_most_and_lies_ahead) {
  EXPECT_EQ(fault([](Draft& d) { d.until = d.from + hours(8); }), "none");
  EXPECT_EQ(fault([](Draft& d) { d.until = d.from + hours(8) + minutes(1); }), "window");
  EXPECT_EQ(fault([](Draft& d) { d.until = d.from; }), "window");
  EXPECT_EQ(fault([](Draft& d) { d.from -= hours(3), d.until -= hours(3); }), "window");
  EXPECT_EQ(fault([](Draft& d) { d.from += hours(24 * 31), d.until += hours(24 * 31); }), "window");
}

TEST_F(RequestTest, each_work_of_the_box_is_a_maintainers_right) {
  for (std::size_t i = 0; i < kWorks; ++i) {
    const Work work = static_cast<Work>(i);
    EXPECT_TRUE(accounts::may(Role::maintainer, right_of(work))) << to_string(work);
    EXPECT_EQ(parse_work(to_string(work)), work);
    EXPECT_NE(words_of(work, Language::japanese), words_of(work, Language::english));
    if (place_of(work) == Target::Place::box) {
      EXPECT_EQ(to_string(work), accounts::to_string(right_of(work)));
    }
  }
  EXPECT_FALSE(parse_work("shell"));
}

}  // namespace
}  // namespace gw::maintenance
