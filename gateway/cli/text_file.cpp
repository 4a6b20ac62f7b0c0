#include "cli/text_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
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
  // The mode as it was asked for, whatever the mask of the caller is.
  if (::fchmod(file.get(), mode) == 0 && write_all(file.get(), content) && ::fsync(file.get()) == 0 &&
      sync_directory(path))
    return Done{};
  const Error error = failed(path);
  ::unlink(path.c_str());
  return error;
}

Result<> write_in_place(const std::string& path, std::string_view content, mode_t mode) {
  const std::string fresh = path + ".new", previous = path + ".previous";
  ::unlink(fresh.c_str());  // what a killed attempt left
  GW_TRY(write_new(fresh, content, mode));
  ::unlink(previous.c_str());
  const bool kept = ::link(path.c_str(), previous.c_str()) == 0 || errno == ENOENT;
  if (kept && ::rename(fresh.c_str(), path.c_str()) == 0 && sync_directory(path)) return Done{};
  const Error error = failed(path);
  ::unlink(fresh.c_str());
  return error;
}

}  // namespace gw::cli
