#include "daemons/supervisor/journal.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <array>

#include "support/manual_clock.h"

namespace gw::supervisor {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

struct Pipe {
  UniqueFd reading, writing;
  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe");
    reading.reset(ends[0]);
    writing.reset(ends[1]);
    ::fcntl(reading.get(), F_SETFL, O_NONBLOCK);
  }
  std::string text() const {
    std::string out;
    char buffer[4096];
    for (ssize_t size; (size = ::read(reading.get(), buffer, sizeof buffer)) > 0;)
      out.append(buffer, static_cast<std::size_t>(size));
    return out;
  }
};

TEST(Journal, puts_time_process_and_tenant_to_a_record) {
  Pipe pipe;
  const support::ManualClock clock;
  Journal journal(std::move(pipe.writing), clock);
  journal.write(Event(EventId::process_ready), "proxyd", "karte");
  journal.flush();
  EXPECT_THAT(pipe.text(),
              StartsWith(R"({"ts":"2026-11-22T00:00:00.000000Z","level":"info","event":"process.ready",)"
                         R"("process":"proxyd","tenant":"karte")"));
}

TEST(Journal, does_not_wait_for_a_reader_and_counts_what_it_gave_up) {
  Pipe pipe;
  const support::ManualClock clock;
  Journal journal(std::move(pipe.writing), clock);
  const std::string text(100, 'x');
  for (int i = 0; i < 40'000; ++i) journal.write(Event(EventId::process_ready).add(Field::detail, text));
  EXPECT_TRUE(journal.waiting());
  while (journal.waiting()) {
    pipe.text();
    journal.flush();
  }
  pipe.text();
  journal.write(Event(EventId::process_ready));
  journal.flush();
  EXPECT_THAT(pipe.text(), HasSubstr("records.lost"));
}

TEST(Journal, writes_what_it_took_in_before_it_ends) {
  Pipe pipe;
  const support::ManualClock clock;
  {
    Journal journal(std::move(pipe.writing), clock);
    journal.write(Event(EventId::process_ready));
    EXPECT_EQ(pipe.text(), "") << "the records of a turn leave together";
  }
  EXPECT_THAT(pipe.text(), HasSubstr("process.ready"));
}

TEST(Journal, every_record_is_whole_after_a_pause_of_the_reader) {
  Pipe pipe;
  const support::ManualClock clock;
  Journal journal(std::move(pipe.writing), clock);
  const std::string detail(100, 'x');
  for (int i = 0; i < 1'000; ++i) journal.write(Event(EventId::process_ready).add(Field::detail, detail));
  std::string all;
  while (journal.waiting()) {
    all += pipe.text();
    journal.flush();
  }
  all += pipe.text();
  const std::string line = to_json_line(Event(EventId::process_ready).add(Field::detail, detail),
                                        {to_timestamp(clock.civil_now()), "supervisor"});
  EXPECT_EQ(all.size(), 1'000 * line.size());
}

TEST(RecordBudget, a_flood_is_cut_and_counted) {
  RecordBudget budget;
  const Instant now{std::chrono::hours(1)};
  int taken = 0;
  for (int i = 0; i < 25'000; ++i) taken += budget.take(now) ? 1 : 0;
  EXPECT_EQ(taken, 10'000);
  EXPECT_EQ(budget.take_lost(), 15'000u);
  EXPECT_EQ(budget.take_lost(), 0u);
}

TEST(RecordBudget, quiet_time_makes_room_again) {
  RecordBudget budget;
  const Instant now{std::chrono::hours(1)};
  while (budget.take(now)) {
  }
  EXPECT_TRUE(budget.take(now + std::chrono::seconds(1)));
}

TEST(Timestamp, is_rfc_3339_in_utc_with_microseconds) {
  const CivilTime time{std::chrono::seconds(1'000'000'000) + std::chrono::microseconds(42)};
  EXPECT_EQ(to_timestamp(time), "2001-09-09T01:46:40.000042Z");
}

}  // namespace
}  // namespace gw::supervisor
