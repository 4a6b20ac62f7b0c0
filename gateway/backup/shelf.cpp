#include "backup/shelf.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>

#include "base/jst.h"
#include "base/text.h"
#include "sys/durable_file.h"

namespace gw::backup {
namespace {

constexpr std::string_view kPrefix = "sekisho-", kSuffix = ".tar", kHalf = ".new";
constexpr const char* kMark = "last-good";
constexpr std::size_t kNumberDigits = 8, kMostNames = 10'000;

struct FolderCloser {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

/// What is read from a descriptor, `most` octets at most.
Result<std::vector<std::uint8_t>> read_up_to(int file, std::size_t most) {
  std::vector<std::uint8_t> out(most);
  std::size_t size = 0;
  while (size < most) {
    const ssize_t got = ::read(file, out.data() + size, most - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error("read(a backup)");
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  out.resize(size);
  return out;
}

Result<std::uint64_t> size_of(int file) {
  struct stat found {};
  if (::fstat(file, &found) != 0) return system_error("fstat(a backup)");
  if (!S_ISREG(found.st_mode)) return Error{ErrorCode::backup_damaged, "it is no file"};
  return static_cast<std::uint64_t>(found.st_size);
}

Result<UniqueFd> open_at(int folder, const std::string& file) {
  UniqueFd out(::openat(folder, file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!out) return system_error("open(" + file + ")");
  return out;
}

}  // namespace

std::string file_name_of(const Head& head) {
  std::string time = to_jst_text(head.made).substr(0, sizeof("2026-11-29T03:10") - 1);
  std::erase_if(time, [](char c) { return c == '-' || c == ':'; });
  std::ranges::replace(time, 'T', '-');
  std::array<char, 32> number{};
  std::snprintf(number.data(), number.size(), "%0*llu", static_cast<int>(kNumberDigits),
                static_cast<unsigned long long>(head.number));
  return std::string(kPrefix) + number.data() + "-" + time + "-" + std::string(to_string(head.kind)) +
         std::string(kSuffix);
}

std::optional<std::uint64_t> number_in_name(std::string_view file) {
  if (!file.starts_with(kPrefix) || !file.ends_with(kSuffix)) return std::nullopt;
  std::string_view digits = file.substr(kPrefix.size(), file.find('-', kPrefix.size()) - kPrefix.size());
  if (digits.size() < kNumberDigits) return std::nullopt;
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  return parse_decimal(digits);
}

Result<Shelf> Shelf::open(UniqueFd folder) {
  Shelf shelf(std::move(folder));
  GW_TRY(const auto names, shelf.names());
  for (const std::string& name : names)
    if (name.ends_with(kHalf)) ::unlinkat(shelf.folder_.get(), name.c_str(), 0);
  return shelf;
}

/// In their order, which is that of the numbers.
Result<std::vector<std::string>> Shelf::names() const {
  UniqueFd again(::openat(folder_.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!again) return system_error("open(the folder of backups)");
  const std::unique_ptr<DIR, FolderCloser> folder(::fdopendir(again.get()));
  if (!folder) return system_error("fdopendir(the folder of backups)");
  again.release();
  std::vector<std::string> out;
  while (const dirent* entry = ::readdir(folder.get()))
    if (out.size() < kMostNames) out.emplace_back(entry->d_name);
  std::ranges::sort(out);
  return out;
}

/// Nothing: it is damaged.
std::optional<Generation> Shelf::look_at(const std::string& file) const {
  const auto opened = open_at(folder_.get(), file);
  if (!opened) return std::nullopt;
  const auto size = size_of(opened->get());
  const auto front = read_up_to(opened->get(), kMostFront);
  const auto container = front ? read_container_front(*front) : front.error();
  const auto seal = container ? parse_seal(container->seal) : std::nullopt;
  if (!size || !seal || file_name_of(seal->head) != file || file_size_of(*container, *seal) != *size)
    return std::nullopt;
  return Generation{file, seal->head, *size};
}

Result<Listing> Shelf::list() const {
  GW_TRY(const auto found, names());
  Listing out;
  for (const std::string& file : found) {
    const auto number = number_in_name(file);
    if (!number) continue;
    if (auto generation = look_at(file))
      out.generations.push_back(*std::move(generation));
    else
      out.damaged.push_back({file, *number});
  }
  const auto mark = marked();
  const auto is_marked = [&](const Generation& one) { return one.head.number == mark; };
  if (mark && std::ranges::any_of(out.generations, is_marked)) out.last_good = mark;
  std::ranges::sort(out.generations, {}, [](const Generation& one) { return one.head.number; });
  return out;
}

Result<std::uint64_t> Shelf::next_number() const {
  GW_TRY(const auto found, names());
  std::uint64_t last = marked().value_or(0);
  for (const std::string& file : found) last = std::max(last, number_in_name(file).value_or(0));
  return last + 1;
}

Result<Generation> Shelf::put(const Head& head, Bytes container) {
  const std::string file = file_name_of(head);
  GW_TRY(sys::write_durably(folder_.get(), file, container));
  return Generation{file, head, container.size()};
}

Result<std::string> Shelf::file_of(std::uint64_t number) const {
  GW_TRY(const auto found, names());
  for (const std::string& file : found)
    if (number_in_name(file) == number) return file;
  return Error{ErrorCode::backup_unknown, "there is no backup " + std::to_string(number) + "; see the list"};
}

Result<> Shelf::remove(std::uint64_t number) {
  GW_TRY(const std::string file, file_of(number));
  if (::unlinkat(folder_.get(), file.c_str(), 0) != 0) return system_error("unlink(" + file + ")");
  if (::fsync(folder_.get()) != 0) return system_error("fsync(the folder of backups)");
  return Done{};
}

Result<UniqueFd> Shelf::open_file(std::uint64_t number) const {
  GW_TRY(const std::string file, file_of(number));
  return open_at(folder_.get(), file);
}

Result<std::vector<std::uint8_t>> Shelf::read(std::uint64_t number) const {
  GW_TRY(const UniqueFd file, open_file(number));
  GW_TRY(const std::uint64_t size, size_of(file.get()));
  if (size > kMostContainer) return Error{ErrorCode::backup_damaged, "it is larger than any backup"};
  return read_up_to(file.get(), size);
}

std::optional<std::uint64_t> Shelf::marked() const {
  const auto file = open_at(folder_.get(), kMark);
  const auto octets = file ? read_up_to(file->get(), 32) : file.error();
  return octets ? parse_decimal(as_text(*octets)) : std::nullopt;
}

Result<> Shelf::mark_good(std::uint64_t number) {
  GW_TRY(file_of(number));
  return sys::write_durably(folder_.get(), kMark, as_bytes(std::to_string(number)));
}

}  // namespace gw::backup
