#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "config/compile.h"
#include "config/names.h"
#include "model/managed_identity.h"
#include "model/snapshot.h"

namespace gw::config {

/// Reads certificate files and revocation lists for one compilation; each file once, all of them within a
/// bound.
class Shelf {
 public:
  Shelf(const FileReader& read, Problems& problems);
  /// The certificates in the file, or empty after refusing it.
  std::string certificates(const Given<FilePath>& path);
  /// The revocation list in the file, or empty after refusing it.
  std::string revocation_list(const Given<FilePath>& path);
  /// The public key in the file, or empty after refusing it.
  std::string public_key(const Given<FilePath>& path);

 private:
  /// Files of one kind, and what of such a file is kept.
  struct Board {
    Result<std::string> (*kept_of)(std::string_view text);
    std::map<std::string, Result<std::string>> by_path{};
  };
  std::string take_down(const Given<FilePath>& path, Board& board);
  const Result<std::string>& content(const std::string& path, Board& board) const;

  const FileReader& read_;
  Problems& problems_;
  Board certificates_, lists_, keys_;
  std::size_t handed_out_ = 0;
};

/// What only one may have: the first to claim it keeps it.
template <class Thing>
class Claims {
 public:
  struct Claim {
    model::TenantId tenant{};
    std::string tenant_name{};
    Position at{};
  };
  /// The earlier claim, or nullptr when this is the first.
  const Claim* claim(const Thing& thing, Claim claim) {
    const auto [found, fresh] = by_thing_.emplace(thing, std::move(claim));
    return fresh ? nullptr : &found->second;
  }
  bool claimed(const Thing& thing) const { return by_thing_.contains(thing); }

 private:
  std::map<Thing, Claim> by_thing_;
};

/// What the parts of one compilation share.
struct Compilation {
  const Surroundings& surroundings;
  Problems& problems;
  Shelf shelf;
  const Given<NetworkKeys>& network_keys;
  model::Network network{};
  std::vector<model::Prefix> clinic{};  ///< never dialled
  Claims<model::IpAddress> listener_addresses{};
  Claims<model::Endpoint> listener_endpoints{};
  Claims<std::string> key_files{};
  std::map<std::string, std::string>
      identity_owners{};  ///< the first tenant that has an identity of this name
};

/// The tenant under compilation, as its parts need to know it.
struct TenantPart {
  /// An identity while its tenant is compiled: what the box has of it, and whom it is shown to.
  struct HeldIdentity {
    std::string chain{};
    std::optional<model::ManagedIdentity::Side> side{};
  };
  using KeyFile = std::pair<model::Wiring::Place, std::string>;

  model::TenantId id{};
  std::string name{};
  std::map<KeyFile, model::KeyId> keys{};
  std::map<std::string, HeldIdentity> identities{};
  std::optional<Names> identity_names{};

  /// The same number for the same file.
  model::KeyId key_of(const KeyFile& file) {
    return keys.emplace(file, model::KeyId(static_cast<std::uint16_t>(keys.size()))).first->second;
  }
};
/// That one certificate may carry (model::ManagedIdentity::hosts).
inline constexpr std::size_t kMostHosts = 64;

/// A given value goes into its place; an absent one leaves the model's default there.
template <class T, class Target>
void take(const Given<T>& given, Target& target) {
  if (given) target = given->value;
}
template <class L, class Target>
void take_all(const Given<L>& list, std::vector<Target>& target) {
  for (const auto& item : list->items)
    if (item) target.push_back(item->value);
}

void compile_network(Compilation& compilation);
model::Tenant compile_tenant(Compilation& compilation, model::TenantId id, const TenantKeys& keys);
model::Service compile_service(Compilation& compilation, TenantPart& tenant, model::ServiceId id,
                               const ServiceKeys& keys);
/// What the box shows to terminals.
model::Downstream compile_downstream(Compilation& compilation, TenantPart& tenant,
                                     const Given<DownstreamKeys>& given);
/// What a tenant's services may name, and then what the identities are.
void hold_identities(Compilation& compilation, const TenantKeys& keys, TenantPart& tenant);
std::vector<model::Identity> compile_identities(Compilation& compilation, const TenantKeys& keys);
/// `name` is given.
model::Credential credential_of_identity(Compilation& compilation, TenantPart& tenant,
                                         const Given<Name>& name, model::ManagedIdentity::Side side);
/// Once the tenant is known: each identity is shown to somebody, and terminals can tell whose it is.
void check_use_of_identities(Compilation& compilation, const TenantKeys& keys, const TenantPart& part,
                             const model::Tenant& tenant);
/// Addresses outside the clinic, each once, or a name that somebody can be asked for; `whose` as in "the
/// cloud service".
void check_endpoints(Compilation& compilation, const Given<HostName>& name,
                     const Given<List<Address, 0, 16>>& addresses, const std::string& whose);
std::vector<model::TrustAnchors> compile_anchors(
    Compilation& compilation, const Given<List<AnchorKeys, 1, model::kMaxAnchorFiles>>& keys);
/// `anchors` are those of the same side.
model::Revocation compile_revocation(Compilation& compilation, const Given<TerminalRevocationKeys>& keys,
                                     const std::vector<model::TrustAnchors>& anchors);
model::Revocation compile_revocation(Compilation& compilation, const Given<CloudRevocationKeys>& keys,
                                     const std::vector<model::TrustAnchors>& anchors);
model::Profile compile_profile(Compilation& compilation, const Given<ProfileKeys>& keys);
std::optional<model::DatedException> compile_exception(Compilation& compilation,
                                                       const Given<ExceptionKeys>& keys);
/// What the mode wants is there, and nothing that it has no use for.
void check_mode(Compilation& compilation, const ServiceKeys& keys, model::Mode mode);
/// The address is one of the box's and no other tenant's; address and port are nobody else's.
void check_endpoint(Compilation& compilation, const model::Tenant& tenant, const Given<Address>& address,
                    const Given<Port>& port);
void compile_listeners(Compilation& compilation, const TenantNames& names, const TenantKeys& keys,
                       model::Tenant& tenant);
/// Behind the other listeners, which keep their places.
void compile_enrolment(Compilation& compilation, TenantPart& part, const Given<TerminalEnrolmentKeys>& given,
                       model::Tenant& tenant);
void compile_terminals(Compilation& compilation, const TenantKeys& keys, model::Tenant& tenant);
void compile_rules(Compilation& compilation, const TenantNames& names, const TenantKeys& keys,
                   model::Tenant& tenant);

/// Where the box is administered: an interface, networks and a key of its own (ADM-11). After the network and
/// the tenants, which were there first.
model::Management compile_management(Compilation& compilation, const Given<ManagementKeys>& given,
                                     const model::Configuration& configuration);

/// Whom backups are encrypted to (BAK-04).
model::Backup compile_backup(Compilation& compilation, const Given<BackupKeys>& given);

/// Who is told how the box is (GOV-09).
model::OperationsCentre compile_noc(Compilation& compilation, const Given<NocKeys>& given);

/// What the box itself serves on a segment must not stand in the way of what the tenants do there.
void check_served(const model::Configuration& configuration, const RootKeys& keys, Problems& problems);

/// Refuses an address that lies on the clinic's side (W8); `what` begins the sentence.
void refuse_clinic_address(Compilation& compilation, Position at, const model::IpAddress& address,
                           const std::string& what);

}  // namespace gw::config
