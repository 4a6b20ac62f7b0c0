// What somebody who may read the records is answered, and what his asking leaves behind (LOG-05, LOG-07).

#include "control/reader_desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "ipc/messages/log.h"
#include "support/manual_clock.h"
#include "sys/sealed.h"

namespace gw::control {
namespace {

namespace msg = ipc::records;
using msg::Msg;
using testing::StartsWith;

class ReaderDeskTest : public testing::Test {
 protected:
  ReaderDeskTest() {
    std::string pattern = "/tmp/gw-desk-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder = pattern;
    store.emplace(*RecordStore::open(folder, 1u << 20));
    auto log = ipc::Channel::pair(), ends = ipc::Channel::pair();
    ear.emplace(std::move(log->first));
    sink.emplace(log->second.release().release());
    chronicle.emplace(*store, *sink, clock);
    retention.emplace(*store, *chronicle, clock);
    reader.emplace(std::move(ends->first));
    desk.emplace(std::move(ends->second));
  }
  ~ReaderDeskTest() override { std::filesystem::remove_all(folder); }

  template <class Body>
  ipc::Frame ask(Msg type, const Body& body) {
    EXPECT_TRUE(reader->send(ipc::type_number(type), 7, encode(body)));
    EXPECT_TRUE(desk->serve({*store, *chronicle, *retention}));
    auto answer = reader->receive();
    EXPECT_TRUE(answer && *answer);
    return std::move(**answer);
  }
  static Msg type_of(const ipc::Frame& frame) { return static_cast<Msg>(frame.type); }
  static std::string text_of(const ipc::Frame& frame) {
    return std::string(as_text(*sys::read_sealed(frame.fds.front().get(), msg::kMostText)));
  }
  std::optional<Event> event() {
    const auto frame = ear->receive();
    return frame && *frame ? std::optional(*decode<Event>((*frame)->body)) : std::nullopt;
  }

  support::ManualClock clock;
  std::filesystem::path folder;
  std::optional<RecordStore> store;
  std::optional<ipc::Channel> ear, reader;
  std::optional<ipc::RecordSink> sink;
  std::optional<Chronicle> chronicle;
  std::optional<Retention> retention;
  std::optional<ReaderDesk> desk;
};

TEST_F(ReaderDeskTest, a_chain_begins_where_what_was_removed_ends) {
  std::vector<model::Record> old(10);
  for (model::Record& record : old) record.event = Event(EventId::session_closed);
  ASSERT_TRUE(store->append("run", 1, old));
  ASSERT_TRUE(store->keep({{10, store->link(), std::chrono::seconds(5)}, {1, 2}, {3, 4}}));
  ASSERT_TRUE(store->remove(4, clock.civil_now(), "old"));
  const auto link = store->link_before(5);
  const ipc::Frame piece = ask(Msg::chain, msg::Chain{1});
  ASSERT_EQ(type_of(piece), Msg::piece);
  EXPECT_THAT(text_of(piece), StartsWith(audit::write_head(5, *link) + "{\"number\":5,"));
  EXPECT_NE(*link, audit::Link{});
}

TEST_F(ReaderDeskTest, an_export_leaves_a_receipt_with_who_which_and_the_digest) {
  msg::Exported receipt{.by = "hanako", .form = "csv", .first = 3, .last = 9};
  receipt.digest.fill(0xab);
  EXPECT_EQ(type_of(ask(Msg::exported, receipt)), Msg::noted);
  const auto found = event();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id(), EventId::records_exported);
  ASSERT_EQ(found->entries().size(), 5u);
  EXPECT_EQ(found->entries()[0].text, "hanako");
  EXPECT_EQ(found->entries()[2].number, 3u);
  EXPECT_EQ(found->entries()[3].number, 9u);
  EXPECT_THAT(found->entries()[4].text, StartsWith("abab"));
}

TEST_F(ReaderDeskTest, how_long_records_are_kept_is_told_and_changed) {
  EXPECT_EQ(type_of(ask(Msg::keep_for, msg::KeepFor{model::RecordClass::other, 9, "hanako", "a directive"})),
            Msg::noted);
  EXPECT_EQ(event()->id(), EventId::records_kept_for);
  const ipc::Frame answer = ask(Msg::look, msg::Chain{});
  ASSERT_EQ(type_of(answer), Msg::keeping);
  EXPECT_EQ(decode<msg::Keeping>(answer.body)->other, 9u);
}

TEST_F(ReaderDeskTest, a_span_that_nobody_may_want_is_refused_and_changes_nothing) {
  EXPECT_EQ(type_of(ask(Msg::keep_for, msg::KeepFor{model::RecordClass::other, 1, "hanako", "room"})),
            Msg::refused);
  EXPECT_FALSE(event());
  EXPECT_EQ(retention->report()->other, 5u);
}

}  // namespace
}  // namespace gw::control
