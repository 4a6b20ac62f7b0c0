// sekisho-agent: one round of telling the operations centre how the box is. Takes what waits from controld,
// carries it by the box's own dialer, shows a certificate whose key is in keyd, says what arrived, and ends.
// Parses what receivers answer, and holds nothing beyond the one round.

#include <cstdio>
#include <cstdlib>

#include "agent/delivery.h"
#include "base/codec.h"
#include "ipc/guest_dialler.h"
#include "ipc/inherited.h"
#include "pki/trust.h"
#include "sys/sealed.h"
#include "sys/shut_in.h"
#include "tls/key_client.h"
#include "tls/provider.h"

namespace {

using namespace gw;

constexpr std::size_t kMostOrder = 16u << 20;

/// What a receiver is judged by: the centre's authorities and its own name (SRV-01).
Result<tls::ContextPtr> context_for(const model::NocOrder& order,
                                    const model::OperationsCentre::Receiver& receiver, tls::KeyClient& keyd,
                                    const Clock& clock) {
  model::Service service;
  service.name = model::kNocOwner;
  service.upstream.server_name = receiver.server_name;
  service.upstream.resume = false;
  service.upstream.anchors = order.centre.anchors;
  service.upstream.credential = order.centre.credential;
  GW_TRY(const pki::Trust trust, pki::read_trust(service.upstream.anchors, service.upstream.revocation));
  auto key = keyd.key(order.generation, order.centre.credential.key, model::TlsRole::cloud_side);
  return tls::Context::upstream(service, trust, std::move(key), clock);
}

/// What came of the round; an error if there was none.
Result<std::optional<ipc::noc_round::Trouble>> run(const Clock& clock) {
  GW_TRY(tls::install_provider());
  GW_TRY(const auto reactor, sys::Reactor::make(clock));
  GW_TRY(sys::shut_in(sys::Filter::agent));
  GW_TRY(const auto bytes, sys::read_sealed(ipc::kInputFd, kMostOrder));
  GW_TRY(const auto order, decode<model::NocOrder>(bytes));
  ipc::GuestDialler dialler(ipc::Channel(UniqueFd(ipc::kSecondInputFd)), order.generation,
                            ErrorCode::noc_unreachable, clock);
  tls::KeyClient keyd(*reactor);
  GW_TRY(keyd.connect(UniqueFd(ipc::kThirdInputFd)));
  keyd.start();
  agent::Contents contents(ipc::Channel(UniqueFd(ipc::kReferenceFd)), clock);
  const auto context_of = [&](const model::OperationsCentre::Receiver& receiver) {
    return context_for(order, receiver, keyd, clock);
  };
  agent::Delivery delivery(
      *reactor, order, contents, [&](model::ServiceId place) { return dialler.dial(place); }, context_of);
  const Result<> outcome = delivery.run();
  std::optional<ipc::noc::Trouble> trouble;
  if (!outcome) trouble = ipc::noc::Trouble{outcome.error().code};
  contents.told({trouble, delivery.their_time(), delivery.own_time()});
  if (outcome) return std::optional<ipc::noc_round::Trouble>();
  return std::optional(ipc::noc_round::Trouble{outcome.error().code, outcome.error().detail.substr(0, 512)});
}

}  // namespace

int main() {
  const auto outcome = run(system_clock());
  if (outcome) {
    const ipc::Channel control{UniqueFd(ipc::kControlFd)};
    const ipc::noc_round::Finished finished{*outcome};
    // Descriptors and frames that are still there go with the process.
    std::_Exit(control.send(ipc::type_number(ipc::noc_round::Msg::finished), 0, encode(finished))
                   ? EXIT_SUCCESS
                   : EXIT_FAILURE);
  }
  std::fprintf(stderr, "sekisho-agent: %s\n", outcome.error().to_text().c_str());
  std::_Exit(EXIT_FAILURE);
}
