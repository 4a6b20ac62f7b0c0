#include "cli/session_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

#include "base/text.h"
#include "pki/running_sha256.h"

namespace gw::cli {
namespace {

constexpr std::size_t kMost = 512;         // octets of the file
constexpr std::size_t kSocketDigits = 16;  // of its path's digest
constexpr const char* kElsewhere = "/run";

Error unsafe(const std::string& path, const char* why) {
  return {ErrorCode::file_unreadable, path + " " + why};
}

/// Nobody else may put anything there, and what is there is the caller's own.
Result<struct stat> own(int fd, const std::string& path) {
  struct stat is {};
  if (::fstat(fd, &is) != 0) return system_error("fstat(" + path + ")");
  if (is.st_uid != ::geteuid()) return unsafe(path, "is somebody else's");
  return is;
}

Result<UniqueFd> open_folder(int at, const std::string& path, mode_t others) {
  UniqueFd folder(::openat(at, path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!folder) return system_error("open(" + path + ")");
  GW_TRY(const struct stat is, own(folder.get(), path));
  if ((is.st_mode & others) != 0) return unsafe(path, "is open to others");
  return folder;
}

Result<UniqueFd> make_folder(const UniqueFd& above, const std::string& name) {
  if (::mkdirat(above.get(), name.c_str(), 0700) != 0 && errno != EEXIST)
    return system_error("mkdir(" + name + ")");
  return open_folder(above.get(), name, 0077);
}

/// The folder of $XDG_RUNTIME_DIR is there for whoever signed in at the machine; behind sudo it may be
/// another's.
Result<UniqueFd> folder() {
  const char* given = std::getenv("XDG_RUNTIME_DIR");
  if (given != nullptr && *given == '/')
    if (const auto runtime = open_folder(AT_FDCWD, given, 0077)) return make_folder(*runtime, "sekisho");
  GW_TRY(const UniqueFd run, open_folder(AT_FDCWD, kElsewhere, 0022));
  return make_folder(run, "sekisho-cli-" + std::to_string(::geteuid()));
}

/// The person's own number; of one who became root by sudo that of before.
std::string person() {
  const char* before = ::geteuid() == 0 ? std::getenv("SUDO_UID") : nullptr;
  const auto number = before != nullptr ? parse_decimal(before) : std::nullopt;
  return std::to_string(number.value_or(::geteuid()));
}

std::string digits_of(const std::string& socket_path) {
  std::array<char, 4096> whole{};
  const bool is_there = ::realpath(socket_path.c_str(), whole.data()) != nullptr;
  pki::RunningSha256 digest;
  digest.add(as_bytes(is_there ? std::string_view(whole.data()) : std::string_view(socket_path)));
  return to_hex(digest.end()).substr(0, kSocketDigits);
}

bool is_hex(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

Result<SessionFile> SessionFile::open(const std::string& socket_path) {
  GW_TRY(UniqueFd made, folder());
  return SessionFile(std::move(made), "session-" + person() + "-" + digits_of(socket_path));
}

std::optional<SessionFile::Kept> SessionFile::read() const {
  const UniqueFd file(::openat(folder_.get(), name_.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
  if (!file) return std::nullopt;
  const auto is = own(file.get(), name_);
  if (!is || !S_ISREG(is->st_mode) || (is->st_mode & 0077) != 0) return std::nullopt;
  std::array<char, kMost> octets{};
  const ssize_t size = ::read(file.get(), octets.data(), octets.size());
  const std::string_view text(octets.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
  const std::size_t first = text.find('\n');
  std::optional<Kept> out;
  if (first != std::string_view::npos && text.ends_with('\n') && first + 1 < text.size()) {
    const std::string_view token = text.substr(0, first),
                           csrf = text.substr(first + 1, text.size() - first - 2);
    if (is_hex(token) && is_hex(csrf)) out = Kept{Secret(std::string(token)), Secret(std::string(csrf))};
  }
  wipe(octets.data(), octets.size());
  return out;
}

Result<> SessionFile::write(const Kept& kept) const {
  const std::string next = name_ + "." + std::to_string(::getpid());
  const UniqueFd file(
      ::openat(folder_.get(), next.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file) return system_error("open(" + next + ")");
  for (const std::string_view part :
       {kept.token.view(), std::string_view("\n"), kept.csrf.view(), std::string_view("\n")})
    if (::write(file.get(), part.data(), part.size()) != static_cast<ssize_t>(part.size())) {
      const Error why = system_error("write(" + next + ")");
      ::unlinkat(folder_.get(), next.c_str(), 0);
      return why;
    }
  if (::renameat(folder_.get(), next.c_str(), folder_.get(), name_.c_str()) != 0)
    return system_error("rename(" + next + ")");
  return Done{};
}

void SessionFile::remove() const { ::unlinkat(folder_.get(), name_.c_str(), 0); }

}  // namespace gw::cli
