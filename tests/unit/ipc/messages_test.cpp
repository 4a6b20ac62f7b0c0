#include <gtest/gtest.h>

#include "base/codec.h"
#include "support/mutations.h"
#include "unit/ipc/change_examples.h"
#include "unit/ipc/session_examples.h"
#include "unit/ipc/message_examples.h"

namespace gw {
namespace {

using support::Octets;

template <class T>
class LayoutTest : public testing::Test {
 protected:
  const Octets seed = encode(examples::example<T>());
};

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
    ipc::control_records::Claim,
    ipc::control_records::Carried, ipc::changes::Stage, ipc::changes::Copy, ipc::changes::Act,
    ipc::changes::Put, ipc::changes::Confirm, ipc::changes::Extend, ipc::changes::Find, ipc::changes::History,
    ipc::changes::Staged, ipc::changes::Change, ipc::changes::PutInForce, ipc::changes::Changes,
    ipc::changes::Refused, ipc::key_work::Signature, ipc::key_work::Refused, ipc::renewal::Keep,
    ipc::renewal::Finished, model::RenewalOrder, ipc::compartment::StagedListener,
    ipc::compartment::StagedSocket, model::NameTable, ipc::compartment::Refused, ipc::compartment::Adopted,
    ipc::compile::Part, ipc::compile::Report, ipc::net_apply::Failed, ipc::net_apply::Shaped,
    ipc::op::Published, ipc::op::Rejected, ipc::op::State, ipc::op::CutOrder, ipc::op::ClockOrder,
    ipc::op::ClockTrusted, model::TerminalRoll, model::ManagedIdentities, model::KeptIdentities,
    model::CutOff, ipc::watch::Owners, ipc::watch::SecondPath, ipc::dhcp::Lent, model::Lease, Event,
    ipc::web::Ask, ipc::web::Piece, model::Effect, model::SessionRoll, ipc::compartment::ListSessions,
    ipc::compartment::Sessions, ipc::compartment::EndSession, ipc::compartment::Ended, ipc::compartment::Rehearse,
    ipc::compartment::Rehearsed, ipc::op::EndConnection, ipc::web::Answered, ipc::web::Refused, ipc::web::Octets, model::BackupPlan, model::WebTable, model::DialTable, model::Wiring,
    model::ProofCase, model::Proof, ipc::evidence::Signed, ipc::evidence::Failed>;
TYPED_TEST_SUITE(LayoutTest, Layouts);

TYPED_TEST(LayoutTest, what_was_written_is_read_again) {
  const auto value = decode<TypeParam>(this->seed);
  ASSERT_TRUE(value);
  EXPECT_EQ(encode(*value), this->seed);
}

TYPED_TEST(LayoutTest, no_cut_is_a_message) {
  support::for_each_cut(this->seed, [](const Octets& cut) {
    const auto value = decode<TypeParam>(cut);
    ASSERT_FALSE(value) << cut.size() << " octets";
    EXPECT_EQ(value.error().code, ErrorCode::message_malformed);
  });
}

TYPED_TEST(LayoutTest, one_octet_more_is_no_message) {
  Octets longer = this->seed;
  longer.push_back(0);
  EXPECT_FALSE(decode<TypeParam>(longer));
}

TYPED_TEST(LayoutTest, a_changed_octet_is_refused_or_means_something_else) {
  support::for_each_change(this->seed, [](const Octets& changed) {
    const auto value = decode<TypeParam>(changed);
    if (value) {
      EXPECT_EQ(encode(*value), changed);
    }
  });
}

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
