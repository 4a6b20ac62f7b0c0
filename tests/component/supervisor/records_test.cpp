// Records on their way through the supervisor to controld: too many, a full disk, and how fast they are kept
// (LOG-03, LOG-09).

#include <gmock/gmock.h>
#include <poll.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>

#include "box_under_test.h"
#include "cli/log_reader.h"
#include "component/control/small_disk.h"

namespace gw::supervisor {
namespace {

using testing::HasSubstr;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0, end; (end = text.find('\n', at)) != std::string::npos; at = end + 1)
    out.push_back(text.substr(at, end - at));
  return out;
}

std::uint64_t number_in(const std::string& line, const std::string& key) {
  const std::size_t at = line.find("\"" + key + "\":");
  return at == std::string::npos ? 0 : std::stoull(line.substr(at + key.size() + 3));
}

/// What the chain holds.
struct Kept {
  std::uint64_t records = 0;    ///< but for those that say that some were lost
  std::uint64_t lost = 0;       ///< by what the supervisor's own say
  std::uint64_t lost_told = 0;  ///< how often they say so
  std::uint64_t sessions = 0;
};

class RecordsTest : public testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  }

  static Kept kept(const BoxUnderTest& box) {
    Kept out;
    auto reader = cli::LogReader::open(box.folder() / "run" / "control");
    if (!reader) return out;
    std::string text;
    const Result<> read = reader->chain(1, [&](std::string_view piece) {
      text += piece;
      return Result<>(Done{});
    });
    if (!read) return out;
    for (const std::string& line : lines_of(text)) {
      if (!line.starts_with("{\"number\"")) continue;
      const bool is_loss = line.find("records.lost") != std::string::npos &&
                           line.find("\"process\":\"supervisor\"") != std::string::npos;
      if (is_loss) {
        out.lost += number_in(line, "count");
        ++out.lost_told;
        continue;
      }
      ++out.records;
      if (line.find("session.closed") != std::string::npos) ++out.sessions;
    }
    return out;
  }
  static std::uint64_t written(const BoxUnderTest& box) {
    box.state();  // the records so far are in the log
    return lines_of(box.log()).size();
  }
  static std::uint64_t sessions_written(const BoxUnderTest& box) {
    std::uint64_t out = 0;
    for (const std::string& line : lines_of(box.log()))
      out += line.find("session.closed") != std::string::npos;
    return out;
  }
  static void strike_controld(const BoxUnderTest& box, int signal) {
    ::kill(static_cast<pid_t>(box.pid_of("controld", "")), signal);
  }
};

TEST_F(RecordsTest, what_is_too_much_for_memory_is_counted_once_and_the_count_is_in_the_chain) {
  BoxUnderTest box("tenant a 1001 pour good\n");
  ASSERT_TRUE(box.serves()) << box.complaints();
  ASSERT_TRUE(eventually([&] { return kept(box).sessions == 9'000; }));
  ::poll(nullptr, 0, 4'000);  // by then the same process may write as many again (RecordBudget)
  strike_controld(box, SIGSTOP);
  ASSERT_THAT(box.republish(), HasSubstr("published 2"));
  ASSERT_TRUE(eventually([&] { return written(box) > 18'000; }));
  strike_controld(box, SIGKILL);
  ASSERT_TRUE(box.serves());
  ASSERT_TRUE(eventually([&] { return kept(box).records > 16'000; }));
  ASSERT_THAT(box.publish("tenant a 1001 good good\n"), HasSubstr("published 3"));
  ASSERT_TRUE(eventually([&] {
    const Kept now = kept(box);
    return now.records + now.lost == written(box);
  })) << kept(box).records
      << " kept, " << kept(box).lost << " lost of " << written(box);
  const Kept found = kept(box);
  EXPECT_EQ(found.lost_told, 1u);
  EXPECT_GT(found.lost, 0u);
  EXPECT_EQ(sessions_written(box), 18'000u);
  EXPECT_GE(found.sessions + found.lost, 18'000u) << "what is not there was counted";
}

TEST_F(RecordsTest, no_session_begins_while_there_is_no_room_and_nobody_has_to_undo_it) {
  component::leave_mounts();
  BoxUnderTest box("tenant a 1001 good good\n");
  ASSERT_TRUE(box.serves()) << box.complaints();
  const component::SmallDisk disk(160u << 20, box.folder() / "state" / "records");
  strike_controld(box, SIGKILL);
  ASSERT_TRUE(box.serves());
  ASSERT_TRUE(eventually([&] { return kept(box).records > 0; }));
  EXPECT_EQ(box.state().intake, model::Intake::open);
  ASSERT_TRUE(eventually([&] {
    disk.fill();
    box.republish();
    return box.state().intake == model::Intake::closed;
  })) << box.log();
  EXPECT_TRUE(box.logged("records.full"));
  EXPECT_TRUE(box.state().cuts.empty()) << "nobody cut anything";
  strike_controld(box, SIGKILL);
  ASSERT_TRUE(eventually([&] { return box.pid_of("controld", "") != 0; }));
  EXPECT_EQ(box.state().intake, model::Intake::closed) << "a new controld makes no room";
  disk.empty();
  ASSERT_TRUE(eventually([&] { return box.state().intake == model::Intake::open; }));
  EXPECT_TRUE(box.logged("records.room_again"));
  EXPECT_TRUE(eventually([&] { return box.log().find("records.reserve_in_use") != std::string::npos; }));
}

/// Four processes at once write what they may: how fast that is on the disk, from the first to the last.
TEST_F(RecordsTest, the_box_keeps_a_flood_of_sessions_and_says_how_fast) {
  BoxUnderTest box("tenant a 1001 good good\ntenant b 1002 good good\n");
  ASSERT_TRUE(box.serves()) << box.complaints();
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_THAT(box.publish("tenant a 1001 busy busy\ntenant b 1002 busy busy\n"), HasSubstr("published 2"));
  auto reader = cli::LogReader::open(box.folder() / "run" / "control");
  ASSERT_TRUE(reader);
  ipc::records::Find newest{.most = 1};
  newest.query.event = "session.closed";
  ASSERT_TRUE(eventually([&] {
    const auto found = reader->find(newest);
    return found && number_in(found->text, "number") >= 36'000;
  }));
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  std::printf("kept: 36,000 records in %.2f s, %.0f a second, by way of the supervisor\n", seconds,
              36'000 / seconds);
  EXPECT_EQ(kept(box).sessions, 36'000u);
  EXPECT_EQ(kept(box).lost, 0u);
}

}  // namespace
}  // namespace gw::supervisor
