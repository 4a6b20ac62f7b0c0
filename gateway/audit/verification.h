#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "audit/chain_text.h"

namespace gw::audit {

/// What is wrong with a chain, and at which record.
struct Flaw {
  enum class Kind : std::uint8_t {
    no_head,            ///< the file does not begin as one of ours does; number is 1
    unreadable,         ///< a line that is nothing of ours; number is the line's in the file
    missing,            ///< there is no record of this number
    changed,            ///< it is not what was chained
    moved,              ///< it stands elsewhere than where it was written
    inserted,           ///< there is one of this number already
    unknown_key,        ///< a checkpoint by another key than the auditor knows
    forged,             ///< a checkpoint whose signature is wrong
    unproven,           ///< nothing says whether it is what was chained: the one before it is missing
    without_signature,  ///< nothing is signed by the key that should have signed; number is the last one
    contradicted,  ///< it is not what the checkpoint signed: this record, or one before it, was written anew
    without_receipt,  ///< the chain begins with it, and no receipt says what became of those before it
  };
  Kind kind{};
  std::uint64_t number = 0;

  friend auto operator<=>(const Flaw&, const Flaw&) = default;
};
std::string_view to_string(Flaw::Kind kind);

/// What an auditor learns of a chain.
struct Verdict {
  std::uint64_t first = 0, last = 0;  ///< numbers of its records; zero: there are none
  std::uint64_t records = 0;
  std::uint64_t checkpoints = 0;
  std::uint64_t last_signed = 0;        ///< up to this record nothing can have been written anew
  std::optional<pki::Sha256> signer{};  ///< whose checkpoints they are: SHA-256 of its SubjectPublicKeyInfo
  bool is_signer_expected = false;      ///< somebody said which key it has to be
  std::vector<Flaw> flaws{};            ///< in the order of their numbers, kMostFlaws at most

  /// Nothing in it contradicts anything else in it; what the box wrote it is only if the signer is its own.
  bool is_intact() const { return flaws.empty(); }
};

/// Looks at a chain line by line, in the order of the file (LOG-03). One that does not begin with the first
/// record has to hold the receipt of those before it (audit/removal.h), with the link it begins from
/// (LOG-05). Needs nothing but the file; whether the checkpoints are the box's own is known only to somebody
/// who has its key from elsewhere.
class Verification {
 public:
  /// `signer`: SHA-256 of the SubjectPublicKeyInfo that an auditor knows; nothing: the key of the first
  /// checkpoint is taken, and told.
  explicit Verification(std::optional<pki::Sha256> signer = std::nullopt)
      : signer_(signer), wants_signature_(signer.has_value()) {}

  static constexpr std::size_t kMostFlaws = 1000;

  /// Without the line's end.
  void take(std::string_view line);
  Verdict finish();

 private:
  void take_record(const Entry& entry);
  void take_receipt(std::string_view line);
  void take_checkpoint(const SignedCheckpoint& checkpoint);
  void miss_until(std::uint64_t number);
  void add(Flaw::Kind kind, std::uint64_t number);

  Verdict verdict_;
  std::optional<pki::Sha256> signer_;
  bool wants_signature_;
  std::optional<Head> unreceipted_{};  ///< it begins late, and its receipt was not seen yet
  std::uint64_t lines_ = 0;
  std::uint64_t expected_ = 1;
  std::optional<Link> before_{};  ///< nothing: the one before is missing
  std::uint64_t at_ = 0;          ///< the record read last, with its link
  Link link_{};
  std::set<std::uint64_t> missing_{};
};

}  // namespace gw::audit
