#include "cli/reserved_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>

namespace gw::cli {

Result<ReservedFile> ReservedFile::make(const std::string& path, mode_t mode) {
  UniqueFd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (!file) return Error{ErrorCode::file_unreadable, system_error(path.c_str()).detail};
  return ReservedFile(path, std::move(file));
}

ReservedFile::ReservedFile(ReservedFile&& other) noexcept
    : path_(std::exchange(other.path_, {})), file_(std::move(other.file_)) {}

ReservedFile::~ReservedFile() {
  if (!path_.empty()) ::unlink(path_.c_str());
}

Result<> ReservedFile::write(std::string_view content) {
  const ssize_t written = ::write(file_.get(), content.data(), content.size());
  if (written != static_cast<ssize_t>(content.size()) || ::fsync(file_.get()) != 0)
    return Error{ErrorCode::file_unreadable, system_error(path_.c_str()).detail};
  path_.clear();
  return Done{};
}

}  // namespace gw::cli
