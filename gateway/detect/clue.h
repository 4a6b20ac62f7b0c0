#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "detect/kind.h"
#include "model/record.h"

namespace gw::detect {

/// What speaks for one kind: of whom, how often, and where.
struct Clue {
  Kind kind{};
  std::string tenant{};   ///< empty: the box's own
  std::string subject{};  ///< as the kind's rule says; empty: the tenant's, or of many
  std::string detail{};
  std::uint64_t count = 1;
};

/// What a record says by itself; nothing if it is an ordinary one.
std::optional<Clue> clue_in(const model::Record& record);

/// A text of a record, or empty; a number, or `otherwise`.
std::string_view text_in(const Event& event, Field field);
std::uint64_t number_in(const Event& event, Field field, std::uint64_t otherwise);
/// The record's tenant, or the one it is about.
std::string tenant_of(const model::Record& record);

}  // namespace gw::detect
