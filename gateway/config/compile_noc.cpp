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

/// A key that no order could be signed by is found now, and not when the first one comes.
model::OperationsCentre::Signer compile_signer(Compilation& compilation, const Given<FilePath>& given) {
  model::OperationsCentre::Signer signer;
  take(given, signer.file);
  signer.pem = compilation.shelf.public_key(given);
  if (!compilation.surroundings.judge_signer || signer.pem.empty()) return signer;
  const Result<> judged = compilation.surroundings.judge_signer(signer.pem);
  if (!judged)
    compilation.problems.add(given.at, judged.error().code,
                             in_quotes(signer.file) + ": " + judged.error().detail);
  return signer;
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
  if (keys.orders) noc.orders = compile_signer(compilation, keys.orders);
  return noc;
}

}  // namespace gw::config
