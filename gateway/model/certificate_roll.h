#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "model/certificate_places.h"
#include "model/keeping.h"
#include "model/layout.h"
#include "model/snapshot.h"

namespace gw::model {

/// What controld tells of the certificates of the configuration in force: those the box shows, the
/// authorities it believes, and what it was told of revocation (CRT-01, CRT-05, SRV-03). Foreign text in it
/// is escaped and cut.
struct CertificateRoll {
  struct Certificate {
    std::string subject{};
    std::string issuer{};
    std::string serial{};  ///< hexadecimal
    std::string key{};     ///< "P-256"
    Pin fingerprint{};     ///< SHA-256 of the whole certificate
    CivilSeconds begins{0};
    CivilSeconds ends{0};
  };
  /// Who brings about its next one.
  enum class Renewal : std::uint8_t {
    est,      ///< the box asks an enrolment server (RFC 7030)
    request,  ///< the box makes key and request; people carry them to an authority and back
    file,     ///< people write both files anew
  };
  struct Use {
    Facing facing{};
    std::string service{};
  };
  struct Own {
    std::string tenant{};  ///< empty: the box's
    std::string name{};    ///< of the identity, or the certificate's file
    Renewal renewal{};
    std::string server_name{};  ///< of est
    std::string key_file{};     ///< as Wiring::Key has it: beneath the place that follows from `renewal`
    std::vector<Use> uses{};
    std::optional<Certificate> certificate{};  ///< the first of its chain; none: it has none yet
    CivilSeconds renew_at{0};                  ///< of est: when its next one is asked for
  };
  struct Anchor {
    std::string file{};
    CivilSeconds from{0};   ///< zero: without that bound
    CivilSeconds until{0};  ///< likewise
    Certificate certificate{};
  };
  struct TrustSet {
    std::string tenant{};
    Use checked{};  ///< whose certificates
    std::vector<Anchor> anchors{};
  };
  struct List {
    std::string tenant{};
    Use checked{};
    std::string file{};
    std::string issuer{};
    CivilSeconds issued{0};
    CivilSeconds stale_at{0};
  };
  std::vector<Own> own{};
  std::vector<TrustSet> trust{};
  std::vector<List> lists{};
};

/// Bytes; and the most of what a configuration may have of each.
inline constexpr std::size_t kMostCertificateRoll = 64u << 20;
inline constexpr std::size_t kMostTrustSets = kMaxTenants * (kMaxServices + kMaxIdentities + 1) + 1;
inline constexpr std::size_t kMostOwn = kMaxTenants * (2 * kMaxServices + 1) + 1;
inline constexpr std::size_t kMostAnchors = 4096;  // of one set
inline constexpr std::size_t kMostLists = kMaxTenants * (kMaxServices + 1) * kMaxRevocationLists;
inline constexpr std::size_t kMostNameText = 1024;  // of a subject, escaped

template <class Io>
void visit(Io& io, CertificateRoll::Certificate& c) {
  io.text(c.subject, kMostNameText);
  io.text(c.issuer, kMostNameText);
  io.text(c.serial, 128);
  io.text(c.key, 64);
  io.field(c.fingerprint);
  io.field(c.begins);
  io.field(c.ends);
}
template <class Io>
void visit(Io& io, CertificateRoll::Use& u) {
  io.choice(u.facing, Facing::administrators);
  io.text(u.service, kMaxName);
}
template <class Io>
void visit(Io& io, CertificateRoll::Own& o) {
  io.text(o.tenant, kMaxName);
  io.text(o.name, 4096);
  io.choice(o.renewal, CertificateRoll::Renewal::file);
  io.text(o.server_name, 253);
  io.text(o.key_file, 4096);
  io.list(o.uses, 2 * kMaxServices + 1);
  io.maybe(o.certificate);
  io.field(o.renew_at);
}
template <class Io>
void visit(Io& io, CertificateRoll::Anchor& a) {
  io.text(a.file, 4096);
  io.field(a.from);
  io.field(a.until);
  io.field(a.certificate);
}
template <class Io>
void visit(Io& io, CertificateRoll::TrustSet& s) {
  io.text(s.tenant, kMaxName);
  io.field(s.checked);
  io.list(s.anchors, kMostAnchors);
}
template <class Io>
void visit(Io& io, CertificateRoll::List& l) {
  io.text(l.tenant, kMaxName);
  io.field(l.checked);
  io.text(l.file, 4096);
  io.text(l.issuer, kMostNameText);
  io.field(l.issued);
  io.field(l.stale_at);
}
template <class Io>
void visit(Io& io, CertificateRoll& r) {
  io.list(r.own, kMostOwn);
  io.list(r.trust, kMostTrustSets);
  io.list(r.lists, kMostLists);
}

/// What has become of them meanwhile, as the supervisor knows: where keys are kept, and what came of the last
/// try of each identity to get its next certificate since the box was started.
struct CertificateState {
  struct Key {
    Wiring::Place place{};
    std::string file{};
    Keeping keeping{};
  };
  struct Attempt {
    std::string tenant{};
    std::string identity{};
    std::chrono::milliseconds at{0};  ///< since 1970, UTC
    std::string code{};               ///< of an error; empty: it has its new one
    std::string detail{};
  };
  std::vector<Key> keys{};
  std::vector<Attempt> attempts{};
  std::string evidence_key{};  ///< public half of what signs isolation proofs, PEM; empty: there is none yet
};

inline constexpr std::size_t kMostAttempts = kMaxTenants * kMaxIdentities;
inline constexpr std::size_t kMostEvidenceKey = 1024;

template <class Io>
void visit(Io& io, CertificateState::Key& k) {
  io.choice(k.place, Wiring::Place::identities);
  io.text(k.file, 4096);
  io.choice(k.keeping, Keeping::plain_file);
}
template <class Io>
void visit(Io& io, CertificateState::Attempt& a) {
  io.text(a.tenant, kMaxName);
  io.text(a.identity, kMaxName);
  io.field(a.at);
  io.text(a.code, 64);
  io.text(a.detail, 512);
}
template <class Io>
void visit(Io& io, CertificateState& s) {
  io.list(s.keys, kMostOwn);
  io.list(s.attempts, kMostAttempts);
  io.text(s.evidence_key, kMostEvidenceKey);
}

}  // namespace gw::model
