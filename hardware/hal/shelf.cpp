#include "hal/shelf.h"

#include <sys/stat.h>

#include <filesystem>

#include "base/codec.h"
#include "hal/kernel_file.h"
#include "sys/durable_file.h"

namespace gw::hal {
namespace {

constexpr std::size_t kMostKept = 64u << 10;

}  // namespace

Result<> keep(const Places& places, const Profile& profile) {
  std::error_code failed;
  std::filesystem::create_directories(places.board(), failed);
  if (failed) return system_error("mkdir(" + places.board() + ")", failed.value());
  return sys::write_durably(places.board(), kProfileFile, encode(profile));
}

Result<std::optional<Profile>> kept_profile(const Places& places) {
  GW_TRY(const auto bytes, sys::read_kept(places.board() + "/" + kProfileFile, kMostKept));
  if (bytes.empty()) return std::optional<Profile>();
  GW_TRY(Profile profile, decode<Profile>(bytes));
  return std::optional(std::move(profile));
}

}  // namespace gw::hal
