#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bundle/pseudonyms.h"

namespace gw::bundle {

// What a word of a text is by its form alone.

/// An address, alone, with a port or with a prefix, with its pseudonym in its place; nothing: it is none.
std::optional<std::string> address_replaced(std::string_view word, Pseudonyms& pseudonyms);
/// A name of a file by its ending.
bool is_file_name(std::string_view word);
/// A host name with a dot that nobody takes for a number or a file.
bool is_dotted_host(std::string_view word);
/// An RFC 3339 time; to_minute() of it.
bool is_time(std::string_view word);
std::string to_minute(std::string_view time);
/// So long and mixed that it may be a key.
bool is_like_a_key(std::string_view word);
/// Lower-case letters, digits and "_.:-", as ids of tables are.
bool is_like_an_id(std::string_view text);

}  // namespace gw::bundle
