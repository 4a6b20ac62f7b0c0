#include "options.h"

#include <cstdio>
#include <cstdlib>
#include <sstream>

namespace gw::bench {

void give_up(std::string_view why) {
  std::fprintf(stderr, "bench-load: %.*s\n", static_cast<int>(why.size()), why.data());
  std::exit(2);
}

Options::Options(int count, char** words) {
  for (int i = 0; i < count; i += 2) {
    const std::string name = words[i];
    if (!name.starts_with("--") || i + 1 == count) give_up("expected --name value at " + name);
    values_[name.substr(2)] = words[i + 1];
  }
}

const std::string& Options::text(const std::string& name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) give_up("--" + name + " is missing");
  return found->second;
}

std::string Options::text(const std::string& name, std::string_view otherwise) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::string(otherwise) : found->second;
}

double Options::number(const std::string& name, double otherwise) const {
  const auto found = values_.find(name);
  return found == values_.end() ? otherwise : std::strtod(found->second.c_str(), nullptr);
}

std::vector<std::string> Options::list(const std::string& name) const {
  std::vector<std::string> parts;
  std::istringstream whole(text(name, ""));
  for (std::string part; std::getline(whole, part, ',');) parts.push_back(part);
  return parts;
}

}  // namespace gw::bench
