#include "config/compilation.h"
#include "model/operations_centre.h"

namespace gw::config {
namespace {

model::OperationsCentre::Receiver compile_receiver(Compilation& compilation,
                                                   const Given<ReceiverKeys>& given) {
  model::OperationsCentre::Receiver receiver;
  take(given->server_name, receiver.server_name);
  if (given->port) receiver.port = static_cast<std::uint16_t>(given->port->value);
  take_all(given->addresses, receiver.addresses);
  if (given) check_endpoints(compilation, given->server_name, given->addresses, "the receiver");
  return receiver;
}

model::Credential compile_credential(Compilation& compilation, const NocKeys& keys) {
  model::Credential credential;
  take(keys.certificate, credential.certificate_file);
  take(keys.key, credential.key_file);
  credential.chain_pem = compilation.shelf.certificates(keys.certificate);
  if (!keys.key) return credential;
  const auto* owner =
      compilation.key_files.claim(keys.key->value, {model::kNocTenant, model::kNocOwner, keys.key.at});
  if (owner != nullptr)
    compilation.problems.add(
        keys.key.at, ErrorCode::config_name_repeated,
        "the key " + in_quotes(keys.key->value) + " belongs to " + in_quotes(owner->tenant_name) +
            "; by this one the operations centre knows the box, so it has one of its own");
  return credential;
}

}  // namespace

model::OperationsCentre compile_noc(Compilation& compilation, const Given<NocKeys>& given) {
  const NocKeys& keys = *given;
  model::OperationsCentre noc;
  take(keys.operated_by, noc.operated_by);
  take(keys.country, noc.country);
  noc.credential = compile_credential(compilation, keys);
  noc.anchors = compile_anchors(compilation, keys.anchors);
  noc.figures = compile_receiver(compilation, keys.figures);
  noc.records = compile_receiver(compilation, keys.records);
  take(keys.every, noc.every);
  return noc;
}

}  // namespace gw::config
