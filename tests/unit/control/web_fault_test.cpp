// The verdict as administrators are told it (DEM-03): what was measured, what was not, and what follows.

#include "unit/control/seen_box.h"

namespace gw::control {
namespace {

class WebFault : public SeenBox {
 protected:
  void SetUp() override {
    SeenBox::SetUp();
    const auto now = std::chrono::floor<std::chrono::milliseconds>(clock.civil_now().time_since_epoch());
    diagnosis.trials.began = diagnosis.trials.ended = now;
    diagnosis.trials.trials[0].remote = {*model::IpAddress::parse("203.0.113.10"), 443};
    diagnosis.state.clock.now = now;
    certificates.own[0].certificate->ends =
        std::chrono::ceil<std::chrono::seconds>(now + std::chrono::days(100));
  }
  std::string shown() { return looked(OperationId::diagnosis_verdict).json; }
  static std::string side(const std::string& name, const std::string& standing) {
    return R"("side":")" + name + R"(","standing":")" + standing + "\"";
  }
};

TEST_F(WebFault, a_box_that_reaches_its_services_says_that_nothing_is_broken) {
  const std::string json = shown();
  EXPECT_EQ(member(json, "state"), "sound") << json;
  EXPECT_THAT(json, HasSubstr(side("service", "good")));
  EXPECT_THAT(json, HasSubstr(side("terminal", "unknown"))) << "no terminal came";
}

TEST_F(WebFault, a_cable_that_is_out_is_the_line) {
  sights[1].links[0].carrier = false;
  const std::string json = shown();
  EXPECT_EQ(member(json, "state"), "broken");
  EXPECT_THAT(json, HasSubstr(R"("observation":"wan_link","about":"wan0","sides":["line"])"));
  EXPECT_THAT(json, HasSubstr(side("line", "bad")));
}

TEST_F(WebFault, what_was_tried_long_ago_says_nothing) {
  clock.advance(std::chrono::minutes(16));
  const std::string json = shown();
  EXPECT_EQ(member(json, "state"), "unknown");
  EXPECT_THAT(json,
              HasSubstr(R"("observation":"trial_connection","standing":"unknown","about":"karte/raw")"));
}

TEST_F(WebFault, a_terminal_whose_certificate_is_turned_down_is_named_until_it_is_let_in) {
  const auto happens = [&](EventId event, std::string_view reason, std::uint64_t serial) {
    clock.advance(std::chrono::seconds(1));
    const std::vector<model::Record> one{
        {clock.civil_now(), model::ClockState::right, "proxyd", "karte",
         Event(event).add(Field::terminal, "desk-1").add(Field::service, "raw").add(Field::reason, reason)}};
    ASSERT_TRUE(store->append("run", serial, one));
  };
  happens(EventId::session_refused, "certificate_revoked", 1);
  EXPECT_THAT(
      shown(),
      HasSubstr(
          R"("observation":"terminal_identity","about":"karte/desk-1","detail":"certificate_revoked","sides":["terminal"])"));
  happens(EventId::session_opened, "", 2);
  const std::string json = shown();
  EXPECT_THAT(json, HasSubstr(side("terminal", "good")));
  EXPECT_EQ(member(json, "state"), "sound");
}

}  // namespace
}  // namespace gw::control
