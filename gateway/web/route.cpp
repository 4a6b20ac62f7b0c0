#include "web/route.h"

namespace gw::web {
namespace {

/// Cuts the next segment off a path; `path` begins with its slash.
std::string_view take_segment(std::string_view& path) {
  const std::size_t end = std::min(path.find('/', 1), path.size());
  const std::string_view segment = path.substr(1, end - 1);
  path.remove_prefix(end);
  return segment;
}

/// What stands in the parameters' places; nothing if the path is not of that pattern.
std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path) {
  std::vector<std::string> values;
  while (pattern.starts_with('/') && path.starts_with('/')) {
    const std::string_view wanted = take_segment(pattern), given = take_segment(path);
    const bool is_parameter = wanted.starts_with('{');
    if (is_parameter ? given.empty() : wanted != given) return std::nullopt;
    if (is_parameter) values.emplace_back(given);
  }
  return pattern.empty() && path.empty() ? std::optional(std::move(values)) : std::nullopt;
}

std::optional<std::string_view> beneath_root(std::string_view path) {
  if (!path.starts_with(api::kRoot)) return std::nullopt;
  return path.substr(api::kRoot.size());
}

}  // namespace

std::optional<Route> find_route(std::string_view method, std::string_view path) {
  const auto rest = beneath_root(path);
  const auto wanted = api::parse_method(method);
  if (!rest || !wanted) return std::nullopt;
  for (const api::Operation& row : api::operations()) {
    if (row.method != *wanted) continue;
    if (auto values = match(row.path, *rest)) return Route{row.id, *std::move(values)};
  }
  return std::nullopt;
}

bool takes_documents(std::string_view method, std::string_view target) {
  const auto route = find_route(method, target.substr(0, target.find('?')));
  return route && api::takes_documents(route->operation);
}

std::string methods_of(std::string_view path) {
  std::string out;
  const auto rest = beneath_root(path);
  if (!rest) return out;
  for (const api::Operation& row : api::operations())
    if (match(row.path, *rest)) out.append(out.empty() ? "" : ", ").append(api::to_string(row.method));
  return out;
}

}  // namespace gw::web
