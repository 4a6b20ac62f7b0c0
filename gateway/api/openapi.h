#pragma once

#include <string>

namespace gw::api {

/// The contract as an OpenAPI 3.1 document, with a line's end behind each operation and schema so that a
/// change of it can be read. Beside what the standard has: "x-access" says who may ask ("anyone", "session",
/// or ids of accounts/permissions.def), "x-roles" which roles that are.
std::string openapi_text();

}  // namespace gw::api
