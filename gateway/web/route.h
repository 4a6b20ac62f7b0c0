#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/operation.h"

namespace gw::web {

/// Where a question leads: an operation, and what stood in the places of its path's parameters, in their
/// order, as it was written.
struct Route {
  api::OperationId operation{};
  std::vector<std::string> path_values{};
};
/// `path` without its query, with its root. Nothing: there is no such operation.
std::optional<Route> find_route(std::string_view method, std::string_view path);
/// Does the operation there take documents? For https::TakesLong: `target` may have a query.
bool takes_documents(std::string_view method, std::string_view target);
/// Methods that there are for the path, as Allow has them (RFC 9110 10.2.1); empty: there is no such path.
std::string methods_of(std::string_view path);

}  // namespace gw::web
