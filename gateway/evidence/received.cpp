#include "evidence/received.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "backup/tar.h"
#include "base/fd.h"

namespace gw::evidence {
namespace {

constexpr std::size_t kMostOctets = 256u << 20, kMostFiles = 10'000;
const Error kTooLarge{ErrorCode::file_too_large, "it is larger than evidence is"};

Result<std::string> read_all(int file) {
  std::string out;
  for (std::string piece(1u << 16, '\0');;) {
    const ssize_t size = ::read(file, piece.data(), piece.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return system_error("read");
    if (size == 0) return out;
    out.append(piece, 0, static_cast<std::size_t>(size));
    if (out.size() > kMostOctets) return kTooLarge;
  }
}

Result<std::string> read_file(const std::string& path) {
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return system_error("open");
  return read_all(file.get());
}

/// Of an entry of a folder: empty if it is no plain file. No link is followed, and nothing is waited for.
Result<std::string> read_entry(const std::filesystem::directory_entry& entry) {
  std::error_code problem;
  if (entry.symlink_status(problem).type() != std::filesystem::file_type::regular) return std::string();
  const UniqueFd file(::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!file && errno == ELOOP) return std::string();
  if (!file) return system_error("open");
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return system_error("fstat");
  return S_ISREG(status.st_mode) ? read_all(file.get()) : std::string();
}

Result<std::vector<File>> unpack(const std::string& archive) {
  GW_TRY(const auto members, backup::read_tar(as_bytes(archive)));
  std::vector<File> out;
  for (const backup::Member& member : members)
    out.push_back({member.name, std::string(as_text(member.content))});
  return out;
}

/// What is no plain file has no content, which no file of evidence is without: it is told as changed or
/// added.
Result<std::vector<File>> read_folder(const std::string& path) {
  std::vector<File> out;
  std::size_t octets = 0;
  std::error_code problem;
  std::filesystem::directory_iterator entries(path, problem);
  for (; !problem && entries != std::filesystem::directory_iterator(); entries.increment(problem)) {
    File file{entries->path().filename().string(), {}};
    GW_TRY(file.content, read_entry(*entries));
    octets += file.content.size();
    out.push_back(std::move(file));
    if (octets > kMostOctets || out.size() > kMostFiles) return kTooLarge;
  }
  if (problem) return system_error("read", problem.value());
  return out;
}

}  // namespace

Result<std::vector<File>> received(const std::string& path) {
  std::error_code problem;
  if (!path.empty() && std::filesystem::is_directory(path, problem)) return read_folder(path);
  GW_TRY(const std::string archive, path.empty() ? read_all(STDIN_FILENO) : read_file(path));
  return unpack(archive);
}

}  // namespace gw::evidence
