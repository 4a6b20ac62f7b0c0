#include "copying.h"

#include <fcntl.h>
#include <unistd.h>

#include "backup/shelf.h"
#include "base/fd.h"
#include "folders.h"
#include "sys/durable_file.h"

namespace gw::oneshots {
namespace {

/// What was written is not to be answered from memory.
Result<> forget_pages(const std::string& path) {
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file || ::syncfs(file.get()) != 0) return system_error("syncfs(" + path + ")");
  ::posix_fadvise(file.get(), 0, 0, POSIX_FADV_DONTNEED);
  return Done{};
}

}  // namespace

Result<std::string> copy_into(const BackupFile& file, const std::string& folder) {
  const UniqueFd place(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!place) return Error{ErrorCode::file_unreadable, system_error("open(" + folder + ")").detail};
  const std::string name = backup::file_name_of(file.opened.report.seal->head);
  const std::string path = folder + "/" + name;
  if (::access(path.c_str(), F_OK) == 0)
    return Error{ErrorCode::restore_not_empty, path + " is there already; nothing is written over"};
  GW_TRY(sys::write_durably(place.get(), name, file.octets));
  GW_TRY(forget_pages(path));
  GW_TRY(const auto again, read_file_at(path, backup::kMostContainer));
  if (again != file.octets)
    return Error{ErrorCode::backup_damaged, path + " is not what was written; take another medium"};
  return path;
}

}  // namespace gw::oneshots
