#include "store/reserve.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/fd.h"

namespace gw::store {
namespace {

constexpr std::uint64_t kBlock = 512;  // what st_blocks counts in

}  // namespace

Result<std::uint64_t> room_left(const std::string& folder) {
  const UniqueFd place(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  struct statvfs state {};
  if (!place || ::fstatvfs(place.get(), &state) != 0) return system_error("fstatvfs(" + folder + ")");
  return std::uint64_t{state.f_bavail} * state.f_frsize;
}

Reserve::Reserve(std::string folder, std::uint64_t octets, const std::string& name)
    : folder_(std::move(folder)), place_(folder_ + "/" + name), octets_(octets) {
  const UniqueFd file(::open(place_.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  struct stat found {};
  if (file && ::fstat(file.get(), &found) == 0 && static_cast<std::uint64_t>(found.st_size) == octets_ &&
      static_cast<std::uint64_t>(found.st_blocks) * kBlock >= octets_)
    state_ = State::whole;
  else
    set_aside();
}

/// None: all of it goes back.
Result<> Reserve::take(std::uint64_t octets) const {
  const UniqueFd file(::open(place_.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file) return system_error("open(reserve)");
  if (::ftruncate(file.get(), 0) != 0) return system_error("ftruncate(reserve)");
  if (octets == 0) return Done{};
  const int code = ::posix_fallocate(file.get(), 0, static_cast<off_t>(octets));
  if (code == 0 && ::fsync(file.get()) == 0) return Done{};
  if (::ftruncate(file.get(), 0) != 0) return system_error("ftruncate(reserve)");
  return Error{ErrorCode::store_full, "the reserve cannot be set aside"};
}

Result<> Reserve::release() {
  state_ = State::spent;
  return take(0);
}

void Reserve::set_aside() {
  if (state_ == State::whole) return;
  const Result<std::uint64_t> left = room_left(folder_);
  if (left && *left >= 2 * octets_ && take(octets_)) state_ = State::whole;
}

}  // namespace gw::store
