#include "changes/shelf.h"

#include <algorithm>

#include "base/codec.h"

namespace gw::changes {
namespace {

#define GW_CHANGE_COLUMNS                                                                            \
  "SELECT number, state, base, by, source, reason, staged, digest, widens, guarded, words, report, " \
  "approved_by, within, deadline, token, generation, sessions_kept, sessions_closed, ended_by, "     \
  "ended_source, ended, outcome, foreseen FROM changes "

std::uint64_t number_of(CivilTime time) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(time.time_since_epoch().count(), 0));
}
CivilTime time_of(std::uint64_t microseconds) {
  return CivilTime(std::chrono::microseconds(static_cast<std::int64_t>(microseconds)));
}

/// Of no octets: nothing is known.
std::vector<std::uint8_t> octets_of(const std::optional<model::Effect>& foreseen) {
  return foreseen ? encode(model::Effect(*foreseen)) : std::vector<std::uint8_t>();
}

void fill(store::Statement& to, const Change& change, Bytes token, Bytes foreseen) {
  to.bind(1, change.number.number()).bind(2, to_string(change.state)).bind(3, change.base.number());
  to.bind(4, std::string_view(change.by.name)).bind(5, std::string_view(change.by.source));
  to.bind(6, std::string_view(change.reason)).bind(7, number_of(change.staged)).bind(8, Bytes(change.digest));
  to.bind(9, std::uint64_t{change.widens}).bind(10, std::uint64_t{change.is_guarded});
  to.bind(11, std::string_view(change.words)).bind(12, std::string_view(change.report));
  to.bind(13, std::string_view(change.approved_by));
  to.bind(14, static_cast<std::uint64_t>(change.within.count())).bind(15, number_of(change.deadline));
  to.bind(16, token).bind(17, change.generation).bind(18, std::uint64_t{change.sessions_kept});
  to.bind(19, std::uint64_t{change.sessions_closed}).bind(20, std::string_view(change.ended_by.name));
  to.bind(21, std::string_view(change.ended_by.source)).bind(22, number_of(change.ended));
  to.bind(23, std::string_view(change.outcome)).bind(24, foreseen);
}

Error unreadable() { return {ErrorCode::store_damaged, "a change cannot be read"}; }

Result<Change> read(const store::Statement& row) {
  Change out{.number = ChangeNumber(row.number(0)), .base = ChangeNumber(row.number(2))};
  const auto state = model::parse_change_state(row.text(1));
  const auto token = decode<accounts::CodeHash>(row.octets(15));
  const Bytes digest = row.octets(7);
  if (!state || !token || digest.size() != out.digest.size()) return unreadable();
  out.state = *state;
  out.token = *token;
  std::ranges::copy(digest, out.digest.begin());
  out.by = {std::string(row.text(3)), std::string(row.text(4))};
  out.reason = row.text(5);
  out.staged = time_of(row.number(6));
  out.widens = row.number(8) != 0;
  out.is_guarded = row.number(9) != 0;
  out.words = row.text(10);
  out.report = row.text(11);
  out.approved_by = row.text(12);
  out.within = std::chrono::seconds(static_cast<std::int64_t>(row.number(13)));
  out.deadline = time_of(row.number(14));
  out.generation = row.number(16);
  out.sessions_kept = static_cast<std::uint32_t>(row.number(17));
  out.sessions_closed = static_cast<std::uint32_t>(row.number(18));
  out.ended_by = {std::string(row.text(19)), std::string(row.text(20))};
  out.ended = time_of(row.number(21));
  out.outcome = row.text(22);
  if (const Bytes foreseen = row.octets(23); !foreseen.empty()) {
    GW_TRY(out.foreseen, decode<model::Effect>(foreseen));
  }
  return out;
}

}  // namespace

Result<> Shelf::add(const Change& change, Bytes sources) {
  GW_TRY(auto insert,
         database_->prepare("INSERT INTO changes VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
                            "?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)"));
  accounts::CodeHash hash = change.token;
  const std::vector<std::uint8_t> token = encode(hash);
  const std::vector<std::uint8_t> foreseen = octets_of(change.foreseen);
  fill(insert, change, token, foreseen);
  GW_TRY(insert.run());
  GW_TRY(auto keep, database_->prepare("INSERT INTO configurations VALUES(?1, ?2)"));
  return keep.bind(1, change.number.number()).bind(2, sources).run();
}

