#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace gw::backup {

/// One file of an archive; its octets are somebody else's.
struct Member {
  std::string name{};
  Bytes content{};
};

/// Plain files as a POSIX ustar archive (IEEE 1003.1, pax), which any `tar` unpacks. The same members make
/// the same octets. Names are is_part_name(), once each; `time` is that of every file.
std::vector<std::uint8_t> write_tar(std::span<const Member> members, std::chrono::seconds time);

/// Of exactly what write_tar() writes, and of nothing else that a tar archive may be: no links, folders, long
/// names, owners, or anything behind the end. `input` outlives what is returned. backup.malformed.
Result<std::vector<Member>> read_tar(Bytes input);

/// The members that lie in `front` as a whole, the first ones of an archive that may go on beyond it.
Result<std::vector<Member>> read_tar_front(Bytes front);

/// Octets that a member takes in an archive, and that its end does.
std::uint64_t tar_size_of(std::uint64_t content);
inline constexpr std::uint64_t kTarEnd = 1024;

}  // namespace gw::backup
