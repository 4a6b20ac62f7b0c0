#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "model/configuration.h"
#include "model/layout.h"

namespace gw::model {

/// What an endpoint is asked, each in a connection of its own (NET-06).
enum class Probe : std::uint8_t {
  tls13,         ///< TLS 1.3 alone, as profile HIGH-13 has it
  tls12,         ///< TLS 1.2 alone, with the suites of profile HIGH-12
  other_suites,  ///< TLS 1.2 alone, with suites that no profile has
  older,         ///< TLS 1.1 and older
};
inline constexpr std::size_t kProbes = 4;
std::string_view to_string(Probe probe);
constexpr std::size_t number_of(Probe probe) { return static_cast<std::size_t>(probe); }

/// What it answered. That it chose a version and a suite counts, whatever came behind that.
struct Probed {
  enum class Answer : std::uint8_t {
    unknown,  ///< it was not reached, or said nothing in time
    refused,
    agreed,
  };
  Answer answer{};
  std::string words{};  ///< agreed: "TLSv1.3 TLS_AES_256_GCM_SHA384 X25519"; otherwise why not
};
std::string_view to_string(Probed::Answer answer);

enum class Seen : std::uint8_t { unknown, no, yes };
std::string_view to_string(Seen seen);

/// What becomes of whoever shows the endpoint no certificate.
enum class Asked : std::uint8_t {
  unknown,
  no,        ///< it asks for none
  asked,     ///< it asks for one and goes on without
  demanded,  ///< it refuses whoever shows none
};
std::string_view to_string(Asked asked);

/// The endpoint's own, as it showed it. Nothing of it has been verified; foreign text is escaped and cut.
struct EndpointCertificate {
  std::string subject{};
  std::string issuer{};
  std::string key{};  ///< "P-256", "RSA, 2048 bits"
  CivilSeconds ends{0};
  std::uint16_t chain = 0;    ///< certificates that came, itself included
  bool carries_name = false;  ///< that of the service (RFC 9110 4.3.4)
};

/// What a service's endpoint was observed to offer. An observation, no paper's promise.
struct EndpointGrade {
  std::string tenant{};
  std::string service{};
  std::chrono::milliseconds at{0};             ///< since 1970, UTC
  ProfileName profile = ProfileName::high_13;  ///< what the service stands on towards its cloud
  std::array<Probed, kProbes> probes{};        ///< by Probe
  std::optional<EndpointCertificate> certificate{};
  Seen resumption{};  ///< it hands out what a session can be resumed with
  Seen stapled{};     ///< it sends an OCSP answer along (RFC 6066 8)
  Asked client_certificate{};

  const Probed& of(Probe probe) const { return probes[number_of(probe)]; }
  Probed& of(Probe probe) { return probes[number_of(probe)]; }
  bool takes(Probe probe) const { return of(probe).answer == Probed::Answer::agreed; }
  bool refuses(Probe probe) const { return of(probe).answer == Probed::Answer::refused; }
};

/// What is to be said of a grade (endpoint_remarks.def).
enum class EndpointRemark : std::uint8_t {
#define GW_ENDPOINT_REMARK(name, id) name,
#include "model/endpoint_remarks.def"
#undef GW_ENDPOINT_REMARK
};
std::string_view to_string(EndpointRemark remark);
/// In their order; none: the endpoint is as the profile wants it.
std::vector<EndpointRemark> remarks_on(const EndpointGrade& grade);
/// The same, and it is no fault of the endpoint.
constexpr bool is_good_news(EndpointRemark remark) { return remark == EndpointRemark::exception_can_go; }

template <class Io>
void visit(Io& io, Probed& p) {
  io.choice(p.answer, Probed::Answer::agreed);
  io.text(p.words, kForeignTextLimit);
}
template <class Io>
void visit(Io& io, EndpointCertificate& c) {
  io.text(c.subject, kForeignTextLimit);
  io.text(c.issuer, kForeignTextLimit);
  io.text(c.key, kForeignTextLimit);
  io.field(c.ends);
  io.field(c.chain);
  io.field(c.carries_name);
}
template <class Io>
void visit(Io& io, EndpointGrade& g) {
  io.text(g.tenant, kMaxName);
  io.text(g.service, kMaxName);
  io.field(g.at);
  io.choice(g.profile, ProfileName::high_12);
  for (Probed& one : g.probes) io.field(one);
  io.maybe(g.certificate);
  io.choice(g.resumption, Seen::yes);
  io.choice(g.stapled, Seen::yes);
  io.choice(g.client_certificate, Asked::demanded);
}

}  // namespace gw::model
