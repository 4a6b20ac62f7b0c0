#include "store/database.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

namespace gw::store {
namespace {

class DatabaseTest : public testing::Test {
 protected:
  DatabaseTest() {
    std::string pattern = "/tmp/gw-store-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  ~DatabaseTest() override { std::filesystem::remove_all(folder_); }
  Result<Database> open(std::span<const char* const> migrations) const {
    return Database::open(folder_ + "/x.db", migrations);
  }
  static std::uint64_t count(Database& database) {
    auto statement = *database.prepare("SELECT count(*) FROM t");
    EXPECT_TRUE(*statement.step());
    return statement.number(0);
  }

  std::string folder_;
};

constexpr const char* kFirst[] = {"CREATE TABLE t(a INTEGER, b TEXT, c BLOB)"};
constexpr const char* kBoth[] = {kFirst[0], "ALTER TABLE t ADD COLUMN d INTEGER"};

TEST_F(DatabaseTest, values_come_back_as_they_were) {
  Database database = *open(kFirst);
  const std::string text("a\0b", 3);
  const std::vector<std::uint8_t> octets{0, 255};
  auto insert = *database.prepare("INSERT INTO t VALUES(?1, ?2, ?3)");
  ASSERT_TRUE(
      insert.bind(1, std::uint64_t{1} << 62).bind(2, std::string_view(text)).bind(3, Bytes(octets)).run());
  auto row = *database.prepare("SELECT a, b, c FROM t");
  ASSERT_TRUE(*row.step());
  EXPECT_EQ(row.number(0), std::uint64_t{1} << 62);
  EXPECT_EQ(row.text(1), text);
  EXPECT_TRUE(std::ranges::equal(row.octets(2), octets));
  EXPECT_FALSE(*row.step());
}

TEST_F(DatabaseTest, migrations_run_once_and_in_order) {
  {
    Database database = *open(kFirst);
    ASSERT_TRUE(database.run("INSERT INTO t VALUES(1, 'x', NULL)"));
  }
  Database database = *open(kBoth);
  EXPECT_EQ(count(database), 1u);
  EXPECT_TRUE(database.run("UPDATE t SET d = 2"));
}

TEST_F(DatabaseTest, a_later_version_without_a_way_back_is_left_alone) {
  ASSERT_TRUE(open(kBoth));
  const auto earlier = open(kFirst);
  ASSERT_FALSE(earlier);
  EXPECT_EQ(earlier.error().code, ErrorCode::store_damaged);
}

TEST_F(DatabaseTest, a_migration_that_fails_leaves_the_version_before) {
  ASSERT_TRUE(open(kFirst));
  const char* const bad[] = {kFirst[0], "ALTER TABLE t ADD COLUMN d INTEGER; nonsense"};
  EXPECT_FALSE(open(bad));
  EXPECT_TRUE(open(kBoth));
}

TEST_F(DatabaseTest, what_is_not_committed_never_was) {
  Database database = *open(kFirst);
  {
    Transaction transaction = *Transaction::begin(database);
    ASSERT_TRUE(database.run("INSERT INTO t VALUES(1, 'x', NULL)"));
  }
  EXPECT_EQ(count(database), 0u);
}

TEST_F(DatabaseTest, nobody_else_opens_it_meanwhile) {
  Database database = *open(kFirst);
  EXPECT_FALSE(open(kFirst));
}

}  // namespace
}  // namespace gw::store
