#include "config/names.h"

#include <algorithm>

namespace gw::config {
namespace {

constexpr std::size_t kMostCompared = 1'000;

std::string in_line(Position at) { return " in line " + std::to_string(at.line); }

}  // namespace

void Names::add(const Given<Name>& name) {
  const std::size_t place = size_++;
  if (!name) {
    complete_ = false;
    return;
  }
  const auto [first, fresh] = by_name_.emplace(name->value, Entry{place, name.at});
  if (!fresh)
    problems_.add(name.at, ErrorCode::config_name_repeated,
                  "another " + std::string(kind_) + in_line(first->second.at) + " is called " +
                      in_quotes(name->value) + " already; choose a name of its own");
}

std::optional<std::size_t> Names::resolve(const Given<Name>& reference) const {
  if (!reference) return std::nullopt;
  const auto found = by_name_.find(reference->value);
  if (found != by_name_.end()) return found->second.place;
  if (!complete_ || problems_.full()) return std::nullopt;
  std::vector<std::string_view> known;
  for (const auto& [name, entry] : by_name_)
    if (known.size() < kMostCompared) known.push_back(name);
  std::sort(known.begin(), known.end());
  problems_.add(reference.at, ErrorCode::config_name_unresolved,
                "there is no " + std::string(kind_) + " " + in_quotes(reference->value) +
                    " here; add it or mend the name" + did_you_mean(reference->value, known));
  return std::nullopt;
}

}  // namespace gw::config
