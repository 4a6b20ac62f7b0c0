#include "sys/slate.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "base/check.h"

namespace gw::sys {
namespace {

constexpr std::size_t kHead = 8, kSum = 4;  // sum over all that follows it, size, both big-endian
using Whole = std::array<std::uint8_t, kHead + kMostSlate>;

void put(std::uint8_t* at, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) *at++ = static_cast<std::uint8_t>(number >> shift);
}
std::uint32_t get(const std::uint8_t* at) {
  return std::uint32_t{at[0]} << 24 | std::uint32_t{at[1]} << 16 | std::uint32_t{at[2]} << 8 | at[3];
}

/// FNV-1a: tells an old half from a new one, and is no wall against anybody.
std::uint32_t sum_of(const std::uint8_t* begin, const std::uint8_t* end) {
  std::uint32_t sum = 2166136261u;
  for (; begin != end; ++begin) sum = (sum ^ *begin) * 16777619u;
  return sum;
}

int flags_of(SlateUse use) { return use == SlateUse::read ? O_RDONLY : O_RDWR; }

}  // namespace

Result<UniqueFd> make_slate(const std::string& path, SlateUse use) {
  UniqueFd file(::open(path.c_str(), flags_of(use) | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file) return system_error("open(" + path + ")");
  return file;
}

UniqueFd find_slate(const std::string& path, SlateUse use) {
  return UniqueFd(::open(path.c_str(), flags_of(use) | O_NOFOLLOW | O_CLOEXEC));
}

Result<> write_slate(int slate, Bytes bytes) {
  GW_CHECK(bytes.size() <= kMostSlate, "what is written on a slate has its bound from its layout");
  Whole whole{};
  put(whole.data() + kSum, static_cast<std::uint32_t>(bytes.size()));
  std::ranges::copy(bytes, whole.begin() + kHead);
  const std::size_t size = kHead + bytes.size();
  put(whole.data(), sum_of(whole.data() + kSum, whole.data() + size));
  if (::pwrite(slate, whole.data(), size, 0) != static_cast<ssize_t>(size)) return system_error("pwrite");
  return Done{};
}

std::vector<std::uint8_t> read_slate(int slate) {
  Whole whole{};
  const ssize_t got = ::pread(slate, whole.data(), whole.size(), 0);
  if (got < static_cast<ssize_t>(kHead)) return {};
  const std::size_t size = get(whole.data() + kSum);
  if (size > static_cast<std::size_t>(got) - kHead) return {};
  if (get(whole.data()) != sum_of(whole.data() + kSum, whole.data() + kHead + size)) return {};
  return {whole.begin() + kHead, whole.begin() + kHead + static_cast<std::ptrdiff_t>(size)};
}

}  // namespace gw::sys
