#include "backup/tar.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <optional>
#include <set>

#include "backup/part.h"

namespace gw::backup {
namespace {

constexpr std::size_t kBlock = 512;
constexpr std::uint64_t kMostOctal = 077777777777;  // eleven digits
using Block = std::array<std::uint8_t, kBlock>;

/// Where a header has what.
struct Place {
  std::size_t at, size;
};
constexpr Place kName{0, 100}, kMode{100, 8}, kOwner{108, 8}, kGroup{116, 8}, kSize{124, 12}, kTime{136, 12},
    kSum{148, 8}, kType{156, 1}, kMagic{257, 8}, kMajor{329, 8}, kMinor{337, 8};

void put(Block& block, Place place, std::string_view text) {
  std::memcpy(block.data() + place.at, text.data(), std::min(text.size(), place.size));
}

/// Digits and one NUL fill the place.
void put_octal(Block& block, Place place, std::uint64_t number) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%0*llo", static_cast<int>(place.size) - 1,
                static_cast<unsigned long long>(number));
  put(block, place, text.data());
}

std::optional<std::uint64_t> octal_in(Bytes block, Place place) {
  std::uint64_t out = 0;
  for (const std::uint8_t c : block.subspan(place.at, place.size - 1)) {
    if (c < '0' || c > '7') return std::nullopt;
    out = out * 8 + (c - '0');
  }
  return out;
}

Block header_of(std::string_view name, std::uint64_t size, std::uint64_t time) {
  Block block{};
  put(block, kName, name);
  put_octal(block, kMode, 0600);
  for (const Place place : {kOwner, kGroup, kMajor, kMinor}) put_octal(block, place, 0);
  put_octal(block, kSize, size);
  put_octal(block, kTime, time);
  put(block, kType, "0");
  put(block, kMagic, std::string_view("ustar\00000", 8));
  put(block, kSum, "        ");
  unsigned sum = 0;
  for (const std::uint8_t octet : block) sum += octet;
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "%06o", sum);
  put(block, kSum, std::string_view(text.data(), 7));
  return block;
}

std::uint64_t padded(std::uint64_t size) { return (size + kBlock - 1) / kBlock * kBlock; }

Error malformed(const char* why) { return {ErrorCode::backup_malformed, why}; }

/// Takes archives apart from their front.
class TarReader {
 public:
  TarReader(Bytes input, bool is_front) : input_(input), is_front_(is_front) {}

  Result<std::vector<Member>> read() {
    for (;;) {
      if (input_.size() < kBlock && is_front_) return std::move(members_);
      if (input_.size() < kBlock) return malformed("the archive is cut off");
      if (input_[0] == 0) return end();
      GW_TRY(const bool goes_on, take_member());
      if (!goes_on) return std::move(members_);
    }
  }

 private:
  Result<std::vector<Member>> end() {
    const bool is_end =
        input_.size() == 2 * kBlock && std::ranges::all_of(input_, [](auto c) { return c == 0; });
    if (!is_end) return malformed("the archive does not end as one of ours");
    return std::move(members_);
  }

  /// False: it goes on beyond what is there, which is but the front.
  Result<bool> take_member() {
    const Bytes header = input_.first(kBlock);
    const auto name_end = std::find(header.begin(), header.begin() + kName.size, 0);
    const std::string name(header.begin(), name_end);
    const auto size = octal_in(header, kSize), time = octal_in(header, kTime);
    if (!is_part_name(name) || !size || !time)
      return malformed("a name or number in the archive is none of ours");
    if (members_.empty()) time_ = *time;
    if (*time != time_ || !std::ranges::equal(header, header_of(name, *size, *time)))
      return malformed("a file in the archive is not written as ours are");
    if (*size > kMostContainer) return malformed("a file in the archive is too large");
    const std::size_t whole = padded(*size);
    if (input_.size() - kBlock < whole) {
      if (is_front_) return false;
      return malformed("the archive is cut off");
    }
    if (!names_.insert(name).second || members_.size() == kMostParts)
      return malformed("a name is in the archive twice, or there are too many");
    const Bytes padding = input_.subspan(kBlock + *size, whole - *size);
    if (!std::ranges::all_of(padding, [](auto c) { return c == 0; }))
      return malformed("something hides in the archive");
    members_.push_back({name, input_.subspan(kBlock, *size)});
    input_ = input_.subspan(kBlock + whole);
    return true;
  }

  Bytes input_;
  bool is_front_;
  std::vector<Member> members_{};
  std::set<std::string> names_{};
  std::uint64_t time_ = 0;
};

}  // namespace

std::vector<std::uint8_t> write_tar(std::span<const Member> members, std::chrono::seconds time) {
  std::size_t whole = kTarEnd;
  for (const Member& member : members) whole += tar_size_of(member.content.size());
  std::vector<std::uint8_t> out;
  out.reserve(whole);
  const auto ticks = static_cast<std::uint64_t>(std::max<std::int64_t>(time.count(), 0));
  GW_CHECK(ticks <= kMostOctal && members.size() <= kMostParts,
           "an archive holds no more than its form allows");
  std::set<std::string_view> names;
  for (const Member& member : members) {
    GW_CHECK(is_part_name(member.name) && names.insert(member.name).second, "a member has a name of its own");
    const Block header = header_of(member.name, member.content.size(), ticks);
    out.insert(out.end(), header.begin(), header.end());
    out.insert(out.end(), member.content.begin(), member.content.end());
    out.resize(out.size() + padded(member.content.size()) - member.content.size());
  }
  out.resize(whole);
  return out;
}

std::uint64_t tar_size_of(std::uint64_t content) { return kBlock + padded(content); }

Result<std::vector<Member>> read_tar(Bytes input) { return TarReader(input, false).read(); }
Result<std::vector<Member>> read_tar_front(Bytes front) { return TarReader(front, true).read(); }

}  // namespace gw::backup
