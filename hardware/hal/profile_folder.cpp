#include "hal/kernel_file.h"
#include "hal/reading.h"
#include "hal/shelf.h"
#include "sys/durable_file.h"

namespace gw::hal {

ProfilesFound profiles_in(const std::string& folder) {
  ProfilesFound out;
  for (const std::string& name : names_like(folder, "*.yaml")) {
    const std::string path = folder + "/" + name;
    const auto bytes = sys::read_kept(path, kMostProfile);
    if (!bytes) {
      out.passed_over.push_back(bytes.error().to_text());
      continue;
    }
    Reading reading = read_profile(as_text(*bytes));
    if (reading.profile)
      out.profiles.push_back(*std::move(reading.profile));
    else
      out.passed_over.push_back(config::to_text(reading.problems, path));
  }
  return out;
}

}  // namespace gw::hal
