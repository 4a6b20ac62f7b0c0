#pragma once

#include <optional>
#include <string_view>

#include "ca/names.h"
#include "ca/subject.h"

namespace gw::cli {

/// "C=JP,O=Clinic,OU=ward,CN=ct-1", each at most once; a comma cannot stand in a value.
std::optional<ca::Subject> subject_of(std::string_view text);
/// "URI:urn:x,DNS:a.example,IP:10.1.0.1"; no text is no name.
std::optional<ca::Names> names_of(std::string_view text);

}  // namespace gw::cli
