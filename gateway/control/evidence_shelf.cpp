#include "control/evidence_shelf.h"

namespace gw::control {
namespace {

constexpr const char* kColumns =
    "number, made, maker, generation, shown, by_design, attention, unseen, size, sums, seal, signature, "
    "signer, incident";
constexpr const char* kSurplus = "number <= ?1 - ?2 AND number NOT IN (SELECT evidence FROM held_evidence)";

std::vector<std::uint8_t> copied(Bytes octets) { return {octets.begin(), octets.end()}; }

std::uint64_t milliseconds_of(CivilTime time) {
  return static_cast<std::uint64_t>(
      std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count());
}

KeptEvidence head_of(store::Statement& row) {
  KeptEvidence out;
  out.number = row.number(0);
  out.made = CivilTime(std::chrono::milliseconds(row.number(1)));
  out.by = row.text(2);
  out.generation = row.number(3);
  out.shown = row.number(4);
  out.by_design = row.number(5);
  out.attention = row.number(6);
  out.unknown = row.number(7);
  out.size = row.number(8);
  out.sums = row.text(9);
  out.seal = row.text(10);
  out.signature = copied(row.octets(11));
  out.signer = copied(row.octets(12));
  out.incident = row.number(13);
  return out;
}

Result<std::vector<KeptEvidence>> heads_of(store::Statement& rows) {
  std::vector<KeptEvidence> out;
  for (;;) {
    GW_TRY(const bool is_there, rows.step());
    if (!is_there) return out;
    out.push_back(head_of(rows));
  }
}

}  // namespace

/// The oldest go and never the last.
Result<std::uint64_t> EvidenceShelf::next_number() {
  GW_TRY(auto last, database_->prepare("SELECT coalesce(max(number), 0) FROM evidence"));
  GW_TRY(last.step());
  return last.number(0) + 1;
}

Result<> EvidenceShelf::put(const KeptEvidence& one) {
  GW_TRY(auto row,
         database_->prepare("INSERT INTO evidence(number, made, maker, generation, shown, by_design, "
                            "attention, unseen, size, sums, incident) VALUES(?1, ?2, ?3, ?4, ?5, ?6, "
                            "?7, ?8, ?9, ?10, ?11)"));
  row.bind(1, one.number).bind(2, milliseconds_of(one.made)).bind(3, std::string_view(one.by));
  row.bind(4, one.generation).bind(5, one.shown).bind(6, one.by_design).bind(7, one.attention);
  row.bind(8, one.unknown).bind(9, std::uint64_t{one.files.size()}).bind(10, std::string_view(one.sums));
  GW_TRY(row.bind(11, one.incident).run());
  GW_TRY(auto files, database_->prepare("INSERT INTO evidence_files VALUES(?1, ?2)"));
  GW_TRY(files.bind(1, one.number).bind(2, Bytes(one.files)).run());
  for (const char* table : {"evidence", "evidence_files"}) {
    const std::string sql = std::string("DELETE FROM ") + table + " WHERE " + kSurplus;
    GW_TRY(auto surplus, database_->prepare(sql.c_str()));
    GW_TRY(surplus.bind(1, one.number).bind(2, std::uint64_t{kMost}).run());
  }
  return Done{};
}

Result<std::vector<KeptEvidence>> EvidenceShelf::surplus(std::uint64_t number) {
  const std::string question =
      std::string("SELECT ") + kColumns + " FROM evidence WHERE " + kSurplus + " ORDER BY number";
  GW_TRY(auto rows, database_->prepare(question.c_str()));
  rows.bind(1, number).bind(2, std::uint64_t{kMost});
  return heads_of(rows);
}

Result<> EvidenceShelf::sign(const KeptEvidence& one) {
  GW_TRY(auto row,
         database_->prepare("UPDATE evidence SET seal = ?2, signature = ?3, signer = ?4 WHERE number = ?1"));
  row.bind(1, one.number).bind(2, std::string_view(one.seal));
  return row.bind(3, Bytes(one.signature)).bind(4, Bytes(one.signer)).run();
}

Result<std::vector<KeptEvidence>> EvidenceShelf::list() {
  const std::string question = std::string("SELECT ") + kColumns + " FROM evidence ORDER BY number DESC";
  GW_TRY(auto rows, database_->prepare(question.c_str()));
  return heads_of(rows);
}

Result<std::optional<KeptEvidence>> EvidenceShelf::find(std::uint64_t number) {
  const std::string question = std::string("SELECT ") + kColumns + " FROM evidence WHERE number = ?1";
  GW_TRY(auto row, database_->prepare(question.c_str()));
  GW_TRY(const bool is_there, row.bind(1, number).step());
  if (!is_there) return std::optional<KeptEvidence>();
  KeptEvidence out = head_of(row);
  GW_TRY(auto files, database_->prepare("SELECT files FROM evidence_files WHERE number = ?1"));
  GW_TRY(const bool has_files, files.bind(1, number).step());
  if (!has_files) return Error{ErrorCode::store_damaged, "evidence without its files"};
  out.files = copied(files.octets(0));
  return std::optional(std::move(out));
}

Result<std::optional<KeptEvidence>> EvidenceShelf::unsigned_one() {
  const std::string question = std::string("SELECT ") + kColumns +
                               " FROM evidence WHERE length(signature) = 0 ORDER BY number LIMIT 1";
  GW_TRY(auto row, database_->prepare(question.c_str()));
  GW_TRY(const bool is_there, row.step());
  return is_there ? std::optional(head_of(row)) : std::nullopt;
}

}  // namespace gw::control
