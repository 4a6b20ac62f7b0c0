#pragma once

#include <string>

#include "base/json.h"
#include "base/wording.h"

namespace gw::cli {

/// `{"ja":...,"en":...}`.
inline std::string wording_json(const Wording& wording) {
  return JsonObject().text("ja", wording.japanese).text("en", wording.english).take();
}

}  // namespace gw::cli
