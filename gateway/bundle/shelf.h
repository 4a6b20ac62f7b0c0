#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "backup/recipient.h"
#include "backup/seal.h"
#include "backup/tar.h"
#include "base/codec.h"
#include "base/fd.h"
#include "base/result.h"
#include "bundle/pseudonyms.h"
#include "model/layout.h"

namespace gw::bundle {

/// One file of a support file, and why it is not there.
struct Piece {
  std::string file{};
  std::uint64_t size = 0;
  std::string problem{};  ///< id of an error; empty: it is there
};

/// What is known of a support file that is ready.
struct Head {
  std::uint64_t number = 0;
  std::string by{};
  std::chrono::seconds made{0};  ///< since 1970, UTC
  std::uint32_t hours = 0;       ///< of records
  bool strict = false;
  std::vector<std::string> recipients{};
  std::vector<Piece> pieces{};
  backup::Extent extent{};  ///< of the encrypted file
  std::vector<Meaning> meanings{};
};

/// Of all its files before they are encrypted, octets.
inline constexpr std::size_t kMostContent = 8u << 20;
inline constexpr std::size_t kMostPieces = 32;

/// "sekisho-support-00000003-20261129-0310.tar.cms".
std::string file_name_of(const Head& head);

/// The support files on the box, in a folder that nobody else writes to: each as it was encrypted, beside
/// what is shown of it, the names that its pseudonyms stand for among it. There is a whole one or none,
/// whatever happens meanwhile. One thread.
class Shelf {
 public:
  static constexpr std::size_t kMost = 3;
  static constexpr std::chrono::hours kKept{24};

  /// Takes away what is not whole. system.call_failed.
  static Result<Shelf> open(UniqueFd folder);

  /// The oldest first.
  const std::vector<Head>& heads() const { return heads_; }
  /// bundle.unknown.
  Result<Head> find(std::uint64_t number) const;
  /// Encrypts `files` to the recipients and puts it there. The head gets its extent. backup.envelope_failed,
  /// store.full, system.call_failed.
  Result<Head> put(Head head, std::span<const backup::Member> files,
                   const std::vector<backup::Recipient>& recipients);
  /// Of a file as its recipient finds it. bundle.unknown: there is none of that name.
  Result<std::string> read(std::uint64_t number, std::string_view file) const;
  /// bundle.unknown.
  Result<UniqueFd> open_file(std::uint64_t number) const;
  /// bundle.unknown.
  Result<Head> remove(std::uint64_t number);

 private:
  explicit Shelf(UniqueFd folder) : folder_(std::move(folder)) {}
  Result<std::vector<std::string>> names() const;
  Result<> look();

  UniqueFd folder_;
  std::vector<Head> heads_{};
};

template <class Io>
void visit(Io& io, Meaning& m) {
  io.text(m.pseudonym, 64);
  io.text(m.name, Pseudonyms::kLongest);
}
template <class Io>
void visit(Io& io, Piece& p) {
  io.text(p.file, 64);
  io.field(p.size);
  io.text(p.problem, 64);
}
template <class Io>
void visit(Io& io, Head& h) {
  io.field(h.number);
  io.text(h.by, 64);
  io.field(h.made);
  io.field(h.hours);
  io.field(h.strict);
  model::texts(io, h.recipients, backup::kMostRecipients, 64);
  io.list(h.pieces, kMostPieces);
  io.field(h.extent.size);
  io.field(h.extent.digest);
  io.list(h.meanings, Pseudonyms::kMost);
}

}  // namespace gw::bundle
