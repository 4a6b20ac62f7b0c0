#pragma once

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "base/fd.h"
#include "base/result.h"
#include "ipc/channel.h"
#include "model/certificate_roll.h"
#include "model/snapshot.h"

namespace gw::supervisor {

/// One compiled configuration as the supervisor holds it: sealed parts it passes on unread, and those
/// that it reads: the wiring, and of the certificates which are the box's own (certificate_book.h).
struct Edition {
  model::Generation generation{};
  model::ChangeNumber change{};  ///< that brought it about; zero: none did, it was the box's own file
  model::Wiring wiring{};
  UniqueFd net_plan{};
  UniqueFd aims{};
  std::map<model::TenantId, UniqueFd> snapshots{};
  std::map<model::TenantId, UniqueFd> dial_tables{};
  UniqueFd name_table{};                           ///< none: no segment asks for names
  UniqueFd sources{};                              ///< what it was compiled from; for conf-compile alone
  std::map<model::TenantId, UniqueFd> renewals{};  ///< of tenants that have identities; for the renewer alone
  std::map<model::TenantId, UniqueFd> enrolments{};  ///< of tenants that have one
  UniqueFd web_table{};                              ///< none: no browser administers the box
  UniqueFd backup_plan{};                            ///< none: no backups are made
  UniqueFd rules{};                                  ///< for controld alone
  UniqueFd certificates{};                           ///< likewise; which are its own the box notes
  UniqueFd network{};                                ///< likewise
  UniqueFd noc{};                                    ///< none: nobody is told how the box is; for the agent
  UniqueFd key_ring{};
  std::vector<model::CertificateState::Key> keys{};  ///< where those of the ring are kept
  /// To the configuration it was to be compared with, if there was one.
  struct Difference {
    UniqueFd words{};  ///< sealed text, a line a change
    bool widens = false;
    bool is_guarded = false;
  };
  Difference difference{};

  /// The tenant's compartment of that name in that place, or null.
  const model::Wiring::Compartment* find(model::TenantId tenant, const std::string& name) const;
};
using EditionPtr = std::shared_ptr<const Edition>;

/// Takes a compile::Msg::part. A part that came before, or that does not decode, is an error.
Result<> add_part(Edition& edition, ipc::Frame& frame);
/// Everything the wiring speaks of is there, for this generation, each tenant once.
Result<> check_complete(const Edition& edition);

}  // namespace gw::supervisor
