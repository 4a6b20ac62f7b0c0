#include "model/typed_value.h"

#include "base/secret.h"

namespace gw::model {

/// A short text stands in the object itself, also after it was moved from: all its room is wiped.
TypedValue::~TypedValue() {
  text.resize(text.capacity());
  wipe(text.data(), text.size());
}

}  // namespace gw::model
