#include "hal/recognition.h"

#include <fnmatch.h>

#include <algorithm>

#include "hal/kernel_file.h"
#include "hal/words.h"

namespace gw::hal {
namespace {

bool fits(const std::string& pattern, const std::string& text) {
  return ::fnmatch(pattern.c_str(), text.c_str(), 0) == 0;
}

/// How much of it was asked for and is there; nothing if one of it is not.
std::size_t weight(const Recognition& wanted, const Identity& identity) {
  for (const auto& [key, pattern] : wanted.dmi) {
    const auto found = identity.dmi.find(key);
    if (found == identity.dmi.end() || !fits(pattern, found->second)) return 0;
  }
  const bool is_asked = !wanted.compatible.empty();
  const auto is_it = [&](const std::string& name) { return fits(wanted.compatible, name); };
  if (is_asked && std::ranges::none_of(identity.compatible, is_it)) return 0;
  return wanted.dmi.size() + (is_asked ? 1 : 0);
}

}  // namespace

std::string Identity::to_text() const {
  std::string out;
  for (const auto& [key, value] : dmi) out += (out.empty() ? "" : ", ") + key + " `" + value + "`";
  for (const std::string& name : compatible)
    out += (out.empty() ? "" : ", ") + std::string("compatible `") + name + "`";
  return out.empty() ? "nothing" : out;
}

Identity identity_of(const std::string& sys) {
  Identity out;
  for (const std::string_view key : kDmiKeys)
    if (std::string value = text_of(sys + "/class/dmi/id/" + std::string(key)); !value.empty())
      out.dmi.emplace(key, std::move(value));
  const std::string names = octets_of(sys + "/firmware/devicetree/base/compatible");
  for (std::size_t at = 0; at < names.size();) {
    const std::size_t end = std::min(names.find('\0', at), names.size());
    if (end > at) out.compatible.push_back(names.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

Result<const Profile*> board_of(const std::vector<Profile>& profiles, const Identity& identity) {
  const Profile* best = nullptr;
  const Profile* as_good = nullptr;
  std::size_t most = 0;
  for (const Profile& profile : profiles) {
    const std::size_t here = weight(profile.recognition, identity);
    if (here > most) as_good = nullptr;
    if (here != 0 && here == most) as_good = &profile;
    if (here > most) best = &profile, most = here;
  }
  if (as_good == nullptr) return best;
  return Error{ErrorCode::config_name_repeated, best->name + " and " + as_good->name +
                                                    " both are this board (" + identity.to_text() +
                                                    "); let one of them ask for more"};
}

}  // namespace gw::hal
