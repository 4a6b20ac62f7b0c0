#include "base/csv.h"

#include <gtest/gtest.h>

namespace gw {
namespace {

TEST(CsvLine, a_row_ends_as_rfc_4180_has_it) {
  EXPECT_EQ(csv_line({"a", "", "b"}), "a,,b\r\n");
  EXPECT_EQ(csv_line({}), "\r\n");
}

TEST(CsvLine, what_would_end_a_cell_is_quoted) {
  EXPECT_EQ(csv_line({"a,b", "say \"a\"", "two\nlines"}), "\"a,b\",\"say \"\"a\"\"\",\"two\nlines\"\r\n");
}

TEST(CsvLine, nothing_is_computed) {
  for (const std::string sign : {"=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20"})
    EXPECT_EQ(csv_line({sign + "1"}), "\"'" + sign + "1\"\r\n");
  EXPECT_EQ(csv_line({"1-2"}), "1-2\r\n");
}

}  // namespace
}  // namespace gw
