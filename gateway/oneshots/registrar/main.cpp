// sekisho-registrar SITE
//
// Carries out one order to the site's authority and ends: certifies a terminal, revokes, lists. Reads a
// stranger's request, so it holds nothing but what lies in the store: the authority's key is in keyd, which
// signs nothing here but what the terminal's profile allows.

#include "base/clock.h"
#include "base/codec.h"
#include "ca/site.h"
#include "ipc/inherited.h"
#include "ipc/messages/site.h"
#include "keys/file_key.h"
#include "sys/sealed.h"
#include "sys/shut_in.h"

namespace {

using namespace gw;
using ipc::site::Msg;

constexpr std::size_t kMostStore = 64u << 20;
constexpr std::size_t kMostOrder = 4096;
constexpr int kWronglyStarted = 2;

/// libcrypto finds its algorithms, and reads its own configuration, before the walls.
Result<> warm_up() {
  GW_TRY(const Secret pem, keys::make_plain_key(model::KeyKind::p256));
  return Done{};
}

Result<ca::SiteWork> carry_out(const std::string& site) {
  keys::KeyWork keyd{ipc::Channel(UniqueFd(ipc::kReferenceFd))};
  GW_TRY(const auto order_bytes, sys::read_sealed(ipc::kInputFd, kMostOrder));
  GW_TRY(const auto order, decode<model::SiteOrder>(order_bytes));
  GW_TRY(const auto input, sys::read_sealed(ipc::kSecondInputFd, model::kMostSiteInput));
  GW_TRY(const auto stored, sys::read_sealed(ipc::kThirdInputFd, kMostStore));
  GW_TRY(ca::Site kept, ca::Site::read(stored));
  const ca::KeySource source{[&](model::KeyKind kind) { return keyd.make(kind); },
                             [&](Bytes content) { return keyd.open(content); }};
  const auto now = std::chrono::floor<std::chrono::seconds>(system_clock().civil_now()).time_since_epoch();
  return ca::carry_out(order, input, std::move(kept), source, site, now);
}

std::string what_of(const model::SiteProduct& product) {
  if (!product.entry.serial.empty()) return "serial " + product.entry.serial;
  return product.fingerprint.empty() ? "" : "authority " + product.fingerprint;
}

Result<> answer(const ipc::Channel& control, const Result<ca::SiteWork>& work) {
  if (!work) {
    const ipc::site::Failed failed{work.error().code, work.error().detail.substr(0, 512)};
    return control.send(ipc::type_number(Msg::failed), 0, encode(failed));
  }
  GW_TRY(const UniqueFd store, sys::seal(work->site.write(), "site"));
  GW_TRY(const UniqueFd list, sys::seal(work->list, "list"));
  std::vector<std::uint8_t> bytes = encode(work->product);
  Result<UniqueFd> product = sys::seal(bytes, "product");
  wipe(bytes.data(), bytes.size());
  if (!product) return product.error();
  const ipc::site::CarriedOut done{what_of(work->product), work->blocks, work->trouble.substr(0, 512)};
  return control.send(ipc::type_number(Msg::carried_out), 0, encode(done),
                      {store.get(), list.get(), product->get()});
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return kWronglyStarted;
  const ipc::Channel control{UniqueFd(ipc::kControlFd)};
  Result<> walls = warm_up();
  if (walls) walls = sys::shut_in(sys::Filter::registrar);
  const Result<ca::SiteWork> work = walls ? carry_out(arguments[1]) : Result<ca::SiteWork>(walls.error());
  return answer(control, work) && work ? 0 : 1;
}
