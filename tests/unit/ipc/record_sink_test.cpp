#include "ipc/record_sink.h"

#include <gtest/gtest.h>

#include "base/codec.h"

namespace gw::ipc {
namespace {

std::optional<Event> next_event(const Channel& channel) {
  auto frame = channel.receive();
  if (!frame || !*frame) return std::nullopt;
  auto event = decode<Event>((*frame)->body);
  return event ? std::optional(*std::move(event)) : std::nullopt;
}

TEST(RecordSinkTest, a_record_arrives_as_it_was_written) {
  auto ends = *Channel::pair();
  RecordSink sink(ends.first.release().release());
  sink.write(Event(EventId::endpoint_failed).add(Field::remote, "203.0.113.7"));
  const auto event = next_event(ends.second);
  ASSERT_TRUE(event);
  EXPECT_EQ(event->id(), EventId::endpoint_failed);
  ASSERT_EQ(event->entries().size(), 1u);
  EXPECT_EQ(event->entries()[0].text, "203.0.113.7");
}

TEST(RecordSinkTest, lost_records_are_counted_and_told_before_the_next_one) {
  auto ends = *Channel::pair();
  RecordSink sink(ends.first.release().release());
  for (int i = 0; i < 5'000; ++i) sink.write(Event(EventId::endpoint_failed));
  std::uint64_t arrived = 0;
  while (next_event(ends.second)) ++arrived;
  ASSERT_LT(arrived, 5'000u) << "the channel took everything, so nothing was tested";
  sink.write(Event(EventId::endpoint_recovered));
  const auto lost = next_event(ends.second);
  ASSERT_TRUE(lost);
  EXPECT_EQ(lost->id(), EventId::records_lost);
  EXPECT_EQ(lost->entries().at(0).number, 5'000u - arrived);
  EXPECT_EQ(next_event(ends.second)->id(), EventId::endpoint_recovered);
}

}  // namespace
}  // namespace gw::ipc
