// Each new form of the box's own databases has a way back, which leads there and forward again without a loss
// (decisions/0077): an image on trial that is given up leaves its database to the one before (UPD-01).

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "control/record_store.h"
#include "spool/spool.h"

namespace gw::control {
namespace {

using Version = std::uint64_t;
constexpr std::uint64_t kReserve = 64u << 10;

/// A form without a way back, and what it made. All are from before decision 0077, and no image was handed
/// out that knows an earlier one. Nothing is ever added to these lists.
struct Exception {
  Version version;
  const char* why;
};
constexpr Exception kOfRecords[] = {
    {1, "the first one: before it there is no database"},
    {2, "another index of the records"},
    {3, "accounts: without them nobody administers the box"},
    {4, "changes, none of which may ever be removed"},
    {5, "what a change does to the sessions that stand"},
    {6, "maintenances, none of which may ever be removed"},
    {7, "reviews, which were signed and stay"},
    {8, "summaries, which outlive their records"},
    {9, "columns of the records that an earlier program would not fill"},
    {10, "the setting-up, whose report stays"},
    {11, "evidence, which was signed and stays"},
    {12, "incidents, of which nothing is ever removed"},
    {13, "what keeps the records of held evidence from being removed"},
    {16, "contacts, of which nothing is ever removed"},
};
constexpr Exception kOfSpool[] = {
    {1, "the first one: before it there is no database"},
    {2, "when something of a class arrived last"},
};

Result<> open_records(const std::string& folder) {
  const auto opened = RecordStore::open(folder, kReserve);
  return opened ? Result<>(Done{}) : Result<>(opened.error());
}
Result<> open_spool(const std::string& folder) {
  const auto opened = spool::Spool::open(folder, Instant(), spool::usual_budgets(), kReserve);
  return opened ? Result<>(Done{}) : Result<>(opened.error());
}

struct Kind {
  const char* file;
  Result<> (*open)(const std::string& folder);
  std::span<const Exception> exceptions;
  const char* row;   ///< puts one in
  const char* seen;  ///< and finds it
};
constexpr Kind kKinds[] = {
    {"records.db", open_records, kOfRecords,
     "INSERT INTO records(number, at, tenant, terminal, service, event, line, link)"
     " VALUES(1, 2, 'karte', 'pc-1', 'emr', 'session.closed', '{}', zeroblob(32))",
     "SELECT number || tenant || terminal || event || line || hex(link) FROM records"},
    {"spool.db", open_spool, kOfSpool,
     "INSERT INTO entries(class, number, at, octets) VALUES(1, 1, 2, x'746f6c64')",
     "SELECT class || number || at || hex(octets) FROM entries"},
};

class WaysBackOfTheBox : public testing::TestWithParam<Kind> {
 protected:
  WaysBackOfTheBox() {
    std::string pattern = "/tmp/gw-forms-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    come_forward();
  }
  ~WaysBackOfTheBox() override { std::filesystem::remove_all(folder_); }

  /// By the program that knows all of them.
  void come_forward() const {
    const Result<> opened = GetParam().open(folder_);
    EXPECT_TRUE(opened) << opened.error().to_text();
  }
  std::string path() const { return folder_ + "/" + GetParam().file; }
  /// By one that knows so many; how it would make those that are there already it is not asked.
  Result<store::Database> open_as_of(Version known) const {
    const std::vector<const char*> forms(known, "");
    return store::Database::open(path(), forms);
  }
  /// SQLite's file format 1.3.13: big-endian, at octet 60.
  Version version() const {
    std::ifstream file(path(), std::ios::binary);
    file.seekg(60);
    Version out = 0;
    for (int i = 0; i < 4; ++i) out = out << 8 | static_cast<Version>(file.get() & 0xff);
    return out;
  }
  std::vector<std::string> ask(const char* sql) const {
    auto database = *open_as_of(version());
    auto rows = *database.prepare(sql);
    std::vector<std::string> out;
    while (*rows.step()) out.emplace_back(rows.text(0));
    return out;
  }
  std::vector<std::string> with_a_way() const {
    if (ask("SELECT name FROM sqlite_schema WHERE name = 'ways_back'").empty()) return {};  // none was needed
    return ask("SELECT version FROM ways_back ORDER BY version");
  }
  void run(const char* sql) const {
    auto database = *open_as_of(version());
    const Result<> done = database.run(sql);
    ASSERT_TRUE(done) << done.error().to_text();
  }
  /// Tables with each column; indexes, triggers and views with their SQL.
  std::vector<std::string> shape() const {
    return ask(
        "SELECT s.type || ' ' || s.name || ' ' || coalesce(x.name || ' ' || x.type || ' ' || x.\"notnull\""
        " || ' ' || coalesce(x.dflt_value, '') || ' ' || x.pk, s.sql, '') FROM sqlite_schema s"
        " LEFT JOIN pragma_table_xinfo(s.name) x ON s.type = 'table' WHERE s.tbl_name <> 'ways_back' ORDER "
        "BY 1");
  }

  std::string folder_;
};

TEST_P(WaysBackOfTheBox, each_form_has_one_but_those_that_are_named) {
  std::vector<std::string> expected;
  for (Version one = 1; one <= version(); ++one)
    if (std::ranges::find(GetParam().exceptions, one, &Exception::version) == GetParam().exceptions.end())
      expected.push_back(std::to_string(one));
  EXPECT_EQ(with_a_way(), expected) << "a migration says behind a line \"-- back\" what takes it away again";
}

TEST_P(WaysBackOfTheBox, each_leads_back_and_forward_again_and_loses_no_row) {
  ASSERT_NO_FATAL_FAILURE(run(GetParam().row));
  const Version latest = version();
  const std::vector<std::string> shaped = shape(), kept = ask(GetParam().seen);
  ASSERT_EQ(kept.size(), 1u);
  for (Version known = latest; known-- > GetParam().exceptions.back().version;) {
    const bool back = static_cast<bool>(open_as_of(known));
    ASSERT_TRUE(back) << known;
    EXPECT_EQ(version(), known);
    EXPECT_EQ(ask(GetParam().seen), kept) << known;
    come_forward();
    EXPECT_EQ(version(), latest);
    EXPECT_EQ(shape(), shaped) << known;
    EXPECT_EQ(ask(GetParam().seen), kept) << known;
  }
}

INSTANTIATE_TEST_SUITE_P(Each, WaysBackOfTheBox, testing::ValuesIn(kKinds), [](const auto& kind) {
  const std::string file = kind.param.file;
  return file.substr(0, file.find('.'));
});

}  // namespace
}  // namespace gw::control
