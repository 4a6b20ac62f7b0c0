#include "component/probe/probing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

#include "ipc/inherited.h"
#include "ipc/messages/probe.h"
#include "sys/child.h"
#include "sys/sealed.h"

namespace gw::probe::tests {
namespace {

Result<Cases> read_cases(const ipc::Channel& control) {
  Cases cases;
  for (;;) {
    GW_TRY(const auto frame, control.receive());
    if (!frame) return Error{ErrorCode::channel_closed, "it did not say that this was all"};
    if (static_cast<ipc::probe::Msg>(frame->type) == ipc::probe::Msg::done) return cases;
    GW_TRY(cases.emplace_back(), decode<model::ProofCase>(frame->body));
  }
}

Result<Cases> run(const std::vector<std::string>& deed, const sys::Confinement& confinement,
                  std::vector<sys::Placed> places) {
  GW_TRY(auto control, ipc::Channel::pair());
  GW_TRY(const UniqueFd program, sys::open_program(GW_BINARY_DIR "/bin/sekisho-isolation-probe"));
  sys::Start start{program.get(), {"sekisho-isolation-probe"}, std::move(places)};
  start.arguments.insert(start.arguments.end(), deed.begin(), deed.end());
  start.places.insert(start.places.end(), {{2, 2}, {control.second.fd(), ipc::kControlFd}});
  GW_TRY(const sys::Child child, sys::spawn(start, confinement));
  control.second.release().reset();
  GW_TRY(const sys::Ending ending, sys::wait_for(child));
  EXPECT_TRUE(ending.clean()) << ending.to_text();
  return read_cases(control.first);
}

}  // namespace

Cases probe_with(const std::vector<std::string>& deed, supervisor::RoleId role, const UniqueFd* network,
                 const Aims& aims, std::vector<sys::Placed> places) {
  const auto sealed = sys::seal(encode(aims), "aims");
  places.push_back({sealed->get(), ipc::kInputFd});
  const Result<Cases> cases =
      run(deed,
          supervisor::confinement_of(supervisor::role(role), model::TenantId{0},
                                     network == nullptr ? std::nullopt : std::optional<int>(network->get())),
          std::move(places));
  EXPECT_TRUE(cases) << cases.error().to_text();
  return cases ? *cases : Cases{};
}

Cases broken(const Cases& cases) {
  Cases out;
  std::copy_if(cases.begin(), cases.end(), std::back_inserter(out),
               [](const model::ProofCase& one) { return one.outcome == model::ProofCase::Outcome::broken; });
  return out;
}

bool any_of_way(const Cases& cases, const std::string& way) {
  return std::any_of(cases.begin(), cases.end(), [&](const model::ProofCase& one) { return one.way == way; });
}

}  // namespace gw::probe::tests
