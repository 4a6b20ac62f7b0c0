// sekisho-isolation-probe: stands where somebody else would stand and tries what must not work (ISO-09). One
// deed, then the end; decides nothing.
//
//   attempt NAME PORT VICTIM [FILTER]   one power, in a process's own confinement; the exit status is the
//   answer reach lan|wan|nobody TENANT         packets to where they must not get names answers of a name
//   server that must not be followed outside lan|wan|mgmt                a stranger at the other end of a
//   cable resume                              TLS sessions taken elsewhere

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "ipc/inherited.h"
#include "ipc/messages/probe.h"
#include "probe/attempts.h"
#include "probe/canary.h"
#include "probe/names.h"
#include "probe/outcome.h"
#include "probe/reach.h"
#include "probe/resumption.h"
#include "sys/sealed.h"
#include "sys/seccomp.h"
#include "sys/shut_in.h"

namespace {

using namespace gw;
using Cases = std::vector<model::ProofCase>;
using Words = std::vector<std::string>;

constexpr std::size_t kMostInput = 16u << 20;
constexpr std::chrono::milliseconds kBesideUs{
    200};  // for whoever would answer from this machine or its segment
constexpr std::chrono::milliseconds kFarAway{1500};
constexpr std::chrono::seconds kPatience{10};

template <class T>
Result<T> read_input() {
  GW_TRY(const auto bytes, sys::read_sealed(ipc::kInputFd, kMostInput));
  return decode<T>(bytes);
}

Cases reach_from(std::string_view place, const probe::Aims& aims, const probe::TenantAims& own) {
  if (place == "lan")
    return probe::reach(own.lan, {ipc::kSecondInputFd, ipc::kThirdInputFd, ipc::kReferenceFd, ipc::kBeforeFd},
                        kBesideUs, system_clock());
  return probe::reach(place == "wan" ? own.wan : aims.nobody, kFarAway, system_clock());
}

Result<Cases> reach(const Words& words) {
  GW_TRY(sys::shut_in(sys::Filter::dialerd));
  GW_TRY(const probe::Aims aims, read_input<probe::Aims>());
  for (const probe::TenantAims& own : aims.tenants)
    if (std::to_string(own.tenant.number()) == words.at(1)) return reach_from(words.at(0), aims, own);
  return Error{ErrorCode::message_malformed, "no aims for tenant " + words.at(1)};
}

Result<Cases> names(const Words&) {
  GW_TRY(sys::shut_in(sys::Filter::dialerd));
  GW_TRY(const model::DialTable table, read_input<model::DialTable>());
  return probe::follow_names(table);
}

Result<Cases> outside(const Words& words) {
  GW_TRY(probe::Canary canary, probe::Canary::open(system_clock()));
  GW_TRY(sys::shut_in(sys::Filter::dialerd));
  GW_TRY(const probe::Aims aims, read_input<probe::Aims>());
  return canary.besiege(words.at(0) == "lan" ? aims.lan : words.at(0) == "wan" ? aims.wan : aims.mgmt);
}

/// Everything happens in this process's memory; the tenants exist for the trial alone.
Result<Cases> resume(const Words&) {
  using Outcome = model::ProofCase::Outcome;
  GW_TRY(sys::shut_in(sys::Filter::proxyd));
  GW_TRY(const std::vector<probe::ResumptionTrial> trials, probe::try_resumption());
  Cases out;
  for (const probe::ResumptionTrial& one : trials)
    out.push_back({"W4",
                   {},
                   {},
                   one.tried.substr(0, model::kMaxProofText),
                   one.held ? Outcome::held : Outcome::broken,
                   one.evidence.substr(0, model::kMaxProofText)});
  return out;
}

struct Deed {
  std::string_view name;
  std::size_t words;
  Result<Cases> (*perform)(const Words&);
};
constexpr Deed kDeeds[] = {
    {"reach", 2, reach}, {"names", 0, names}, {"outside", 1, outside}, {"resume", 0, resume}};

Result<> send(const ipc::Channel& control, ipc::probe::Msg message, Bytes body) {
  const Instant deadline = system_clock().now() + kPatience;
  for (;;) {
    const Result<> sent = control.send(ipc::type_number(message), 0, body);
    if (sent || sent.error().code != ErrorCode::channel_would_block || system_clock().now() >= deadline)
      return sent;
    std::this_thread::yield();
  }
}

Result<> tell(const Cases& cases) {
  const ipc::Channel control{UniqueFd(ipc::kControlFd)};
  for (const model::ProofCase& one : cases) GW_TRY(send(control, ipc::probe::Msg::tried, encode(one)));
  return send(control, ipc::probe::Msg::done, {});
}

Result<> run(const Deed& deed, const Words& words) {
  GW_TRY(const Cases cases, deed.perform(words));
  return tell(cases);
}

std::optional<sys::Filter> filter_named(const std::string& name) {
  for (const sys::Filter filter : sys::kFilters)
    if (name == sys::seccomp::name_of(filter)) return filter;
  return {};
}

int attempt(const Words& words) {
  if (words.size() < 3) return probe::kConfused;
  const probe::Means means{static_cast<unsigned short>(std::atoi(words[1].c_str())),
                           std::atoi(words[2].c_str())};
  if (words.size() > 3) {
    const std::optional<sys::Filter> filter = filter_named(words[3]);
    if (!filter || !sys::shut_in(*filter)) return probe::kConfused;
  }
  for (const probe::Attempt& one : probe::attempts())
    if (words[0] == one.name) return one.works(means) ? probe::kWorked : probe::kRefused;
  return probe::kConfused;
}

}  // namespace

int main(int count, char** arguments) {
  const Words words(arguments + std::min(count, 2), arguments + count);
  const std::string_view name = count > 1 ? arguments[1] : "";
  if (name == "attempt") return attempt(words);
  for (const Deed& deed : kDeeds) {
    if (deed.name != name || words.size() != deed.words) continue;
    const Result<> done = run(deed, words);
    if (done) return EXIT_SUCCESS;
    std::fprintf(stderr, "%s\n", done.error().to_text().c_str());
    return EXIT_FAILURE;
  }
  return probe::kConfused;
}
