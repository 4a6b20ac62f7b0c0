#include "control/image_shelf.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>
#include <utility>
#include <vector>

#include "base/text.h"

namespace gw::control {
namespace {

/// What is read in one step, and what is written before the disk has to have it: a few tens of milliseconds.
constexpr std::uint64_t kLookAtOnce = 4u << 20, kUnsynced = 1u << 20;

struct FolderCloser {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

std::vector<std::string> names_in(int folder) {
  std::vector<std::string> out;
  UniqueFd again(::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  const std::unique_ptr<DIR, FolderCloser> open(again ? ::fdopendir(again.get()) : nullptr);
  if (!open) return out;
  again.release();
  while (const dirent* entry = ::readdir(open.get()))
    if (entry->d_name[0] != '.') out.emplace_back(entry->d_name);
  return out;
}

Result<> write_at(int file, std::uint64_t at, Bytes octets) {
  while (!octets.empty()) {
    const ssize_t done = ::pwrite(file, octets.data(), octets.size(), static_cast<off_t>(at));
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return system_error("write(an image)");
    at += static_cast<std::uint64_t>(done);
    octets = octets.subspan(static_cast<std::size_t>(done));
  }
  return Done{};
}

}  // namespace

std::string_view ImageShelf::word_of(Stage stage) {
  constexpr std::string_view kWords[] = {"none", "looking", "fetching", "no_room", "whole", "unfit"};
  return kWords[static_cast<std::size_t>(stage)];
}

void ImageShelf::want(const std::string& sha256) {
  if (std::exchange(is_begun_, true) && sha256 == sha256_) return;
  sha256_ = sha256;
  tries_ = 0;
  stage_ = Stage::none;
  file_.reset();
  is_asked_ = is_named_ = false;
  have_ = whole_ = 0;
  clear_but(sha256.empty() ? std::string() : part());
  if (!sha256.empty()) find();
}

/// One that was whole stays until it was looked through: it may be of this one.
void ImageShelf::clear_but(const std::string& kept) const {
  for (const std::string& name : names_in(folder_.get()))
    if (name != kept && (name != kWhole || kept.empty())) ::unlinkat(folder_.get(), name.c_str(), 0);
}

bool ImageShelf::open(const std::string& name, int flags) {
  file_ = UniqueFd(::openat(folder_.get(), name.c_str(), O_RDWR | O_NOFOLLOW | O_CLOEXEC | flags, 0600));
  struct stat found {};
  if (file_ && (::fstat(file_.get(), &found) != 0 || !S_ISREG(found.st_mode))) file_.reset();
  have_ = file_ ? static_cast<std::uint64_t>(found.st_size) : 0;
  return static_cast<bool>(file_);
}

/// What a former run has left, whose size is not known, may be all of it.
void ImageShelf::find() {
  is_named_ = open(kWhole, 0);
  if (is_named_ || (open(part(), 0) && have_ != 0)) return look();
  begin_anew();
}

void ImageShelf::begin_anew() {
  for (const std::string& name : {std::string(kWhole), part()}) ::unlinkat(folder_.get(), name.c_str(), 0);
  is_asked_ = is_named_ = false;
  file_.reset();
  have_ = whole_ = unsynced_ = 0;
  stage_ = tries_ < kMostTries ? Stage::fetching : Stage::unfit;
}

bool ImageShelf::has_room() const {
  struct statvfs state {};
  if (::fstatvfs(folder_.get(), &state) != 0) return false;
  const std::uint64_t left = std::uint64_t{state.f_bavail} * state.f_frsize;
  return left >= leave_ + (whole_ > have_ ? whole_ - have_ : 0);
}

ipc::noc::Image ImageShelf::next() {
  is_asked_ = false;
  if (stage_ != Stage::fetching && stage_ != Stage::no_room) return {};
  stage_ = has_room() ? Stage::fetching : Stage::no_room;
  if (stage_ == Stage::no_room) return {};
  is_asked_ = true;
  return {sha256_, have_};
}

Result<> ImageShelf::put(const ipc::noc::ImagePiece& piece) {
  if (!is_asked_ || stage_ != Stage::fetching || piece.at != have_) return Done{};
  if (piece.octets.size() > piece.whole || piece.at > piece.whole - piece.octets.size()) {
    if (!piece.octets.empty()) return Error{ErrorCode::channel_out_of_phase, "more than the image has"};
    tries_ += 1;  // what is here is longer than it is there
    begin_anew();
    return Done{};
  }
  whole_ = piece.whole;
  if (whole_ > kMostImage) {
    tries_ = kMostTries;
    begin_anew();
    return Done{};
  }
  if (!add(piece)) stage_ = Stage::no_room;
  return Done{};
}

/// What was written before a piece that was not stays.
Result<> ImageShelf::add(const ipc::noc::ImagePiece& piece) {
  if (!file_ && !open(part(), O_CREAT)) return system_error("open(an image)");
  GW_TRY(write_at(file_.get(), have_, piece.octets));
  have_ += piece.octets.size();
  unsynced_ += piece.octets.size();
  if (unsynced_ >= kUnsynced || have_ == whole_) {
    if (::fdatasync(file_.get()) != 0) return system_error("fdatasync(an image)");
    unsynced_ = 0;
  }
  if (have_ == whole_) look();
  return Done{};
}

// ---------------------------------------------------------------- is it the one?

void ImageShelf::look() {
  stage_ = Stage::looking;
  looked_ = 0;
  digest_.emplace();
}

/// What cannot be read back or named is fetched anew as what came out wrong is, and no more often.
void ImageShelf::step() {
  if (!is_looking() || look_some()) return;
  tries_ += 1;
  begin_anew();
}

Result<> ImageShelf::look_some() {
  std::array<std::uint8_t, 64u << 10> some{};
  for (const std::uint64_t until = looked_ + kLookAtOnce; looked_ < until;) {
    const ssize_t got = ::pread(file_.get(), some.data(), some.size(), static_cast<off_t>(looked_));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error("read(an image)");
    if (got == 0) return judge();
    digest_->add(Bytes(some.data(), static_cast<std::size_t>(got)));
    looked_ += static_cast<std::uint64_t>(got);
  }
  return Done{};
}

/// What is not whole yet, as a former run left it, is gone on with.
Result<> ImageShelf::judge() {
  const bool is_it = to_hex(digest_->end()) == sha256_;
  const bool was_whole = is_named_ || have_ == whole_;
  if (!is_it && !was_whole) {
    stage_ = Stage::fetching;
    return Done{};
  }
  if (!is_it) {
    if (!is_named_) tries_ += 1;
    begin_anew();
    return Done{};
  }
  if (!is_named_) {
    if (::fsync(file_.get()) != 0) return system_error("fsync(an image)");
    if (::renameat(folder_.get(), part().c_str(), folder_.get(), kWhole) != 0)
      return system_error("rename(an image)");
    if (::fsync(folder_.get()) != 0) return system_error("fsync(the folder of images)");
  }
  file_.reset();
  whole_ = have_;
  stage_ = Stage::whole;
  return Done{};
}

}  // namespace gw::control
