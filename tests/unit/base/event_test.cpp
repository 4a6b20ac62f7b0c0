#include "base/event.h"

#include <gtest/gtest.h>

#include <set>

namespace gw {
namespace {

const EventOrigin kOrigin{"2026-11-22T00:00:00.000000Z", "dialerd", "imaging"};

TEST(EventTest, a_record_is_one_json_line_with_its_fields_in_order) {
  Event event(EventId::endpoint_failed);
  event.add(Field::remote, "203.0.113.7").add(Field::remote_port, 443);
  EXPECT_EQ(to_json_line(event, kOrigin),
            "{\"ts\":\"2026-11-22T00:00:00.000000Z\",\"level\":\"warning\",\"event\":\"endpoint.failed\","
            "\"process\":\"dialerd\",\"tenant\":\"imaging\",\"remote\":\"203.0.113.7\",\"remote_port\":443,"
            "\"msg\":\"A cloud endpoint could not be reached.\"}\n");
}

TEST(EventTest, a_process_without_a_tenant_names_none) {
  const std::string line = to_json_line(Event(EventId::box_started), {"t", "supervisor"});
  EXPECT_EQ(line.find("tenant"), std::string::npos);
}

TEST(EventTest, foreign_text_can_neither_be_long_nor_break_the_line) {
  const std::string foreign = "a\nb" + std::string(1'000, 'x');
  const std::string line = to_json_line(Event(EventId::session_closed).add(Field::detail, foreign), kOrigin);
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  EXPECT_LT(line.size(), 400u);
}

TEST(EventTest, a_nul_in_foreign_text_does_not_stop_the_record) {
  Event event(EventId::session_closed);
  event.add(Field::detail, std::string_view("a\0b", 3));
  const auto again = decode<Event>(encode(event));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->entries().at(0).text, "a?b");
}

TEST(EventTest, ids_and_keys_are_unique) {
  std::set<std::string_view> ids, keys;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(last_event()); ++i)
    EXPECT_TRUE(ids.insert(to_string(static_cast<EventId>(i))).second) << i;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(last_field()); ++i)
    EXPECT_TRUE(keys.insert(key_of(static_cast<Field>(i))).second) << i;
  for (const char* taken : {"ts", "level", "event", "process", "tenant", "msg"})
    EXPECT_FALSE(keys.contains(taken));
}

TEST(EventTest, every_event_has_a_sentence) {
  for (std::size_t i = 0; i <= static_cast<std::size_t>(last_event()); ++i)
    EXPECT_TRUE(sentence_of(static_cast<EventId>(i)).ends_with('.')) << i;
}

TEST(EventDeathTest, a_field_of_the_wrong_kind_ends_the_process) {
  EXPECT_DEATH(Event().add(Field::remote, 1), "text field");
  EXPECT_DEATH(Event().add(Field::remote_port, "1"), "number field");
}

}  // namespace
}  // namespace gw
