#include "control/profiles_found.h"

#include <algorithm>

#include "base/text.h"
#include "packs/seal.h"
#include "papers/reading.h"

namespace gw::control {
namespace {

bool belongs(std::string_view service, std::string_view profile) {
  return service.starts_with(profile) && (service.size() == profile.size() || service[profile.size()] == '-');
}

bool has_profile(const ProfilesFound& found, const std::string& name) {
  return std::ranges::any_of(found.known, [&](const ProfileFound& one) { return one.profile.name == name; });
}

std::string first_of(const std::vector<config::Problem>& problems) {
  const auto worst = std::ranges::find(problems, config::Severity::error, &config::Problem::severity);
  if (worst == problems.end()) return "it is no profile";
  return "line " + std::to_string(worst->at.line) + ": " + worst->text;
}

}  // namespace

const ProfileFound* ProfilesFound::of(std::string_view service) const {
  const ProfileFound* out = nullptr;
  for (const ProfileFound& one : known)
    if (belongs(service, one.profile.name) && (!out || one.profile.name.size() > out->profile.name.size()))
      out = &one;
  return out;
}

ProfilesFound judge_profiles(const PackFolder& folder) {
  ProfilesFound out{.known = {}, .refused = folder.unreadable};
  for (const PackFolder::File& file : folder.files) {
    papers::Reading reading = papers::read_profile(file.text);
    if (!reading.profile)
      out.refused.push_back({file.name, first_of(reading.problems)});
    else if (has_profile(out, reading.profile->name))
      out.refused.push_back({file.name, "another file before it is the profile " + reading.profile->name});
    else
      out.known.push_back({*std::move(reading.profile), packs::digest_of(file.text)});
  }
  return out;
}

}  // namespace gw::control
