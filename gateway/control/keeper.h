#pragma once

#include <list>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "control/backup_office.h"
#include "control/bundle_office.h"
#include "control/certificate_watch.h"
#include "control/change_office.h"
#include "control/detection_watch.h"
#include "control/evidence_office.h"
#include "control/fault_watch.h"
#include "control/image_office.h"
#include "control/noc_office.h"
#include "control/order_office.h"
#include "control/reader_desk.h"
#include "control/record_store.h"
#include "control/space_watch.h"
#include "control/web_desk.h"
#include "ipc/messages/control_records.h"
#include "keys/borrowed_key.h"

namespace gw::control {

/// Keeps the box's records (LOG-03, LOG-09): puts what the supervisor sends into the store, tells it what is
/// on the disk, has keyd sign a checkpoint once a minute, makes backups, and answers those who may read or
/// change, and the box's administrators, whom webd or the command line asks for. One thread.
class Keeper {
 public:
  static constexpr std::chrono::seconds kCheckpointEvery{60};
  static constexpr std::size_t kMostReaders = 8;
  static constexpr std::size_t kMostAdministrators = 8;  ///< who stand at the box at the same time

  static constexpr std::chrono::minutes kSweepEvery{1};  ///< of accounts, sessions and maintenances

  /// What else is in the store's database.
  struct Offices {
    accounts::Accounts& accounts;
    maintenance::Maintenance& maintenance;
    ReviewOffice& reviews;
    setup::Setup& setup;
    incidents::Incidents& incidents;
    incidents::Contacts& contacts;
  };
  /// Folders of nobody else's, and what the box came with.
  struct Holdings {
    UniqueFd backups{};
    UniqueFd bundles{};
    UniqueFd images{};
    PacksFound packs{};
    ProfilesFound profiles{};
  };
  /// All outlive it.
  Keeper(RecordStore& store, Offices offices, ipc::Channel control, Chronicle& records, const Clock& clock,
         Holdings holdings)
      : store_(store),
        offices_(offices),
        control_(std::move(control)),
        records_(records),
        clock_(clock),
        space_(store, records, clock),
        retention_(store, records, clock),
        changes_(store, records, clock, control_),
        backups_(store, changes_.changes(), records, clock, std::move(holdings.backups)),
        bundles_(records, clock, std::move(holdings.bundles)),
        evidence_(store, records, clock, std::move(holdings.packs), std::move(holdings.profiles)),
        noc_(store, records, clock),
        orders_(store, records, changes_.changes(), bundles_, clock),
        images_(records, clock, std::move(holdings.images)),
        faults_(store, records, offices.reviews.rules(), clock),
        detections_(store, records, clock),
        certificates_(store, records, clock),
        gate_(offices.maintenance) {}
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;

  /// Says `ready` and serves until the supervisor's channel ends. Fails when the store does: whoever starts
  /// it again tries once more, and nothing is lost meanwhile.
  Result<> serve();

 private:
  void wait();
  Result<> obey();
  Result<> act_on(ipc::Frame& frame);
  Result<> put_by(const ipc::Frame& frame);
  Result<> write_down();
  Result<> tell(ipc::control_records::Msg type, std::vector<std::uint8_t> body);
  void serve_readers();
  WebAround around();
  std::vector<const WebDesk*> desks() const;
  void serve_administrators();
  Result<> hear_of_errands();
  void sweep();
  bool is_clock_right() const;
  Result<> attend_to_orders();
  Result<> tell_claim();
  void ask_for_keys();
  void attend_to_checkpoint();
  void sign_with(ipc::Channel keyd);
  Result<> sign(keys::PrivateKey& key);
  Result<> use(keys::KeyWork& work);
  Result<keys::PrivateKeyPtr> open_key(keys::KeyWork& work);

  RecordStore& store_;
  Offices offices_;
  ipc::Channel control_;
  Chronicle& records_;
  const Clock& clock_;
  ipc::Conversation conversation_{ipc::control_records::kToControld};
  std::list<ReaderDesk> readers_{};
  std::optional<WebDesk> web_{};
  std::list<WebDesk> administrators_{};
  Instant sweep_due_{};
  std::optional<ipc::Channel> keyd_{};  // until it has signed
  Instant checkpoint_due_{};
  bool asked_for_keys_ = false;
  bool told_unsigned_ = false;
  std::optional<model::Checkpoint> checkpoint_{};  // the last one of this process
  // of the messages that wait, until they are written down together
  std::string run_{};
  std::uint64_t serial_ = 0;
  std::vector<model::Record> waiting_{};
  // on a full disk they wait here until there is room: no more than the supervisor has under way
  Instant retry_due_{};
  SpaceWatch space_;
  std::optional<model::ClockState> clock_state_{};  // as the record heard last has it
  Retention retention_;
  ChangeOffice changes_;
  BackupOffice backups_;
  BundleOffice bundles_;
  EvidenceOffice evidence_;
  NocOffice noc_;
  OrderOffice orders_;
  ImageOffice images_;
  FaultWatch faults_;
  DetectionWatch detections_;
  CertificateWatch certificates_;
  MaintenanceGate gate_;
  ErrandLine errands_{};
  std::optional<bool> told_awaited_{};  // does the box await that it is claimed
};

/// Opens what else the store holds, and keeps all of it until the supervisor's channel ends. All outlive it.
Result<> keep(RecordStore& store, accounts::Accounts& accounts, ipc::Channel control, Chronicle& records,
              const Clock& clock, Keeper::Holdings holdings);

}  // namespace gw::control
