#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/layout.h"

namespace gw::model {

/// Whose keys webd's are, as keyd knows them: no tenant is called so.
inline const std::string kManagementOwner = "/management";

/// What webd knows of a configuration: where administrators come in, by which names, and what is shown there.
struct WebTable {
  Generation generation{};
  Management management{};
};

/// What a compartment is handed of it: no file's path.
WebTable web_table_of(const Configuration& configuration);
inline constexpr std::size_t kMostWebTable = 16 * 1024 * 1024;

template <class Io>
void visit(Io& io, WebTable& t) {
  io.field(t.generation);
  io.field(t.management);
}

}  // namespace gw::model
