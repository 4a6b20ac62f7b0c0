#include "control/evidence_shelf.h"

namespace gw::control {
namespace {

constexpr const char* kColumns =
    "number, made, maker, generation, shown, attention, unseen, sums, seal, signature, signer";

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
  out.attention = row.number(5);
  out.unknown = row.number(6);
  out.sums = row.text(7);
  out.seal = row.text(8);
  out.signature = copied(row.octets(9));
  out.signer = copied(row.octets(10));
  return out;
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
         database_->prepare(
             "INSERT INTO evidence(number, made, maker, generation, shown, attention, unseen, sums, "
             "files) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"));
  row.bind(1, one.number).bind(2, milliseconds_of(one.made)).bind(3, std::string_view(one.by));
  row.bind(4, one.generation).bind(5, one.shown).bind(6, one.attention).bind(7, one.unknown);
  row.bind(8, std::string_view(one.sums)).bind(9, Bytes(one.files));
  GW_TRY(row.run());
  GW_TRY(auto surplus, database_->prepare("DELETE FROM evidence WHERE number <= ?1 - ?2"));
  return surplus.bind(1, one.number).bind(2, std::uint64_t{kMost}).run();
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
  std::vector<KeptEvidence> out;
  for (;;) {
    GW_TRY(const bool is_there, rows.step());
    if (!is_there) return out;
    out.push_back(head_of(rows));
  }
}

Result<std::optional<KeptEvidence>> EvidenceShelf::find(std::uint64_t number) {
  const std::string question = std::string("SELECT ") + kColumns + ", files FROM evidence WHERE number = ?1";
  GW_TRY(auto row, database_->prepare(question.c_str()));
  GW_TRY(const bool is_there, row.bind(1, number).step());
  if (!is_there) return std::optional<KeptEvidence>();
  KeptEvidence out = head_of(row);
  out.files = copied(row.octets(11));
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
