#pragma once

#include <optional>
#include <string_view>

#include "https/http.h"

namespace gw::web {

/// Puts on every answer what browsers are to keep to (ADM-11): TLS alone, no framing, no guessing of types,
/// nothing loaded, nothing told to other sites. An answer that has a header of the name already keeps it.
void dress(https::Answer& answer);

/// Pages that nobody has to be asked for: the contract, and whether this process and controld are there
/// ("/livez", "/readyz", "/readyz?verbose"). Nothing: it is none of them.
std::optional<https::Answer> page_at(std::string_view path, std::string_view query, bool has_controld);

/// The pages that people see: "/" and what it loads. They know nothing of the box; all of that they ask for.
/// `if_none_match` as a request has it.
std::optional<https::Answer> ui_at(std::string_view path, std::string_view if_none_match);

}  // namespace gw::web
