#include "web/edition.h"

namespace gw::web {

Result<EditionPtr> edition_of(model::WebTable table, const KeyOf& key_of, const Clock& clock) {
  auto edition = std::make_shared<Edition>();
  const model::Management& management = table.management;
  GW_TRY(auto trust, pki::read_trust(management.anchors, {}));
  GW_TRY(edition->context, tls::Context::for_administrators(management.credential, std::move(trust),
                                                            key_of(management.credential.key), clock));
  edition->names = OwnNames(management.names, management.listener);
  edition->table = std::move(table);
  return EditionPtr(std::move(edition));
}

}  // namespace gw::web
