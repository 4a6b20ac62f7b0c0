// What was taken once is never taken again, whatever is forgotten and whatever the clock says.

#include "orders/book.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "draft.h"
#include "orders/reading.h"
#include "orders/schema.h"

namespace gw::orders {
namespace {

using std::chrono::hours;

class OrderBook : public testing::Test {
 protected:
  OrderBook() {
    std::string pattern = "/tmp/gw-orders-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    open();
  }
  ~OrderBook() override {
    book_.reset();
    database_.reset();
    std::filesystem::remove_all(folder_);
  }
  void open() {
    book_.reset();
    database_.reset();
    database_.emplace(*store::Database::open(folder_ / "orders.db", kMigrations));
    book_.emplace(*database_);
  }
  static Entry entry(const std::string& id, State state = State::waits) {
    const std::string text = Draft{.id = id}.text();
    return {.order = *read_head(text),
            .digest = pki::sha256_of(as_bytes(text)),
            .head = text,
            .taken = noon(),
            .state = state};
  }

  std::filesystem::path folder_;
  std::optional<store::Database> database_;
  std::optional<Book> book_;
};

TEST_F(OrderBook, keeps_across_a_restart_what_was_taken_and_what_became_of_it) {
  Entry one = entry("one");
  ASSERT_TRUE(book_->add(one));
  one.state = State::declined;
  one.by = "sato";
  one.outcome = "not now";
  one.change = 7;
  one.ended = noon() + hours(1);
  ASSERT_TRUE(book_->update(one));
  ASSERT_TRUE(book_->add(entry("two")));
  open();
  const auto found = *book_->find("one");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->state, State::declined);
  EXPECT_EQ(found->by + ": " + found->outcome, "sato: not now");
  EXPECT_EQ(found->change, 7u);
  EXPECT_EQ(found->ended, one.ended);
  EXPECT_EQ(found->order.kind(), Kind::revoke);
  EXPECT_EQ((*book_->find(one.digest))->order.id, "one");
  EXPECT_FALSE(*book_->find("three"));
  ASSERT_EQ(book_->live()->size(), 1u);
  EXPECT_EQ(book_->live()->front().order.id, "two");
  EXPECT_EQ(book_->newest(1)->front().order.id, "two");
}

TEST_F(OrderBook, keeps_by_which_key_it_was_signed_and_whether_the_box_was_asked) {
  Entry one = entry("one", State::under_way);
  one.signer.fill(7);
  ASSERT_TRUE(book_->add(one));
  one.is_begun = true;
  ASSERT_TRUE(book_->update(one));
  open();
  EXPECT_EQ((*book_->find("one"))->signer, one.signer);
  EXPECT_TRUE((*book_->find("one"))->is_begun);
}

/// As long as what it takes back could count, which was issued before it.
TEST_F(OrderBook, remembers_what_was_taken_back) {
  const std::string text = Draft{.id = "w", .wanted = "withdraw: {order: one}\n"}.text();
  const Entry withdrawal{.order = *read_head(text), .head = text, .taken = noon(), .state = State::done};
  ASSERT_TRUE(book_->add(withdrawal));
  open();
  EXPECT_TRUE(*book_->is_withdrawn("one"));
  EXPECT_FALSE(*book_->is_withdrawn("w"));
  const auto last = withdrawal.order.issued + Order::kMostLife;
  ASSERT_TRUE(book_->prune(CivilTime(last) + Book::kKept));
  EXPECT_TRUE(*book_->is_withdrawn("one"));
  ASSERT_TRUE(book_->prune(CivilTime(last) + Book::kKept + hours(1)));
  EXPECT_FALSE(*book_->is_withdrawn("one"));
  EXPECT_TRUE(*book_->is_forgotten(last)) << "and nothing that could have been meant is taken then";
}

TEST_F(OrderBook, takes_no_id_twice) {
  ASSERT_TRUE(book_->add(entry("one")));
  EXPECT_FALSE(book_->add(entry("one")));
}

TEST_F(OrderBook, remembers_of_what_it_forgets_until_when_it_counted) {
  const Entry over = entry("over", State::done);
  ASSERT_TRUE(book_->add(over));
  ASSERT_TRUE(book_->add(entry("live")));
  ASSERT_TRUE(book_->prune(CivilTime(over.order.expires) + Book::kKept));
  EXPECT_TRUE(*book_->find("over")) << "it is shown that long";
  EXPECT_FALSE(*book_->is_forgotten(over.order.expires));
  ASSERT_TRUE(book_->prune(CivilTime(over.order.expires) + Book::kKept + hours(1)));
  EXPECT_FALSE(*book_->find("over"));
  EXPECT_TRUE(*book_->find("live")) << "somebody may still consent";
  open();
  EXPECT_TRUE(*book_->is_forgotten(over.order.expires));
  EXPECT_FALSE(*book_->is_forgotten(over.order.expires + hours(1)));
}

TEST_F(OrderBook, keeps_when_it_was_begun) {
  EXPECT_EQ(*book_->begun(noon()), noon());
  open();
  EXPECT_EQ(*book_->begun(noon() + hours(24)), noon());
  EXPECT_EQ(*book_->begun(noon() - hours(24)), noon()) << "whatever the clock says";
}

TEST_F(OrderBook, has_room_for_so_many) {
  for (std::size_t i = 0; i < Book::kMost; ++i) ASSERT_TRUE(book_->add(entry("n" + std::to_string(i))));
  const Result<> more = book_->add(entry("more"));
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().code, ErrorCode::order_full);
}

TEST_F(OrderBook, keeps_the_id_of_one_that_it_cannot_read_any_more) {
  Entry odd = entry("odd");
  odd.head = "version: 2\n";
  ASSERT_TRUE(book_->add(odd));
  const auto found = *book_->find("odd");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->order.id, "odd");
  EXPECT_EQ(found->order.expires, odd.order.expires);
}

}  // namespace
}  // namespace gw::orders
