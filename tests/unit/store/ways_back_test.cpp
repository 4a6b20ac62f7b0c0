// A database that a later image has used is used by the one before it again, when that comes back (UPD-01).

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "detect/schema.h"
#include "orders/schema.h"
#include "store/database.h"

namespace gw::store {
namespace {

using Migrations = std::span<const char* const>;

constexpr const char* kLater[] = {
    "CREATE TABLE t(a INTEGER)",
    "ALTER TABLE t ADD COLUMN b TEXT NOT NULL DEFAULT 'b';\n-- back\nALTER TABLE t DROP COLUMN b",
    "CREATE TABLE u(c INTEGER); INSERT INTO u SELECT a FROM t;\n-- back\nDROP TABLE u"};
const Migrations kEarlier = Migrations(kLater).first(1);

class WaysBackTest : public testing::Test {
 protected:
  WaysBackTest() {
    std::string pattern = "/tmp/gw-ways-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  ~WaysBackTest() override { std::filesystem::remove_all(folder_); }
  Result<Database> open(Migrations migrations, const std::string& name = "/x.db") const {
    return Database::open(folder_ + name, migrations);
  }
  /// All that there is, as SQLite has it, a line each.
  static std::string shape(Database& database) {
    auto rows = *database.prepare(
        "SELECT s.name, x.name, x.type, x.\"notnull\", x.dflt_value, x.pk FROM sqlite_schema s"
        " JOIN pragma_table_xinfo(s.name) x WHERE s.name <> 'ways_back' ORDER BY 1, x.cid");
    std::string out;
    while (*rows.step()) {
      for (int column = 0; column < 6; ++column) out.append(rows.text(column)).append(" ");
      out.append("\n");
    }
    return out;
  }
  static std::uint64_t number(Database& database, const char* sql) {
    auto statement = *database.prepare(sql);
    EXPECT_TRUE(*statement.step());
    return statement.number(0);
  }

  std::string folder_;
};

TEST_F(WaysBackTest, earlier_program_finds_what_it_knows_and_the_later_one_again_what_it_made) {
  {
    Database later = *open(kLater);
    ASSERT_TRUE(later.run("INSERT INTO t VALUES(1, 'x'); INSERT INTO u VALUES(9)"));
  }
  {
    Database earlier = *open(kEarlier);
    EXPECT_EQ(number(earlier, "PRAGMA user_version"), 1u);
    EXPECT_FALSE(earlier.prepare("SELECT * FROM u"));
    EXPECT_FALSE(earlier.prepare("SELECT b FROM t"));
    EXPECT_EQ(number(earlier, "SELECT a FROM t"), 1u);
    ASSERT_TRUE(earlier.run("INSERT INTO t VALUES(2)"));
  }
  Database again = *open(kLater);
  EXPECT_EQ(number(again, "SELECT count(*) FROM t WHERE b = 'b'"), 2u);
  EXPECT_EQ(number(again, "SELECT count(*) FROM u"), 2u) << "made anew of what there is";
  EXPECT_EQ(number(again, "SELECT count(*) FROM ways_back"), 2u);
}

TEST_F(WaysBackTest, way_back_that_fails_leaves_the_version_that_there_is) {
  const char* const bad[] = {kLater[0], "CREATE TABLE u(c INTEGER);\n-- back\nDROP TABLE u; nonsense"};
  ASSERT_TRUE(open(bad));
  EXPECT_FALSE(open(kEarlier));
  Database still = *open(bad);
  EXPECT_EQ(number(still, "PRAGMA user_version"), 2u);
  EXPECT_EQ(number(still, "SELECT count(*) FROM u"), 0u);
}

TEST_F(WaysBackTest, one_that_has_none_leaves_all_as_it_is) {
  const char* const mixed[] = {kLater[0], "CREATE TABLE v(d INTEGER)", kLater[2]};
  ASSERT_TRUE(open(mixed));
  const auto refused = open(kEarlier);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::store_damaged);
  Database still = *open(mixed);
  EXPECT_EQ(number(still, "SELECT count(*) FROM u"), 0u);
  EXPECT_EQ(number(still, "SELECT count(*) FROM ways_back"), 1u);
}

TEST_F(WaysBackTest, each_of_the_boxs_own_leads_where_it_came_from) {
  for (const Migrations all : {Migrations(orders::kMigrations), Migrations(detect::kMigrations)})
    for (std::size_t known = 0; known < all.size(); ++known) {
      std::filesystem::remove_all(folder_);
      std::filesystem::create_directory(folder_);
      ASSERT_TRUE(open(all));
      Database back = *open(all.first(known)), fresh = *open(all.first(known), "/fresh.db");
      EXPECT_EQ(shape(back), shape(fresh)) << known;
      EXPECT_EQ(known == 0, shape(back).empty());
    }
}

}  // namespace
}  // namespace gw::store
