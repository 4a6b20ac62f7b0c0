#include "hal/shelf.h"

#include <sys/stat.h>

#include <filesystem>

#include "base/codec.h"
#include "hal/kernel_file.h"
#include "sys/durable_file.h"
#include "sys/slate.h"

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

model::BoardState told_of(const Profile& profile) {
  using State = model::BoardState::Button;
  model::BoardState out{.board = profile.name, .title = profile.title, .tried = profile.tried};
  for (const Port& port : profile.ports) out.sockets.push_back({port.name, port.label});
  out.button = profile.button.input.empty() ? State::none : State::unwatched;
  return out;
}

Result<> tell(const Places& places, const Profile& profile) {
  std::error_code failed;
  std::filesystem::create_directories(places.supervisor(), failed);
  if (failed) return system_error("mkdir(" + places.supervisor() + ")", failed.value());
  GW_TRY(const UniqueFd slate, sys::make_slate(places.supervisor() + model::kBoardFile));
  return sys::write_slate(slate.get(), encode(told_of(profile)));
}

}  // namespace gw::hal
