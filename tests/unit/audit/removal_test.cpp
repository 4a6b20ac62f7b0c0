// The receipt of records that were removed, as it stands in the chain (LOG-05).

#include "audit/removal.h"

#include <gtest/gtest.h>

namespace gw::audit {
namespace {

Removal some_removal() {
  Removal out{.first = 1, .last = 4711};
  out.link.fill(0xab);
  return out;
}

std::string line_by(const std::string& process, const Event& event) {
  return line_of(5'000,
                 {CivilTime(std::chrono::seconds(1'795'000'000)), ClockState::right, process, {}, event});
}

TEST(Removal, its_receipt_is_read_back_from_its_line) {
  EXPECT_EQ(read_removal(line_by("controld", event_of(some_removal(), "old"))), some_removal());
}

TEST(Removal, nobody_but_the_keeper_gives_one) {
  EXPECT_FALSE(read_removal(line_by("proxyd", event_of(some_removal(), "old"))));
  const std::string words = R"(,"event":"records.removed","process":"controld",)";
  EXPECT_FALSE(read_removal(line_by("proxyd", Event(EventId::session_refused).add(Field::detail, words))));
}

TEST(Removal, one_that_lacks_something_is_none) {
  const std::string line = line_by("controld", event_of(some_removal(), "old"));
  for (const std::string key : {"event", "process", "first", "last", "link_before", "link_last"}) {
    std::string without = line;
    without.replace(without.find("\"" + key + "\""), key.size() + 2, "\"x\"");
    EXPECT_FALSE(read_removal(without)) << key;
  }
  EXPECT_FALSE(read_removal(""));
  EXPECT_FALSE(read_removal(line.substr(0, line.size() / 2)));
}

}  // namespace
}  // namespace gw::audit
