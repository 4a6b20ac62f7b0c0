#include "erase/luks.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <memory>
#include <vector>

#include "base/check.h"
#include "base/fd.h"

namespace gw::erase {
namespace {

constexpr std::size_t kPiece = 1u << 20, kAlignment = 4096;
constexpr std::string_view kMagic{"LUKS\xba\xbe", 6}, kCopysMagic{"SKUL\xba\xbe", 6};
constexpr std::size_t kLeastCopyAt = 0x4000, kMostCopyAt = 0x400000;  // and each power of two between
constexpr std::size_t kBlock = 512;
constexpr std::string_view kMarks[] = {"sekisho-erase reset\n", "sekisho-erase dispose\n"};
constexpr std::size_t kVersionAt = 6, kSizeAt = 8, kUuidAt = 168, kUuidSize = 40, kBinary = 4096;

/// Memory as O_DIRECT wants it.
using Piece = std::unique_ptr<std::uint8_t, decltype(&std::free)>;
Piece piece() {
  Piece out(static_cast<std::uint8_t*>(std::aligned_alloc(kAlignment, kPiece)), &std::free);
  GW_CHECK(out != nullptr, "a megabyte is there");
  return out;
}

std::uint64_t number_at(Bytes head, std::size_t at, std::size_t width) {
  std::uint64_t out = 0;
  for (std::size_t octet = 0; octet < width; ++octet) out = out << 8 | head[at + octet];
  return out;
}

/// The number in quotes behind `key`, from `at` on.
std::uint64_t quoted_behind(std::string_view text, std::string_view key, std::size_t at) {
  at = text.find(key, at);
  if (at == text.npos) return 0;
  std::uint64_t out = 0;
  std::from_chars(text.data() + at + key.size(), text.data() + text.size(), out);
  return out;
}

Result<UniqueFd> open_device(const std::string& path, int flags) {
  UniqueFd file(::open(path.c_str(), flags | O_CLOEXEC));
  if (!file) return system_error("open(" + path + ")");
  return file;
}

Result<std::uint64_t> end_on(int device, std::uint64_t wanted) {
  const off_t size = ::lseek(device, 0, SEEK_END);
  if (size < 0) return system_error("lseek");
  return std::min(wanted, static_cast<std::uint64_t>(size));
}

enum class Fill : std::uint8_t { random, zeros };
Result<> write_all(int device, std::uint64_t begin, std::uint64_t end, Fill fill) {
  const Piece octets = piece();
  std::fill_n(octets.get(), kPiece, std::uint8_t{0});
  for (std::uint64_t at = begin; at < end;) {
    const std::size_t size = std::min<std::uint64_t>(kPiece, end - at);
    for (std::size_t done = 0; fill == Fill::random && done < size; done += 256)
      if (::getrandom(octets.get() + done, std::min<std::size_t>(256, size - done), 0) < 0)
        return system_error("getrandom");
    const ssize_t written = ::pwrite(device, octets.get(), size, static_cast<off_t>(at));
    if (written <= 0) return system_error("pwrite");
    at += static_cast<std::uint64_t>(written);
  }
  if (::fsync(device) != 0) return system_error("fsync");
  return Done{};
}

}  // namespace

Result<Volume> read_volume(Bytes head) {
  const std::string_view text = as_text(head);
  if (head.size() < kBinary || !text.starts_with(kMagic) || number_at(head, kVersionAt, 2) != 2)
    return Error{ErrorCode::text_malformed, "no LUKS2 volume begins there"};
  const std::string_view uuid = text.substr(kUuidAt, kUuidSize);
  const std::uint64_t size = number_at(head, kSizeAt, 8);
  const std::string_view described = text.substr(kBinary, size > kBinary ? size - kBinary : 0);
  const std::size_t segments = described.find("\"segments\"");
  const std::uint64_t data =
      segments == described.npos ? 0 : quoted_behind(described, "\"offset\":\"", segments);
  if (data <= size)
    return Error{ErrorCode::text_malformed, "the LUKS2 volume does not say where its data begin"};
  return Volume{std::string(uuid.substr(0, uuid.find('\0'))), data};
}

bool has_header(Bytes head) {
  const std::string_view text = as_text(head);
  if (text.starts_with(kMagic)) return true;
  for (std::size_t at = kLeastCopyAt; at <= kMostCopyAt && at < text.size(); at *= 2)
    if (text.substr(at).starts_with(kCopysMagic)) return true;
  return false;
}

Result<> begin_erasing(const std::string& device, Mark mark) {
  GW_TRY(const UniqueFd file, open_device(device, O_WRONLY));
  std::vector<std::uint8_t> head(kHead);
  std::ranges::copy(kMarks[static_cast<std::size_t>(mark)], head.begin() + kBlock);
  if (::pwrite(file.get(), head.data(), head.size(), 0) != static_cast<ssize_t>(head.size()))
    return system_error("pwrite(" + device + ")");
  if (::fsync(file.get()) != 0) return system_error("fsync(" + device + ")");
  return Done{};
}

std::optional<Mark> begun(Bytes head) {
  const bool is_gone = head.size() > kBlock && std::all_of(head.begin(), head.begin() + kBlock,
                                                           [](std::uint8_t octet) { return octet == 0; });
  if (!is_gone || has_header(head)) return std::nullopt;
  const bool is_given_away = as_text(head).substr(kBlock).starts_with(kMarks[1]);
  return is_given_away ? Mark::disposal : Mark::reset;
}

Result<> overwrite_behind_mark(const std::string& device, std::uint64_t end) {
  GW_TRY(const UniqueFd file, open_device(device, O_WRONLY));
  GW_TRY(const std::uint64_t there, end_on(file.get(), end));
  const std::uint64_t head = std::min<std::uint64_t>(there, kHead);
  GW_TRY(write_all(file.get(), head, there, Fill::random));
  // Flash keeps what was there until it is told that nobody wants it; not every disk can be told.
  std::uint64_t range[2] = {head, there - head};
  static_cast<void>(::ioctl(file.get(), BLKDISCARD, &range));
  return write_all(file.get(), head, there, Fill::zeros);
}

Result<> remove_mark(const std::string& device) {
  GW_TRY(const UniqueFd file, open_device(device, O_WRONLY));
  GW_TRY(const std::uint64_t head, end_on(file.get(), kHead));
  return write_all(file.get(), 0, head, Fill::zeros);
}

Result<bool> is_blank(const std::string& device, std::uint64_t end) {
  UniqueFd file(::open(device.c_str(), O_RDONLY | O_DIRECT | O_CLOEXEC));
  if (!file) {
    GW_TRY(file, open_device(device, O_RDONLY));
  }
  static_cast<void>(::ioctl(file.get(), BLKFLSBUF, 0));
  GW_TRY(const std::uint64_t there, end_on(file.get(), end));
  const Piece octets = piece();
  for (std::uint64_t at = 0; at < there;) {
    const ssize_t got = ::pread(file.get(), octets.get(), kPiece, static_cast<off_t>(at));
    if (got <= 0) return system_error("pread");
    if (std::any_of(octets.get(),
                    octets.get() + std::min<std::uint64_t>(static_cast<std::uint64_t>(got), there - at),
                    [](std::uint8_t octet) { return octet != 0; }))
      return false;
    at += static_cast<std::uint64_t>(got);
  }
  return true;
}

}  // namespace gw::erase
