// Records as a table (LOG-07): what a spreadsheet makes of it.

#include "audit/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/audit/chain.h"

namespace gw::audit {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// RFC 4180, read back: the cells of one row.
std::vector<std::string> cells_of(std::string row) {
  EXPECT_EQ(row.substr(row.size() - 2), "\r\n");
  row.resize(row.size() - 2);
  std::vector<std::string> out(1);
  bool is_quoted = false;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const char c = row[i];
    if (is_quoted && c == '"' && i + 1 < row.size() && row[i + 1] == '"') {
      out.back() += '"';
      ++i;
    } else if (c == '"') {
      is_quoted = !is_quoted;
    } else if (c == ',' && !is_quoted) {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  EXPECT_FALSE(is_quoted);
  return out;
}

std::string cell_in(const std::string& row, const std::string& column) {
  const auto names = cells_of(csv_head().substr(3)), cells = cells_of(row);
  EXPECT_EQ(names.size(), cells.size());
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == column) return cells[i];
  return "no such column";
}

std::string row_with(Field field, const std::string& text) {
  return csv_row(line_of(7, {CivilTime(std::chrono::seconds(1'795'000'000)), ClockState::right, "proxyd",
                             "karte", Event(EventId::session_closed).add(field, text)}));
}

TEST(Csv, begins_with_a_byte_order_mark_and_a_name_for_each_column) {
  EXPECT_THAT(csv_head(),
              StartsWith("\xEF\xBB\xBFnumber,time_jst,ts,clock_state,level,event,process,tenant,session,"));
  EXPECT_EQ(csv_head().substr(csv_head().size() - 2), "\r\n");
}

TEST(Csv, a_record_is_a_row_with_each_field_in_its_column) {
  const std::string row = row_with(Field::terminal, "desk-1");
  EXPECT_EQ(cell_in(row, "number"), "7");
  EXPECT_EQ(cell_in(row, "ts"), "2026-11-18T20:06:40.000000+09:00");
  EXPECT_EQ(cell_in(row, "time_jst"), "2026-11-18 20:06:40");
  EXPECT_EQ(cell_in(row, "event"), "session.closed");
  EXPECT_EQ(cell_in(row, "tenant"), "karte");
  EXPECT_EQ(cell_in(row, "terminal"), "desk-1");
  EXPECT_EQ(cell_in(row, "service"), "");
  EXPECT_EQ(cell_in(row, "other"), "");
}

TEST(Csv, commas_quotes_and_other_scripts_stay_what_they_are) {
  for (const char* text : {"a,b", "say \"it\"", "back\\slash", "受付, 一番", " spaces ", "'", ""})
    EXPECT_EQ(cell_in(row_with(Field::detail, text), "detail"), text);
}

TEST(Csv, a_line_is_a_row_whatever_stands_in_it) {
  const std::string row = row_with(Field::detail, "one\r\ntwo\ttabs");
  EXPECT_EQ(cell_in(row, "detail"), "one\\u000d\\u000atwo\\u0009tabs");
  EXPECT_EQ(row.find('\n'), row.size() - 1);
}

TEST(Csv, nothing_a_stranger_chose_is_computed_by_a_spreadsheet) {
  for (const std::string text :
       {"=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠SUM"})
    EXPECT_EQ(cell_in(row_with(Field::server_name, text), "server_name"), "'" + text);
  EXPECT_EQ(cell_in(row_with(Field::server_name, "a=b"), "server_name"), "a=b");
}

TEST(Csv, a_field_that_is_there_twice_has_both_in_its_column) {
  const std::string row = csv_row(R"({"number":1,"detail":"a","detail":"b"})");
  EXPECT_EQ(cell_in(row, "detail"), "a; b");
}

TEST(Csv, what_a_later_version_put_into_a_record_is_not_lost) {
  const std::string row =
      csv_row(R"({"number":1,"event":"new.kind","colour":"red","other":"x","time_jst":"y"})");
  EXPECT_EQ(cell_in(row, "event"), "new.kind");
  EXPECT_EQ(cell_in(row, "other"), "colour=red; other=x; time_jst=y");
}

TEST(Csv, what_is_no_record_stands_in_the_last_column_as_it_is) {
  for (const std::string line :
       {"", "nonsense", "{\"number\":1", "{\"number\":-1}", "{\"a\":\"b\"} ", "{}", "{\"a\":1.5}"}) {
    const std::string row = csv_row(line);
    EXPECT_EQ(cell_in(row, "other"), line);
    EXPECT_EQ(cell_in(row, "number"), "");
  }
}

}  // namespace
}  // namespace gw::audit
