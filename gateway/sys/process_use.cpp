#include "sys/process_use.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <string>

#include "base/fd.h"

namespace gw::sys {
namespace {

// Places behind the name, which stands in brackets and may hold anything; the first is the state.
constexpr std::size_t kUserTicks = 11, kSystemTicks = 12, kResidentPages = 21;
constexpr std::size_t kMostStat = 1024;

/// Zero for what is no number.
std::uint64_t number_in(std::string_view text) {
  std::uint64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ptr == text.data() + text.size() ? number : 0;
}

}  // namespace

ProcessUse read_use(std::string_view stat, std::uint64_t page, std::uint64_t ticks) {
  const std::size_t name_ends = stat.rfind(')');
  if (name_ends == std::string_view::npos) return {};
  std::array<std::uint64_t, kResidentPages + 1> numbers{};
  std::string_view left = stat.substr(name_ends + 1);
  for (std::uint64_t& number : numbers) {
    const std::size_t begin = left.find_first_not_of(' ');
    if (begin == std::string_view::npos) return {};
    left.remove_prefix(begin);
    const std::size_t size = std::min(left.find(' '), left.size());
    number = number_in(left.substr(0, size));
    left.remove_prefix(size);
  }
  const std::uint64_t used = numbers[kUserTicks] + numbers[kSystemTicks];
  return {numbers[kResidentPages] * page,
          std::chrono::milliseconds(static_cast<std::int64_t>(used * 1'000 / ticks))};
}

ProcessUse use_of(pid_t process) {
  if (process <= 0) return {};
  const std::string path = "/proc/" + std::to_string(process) + "/stat";
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  std::array<char, kMostStat> text{};
  const ssize_t size = file ? ::read(file.get(), text.data(), text.size()) : -1;
  if (size <= 0) return {};
  static const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  static const auto ticks = static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK));
  return read_use({text.data(), static_cast<std::size_t>(size)}, page, ticks);
}

}  // namespace gw::sys
