#include "bundle/shelf.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <optional>
#include <utility>

#include "backup/envelope.h"
#include "base/jst.h"
#include "base/text.h"
#include "sys/durable_file.h"

namespace gw::bundle {
namespace {

constexpr std::string_view kEnvelope = ".cms", kShown = ".tar", kHead = ".head", kHalf = ".new";
constexpr std::size_t kMostNames = 1'000;
/// Of one of its files: tar and envelope add little.
constexpr std::size_t kMostFile = kMostContent + (1u << 20);

struct FolderCloser {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

std::string name_of(std::uint64_t number, std::string_view ending) {
  return std::to_string(number).append(ending);
}

/// Of a file of a support file, a half one too.
std::optional<std::uint64_t> number_in(std::string_view name) {
  if (name.ends_with(kHalf)) name.remove_suffix(kHalf.size());
  for (const std::string_view ending : {kEnvelope, kShown, kHead})
    if (name.ends_with(ending)) return parse_decimal(name.substr(0, name.size() - ending.size()));
  return std::nullopt;
}

Error unknown(const std::string& what) { return {ErrorCode::bundle_unknown, what}; }

Result<UniqueFd> open_at(int folder, const std::string& file) {
  UniqueFd out(::openat(folder, file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!out) return system_error("open(" + file + ")");
  return out;
}

Result<std::vector<std::uint8_t>> read_at(int folder, const std::string& name) {
  GW_TRY(const UniqueFd file, open_at(folder, name));
  struct stat found {};
  if (::fstat(file.get(), &found) != 0) return system_error("fstat(" + name + ")");
  const auto size = static_cast<std::size_t>(found.st_size);
  if (!S_ISREG(found.st_mode) || size > kMostFile) return Error{ErrorCode::file_too_large, name};
  std::vector<std::uint8_t> out(size);
  for (std::size_t at = 0; at < size;) {
    const ssize_t got = ::read(file.get(), out.data() + at, size - at);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return system_error("read(" + name + ")");
    at += static_cast<std::size_t>(got);
  }
  return out;
}

}  // namespace

std::string file_name_of(const Head& head) {
  std::string time = to_jst_text(head.made).substr(0, sizeof("2026-11-29T03:10") - 1);
  std::erase_if(time, [](char c) { return c == '-' || c == ':'; });
  std::ranges::replace(time, 'T', '-');
  std::array<char, 32> number{};
  std::snprintf(number.data(), number.size(), "%08llu", static_cast<unsigned long long>(head.number));
  return std::string("sekisho-support-") + number.data() + "-" + time + ".tar.cms";
}

Result<Shelf> Shelf::open(UniqueFd folder) {
  Shelf shelf(std::move(folder));
  GW_TRY(shelf.look());
  return shelf;
}

Result<std::vector<std::string>> Shelf::names() const {
  UniqueFd again(::openat(folder_.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!again) return system_error("open(the folder of support files)");
  const std::unique_ptr<DIR, FolderCloser> folder(::fdopendir(again.get()));
  if (!folder) return system_error("fdopendir(the folder of support files)");
  again.release();
  std::vector<std::string> out;
  while (const dirent* entry = ::readdir(folder.get()))
    if (entry->d_name[0] != '.' && out.size() < kMostNames) out.emplace_back(entry->d_name);
  return out;
}

/// The head is written last and goes first: what has none is a rest.
Result<> Shelf::look() {
  GW_TRY(const auto found, names());
  for (const std::string& name : found) {
    if (!name.ends_with(kHead)) continue;
    const auto octets = read_at(folder_.get(), name);
    auto head = octets ? decode<Head>(*octets) : octets.error();
    if (head && name_of(head->number, kHead) == name) heads_.push_back(*std::move(head));
  }
  std::ranges::sort(heads_, {}, &Head::number);
  for (const std::string& name : found) {
    const auto number = number_in(name);
    const bool is_kept = std::ranges::any_of(heads_, [&](const Head& one) { return one.number == number; });
    if (number && (!is_kept || name.ends_with(kHalf))) ::unlinkat(folder_.get(), name.c_str(), 0);
  }
  return Done{};
}

Result<Head> Shelf::find(std::uint64_t number) const {
  const auto found = std::ranges::find(heads_, number, &Head::number);
  if (found == heads_.end()) return unknown("there is no support file " + std::to_string(number));
  return *found;
}

Result<Head> Shelf::put(Head head, std::span<const backup::Member> files,
                        const std::vector<backup::Recipient>& recipients) {
  const auto content = backup::write_tar(files, head.made);
  GW_TRY(const auto envelope, backup::close_envelope(content, recipients));
  head.extent = backup::extent_of(envelope);
  const auto described = encode(head);
  const std::pair<std::string_view, Bytes> parts[] = {
      {kShown, content}, {kEnvelope, envelope}, {kHead, described}};
  for (const auto& [ending, octets] : parts) {
    const Result<> written = sys::write_durably(folder_.get(), name_of(head.number, ending), octets);
    if (written) continue;
    for (const auto& [half, unused] : parts) ::unlinkat(folder_.get(), name_of(head.number, half).c_str(), 0);
    return written.error();
  }
  heads_.push_back(head);
  return head;
}

Result<std::string> Shelf::read(std::uint64_t number, std::string_view file) const {
  GW_TRY(find(number));
  GW_TRY(const auto octets, read_at(folder_.get(), name_of(number, kShown)));
  GW_TRY(const auto members, backup::read_tar(octets));
  for (const backup::Member& one : members)
    if (one.name == file) return std::string(as_text(one.content));
  return unknown("it has no file of that name");
}

Result<UniqueFd> Shelf::open_file(std::uint64_t number) const {
  GW_TRY(find(number));
  return open_at(folder_.get(), name_of(number, kEnvelope));
}

Result<Head> Shelf::remove(std::uint64_t number) {
  GW_TRY(Head head, find(number));
  for (const std::string_view ending : {kHead, kShown, kEnvelope})
    if (::unlinkat(folder_.get(), name_of(number, ending).c_str(), 0) != 0 && errno != ENOENT)
      return system_error("unlink(" + name_of(number, ending) + ")");
  if (::fsync(folder_.get()) != 0) return system_error("fsync(the folder of support files)");
  std::erase_if(heads_, [&](const Head& one) { return one.number == number; });
  return head;
}

}  // namespace gw::bundle