Result<> Shelf::update(const Change& change) {
  GW_TRY(auto update,
         database_->prepare(
             "UPDATE changes SET state = ?2, base = ?3, by = ?4, source = ?5, reason = ?6, staged = ?7, "
             "digest = ?8, widens = ?9, guarded = ?10, words = ?11, report = ?12, approved_by = ?13, "
             "within = ?14, deadline = ?15, token = ?16, generation = ?17, sessions_kept = ?18, "
             "sessions_closed = ?19, ended_by = ?20, ended_source = ?21, ended = ?22, outcome = ?23, "
             "foreseen = ?24 "
             "WHERE number = ?1"));
  accounts::CodeHash hash = change.token;
  const std::vector<std::uint8_t> token = encode(hash);
  const std::vector<std::uint8_t> foreseen = octets_of(change.foreseen);
  fill(update, change, token, foreseen);
  return update.run();
}

Result<std::vector<Change>> Shelf::select(const char* sql, std::uint64_t value) {
  GW_TRY(auto rows, database_->prepare(sql));
  rows.bind(1, value);
  std::vector<Change> out;
  for (;;) {
    GW_TRY(const bool is_there, rows.step());
    if (!is_there) return out;
    GW_TRY(Change change, read(rows));
    out.push_back(std::move(change));
  }
}

Result<std::optional<Change>> Shelf::one(const char* sql, std::uint64_t value) {
  GW_TRY(auto found, select(sql, value));
  return found.empty() ? std::optional<Change>() : std::optional<Change>(std::move(found.front()));
}

Result<std::optional<Change>> Shelf::find(ChangeNumber number) {
  return one(GW_CHANGE_COLUMNS "WHERE number = ?1", number.number());
}
Result<std::vector<Change>> Shelf::newest(std::size_t most) {
  return select(GW_CHANGE_COLUMNS "ORDER BY number DESC LIMIT ?1", most);
}
Result<std::optional<Change>> Shelf::in_flight() {
  return one(
      GW_CHANGE_COLUMNS "WHERE state IN ('applying', 'applied', 'confirming', 'rolling_back') LIMIT ?1", 1);
}
Result<std::optional<Change>> Shelf::last_confirmed() {
  return one(GW_CHANGE_COLUMNS "WHERE state = 'confirmed' ORDER BY number DESC LIMIT ?1", 1);
}

Result<ChangeNumber> Shelf::last() {
  GW_TRY(auto found, newest(1));
  return found.empty() ? ChangeNumber{} : found.front().number;
}

Result<std::optional<std::vector<std::uint8_t>>> Shelf::sources(ChangeNumber number) {
  GW_TRY(auto row, database_->prepare("SELECT sources FROM configurations WHERE change = ?1"));
  GW_TRY(const bool is_there, row.bind(1, number.number()).step());
  if (!is_there) return std::optional<std::vector<std::uint8_t>>();
  const Bytes octets = row.octets(0);
  return std::optional(std::vector<std::uint8_t>(octets.begin(), octets.end()));
}

Result<> Shelf::prune() {
  struct Row {
    const char* sql;
    std::size_t most;
  };
  constexpr Row kRows[] = {
      {"DELETE FROM configurations WHERE change IN (SELECT number FROM changes WHERE state = 'confirmed' "
       "ORDER BY number DESC LIMIT -1 OFFSET ?1)",
       kMostConfirmed},
      {"DELETE FROM configurations WHERE change IN (SELECT number FROM changes WHERE state IN "
       "('rolled_back', 'refused', 'withdrawn') ORDER BY number DESC LIMIT -1 OFFSET ?1)",
       kMostUnconfirmed}};
  for (const Row& row : kRows) {
    GW_TRY(auto remove, database_->prepare(row.sql));
    GW_TRY(remove.bind(1, std::uint64_t{row.most}).run());
  }
  return Done{};
}

}  // namespace gw::changes
