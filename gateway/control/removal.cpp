// What of the record store removes the oldest records: the only place that may.

#include <algorithm>

#include "base/text.h"
#include "control/prefix.h"
#include "control/record_store.h"

namespace gw::control {
namespace {

/// Where what is left begins: the number of the last that was removed, a space, its link.
constexpr const char* kBeginning = "removed up to";
constexpr const char* kLetRemove = "DROP TRIGGER records_are_never_removed";
constexpr const char* kRefuseAgain =
    "CREATE TRIGGER records_are_never_removed BEFORE DELETE ON records"
    " BEGIN SELECT RAISE(ABORT, 'records are never removed'); END";

}  // namespace

Result<> RecordStore::look_for_beginning() {
  GW_TRY(const auto kept, keepsake(kBeginning));
  if (!kept) return Done{};
  const std::size_t space = kept->find(' ');
  const auto last = parse_decimal(std::string_view(*kept).substr(0, space));
  const auto link = space == std::string::npos ? std::nullopt : from_hex(kept->substr(space + 1));
  if (!last || !link || link->size() != before_.size())
    return Error{ErrorCode::store_damaged, "where the records begin cannot be read"};
  first_ = *last + 1;
  std::ranges::copy(as_bytes(*link), before_.begin());
  return Done{};
}

Result<std::uint64_t> RecordStore::removable(const model::Spans& keeping, CivilTime now, std::size_t most) {
  GW_TRY(auto rows,
         database_->prepare("SELECT number, at, event FROM records WHERE number < coalesce("
                            "(SELECT min(first) FROM held_evidence), ?2) ORDER BY number LIMIT ?1"));
  rows.bind(1, std::uint64_t{most}).bind(2, std::uint64_t{INT64_MAX});
  Prefix prefix(keeping, std::chrono::floor<std::chrono::milliseconds>(now.time_since_epoch()), last_signed_);
  for (;;) {
    GW_TRY(const bool is_there, rows.step());
    if (!is_there) return prefix.last();
    const Aged record{rows.number(0), std::chrono::milliseconds(rows.number(1)), class_of_id(rows.text(2))};
    if (!prefix.may_go(record)) return prefix.last();
  }
}

Result<> RecordStore::remove(std::uint64_t last, CivilTime now, std::string_view reason) {
  if (last < first_ || last >= last_signed_) return Error{ErrorCode::store_failed, "nothing of that may go"};
  GW_TRY(const audit::Link link, link_before(last + 1));
  const auto end = last_;
  const auto end_link = link_;
  const Result<> taken = take_away({first_, last, before_, link}, now, reason);
  if (!taken) {
    last_ = end;
    link_ = end_link;
    return taken;
  }
  first_ = last + 1;
  before_ = link;
  return Done{};
}

/// All of it or nothing: the trigger is away within the transaction alone.
Result<> RecordStore::take_away(const audit::Removal& removal, CivilTime now, std::string_view reason) {
  GW_TRY(auto transaction, store::Transaction::begin(*database_));
  GW_TRY(database_->run(kLetRemove));
  for (const char* table :
       {"DELETE FROM records WHERE number <= ?1", "DELETE FROM checkpoints WHERE number <= ?1"}) {
    GW_TRY(auto remove, database_->prepare(table));
    GW_TRY(remove.bind(1, removal.last).run());
  }
  GW_TRY(database_->run(kRefuseAgain));
  GW_TRY(keep_keepsake(kBeginning, std::to_string(removal.last) + " " + to_hex(removal.link)));
  GW_TRY(auto insert, database_->prepare(kInsertRecord));
  GW_TRY(put(insert,
             {now, model::ClockState::right, std::string(audit::kKeeper), {}, event_of(removal, reason)}));
  return transaction.commit();
}

Result<std::uint64_t> RecordStore::first_since(CivilTime time) {
  GW_TRY(auto row, database_->prepare("SELECT coalesce(min(number), ?2) FROM records WHERE at >= ?1"));
  const auto since = std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count();
  GW_TRY(row.bind(1, static_cast<std::uint64_t>(since)).bind(2, last_ + 1).step());
  return row.number(0);
}

Result<std::optional<std::chrono::milliseconds>> RecordStore::oldest() {
  GW_TRY(auto rows, database_->prepare("SELECT at FROM records ORDER BY number LIMIT 1"));
  GW_TRY(const bool is_there, rows.step());
  return is_there ? std::optional(std::chrono::milliseconds(rows.number(0))) : std::nullopt;
}

}  // namespace gw::control
