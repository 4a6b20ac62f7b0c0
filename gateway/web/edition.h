#pragma once

#include <functional>
#include <memory>

#include "base/clock.h"
#include "model/management.h"
#include "tls/context.h"
#include "web/own_names.h"

namespace gw::web {

/// One generation as webd serves it.
struct Edition {
  model::WebTable table{};
  OwnNames names{{}, {}};
  tls::ContextPtr context{};
};
using EditionPtr = std::shared_ptr<const Edition>;
using KeyOf = std::function<tls::OwnKey(model::KeyId)>;

/// Whatever speaks against the certificate or the anchors.
Result<EditionPtr> edition_of(model::WebTable table, const KeyOf& key_of, const Clock& clock);

}  // namespace gw::web
