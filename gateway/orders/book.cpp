#include "orders/book.h"

#include <algorithm>

#include "orders/reading.h"

namespace gw::orders {
namespace {

#define GW_ORDER_COLUMNS                                                                                    \
  "SELECT id, digest, head, taken, state, change, bundle, by, ended, outcome, expires, signer, begun FROM " \
  "orders "

std::uint64_t number_of(CivilTime time) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(time.time_since_epoch().count(), 0));
}
std::uint64_t number_of(model::CivilSeconds time) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(time.count(), 0));
}
CivilTime time_of(std::uint64_t microseconds) {
  return CivilTime(std::chrono::microseconds(static_cast<std::int64_t>(microseconds)));
}

std::optional<State> parse_state(std::string_view text) {
  for (std::size_t i = 0; i < kStates; ++i)
    if (to_string(static_cast<State>(i)) == text) return static_cast<State>(i);
  return std::nullopt;
}

/// One that this version cannot read any more stands there all the same, so that nobody takes it again.
Order order_of(const store::Statement& row) {
  if (auto order = read_head(row.text(2))) return *std::move(order);
  Order out;
  out.id = row.text(0);
  out.expires = std::chrono::seconds(static_cast<std::int64_t>(row.number(10)));
  return out;
}

void copy(Bytes octets, pki::Sha256& out) {
  std::ranges::copy(octets.first(std::min(octets.size(), out.size())), out.begin());
}

Entry entry_of(const store::Statement& row) {
  Entry out;
  out.order = order_of(row);
  copy(row.octets(1), out.digest);
  copy(row.octets(11), out.signer);
  out.head = row.text(2);
  out.taken = time_of(row.number(3));
  out.state = parse_state(row.text(4)).value_or(State::failed);
  out.change = row.number(5);
  out.bundle = row.number(6);
  out.by = row.text(7);
  out.ended = time_of(row.number(8));
  out.outcome = row.text(9);
  out.is_begun = row.number(12) != 0;
  return out;
}

std::string_view taken_back_by(const Order& order) {
  const auto* wanted = std::get_if<Withdrawal>(&order.wanted);
  return wanted == nullptr ? std::string_view() : std::string_view(wanted->order);
}

/// A withdrawal is remembered as long as what it takes back could count, which was issued before it.
model::CivilSeconds remembered_until(const Order& order) {
  return taken_back_by(order).empty() ? order.expires
                                      : std::max(order.expires, order.issued + Order::kMostLife);
}

}  // namespace

Result<std::vector<Entry>> Book::rows(store::Statement statement) {
  std::vector<Entry> out;
  for (;;) {
    GW_TRY(const bool is_there, statement.step());
    if (!is_there) return out;
    out.push_back(entry_of(statement));
  }
}

Result<std::optional<Entry>> Book::one(store::Statement statement) {
  GW_TRY(auto found, rows(std::move(statement)));
  if (found.empty()) return std::optional<Entry>();
  return std::optional(std::move(found.front()));
}

Result<CivilTime> Book::begun(CivilTime now) {
  GW_TRY(auto first, database_->prepare("INSERT OR IGNORE INTO orders_begun VALUES(1, ?1)"));
  GW_TRY(first.bind(1, number_of(now)).run());
  GW_TRY(auto row, database_->prepare("SELECT at FROM orders_begun"));
  GW_TRY(row.step());
  return time_of(row.number(0));
}

Result<std::optional<Entry>> Book::find(std::string_view id) {
  GW_TRY(auto statement, database_->prepare(GW_ORDER_COLUMNS "WHERE id = ?1"));
  statement.bind(1, id);
  return one(std::move(statement));
}

Result<std::optional<Entry>> Book::find(const pki::Sha256& digest) {
  GW_TRY(auto statement, database_->prepare(GW_ORDER_COLUMNS "WHERE digest = ?1"));
  statement.bind(1, Bytes(digest));
  return one(std::move(statement));
}

Result<bool> Book::is_forgotten(model::CivilSeconds expires) {
  GW_TRY(auto row, database_->prepare("SELECT until FROM orders_forgotten"));
  GW_TRY(const bool is_there, row.step());
  return is_there && number_of(expires) <= row.number(0);
}

Result<bool> Book::is_withdrawn(std::string_view id) {
  GW_TRY(auto row, database_->prepare("SELECT 1 FROM orders WHERE takes_back = ?1"));
  return row.bind(1, id).step();
}

Result<> Book::add(const Entry& entry) {
  GW_TRY(auto count, database_->prepare("SELECT count(*) FROM orders"));
  GW_TRY(count.step());
  if (count.number(0) >= kMost) return Error{ErrorCode::order_full, entry.order.id};
  GW_TRY(auto insert,
         database_->prepare(
             "INSERT INTO orders(id, digest, head, expires, taken, state, change, bundle, by, "
             "ended, outcome, signer, takes_back) VALUES(?1, ?2, ?3, ?4, ?5, ?6, 0, 0, '', 0, '', "
             "?7, ?8)"));
  insert.bind(1, std::string_view(entry.order.id)).bind(2, Bytes(entry.digest));
  insert.bind(3, std::string_view(entry.head)).bind(4, number_of(remembered_until(entry.order)));
  insert.bind(7, Bytes(entry.signer)).bind(8, taken_back_by(entry.order));
  return insert.bind(5, number_of(entry.taken)).bind(6, to_string(entry.state)).run();
}

Result<> Book::update(const Entry& entry) {
  GW_TRY(auto update, database_->prepare("UPDATE orders SET state = ?2, change = ?3, bundle = ?4, by = ?5, "
                                         "ended = ?6, outcome = ?7, begun = ?8 WHERE id = ?1"));
  update.bind(1, std::string_view(entry.order.id)).bind(2, to_string(entry.state)).bind(3, entry.change);
  update.bind(4, entry.bundle).bind(5, std::string_view(entry.by)).bind(6, number_of(entry.ended));
  return update.bind(7, std::string_view(entry.outcome)).bind(8, std::uint64_t{entry.is_begun}).run();
}

Result<std::vector<Entry>> Book::live() {
  GW_TRY(auto statement,
         database_->prepare(GW_ORDER_COLUMNS "WHERE state IN ('under_way', 'waits') ORDER BY number"));
  return rows(std::move(statement));
}

Result<std::vector<Entry>> Book::newest(std::size_t most) {
  GW_TRY(auto statement, database_->prepare(GW_ORDER_COLUMNS "ORDER BY number DESC LIMIT ?1"));
  statement.bind(1, std::uint64_t{most});
  return rows(std::move(statement));
}

/// What would be left behind of those that go comes first: none is forgotten without it.
Result<> Book::prune(CivilTime now) {
  const auto since = std::chrono::floor<std::chrono::seconds>((now - kKept).time_since_epoch());
  for (const char* sql :
       {"INSERT INTO orders_forgotten SELECT 1, max(expires) FROM orders WHERE state NOT IN ('under_way', "
        "'waits') AND expires < ?1 HAVING count(*) > 0 "
        "ON CONFLICT(only) DO UPDATE SET until = max(until, excluded.until)",
        "DELETE FROM orders WHERE state NOT IN ('under_way', 'waits') AND expires < ?1"}) {
    GW_TRY(auto statement, database_->prepare(sql));
    GW_TRY(statement.bind(1, number_of(since)).run());
  }
  return Done{};
}

}  // namespace gw::orders
