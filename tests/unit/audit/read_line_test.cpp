#include "audit/read_line.h"

#include <gtest/gtest.h>

namespace gw::audit {
namespace {

Record some_record() {
  return {CivilTime(std::chrono::microseconds(1'790'000'000'123'456)), ClockState::behind, "proxyd", "karte",
          Event(EventId::session_closed)
              .add(Field::terminal, "desk \"1\" \\ 院長")
              .add(Field::bytes_up, std::uint64_t{17})
              .add(Field::reason, "idle")};
}

TEST(ReadLine, a_record_comes_out_as_it_went_in) {
  const std::string line = line_of(4711, some_record());
  const auto read = read_line(line);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->number, 4711u);
  EXPECT_EQ(read->record.time, some_record().time);
  EXPECT_EQ(line_of(read->number, read->record), line);
}

TEST(ReadLine, a_moment_may_begin_with_zeros_behind_its_point) {
  Record record = some_record();
  for (const auto micros : {0, 7, 123, 999'999}) {
    record.time = CivilTime(std::chrono::microseconds(1'790'000'000'000'000 + micros));
    const auto read = read_line(line_of(1, record));
    ASSERT_TRUE(read) << micros;
    EXPECT_EQ(read->record.time, record.time);
  }
}

TEST(ReadLine, what_a_later_version_says_is_passed_over) {
  std::string line = line_of(1, some_record());
  line.insert(line.size() - 1, ",\"colour\":\"red\",\"depth\":7");
  const auto read = read_line(line);
  ASSERT_TRUE(read);
  EXPECT_EQ(line_of(1, read->record), line_of(1, some_record()));
}

TEST(ReadLine, what_is_no_record_is_none) {
  const std::string line = line_of(1, some_record());
  for (const std::string& other : {std::string(), std::string("{}"), line.substr(0, line.size() - 1),
                                   line + "x", std::string("{\"number\":1}")})
    EXPECT_FALSE(read_line(other)) << other;
  std::string unknown = line;
  unknown.replace(unknown.find("session.closed"), 14, "session.dreamt");
  EXPECT_FALSE(read_line(unknown));
}

}  // namespace
}  // namespace gw::audit
