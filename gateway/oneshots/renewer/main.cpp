// sekisho-renewer: keeps the certificates of the box itself new, those of one tenant (CRT-03). Reads what its
// supervisor kept of them, asks the enrolment servers (EST, RFC 7030) through the tenant's dialer, with keys
// that are made and stay in keyd, and hands back what is to be kept. Decides when to be started again.

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "base/codec.h"
#include "base/secret.h"
#include "ipc/inherited.h"
#include "ipc/messages/key_work.h"
#include "renewal.h"
#include "sys/sealed.h"
#include "sys/shut_in.h"
#include "tls/provider.h"

namespace {

using namespace gw;
using model::CivilSeconds;

constexpr std::size_t kMostOrder = 32u << 20;
constexpr std::chrono::seconds kNothingToDo{86'400};

CivilSeconds civil_seconds(const Clock& clock) {
  return std::chrono::floor<std::chrono::seconds>(clock.civil_now()).time_since_epoch();
}

/// Everybody's turn to be first comes: keys are scarce, and one whose server always refuses must not use them
/// up for the others.
std::size_t first_turn(std::size_t count, const Clock& clock) {
  return static_cast<std::size_t>(civil_seconds(clock).count() / 60) % std::max<std::size_t>(count, 1);
}

/// When to look again. Whoever finds no keys left on this channel to keyd has its turn in the next run.
CivilSeconds renew_all(const model::RenewalOrder& order, renewer::Means& means) {
  std::size_t keys_left = ipc::key_work::kMostKeys;
  CivilSeconds look_again = civil_seconds(means.clock) + kNothingToDo;
  const std::size_t count = order.items.size(), first = first_turn(count, means.clock);
  for (std::size_t i = 0; i < count; ++i) {
    renewer::Renewal renewal(means, order.items[(first + i) % count]);
    const std::size_t needed = renewal.has_work() ? renewer::kKeysOfOne : 0;
    const bool has_turn = needed <= keys_left;
    if (has_turn) keys_left -= needed;
    look_again = std::min(look_again, has_turn ? renewal.run() : civil_seconds(means.clock));
  }
  return look_again;
}

/// With tickets, which are wiped where they are not needed.
Result<model::RenewalOrder> read_order() {
  GW_TRY(auto bytes, sys::read_sealed(ipc::kInputFd, kMostOrder));
  Result<model::RenewalOrder> order = decode<model::RenewalOrder>(bytes);
  wipe(bytes.data(), bytes.size());
  return order;
}

Result<> run(const Clock& clock, ipc::RecordSink& records) {
  GW_TRY(tls::install_provider());
  GW_TRY(const auto reactor, sys::Reactor::make(clock));
  GW_TRY(sys::shut_in(sys::Filter::renewer));
  GW_TRY(const auto order, read_order());
  ipc::GuestDialler dialler(ipc::Channel(UniqueFd(ipc::kSecondInputFd)), order.generation,
                            ErrorCode::est_unreachable, clock);
  renewer::Visitor visitor(*reactor, dialler);
  renewer::Store store(ipc::Channel(UniqueFd(ipc::kControlFd)), clock);
  keys::KeyWork keyd{ipc::Channel(UniqueFd(ipc::kThirdInputFd))};
  renewer::Means means{keyd, store, visitor, records, clock, order.tenant};
  const CivilSeconds look_again = renew_all(order, means);
  return store.finish(look_again, std::move(means.attempts));
}

}  // namespace

int main() {
  ipc::RecordSink records(ipc::kLogFd);
  const Result<> done = run(system_clock(), records);
  if (done) return EXIT_SUCCESS;
  std::fprintf(stderr, "sekisho-renewer: %s\n", done.error().to_text().c_str());
  return EXIT_FAILURE;
}
