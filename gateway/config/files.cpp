#include "config/files.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace gw::config {
namespace {

Error unreadable(int error_number) {
  return {ErrorCode::file_unreadable, std::generic_category().message(error_number)};
}

Result<std::string> read_beneath(int directory, const std::string& path) {
  open_how how{};
  how.flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  UniqueFd file(static_cast<int>(::syscall(SYS_openat2, directory, path.c_str(), &how, sizeof how)));
  if (!file && errno == EXDEV)
    return Error{ErrorCode::file_unreadable, "it leads out of the configuration's directory"};
  if (!file) return unreadable(errno);
  return read_file(file.get(), kMaxFile);
}

}  // namespace

FileReader reader_beneath(int directory) {
  return [directory](const std::string& path) { return read_beneath(directory, path); };
}

Result<std::string> read_file(int fd, std::size_t most) {
  struct stat facts {};
  if (::fstat(fd, &facts) != 0) return unreadable(errno);
  if (!S_ISREG(facts.st_mode)) return Error{ErrorCode::file_unreadable, "it is not a regular file"};
  std::string content;
  for (;;) {
    char piece[16 * 1024];
    const ssize_t got = ::read(fd, piece, sizeof piece);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return unreadable(errno);
    if (got == 0) return content;
    content.append(piece, static_cast<std::size_t>(got));
    if (content.size() > most)
      return Error{ErrorCode::file_too_large, "it is larger than " + std::to_string(most / 1024) + " KiB"};
  }
}

}  // namespace gw::config
