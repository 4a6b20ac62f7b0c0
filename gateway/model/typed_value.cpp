#include "model/typed_value.h"

#include "base/secret.h"

namespace gw::model {

/// A short text stands in the object itself, also after it was moved from: all its room is wiped.
TypedValue::~TypedValue() {
  const auto wipe_all = [](std::string& octets) {
    octets.resize(octets.capacity());
    wipe(octets.data(), octets.size());
  };
  wipe_all(text);
  for (std::string& item : items) wipe_all(item);
}

}  // namespace gw::model
