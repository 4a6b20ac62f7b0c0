// Ten million records: how fast they are kept, found and verified (LOG-03). Figures mean something in a
// release build.

#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstdio>
#include <filesystem>

#include "audit/verification.h"
#include "control/record_store.h"

namespace gw::control {
namespace {

using std::chrono::duration;
using std::chrono::steady_clock;

constexpr std::uint64_t kRecords = 10'000'000, kBatch = 2'000, kTerminals = 500;
constexpr std::uint64_t kPerSecond = 100;  // in the records' own time: a little more than a day
constexpr double kLeastAppends = 20'000, kMostQuery = 0.2;

model::Record record_of(std::uint64_t number) {
  return {CivilTime(std::chrono::seconds(1'795'000'000 + number / kPerSecond)), model::ClockState::right,
          "proxyd", "karte",
          Event(EventId::session_closed)
              .add(Field::session, number)
              .add(Field::terminal, "ct-" + std::to_string(number % kTerminals))
              .add(Field::service, "emr")
              .add(Field::source, "10.11.1.100")
              .add(Field::down_tls, "TLSv1.3 TLS_AES_256_GCM_SHA384 X25519 id-ecPublicKey-SHA256")
              .add(Field::bytes_up, number)
              .add(Field::bytes_down, number * 3)
              .add(Field::duration_ms, 1'234)};
}

double seconds_since(steady_clock::time_point begin) {
  return duration<double>(steady_clock::now() - begin).count();
}

TEST(RecordStoreBench, ten_million_records_are_kept_found_and_verified) {
  std::string folder = "/tmp/gw-records-bench-XXXXXX";
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  auto store = RecordStore::open(folder);
  ASSERT_TRUE(store) << store.error().to_text();

  const auto begin = steady_clock::now();
  std::vector<model::Record> batch;
  for (std::uint64_t serial = 1; serial <= kRecords; serial += kBatch) {
    batch.clear();
    for (std::uint64_t i = 0; i < kBatch; ++i) batch.push_back(record_of(serial + i));
    ASSERT_TRUE(store->append("run", serial, batch));
  }
  const double rate = static_cast<double>(kRecords) / seconds_since(begin);
  std::printf("kept: %.0f records a second, each transaction of %lu on the disk\n", rate, kBatch);
  EXPECT_GE(rate, kLeastAppends);

  const auto asked = steady_clock::now();
  const model::RecordQuery of_a_day{.from = std::chrono::seconds(1'795'000'000 + 40'000),
                                    .until = std::chrono::seconds(1'795'000'000 + 80'000),
                                    .tenant = "karte",
                                    .terminal = "ct-7"};
  const auto found = store->find(of_a_day, UINT64_MAX, 1'000);
  const double answered = seconds_since(asked);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->size(), 1'000u);
  std::printf("found: a terminal's thousand newest of a day in %.1f ms\n", answered * 1'000);
  EXPECT_LE(answered, kMostQuery);

  const auto looked = steady_clock::now();
  audit::Verification verification;
  verification.take(audit::write_head(1, {}).substr(0, audit::write_head(1, {}).size() - 1));
  for (std::uint64_t from = 1; from <= kRecords;) {
    const auto piece = store->chain(from, 4u << 20);
    ASSERT_TRUE(piece);
    std::string_view text = piece->text;
    for (std::size_t end; (end = text.find('\n')) != std::string_view::npos; text.remove_prefix(end + 1))
      verification.take(text.substr(0, end));
    from = piece->next;
  }
  const audit::Verdict verdict = verification.finish();
  EXPECT_TRUE(verdict.is_intact());
  EXPECT_EQ(verdict.records, kRecords);
  std::printf("verified: %.2f s a million, read from the store\n",
              seconds_since(looked) * 1e6 / static_cast<double>(kRecords));
  std::printf("on the disk: %.2f GiB\n",
              static_cast<double>(std::filesystem::file_size(folder + "/records.db")) / (1u << 30));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace gw::control
