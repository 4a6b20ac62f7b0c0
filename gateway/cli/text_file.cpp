#include "cli/text_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <system_error>

#include "base/fd.h"
#include "cli/output.h"
#include "config/files.h"

namespace gw::cli {
namespace {

Error failed(const std::string& path) {
  return {ErrorCode::file_unreadable, path + ": " + std::generic_category().message(errno)};
}

std::string directory_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

bool write_all(int file, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(file, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// The directory itself, so that the file's name outlives a power loss.
bool sync_directory(const std::string& path) {
  const UniqueFd directory(::open(directory_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return directory && ::fsync(directory.get()) == 0;
}

/// The content as it was asked for, whatever the mask of the caller is, and on the disk.
bool fill(int file, std::string_view content, mode_t mode) {
  return ::fchmod(file, mode) == 0 && write_all(file, content) && ::fsync(file) == 0;
}

/// A file of its own beside `path`, so that whoever writes there at the same time does not meet it.
Result<std::string> write_beside(const std::string& path, std::string_view content, mode_t mode) {
  std::string beside = path + ".new.XXXXXX";
  const UniqueFd file(::mkostemp(beside.data(), O_CLOEXEC));
  if (!file) return failed(path);
  if (fill(file.get(), content, mode)) return beside;
  const Error error = failed(path);
  ::unlink(beside.c_str());
  return error;
}

/// Gives what is at `path`, if anything, the name PATH.previous too, by way of a name that nobody else uses.
bool keep_previous(const std::string& path, const std::string& by_way_of) {
  if (::link(path.c_str(), by_way_of.c_str()) != 0) return errno == ENOENT;
  const bool kept = ::rename(by_way_of.c_str(), (path + ".previous").c_str()) == 0;
  const int error_number = errno;
  ::unlink(by_way_of.c_str());  // a rename between two names of one file leaves both
  errno = error_number;
  return kept;
}

}  // namespace

std::optional<std::string> read_text(const std::string& path) {
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!file) {
    complain(failed(path).detail);
    return std::nullopt;
  }
  auto content = config::read_file(file.get(), config::kMaxFile);
  if (!content) complain(path + ": " + content.error().detail);
  return content ? std::optional(*std::move(content)) : std::nullopt;
}

Result<> write_new(const std::string& path, std::string_view content, mode_t mode) {
  const UniqueFd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode));
  if (!file && errno == EEXIST)
    return Error{ErrorCode::file_unreadable, path + " is there already, and nothing is written over it"};
  if (!file) return failed(path);
  if (fill(file.get(), content, mode) && sync_directory(path)) return Done{};
  const Error error = failed(path);
  ::unlink(path.c_str());
  return error;
}

Result<> write_in_place(const std::string& path, std::string_view content, mode_t mode) {
  Result<std::string> fresh = write_beside(path, content, mode);
  if (!fresh) return std::move(fresh).error();
  if (keep_previous(path, *fresh + ".old") && ::rename(fresh->c_str(), path.c_str()) == 0 &&
      sync_directory(path))
    return Done{};
  const Error error = failed(path);
  ::unlink(fresh->c_str());
  return error;
}

}  // namespace gw::cli
