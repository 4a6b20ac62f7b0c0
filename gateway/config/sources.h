#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "config/files.h"
#include "config/node.h"

namespace gw::config {

/// What a compilation read: the text and every file it names, private keys excepted, which no compilation
/// reads. Enough to compile the very same configuration again, whatever the files have become since.
struct Sources {
  struct File {
    std::string path{};  ///< as the text names it
    std::vector<std::uint8_t> content{};
  };
  std::string text{};
  std::vector<File> files{};
};

/// Of all files of one configuration together, octets.
inline constexpr std::size_t kMostKept = 64 * 1024 * 1024;
inline constexpr std::size_t kMostKeptFiles = 16 * 1024;
/// Of sources on their way: the files, the text and the paths.
inline constexpr std::size_t kMostSources = 2 * kMostKept;

/// Reads as `read` does and keeps in `into` what it gave, each file once. Fails with file.too_large beyond
/// kMostKept. Borrows `into`.
FileReader keeping(FileReader read, Sources& into);
/// Gives what is in `kept` and nothing else. Borrows it.
FileReader reader_of(const Sources& kept);

template <class Io>
void visit(Io& io, Sources::File& f) {
  io.text(f.path, 4096);
  io.blob(f.content, kMaxFile);
}
template <class Io>
void visit(Io& io, Sources& s) {
  io.text(s.text, kMaxSource);
  io.list(s.files, kMostKeptFiles);
}

}  // namespace gw::config
