#include "model/management.h"

#include "base/check.h"

namespace gw::model {

WebTable web_table_of(const Configuration& configuration) {
  GW_CHECK(configuration.management, "only a configuration with a management has something to say of it");
  WebTable table{configuration.generation, *configuration.management};
  Credential& credential = table.management.credential;
  credential.certificate_file.clear();
  credential.key_file.clear();
  for (TrustAnchors& anchors : table.management.anchors) anchors.file.clear();
  return table;
}

}  // namespace gw::model
