#pragma once

#include "config/node.h"
#include "papers/profile.h"

namespace gw::papers {

/// Most values that one key takes.
inline constexpr std::size_t kMostStatements = 32;

/// Reads what stands under one key: `{is: VALUE, where: PLACE}`, `{is: unknown, owner: WHO, asked: DAY}`, or
/// a list of such. Empty, with a problem, if nothing usable does.
std::vector<Statement> read_statements(const Fact& fact, const config::Node::Entry& entry,
                                       config::Problems& problems);

/// A word of choices.h for who answers.
Result<Party> parse_party(std::string_view text);
std::string_view to_string(Party party);
/// A day; nothing for the word that means that there is none yet, such as `no`.
Result<std::optional<Day>> parse_day(std::string_view text, std::string_view not_yet);

inline constexpr std::string_view kUnknown = "unknown";
inline constexpr std::string_view kNotAsked = "not yet";
inline constexpr std::string_view kNotConfirmed = "no";

}  // namespace gw::papers
