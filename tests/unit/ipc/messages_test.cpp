#include <cxxabi.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <typeinfo>

#include "base/codec.h"
#include "support/mutations.h"
#include "unit/ipc/change_examples.h"
#include "unit/ipc/message_examples.h"
#include "unit/ipc/noc_examples.h"
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

using Layouts = testing::Types<
    ipc::dial::Dial, ipc::dial::Connected, ipc::dial::Failed, ipc::dial::Inquire, ipc::dial::InquiryAnswered,
    ipc::dial::InquiryFailed, ipc::compartment::Staged, model::KeyRing, ipc::compartment::Proxy,
    ipc::compartment::Earliest, ipc::compartment::Misused, ipc::compartment::KeyWork, ipc::compartment::Enrol,
    ipc::compartment::NotEnrolled, ipc::op::SiteRequest, ipc::op::IdentityOrder, model::SiteProduct,
    ipc::site::CarriedOut, ipc::site::Failed, ipc::key::Sign, ipc::key::Signature, ipc::key::Refused,
    ipc::key_work::Make, ipc::key_work::Open, ipc::key_work::Opened, ipc::key_work::Sign,
    ipc::key_work::Forget, ipc::control_records::Records, ipc::control_records::Kept, ipc::records::Find,
    ipc::records::Chain, ipc::records::Found, ipc::records::Piece, ipc::records::Refused,
    ipc::records::Exported, ipc::records::KeepFor, ipc::records::Keeping, ipc::control_records::RoomLeft,
    ipc::control_records::Standing, ipc::control_records::Look, ipc::control_records::Put,
    ipc::control_records::Wait, ipc::control_records::Keep, ipc::control_records::Back,
    ipc::control_records::Claim, ipc::control_records::Carried, ipc::changes::Stage, ipc::changes::Copy,
    ipc::changes::Act, ipc::changes::Put, ipc::changes::Confirm, ipc::changes::Extend, ipc::changes::Find,
    ipc::changes::History, ipc::changes::Staged, ipc::changes::Change, ipc::changes::PutInForce,
    ipc::changes::Changes, ipc::changes::Refused, ipc::key_work::Signature, ipc::key_work::Refused,
    ipc::renewal::Keep, ipc::renewal::Finished, model::RenewalOrder, ipc::compartment::StagedListener,
    ipc::compartment::StagedSocket, model::NameTable, ipc::compartment::Refused, ipc::compartment::Adopted,
    ipc::compile::Part, ipc::compile::Report, ipc::net_apply::Failed, ipc::net_apply::Shaped,
    ipc::op::Published, ipc::op::Rejected, ipc::op::State, ipc::op::CutOrder, ipc::op::ClockOrder,
    ipc::op::ClockTrusted, model::TerminalRoll, model::ManagedIdentities, model::KeptIdentities,
    model::CutOff, ipc::watch::Owners, ipc::watch::SecondPath, ipc::dhcp::Lent, model::Lease, Event,
    ipc::web::Ask, ipc::web::Piece, model::Effect, model::SessionRoll, ipc::compartment::ListSessions,
    ipc::compartment::Sessions, ipc::compartment::EndSession, ipc::compartment::Ended,
    ipc::compartment::Rehearse, ipc::compartment::Rehearsed, ipc::op::EndConnection, ipc::web::Answered,
    ipc::web::Refused, ipc::web::Octets, model::BackupPlan, model::RuleRoll, model::WebTable,
    model::CertificateRoll, model::CertificateState, model::NetworkRoll, model::NetworkSight,
    ipc::op::NetworkState,
    model::DialTable, model::Wiring, model::ProofCase, model::Proof, ipc::evidence::Signed,
    ipc::evidence::Failed, ipc::control_records::NocPlan, ipc::noc::Take, ipc::noc::Arrived, ipc::noc::Orders, ipc::noc::Told,
    ipc::noc::Batch, ipc::noc::Image, ipc::noc::ImagePiece, ipc::op::InstallOrder, ipc::noc_round::Finished, model::NocOrder, ipc::op::NocStanding>;

template <class... Messages>
std::vector<Layout> layouts_of(testing::Types<Messages...>) {
  return {layout<Messages>()...};
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

INSTANTIATE_TEST_SUITE_P(Messages, LayoutTest, testing::ValuesIn(layouts_of(Layouts())),
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
