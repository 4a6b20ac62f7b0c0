// The database of records: numbers, links, what is sent twice, what is asked for (LOG-01, LOG-03, LOG-09).

#include "control/record_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>

#include "audit/verification.h"

namespace gw::control {
namespace {

using audit::Record;
using testing::ElementsAre;
using testing::HasSubstr;

class RecordStoreTest : public testing::Test {
 protected:
  RecordStoreTest() {
    std::string pattern = "/tmp/gw-records-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    open();
  }
  ~RecordStoreTest() override {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }
  void open() {
    store_.reset();
    auto opened = RecordStore::open(folder_);
    ASSERT_TRUE(opened) << opened.error().to_text();
    store_.emplace(*std::move(opened));
  }

  static Record of(const std::string& terminal, int second, EventId event = EventId::session_closed) {
    return {CivilTime(std::chrono::seconds(1'000 + second)), audit::ClockState::right, "proxyd", "karte",
            Event(event).add(Field::terminal, terminal).add(Field::service, "emr")};
  }
  std::vector<std::uint64_t> numbers(const model::RecordQuery& query, std::uint64_t before = UINT64_MAX,
                                     std::size_t most = 100) {
    std::vector<std::uint64_t> out;
    const auto found = store_->find(query, before, most);
    EXPECT_TRUE(found) << found.error().to_text();
    for (const RecordStore::Found& one : *found) out.push_back(one.number);
    return out;
  }
  audit::Verdict verdict() {
    audit::Verification verification;
    std::string text = audit::write_head(1, {});
    for (std::uint64_t from = 1; from <= store_->last();) {
      const auto piece = store_->chain(from, 500);
      EXPECT_TRUE(piece);
      text += piece->text;
      from = piece->next;
    }
    for (std::size_t at = 0, end; (end = text.find('\n', at)) != std::string::npos; at = end + 1)
      verification.take(std::string_view(text).substr(at, end - at));
    return verification.finish();
  }

  std::string folder_;
  std::optional<RecordStore> store_;
};

TEST_F(RecordStoreTest, what_is_kept_is_a_chain_over_restarts) {
  const std::vector<Record> first{of("a", 1), of("b", 2)}, second{of("c", 3)};
  ASSERT_TRUE(store_->append("run", 1, first));
  open();
  EXPECT_EQ(store_->last(), 2u);
  EXPECT_EQ(store_->kept_of("run"), 2u);
  ASSERT_TRUE(store_->append("run", 3, second));
  const audit::Verdict found = verdict();
  EXPECT_TRUE(found.is_intact());
  EXPECT_EQ(found.last, 3u);
}

TEST_F(RecordStoreTest, what_is_sent_again_is_kept_once) {
  const std::vector<Record> all{of("a", 1), of("b", 2), of("c", 3)};
  ASSERT_TRUE(store_->append("run", 1, std::span(all).first(2)));
  ASSERT_TRUE(store_->append("run", 1, std::span(all).first(2)));
  ASSERT_TRUE(store_->append("run", 2, std::span(all).subspan(1)));
  EXPECT_EQ(store_->last(), 3u);
  EXPECT_EQ(store_->kept_of("run"), 3u);
  EXPECT_EQ(store_->kept_of("another"), 0u);
  ASSERT_TRUE(store_->append("another", 1, std::span(all).first(1)));
  EXPECT_EQ(store_->last(), 4u);
  EXPECT_TRUE(verdict().is_intact());
}

TEST_F(RecordStoreTest, is_asked_by_terminal_time_service_tenant_and_event) {
  const std::vector<Record> all{of("a", 1), of("b", 2), of("a", 3), of("a", 4, EventId::session_opened)};
  ASSERT_TRUE(store_->append("run", 1, all));
  using std::chrono::seconds;
  EXPECT_THAT(numbers({}), ElementsAre(4, 3, 2, 1));
  EXPECT_THAT(numbers({.terminal = "a"}), ElementsAre(4, 3, 1));
  EXPECT_THAT(numbers({.from = seconds(1'003), .terminal = "a"}), ElementsAre(4, 3));
  EXPECT_THAT(numbers({.from = seconds(1'002), .until = seconds(1'004)}), ElementsAre(3, 2));
  EXPECT_THAT(numbers({.event = "session.opened"}), ElementsAre(4));
  EXPECT_THAT(numbers({.service = "emr"}), ElementsAre(4, 3, 2, 1));
  EXPECT_THAT(numbers({.tenant = "imaging"}), ElementsAre());
  EXPECT_THAT(numbers({}, 3), ElementsAre(2, 1));
  EXPECT_THAT(numbers({}, UINT64_MAX, 2), ElementsAre(4, 3));
}

TEST_F(RecordStoreTest, is_asked_by_administrator_and_by_result) {
  const auto with = [](Record record, Field field, const char* value) {
    record.event.add(field, value);
    return record;
  };
  const std::vector<Record> all{with(of("a", 1), Field::administrator, "tanaka"),
                                with(of("a", 2), Field::result, "refused"),
                                with(of("a", 3), Field::reason, "refused"),
                                with(with(of("a", 4), Field::reason, "refused"), Field::result, "done")};
  ASSERT_TRUE(store_->append("run", 1, all));
  EXPECT_THAT(numbers({.administrator = "tanaka"}), ElementsAre(1));
  EXPECT_THAT(numbers({.result = "refused"}), ElementsAre(3, 2));
  EXPECT_THAT(numbers({.terminal = "a", .result = "done"}), ElementsAre(4));
  EXPECT_THAT(numbers({.administrator = "suzuki"}), ElementsAre());
}

TEST_F(RecordStoreTest, those_of_an_earlier_version_are_found_by_administrator_and_result_too) {
  Record old = of("a", 1);
  old.event.add(Field::administrator, "tanaka").add(Field::reason, "refused");
  ASSERT_TRUE(store_->append("run", 1, std::vector<Record>{old}));
  store_.reset();
  {
    const char* const same[] = {"", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", ""};
    auto database = *store::Database::open(folder_ + "/records.db", same);
    ASSERT_TRUE(database.run(
        "DROP INDEX records_by_administrator; DROP INDEX records_by_result; DROP TABLE rule_use;"
        "DROP TABLE setup_steps; DROP TABLE setup_report; DROP TABLE evidence; DROP TABLE evidence_files;"
        "DROP TRIGGER held_records_stay; DROP VIEW held_evidence; DROP TABLE incident_entries;"
        "DROP TABLE detections; DROP TABLE habits; DROP TABLE orders; DROP TABLE orders_forgotten; DROP TABLE orders_begun;"
        "DROP TABLE contact_entries;"
        "ALTER TABLE records DROP COLUMN administrator; ALTER TABLE records DROP COLUMN result;"
        "INSERT INTO records VALUES(2, 0, '', '', '', '', 'made unreadable', x'00'); PRAGMA "
        "user_version = 8"));
  }
  open();
  EXPECT_THAT(numbers({.administrator = "tanaka"}), ElementsAre(1));
  EXPECT_THAT(numbers({.result = "refused"}), ElementsAre(1));
  EXPECT_EQ(store_->last(), 2u);
}

TEST_F(RecordStoreTest, a_checkpoint_stands_behind_its_record) {
  const std::vector<Record> all{of("a", 1), of("b", 2)};
  ASSERT_TRUE(store_->append("run", 1, all));
  const audit::SignedCheckpoint checkpoint{{2, store_->link(), std::chrono::seconds(5)}, {1, 2}, {3, 4}};
  ASSERT_TRUE(store_->keep(checkpoint));
  EXPECT_EQ(store_->last_signed(), 2u);
  open();
  EXPECT_EQ(store_->last_signed(), 2u);
  const auto piece = store_->chain(1, 1 << 20);
  EXPECT_TRUE(piece->text.ends_with(audit::write_checkpoint(checkpoint)));
  EXPECT_EQ(piece->next, 3u);
  EXPECT_EQ(*store_->link_before(3), store_->link());
  EXPECT_EQ(*store_->link_before(1), audit::Link{});
}

TEST_F(RecordStoreTest, a_checkpoint_of_what_was_cut_off_is_still_shown) {
  const std::vector<Record> all{of("a", 1), of("b", 2)};
  ASSERT_TRUE(store_->append("run", 1, all));
  ASSERT_TRUE(store_->keep({{2, store_->link(), std::chrono::seconds(5)}, {1, 2}, {3, 4}}));
  store_.reset();
  {
    const char* const same[] = {"", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", ""};
    auto database = *store::Database::open(folder_ + "/records.db", same);
    ASSERT_TRUE(database.run("DROP TRIGGER records_are_never_removed; DELETE FROM records WHERE number = 2"));
  }
  open();
  EXPECT_EQ(store_->last(), 1u);
  EXPECT_EQ(store_->last_signed(), 2u);
  const auto piece = store_->chain(1, 1 << 20);
  EXPECT_THAT(piece->text, HasSubstr("{\"checkpoint\":2,"));
}

TEST_F(RecordStoreTest, refuses_to_change_or_remove_one) {
  const std::vector<Record> all{of("a", 1)};
  ASSERT_TRUE(store_->append("run", 1, all));
  store_.reset();
  auto database = store::Database::open(folder_ + "/records.db", {});
  EXPECT_FALSE(database) << "a program of an earlier version leaves it alone";
  const char* const same[] = {"", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", ""};
  auto again = store::Database::open(folder_ + "/records.db", same);
  ASSERT_TRUE(again) << again.error().to_text();
  for (const char* sql : {"UPDATE records SET tenant = 'x'", "DELETE FROM records"}) {
    const auto refused = again->run(sql);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().detail, HasSubstr("records are never"));
  }
}

TEST_F(RecordStoreTest, a_full_disk_keeps_all_of_a_batch_or_nothing_and_goes_on_later) {
  const std::vector<Record> few{of("a", 1)};
  std::vector<Record> many(3'000, of("b", 2));
  ASSERT_TRUE(store_->append("run", 1, few));
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  ::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{256 * 1024, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto refused = store_->append("run", 2, many);
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  ASSERT_FALSE(refused);
  EXPECT_EQ(store_->last(), 1u);
  ASSERT_TRUE(store_->append("run", 2, many));
  EXPECT_EQ(store_->last(), 3'001u);
  EXPECT_TRUE(verdict().is_intact());
}

TEST_F(RecordStoreTest, what_is_no_database_is_said_to_be_none) {
  store_.reset();
  std::filesystem::resize_file(folder_ + "/records.db", 100);
  const auto opened = RecordStore::open(folder_);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::store_damaged);
}

}  // namespace
}  // namespace gw::control
