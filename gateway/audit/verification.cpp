#include "audit/verification.h"

#include <algorithm>

#include "audit/removal.h"
#include "pki/record_key.h"

namespace gw::audit {
namespace {

constexpr std::size_t kMostMissing = 100'000;  // numbers that are remembered, in case they come late

bool verifies(const SignedCheckpoint& checkpoint) {
  const auto key = pki::RecordKey::from_der(checkpoint.public_key);
  return key && key->has_signed(as_bytes(text_of(checkpoint.checkpoint)), checkpoint.signature);
}

}  // namespace

std::string_view to_string(Flaw::Kind kind) {
  constexpr std::string_view kNames[] = {"no_head",  "unreadable", "missing",      "changed",
                                         "moved",    "inserted",   "unknown_key",  "forged",
                                         "unproven", "unsigned",   "contradicted", "without_receipt"};
  return kNames[static_cast<std::size_t>(kind)];
}

void Verification::add(Flaw::Kind kind, std::uint64_t number) {
  if (verdict_.flaws.size() < kMostFlaws) verdict_.flaws.push_back({kind, number});
}

void Verification::take(std::string_view line) {
  ++lines_;
  if (lines_ == 1) {
    const auto head = read_head(line);
    if (!head) return add(Flaw::Kind::no_head, 1);
    expected_ = head->first;
    before_ = head->before;
    if (head->first > 1) unreceipted_ = head;
    return;
  }
  if (const auto record = read_record(line)) return take_record(*record);
  if (const auto checkpoint = read_checkpoint(line)) return take_checkpoint(*checkpoint);
  add(Flaw::Kind::unreadable, lines_);
}

/// Each is held against the link that stands at the one before it, so that one change is one flaw.
void Verification::take_record(const Entry& entry) {
  ++verdict_.records;
  if (entry.number < expected_)
    return add(missing_.erase(entry.number) != 0 ? Flaw::Kind::moved : Flaw::Kind::inserted, entry.number);
  if (entry.number > expected_) miss_until(entry.number);
  if (!before_)
    add(Flaw::Kind::unproven, entry.number);
  else if (link_of(*before_, entry.line) != entry.link)
    add(Flaw::Kind::changed, entry.number);
  else
    take_receipt(entry.line);
  if (verdict_.first == 0) verdict_.first = entry.number;
  verdict_.last = at_ = entry.number;
  expected_ = entry.number + 1;
  before_ = link_ = entry.link;
}

void Verification::take_receipt(std::string_view line) {
  if (!unreceipted_) return;
  const auto removal = read_removal(line);
  if (removal && removal->last + 1 == unreceipted_->first && removal->link == unreceipted_->before)
    unreceipted_.reset();
}

void Verification::miss_until(std::uint64_t number) {
  before_.reset();
  for (std::uint64_t one = expected_; one < number && missing_.size() < kMostMissing; ++one)
    missing_.insert(one);
}

void Verification::take_checkpoint(const SignedCheckpoint& one) {
  ++verdict_.checkpoints;
  const std::uint64_t number = one.checkpoint.number;
  const pki::Sha256 signer = pki::sha256_of(one.public_key);
  if (!signer_) signer_ = signer;
  if (!verdict_.signer) verdict_.signer = signer;
  if (signer != *signer_) return add(Flaw::Kind::unknown_key, number);
  if (!verifies(one)) return add(Flaw::Kind::forged, number);
  if (number != at_ || one.checkpoint.link != link_) return add(Flaw::Kind::contradicted, number);
  if (verdict_.flaws.empty() && missing_.empty()) verdict_.last_signed = number;
}

Verdict Verification::finish() {
  if (lines_ == 0) add(Flaw::Kind::no_head, 1);
  if (unreceipted_) add(Flaw::Kind::without_receipt, unreceipted_->first);
  verdict_.is_signer_expected = wants_signature_;
  if (wants_signature_ && verdict_.checkpoints == 0) add(Flaw::Kind::without_signature, verdict_.last);
  for (const std::uint64_t number : missing_) add(Flaw::Kind::missing, number);
  std::ranges::sort(verdict_.flaws, {}, &Flaw::number);
  return std::move(verdict_);
}

}  // namespace gw::audit
