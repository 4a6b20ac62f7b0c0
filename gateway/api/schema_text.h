#pragma once

#include <string>

#include "api/operation.h"

namespace gw::api {

/// A parameter, and an answer's object, as JSON Schema (OpenAPI 3.1).
std::string schema_of(const Parameter& parameter);
std::string schema_of(AnswerId answer);
/// "{"$ref":…}"
std::string reference_to(AnswerId answer);

}  // namespace gw::api
