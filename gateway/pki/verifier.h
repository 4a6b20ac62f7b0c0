#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "pki/identity.h"
#include "pki/revocation_list.h"
#include "pki/verdict_cache.h"
#include "pki/verify_error.h"

namespace gw::pki {

/// Longest chain: leaf, three intermediates, root.
inline constexpr int kMaxIntermediates = 3;

/// What is asked of a peer's certificate, besides a chain to the trust anchors, purpose, validity and
/// strength.
struct PeerDemands {
  Peer peer = Peer::terminal;
  std::string host_name{};         ///< of the cloud: must stand in the SAN (SRV-01)
  std::vector<model::Pin> pins{};  ///< of the cloud: one must be in the chain, if any are given (SRV-02)
  /// Of the cloud: it is asked to staple an OCSP answer, and a doubt is weighed so (SRV-03). None: not asked.
  std::optional<RevocationPolicy> stapling{};
  /// Of the cloud: a responder is asked when nothing that counts was stapled, and a doubt is weighed so
  /// (SRV-03).
  std::optional<RevocationPolicy> fetching{};

  bool ask_status() const { return stapling || fetching; }
};

/// OCSP answers about the leaf of one chain, as they came; empty for none.
struct StatusAnswers {
  Bytes stapled{};
  Bytes fetched{};
};
/// What is known of a leaf, before it is weighed.
struct LeafStatus {
  RevocationVerdict verdict;
  RevocationPolicy policy;
  bool is_open = false;  ///< a responder's answer would count, if there were one
};

/// The verdict on a peer: who it is, or why it is refused.
using Verdict = std::variant<IdentityPtr, model::CloseReason>;

/// Judges the peers of one TLS context. Single-threaded. `clock` must outlive it.
class Verifier {
 public:
  Verifier(PeerDemands demands, const Clock& clock) : demands_(std::move(demands)), clock_(clock) {}

  /// What is known of revocation from now on, and how much a doubt weighs (SRV-03). Nullptr: nothing is
  /// asked. Every verdict is given anew.
  void use(std::shared_ptr<const RevocationLists> lists, RevocationPolicy policy);

  const PeerDemands& demands() const { return demands_; }
  /// Sets purpose, depth, names and flags as this verifier demands them. Call once for each TLS context.
  void configure(X509_VERIFY_PARAM* parameters) const;
  /// Judges the chain the peer sent. On a refusal the context's error is set, so that the TLS library sends
  /// the alert that belongs to it. RFC 5280 6, CRT-08.
  Verdict judge(X509_STORE_CTX* chain);
  /// What the answers say of the leaf of a chain that judge() believed. A stapled one that says good or
  /// revoked is preferred. Where answers are stapled, a leaf that promises one and has none is in doubt under
  /// the hard policy, whatever a responder says (RFC 7633).
  LeafStatus status_of(const StatusAnswers& answers, const STACK_OF(X509) * chain) const;
  /// The reason to refuse, or nothing; see refusal() and holds_until().
  std::optional<model::CloseReason> weigh(const LeafStatus& status);
  /// After a refusal: the rule that was broken, for the operator.
  const char* words() const { return refusal_.words; }
  /// After a refusal: what is wrong, and where.
  const Finding& refusal() const { return refusal_; }
  /// After a verdict that refused nobody: from then on it has to be given again, because a certificate, a
  /// list or the patience with a doubt ends.
  model::CivilSeconds holds_until() const { return holds_until_; }

 private:
  Verdict refuse(X509_STORE_CTX* chain, const Finding& found);
  Verdict judge_from_nothing(X509_STORE_CTX* chain);
  bool pinned(STACK_OF(X509) * chain) const;
  RevocationVerdict revocation_of(const STACK_OF(X509) * chain) const;
  void remember(IdentityPtr identity, STACK_OF(X509) * chain, const RevocationVerdict& revocation);
  model::CivilSeconds now() const;

  PeerDemands demands_;
  const Clock& clock_;
  VerdictCache cache_;
  std::shared_ptr<const RevocationLists> lists_{};
  RevocationPolicy policy_ = RevocationPolicy::hard();
  Finding refusal_{};
  model::CivilSeconds holds_until_ = model::CivilSeconds::min();
};

}  // namespace gw::pki
