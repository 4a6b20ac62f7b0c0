#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "backup/container.h"
#include "backup/head.h"
#include "backup/opening.h"
#include "backup/pruning.h"
#include "base/fd.h"
#include "base/result.h"

namespace gw::backup {

/// A backup that lies on the box.
struct Generation {
  std::string file{};  ///< its name: number, time in Japan and kind can be read from it
  Head head{};
  std::uint64_t size = 0;  ///< octets
};

/// A file that has a backup's name and is not what was written.
struct DamagedFile {
  std::string file{};
  std::uint64_t number = 0;
};

struct Listing {
  std::vector<Generation> generations{};  ///< the oldest first
  std::vector<DamagedFile> damaged{};
  std::optional<std::uint64_t> last_good{};  ///< of the generations: the last one that is known to be good
};

/// The backups on the box: a file each, in a folder that nobody else writes to. Whatever happens while one is
/// written or removed, under its name lies a whole one or none. What it finds is looked at from outside, by
/// front and size; examine() looks at every octet. One thread.
class Shelf {
 public:
  /// Takes away what a power cut left half done. system.call_failed.
  static Result<Shelf> open(UniqueFd folder);

  Result<Listing> list() const;
  /// Above all that there are or were.
  Result<std::uint64_t> next_number() const;
  /// On the disk when it returns. store.full, system.call_failed; then there is no such file.
  Result<Generation> put(const Head& head, Bytes container);
  /// backup.unknown.
  Result<> remove(std::uint64_t number);
  Result<UniqueFd> open_file(std::uint64_t number) const;
  /// backup.unknown, backup.damaged: it is larger than any of ours.
  Result<std::vector<std::uint8_t>> read(std::uint64_t number) const;
  /// backup.unknown.
  Result<> mark_good(std::uint64_t number);

 private:
  explicit Shelf(UniqueFd folder) : folder_(std::move(folder)) {}
  Result<std::vector<std::string>> names() const;
  Result<std::string> file_of(std::uint64_t number) const;
  std::optional<Generation> look_at(const std::string& file) const;
  std::optional<std::uint64_t> marked() const;

  UniqueFd folder_;
};

/// "sekisho-00000012-20261129-0310-daily.tar".
std::string file_name_of(const Head& head);
/// The number in such a name.
std::optional<std::uint64_t> number_in_name(std::string_view file);

}  // namespace gw::backup
