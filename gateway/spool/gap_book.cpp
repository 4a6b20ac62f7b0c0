#include "spool/gap_book.h"

namespace gw::spool {
namespace {

/// A gap that nothing was delivered behind, and between which and the lost ones nothing waits.
constexpr const char* kNeighbour =
    "SELECT max(first) FROM gaps WHERE class = ?1 AND last > ?2 AND NOT EXISTS "
    "(SELECT 1 FROM entries WHERE class = ?1 AND number > min(gaps.last, ?4) AND number < max(gaps.first, "
    "?3))";

std::uint64_t number_of(Class of) { return static_cast<std::uint64_t>(of); }
std::uint64_t number_of(std::chrono::milliseconds time) { return static_cast<std::uint64_t>(time.count()); }

Gap gap_in(const store::Statement& row) {
  using std::chrono::milliseconds;
  return {static_cast<Class>(row.number(0)),
          row.number(1),
          row.number(2),
          row.number(3),
          milliseconds(row.number(4)),
          milliseconds(row.number(5))};
}

}  // namespace

Result<> GapBook::add(const Gap& lost, std::uint64_t acknowledged) {
  GW_TRY(auto open, database_.prepare(kNeighbour));
  open.bind(1, number_of(lost.of)).bind(2, acknowledged).bind(3, lost.first).bind(4, lost.last);
  GW_TRY(open.step());
  if (open.number(0) == 0) {
    GW_TRY(auto insert, database_.prepare("INSERT INTO gaps VALUES(?1, ?2, ?3, ?4, ?5, ?6)"));
    insert.bind(1, number_of(lost.of)).bind(2, lost.first).bind(3, lost.last).bind(4, lost.count);
    return insert.bind(5, number_of(lost.from)).bind(6, number_of(lost.until)).run();
  }
  GW_TRY(auto grow, database_.prepare("UPDATE gaps SET last = max(last, ?3), count = count + ?4, "
                                      "from_at = min(from_at, ?5), until_at = max(until_at, ?6), "
                                      "first = min(first, ?7) WHERE class = ?1 AND first = ?2"));
  grow.bind(1, number_of(lost.of)).bind(2, open.number(0)).bind(3, lost.last).bind(4, lost.count);
  return grow.bind(5, number_of(lost.from)).bind(6, number_of(lost.until)).bind(7, lost.first).run();
}

Result<std::vector<Gap>> GapBook::closed() {
  GW_TRY(auto rows, database_.prepare("SELECT g.class, first, g.last, count, from_at, until_at FROM gaps g "
                                      "JOIN classes c ON c.class = g.class WHERE g.last < c.acknowledged "
                                      "ORDER BY g.class, first"));
  std::vector<Gap> out;
  for (;;) {
    GW_TRY(const bool is_there, rows.step());
    if (!is_there) return out;
    out.push_back(gap_in(rows));
  }
}

Result<> GapBook::remove(const Gap& gap) {
  GW_TRY(auto statement, database_.prepare("DELETE FROM gaps WHERE class = ?1 AND first = ?2"));
  return statement.bind(1, number_of(gap.of)).bind(2, gap.first).run();
}

}  // namespace gw::spool
