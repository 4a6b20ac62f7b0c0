#include "audit/line.h"

#include <gtest/gtest.h>

namespace gw::audit {
namespace {

TEST(RecordLine, says_its_number_the_clock_and_the_time_in_japan) {  // TIM-01
  const Record record{CivilTime(std::chrono::microseconds(1'795'897'105'000'042)), ClockState::behind,
                      "proxyd", "karte", Event(EventId::session_closed).add(Field::terminal, "desk \"1\"\n")};
  const std::string line = line_of(12, record);
  EXPECT_TRUE(line.starts_with(
      "{\"number\":12,\"clock_state\":\"behind\",\"ts\":\"2026-11-29T05:18:25.000042+09:00\""))
      << line;
  EXPECT_TRUE(line.ends_with("}")) << line;
  EXPECT_EQ(line.find('\n'), std::string::npos);
}

TEST(RecordLine, no_field_of_an_event_has_the_name_of_what_stands_in_every_record) {
  for (int i = 0; i <= static_cast<int>(last_field()); ++i)
    for (const char* name :
         {"number", "clock_state", "ts", "level", "event", "process", "tenant", "msg", "link"})
      EXPECT_NE(key_of(static_cast<Field>(i)), name);
}

TEST(RecordLine, is_chained_to_all_before_it) {
  const Link first = link_of({}, "a"), second = link_of(first, "b");
  EXPECT_NE(first, second);
  EXPECT_NE(second, link_of({}, "b"));
  EXPECT_EQ(second, link_of(link_of({}, "a"), "b"));
}

}  // namespace
}  // namespace gw::audit
