#include <cxxabi.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <typeinfo>

#include "base/codec.h"
#include "support/mutations.h"
#include "unit/ipc/change_examples.h"
#include "unit/ipc/message_examples.h"
#include "unit/ipc/session_examples.h"

namespace gw {
namespace {

using support::Octets;

using ReadAgain = Result<Octets> (*)(Bytes);

/// What was read of a message's octets, written again.
template <class T>
Result<Octets> read_again(Bytes octets) {
  GW_TRY(const T value, decode<T>(octets));
  return encode(value);
}

/// A message's layout on the wire without its type, so that a hundred types cost one test's compilation.
struct Layout {
  std::string name;
  Octets seed;
  ReadAgain read_again;
};

/// "gw::ipc::dial::Dial" as a test's name: ipc_dial_Dial.
template <class T>
std::string name_of() {
  const std::unique_ptr<char, decltype(&std::free)> spelled(
      abi::__cxa_demangle(typeid(T).name(), nullptr, nullptr, nullptr), &std::free);
  std::string name = std::string(spelled.get()).substr(sizeof("gw::") - 1);
  for (std::size_t at; (at = name.find("::")) != std::string::npos;) name.replace(at, 2, "_");
  return name;
}

template <class T>
Layout layout() {
  return {name_of<T>(), encode(examples::example<T>()), read_again<T>};
}

std::vector<Layout> layouts() {
  return {layout<ipc::dial::Dial>(),
          layout<ipc::dial::Connected>(),
          layout<ipc::dial::Failed>(),
          layout<ipc::dial::Inquire>(),
          layout<ipc::dial::InquiryAnswered>(),
          layout<ipc::dial::InquiryFailed>(),
          layout<ipc::compartment::Staged>(),
          layout<model::KeyRing>(),
          layout<ipc::compartment::Proxy>(),
          layout<ipc::compartment::Earliest>(),
          layout<ipc::compartment::Misused>(),
          layout<ipc::compartment::KeyWork>(),
          layout<ipc::compartment::Enrol>(),
          layout<ipc::compartment::NotEnrolled>(),
          layout<ipc::op::SiteRequest>(),
          layout<ipc::op::IdentityOrder>(),
          layout<model::SiteProduct>(),
          layout<ipc::site::CarriedOut>(),
          layout<ipc::site::Failed>(),
          layout<ipc::key::Sign>(),
          layout<ipc::key::Signature>(),
          layout<ipc::key::Refused>(),
          layout<ipc::key_work::Make>(),
          layout<ipc::key_work::Open>(),
          layout<ipc::key_work::Opened>(),
          layout<ipc::key_work::Sign>(),
          layout<ipc::key_work::Forget>(),
          layout<ipc::control_records::Records>(),
          layout<ipc::control_records::Kept>(),
          layout<ipc::records::Find>(),
          layout<ipc::records::Chain>(),
          layout<ipc::records::Found>(),
          layout<ipc::records::Piece>(),
          layout<ipc::records::Refused>(),
          layout<ipc::records::Exported>(),
          layout<ipc::records::KeepFor>(),
          layout<ipc::records::Keeping>(),
          layout<ipc::control_records::RoomLeft>(),
          layout<ipc::control_records::Standing>(),
          layout<ipc::control_records::Look>(),
          layout<ipc::control_records::Put>(),
          layout<ipc::control_records::Wait>(),
          layout<ipc::control_records::Keep>(),
          layout<ipc::control_records::Back>(),
          layout<ipc::control_records::Claim>(),
          layout<ipc::control_records::Carried>(),
          layout<ipc::changes::Stage>(),
          layout<ipc::changes::Copy>(),
          layout<ipc::changes::Act>(),
          layout<ipc::changes::Put>(),
          layout<ipc::changes::Confirm>(),
          layout<ipc::changes::Extend>(),
          layout<ipc::changes::Find>(),
          layout<ipc::changes::History>(),
          layout<ipc::changes::Staged>(),
          layout<ipc::changes::Change>(),
          layout<ipc::changes::PutInForce>(),
          layout<ipc::changes::Changes>(),
          layout<ipc::changes::Refused>(),
          layout<ipc::key_work::Signature>(),
          layout<ipc::key_work::Refused>(),
          layout<ipc::renewal::Keep>(),
          layout<ipc::renewal::Finished>(),
          layout<model::RenewalOrder>(),
          layout<ipc::compartment::StagedListener>(),
          layout<ipc::compartment::StagedSocket>(),
          layout<model::NameTable>(),
          layout<ipc::compartment::Refused>(),
          layout<ipc::compartment::Adopted>(),
          layout<ipc::compile::Part>(),
          layout<ipc::compile::Report>(),
          layout<ipc::net_apply::Failed>(),
          layout<ipc::net_apply::Shaped>(),
          layout<ipc::op::Published>(),
          layout<ipc::op::Rejected>(),
          layout<ipc::op::State>(),
          layout<ipc::op::CutOrder>(),
          layout<ipc::op::ClockOrder>(),
          layout<ipc::op::ClockTrusted>(),
          layout<model::TerminalRoll>(),
          layout<model::ManagedIdentities>(),
          layout<model::KeptIdentities>(),
          layout<model::CutOff>(),
          layout<ipc::watch::Owners>(),
          layout<ipc::watch::SecondPath>(),
          layout<ipc::dhcp::Lent>(),
          layout<model::Lease>(),
          layout<Event>(),
          layout<ipc::web::Ask>(),
          layout<ipc::web::Piece>(),
          layout<model::Effect>(),
          layout<model::SessionRoll>(),
          layout<ipc::compartment::ListSessions>(),
          layout<ipc::compartment::Sessions>(),
          layout<ipc::compartment::EndSession>(),
          layout<ipc::compartment::Ended>(),
          layout<ipc::compartment::Rehearse>(),
          layout<ipc::compartment::Rehearsed>(),
          layout<ipc::op::EndConnection>(),
          layout<ipc::web::Answered>(),
          layout<ipc::web::Refused>(),
          layout<ipc::web::Octets>(),
          layout<model::BackupPlan>(),
          layout<model::WebTable>(),
          layout<model::DialTable>(),
          layout<model::Wiring>(),
          layout<model::ProofCase>(),
          layout<model::Proof>(),
          layout<ipc::evidence::Signed>(),
          layout<ipc::evidence::Failed>()};
}

class LayoutTest : public testing::TestWithParam<Layout> {
 protected:
  const Octets& seed() const { return GetParam().seed; }
  static Result<Octets> read_again(const Octets& octets) { return GetParam().read_again(octets); }
};

TEST_P(LayoutTest, what_was_written_is_read_again) {
  const auto again = read_again(seed());
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, seed());
}

TEST_P(LayoutTest, no_cut_is_a_message) {
  support::for_each_cut(seed(), [](const Octets& cut) {
    const auto again = read_again(cut);
    ASSERT_FALSE(again) << cut.size() << " octets";
    EXPECT_EQ(again.error().code, ErrorCode::message_malformed);
  });
}

TEST_P(LayoutTest, one_octet_more_is_no_message) {
  Octets longer = seed();
  longer.push_back(0);
  EXPECT_FALSE(read_again(longer));
}

TEST_P(LayoutTest, a_changed_octet_is_refused_or_means_something_else) {
  support::for_each_change(seed(), [](const Octets& changed) {
    const auto again = read_again(changed);
    if (again) {
      EXPECT_EQ(*again, changed);
    }
  });
}

INSTANTIATE_TEST_SUITE_P(Messages, LayoutTest, testing::ValuesIn(layouts()),
                         [](const auto& message) { return message.param.name; });

TEST(LayoutBoundsTest, a_dial_deadline_outside_its_bounds_is_refused) {
  for (const int milliseconds : {0, 60'001}) {
    Writer writer;
    std::uint64_t generation = 1;
    std::uint16_t service = 0;
    auto deadline = static_cast<std::uint64_t>(milliseconds);
    writer.field(generation);
    writer.field(service);
    writer.field(deadline);
    EXPECT_FALSE(decode<ipc::dial::Dial>(writer.take())) << milliseconds;
  }
}

}  // namespace
}  // namespace gw
