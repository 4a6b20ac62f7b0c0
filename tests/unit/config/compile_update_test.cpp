// When a new image is tried (UPD-01).

#include <gtest/gtest.h>

#include "config/diff.h"
#include "config/dump.h"
#include "model/snapshot.h"
#include "sample.h"

namespace gw::config {
namespace {

using namespace std::chrono_literals;

struct UpdatedSite : Sample {
  explicit UpdatedSite(const std::string& window) { more_tenants = "update: {window: " + window + "}\n"; }
};

TEST(UpdateWindow, reaches_the_supervisor_as_it_was_written) {
  const Compiled compiled = UpdatedSite("23:30-01:00").compiled();
  ASSERT_TRUE(compiled.configuration) << places(compiled);
  const model::DailyWindow window{23h + 30min, 1h};
  EXPECT_EQ(compiled.configuration->update_window, window);
  EXPECT_EQ(model::wiring_of(*compiled.configuration).update_window, window);
  const Compiled again = compile_sample(dump(*compiled.configuration));
  ASSERT_TRUE(again.configuration) << places(again);
  EXPECT_EQ(again.configuration->update_window, window);
  EXPECT_FALSE(Sample().compiled().configuration->update_window)
      << "a person says when, unless the site does";
}

TEST(UpdateWindow, whatever_is_no_part_of_a_day_is_refused_with_an_example) {
  for (const char* window : {"\"02:00\"", "02:00-02:00", "2:00-4:00", "02:00-24:00", "02:60-04:00",
                             "02:00--04:00", "02:00 - 04:00", "02:00-04:00-06:00", "night"}) {
    const Compiled compiled = UpdatedSite(window).compiled();
    EXPECT_FALSE(compiled.configuration) << window;
    ASSERT_FALSE(compiled.problems.empty());
    EXPECT_EQ(compiled.problems.front().code, ErrorCode::config_value_format) << window;
  }
}

}  // namespace
}  // namespace gw::config
