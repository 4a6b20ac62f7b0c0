// The first octet picks the layout, the rest is the body. What a layout accepts it writes back octet for
// octet: one value, one form.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <iterator>

#include "base/codec.h"
#include "base/event.h"
#include "ipc/messages/changes.h"
#include "ipc/messages/compile.h"
#include "ipc/messages/control_compartment.h"
#include "ipc/messages/control_records.h"
#include "ipc/messages/control_watch.h"
#include "ipc/messages/key_work.h"
#include "ipc/messages/operator.h"
#include "ipc/messages/probe.h"
#include "ipc/messages/proxy_dial.h"
#include "ipc/messages/proxy_key.h"
#include "ipc/messages/records.h"
#include "ipc/messages/renewal.h"
#include "ipc/messages/site.h"
#include "ipc/messages/web_control.h"
#include "model/backup_plan.h"
#include "model/key_ring.h"
#include "model/managed_identity.h"
#include "model/management.h"
#include "model/name_table.h"
#include "model/session_roll.h"
#include "model/snapshot.h"
#include "model/terminal_roll.h"
#include "probe/aims.h"

namespace {

namespace ipc = gw::ipc;

template <class T>
void accept_one_form_only(gw::Bytes body) {
  const auto value = gw::decode<T>(body);
  if (value && !std::ranges::equal(gw::encode(*value), body)) std::abort();
}

/// Beyond its layout a snapshot must be consistent, so the value is not at hand to write back.
void accept_snapshot(gw::Bytes body) {
  static_cast<void>(static_cast<bool>(gw::model::Snapshot::decode(body)));
}

constexpr void (*kLayouts[])(gw::Bytes) = {
    accept_one_form_only<ipc::dial::Dial>,
    accept_one_form_only<ipc::dial::Connected>,
    accept_one_form_only<ipc::dial::Failed>,
    accept_one_form_only<ipc::compartment::Staged>,
    accept_one_form_only<gw::model::KeyRing>,
    accept_one_form_only<ipc::compartment::StagedListener>,
    accept_one_form_only<ipc::compartment::Refused>,
    accept_one_form_only<ipc::compartment::Adopted>,
    accept_one_form_only<ipc::compile::Part>,
    accept_one_form_only<ipc::compile::Report>,
    accept_one_form_only<ipc::net_apply::Failed>,
    accept_one_form_only<ipc::op::Published>,
    accept_one_form_only<ipc::op::Rejected>,
    accept_one_form_only<ipc::op::State>,
    accept_one_form_only<gw::Event>,
    accept_one_form_only<gw::model::DialTable>,
    accept_one_form_only<gw::model::Wiring>,
    accept_snapshot,
    accept_one_form_only<ipc::net_apply::Shaped>,
    accept_one_form_only<ipc::op::CutOrder>,
    accept_one_form_only<ipc::op::ClockOrder>,
    accept_one_form_only<ipc::op::ClockTrusted>,
    accept_one_form_only<gw::model::TerminalRoll>,
    accept_one_form_only<gw::model::ManagedIdentities>,
    accept_one_form_only<gw::model::KeptIdentities>,
    accept_one_form_only<ipc::watch::Owners>,
    accept_one_form_only<gw::model::CutOff>,
    accept_one_form_only<gw::model::Proof>,
    accept_one_form_only<ipc::evidence::Signed>,
    accept_one_form_only<ipc::key::Sign>,
    accept_one_form_only<ipc::key::Signature>,
    accept_one_form_only<ipc::key::Refused>,
    accept_one_form_only<ipc::compartment::Proxy>,
    accept_one_form_only<ipc::compartment::Earliest>,
    accept_one_form_only<ipc::compartment::Misused>,
    accept_one_form_only<ipc::compartment::KeyWork>,
    accept_one_form_only<ipc::compartment::Enrol>,
    accept_one_form_only<ipc::compartment::NotEnrolled>,
    accept_one_form_only<ipc::op::SiteRequest>,
    accept_one_form_only<ipc::op::IdentityOrder>,
    accept_one_form_only<gw::model::SiteProduct>,
    accept_one_form_only<ipc::site::CarriedOut>,
    accept_one_form_only<ipc::site::Failed>,
    accept_one_form_only<gw::probe::Aims>,
    accept_one_form_only<ipc::compartment::StagedSocket>,
    accept_one_form_only<gw::model::NameTable>,
    accept_one_form_only<ipc::key_work::Make>,
    accept_one_form_only<ipc::key_work::Open>,
    accept_one_form_only<ipc::key_work::Opened>,
    accept_one_form_only<ipc::key_work::Sign>,
    accept_one_form_only<ipc::key_work::Forget>,
    accept_one_form_only<ipc::control_records::Records>,
    accept_one_form_only<ipc::control_records::Kept>,
    accept_one_form_only<ipc::records::Find>,
    accept_one_form_only<ipc::records::Chain>,
    accept_one_form_only<ipc::records::Found>,
    accept_one_form_only<ipc::records::Piece>,
    accept_one_form_only<ipc::records::Refused>,
    accept_one_form_only<ipc::key_work::Signature>,
    accept_one_form_only<ipc::key_work::Refused>,
    accept_one_form_only<ipc::renewal::Keep>,
    accept_one_form_only<ipc::renewal::Finished>,
    accept_one_form_only<gw::model::RenewalOrder>,
    accept_one_form_only<ipc::dial::Inquire>,
    accept_one_form_only<ipc::dial::InquiryAnswered>,
    accept_one_form_only<ipc::dial::InquiryFailed>,
    accept_one_form_only<ipc::records::Exported>,
    accept_one_form_only<ipc::records::KeepFor>,
    accept_one_form_only<ipc::records::Keeping>,
    accept_one_form_only<ipc::control_records::RoomLeft>,
    accept_one_form_only<ipc::control_records::Standing>,
    accept_one_form_only<ipc::control_records::Look>,
    accept_one_form_only<ipc::control_records::Put>,
    accept_one_form_only<ipc::control_records::Wait>,
    accept_one_form_only<ipc::control_records::Keep>,
    accept_one_form_only<ipc::control_records::Back>,
    accept_one_form_only<ipc::control_records::Carried>,
    accept_one_form_only<ipc::changes::Stage>,
    accept_one_form_only<ipc::changes::Copy>,
    accept_one_form_only<ipc::changes::Act>,
    accept_one_form_only<ipc::changes::Put>,
    accept_one_form_only<ipc::changes::Confirm>,
    accept_one_form_only<ipc::changes::Extend>,
    accept_one_form_only<ipc::changes::Find>,
    accept_one_form_only<ipc::changes::History>,
    accept_one_form_only<ipc::changes::Staged>,
    accept_one_form_only<ipc::changes::Change>,
    accept_one_form_only<ipc::changes::PutInForce>,
    accept_one_form_only<ipc::changes::Changes>,
    accept_one_form_only<ipc::changes::Refused>,
    accept_one_form_only<ipc::web::Ask>,
    accept_one_form_only<ipc::web::Answered>,
    accept_one_form_only<ipc::web::Refused>,
    accept_one_form_only<gw::model::WebTable>,
    accept_one_form_only<ipc::web::Piece>,
    accept_one_form_only<gw::model::Effect>,
    accept_one_form_only<gw::model::SessionRoll>,
    accept_one_form_only<ipc::compartment::ListSessions>,
    accept_one_form_only<ipc::compartment::Sessions>,
    accept_one_form_only<ipc::compartment::EndSession>,
    accept_one_form_only<ipc::compartment::Ended>,
    accept_one_form_only<ipc::compartment::Rehearse>,
    accept_one_form_only<ipc::compartment::Rehearsed>,
    accept_one_form_only<ipc::op::EndConnection>,
    accept_one_form_only<ipc::control_records::Claim>,
    accept_one_form_only<ipc::web::Octets>,
    accept_one_form_only<gw::model::BackupPlan>,
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  kLayouts[data[0] % std::size(kLayouts)](gw::Bytes(data, size).subspan(1));
  return 0;
}
