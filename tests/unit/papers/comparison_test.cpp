#include "papers/comparison.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "draft.h"

namespace gw::papers {
namespace {

using model::EndpointFact;
using model::EndpointGrade;
using model::Probe;
using model::Probed;
using Outcome = Compared::Outcome;

/// As evidence has it, cell by cell.
Observation seen_of(const EndpointGrade& grade) {
  Observation out;
  for (const model::EndpointRow& row : model::rows_of(grade)) out[row.fact] = row.observed;
  return out;
}

/// TLS 1.2 and no other, for whoever shows a certificate.
EndpointGrade old_and_mutual() {
  EndpointGrade out;
  for (Probed& one : out.probes) one = {Probed::Answer::refused, "alert: protocol version"};
  out.of(Probe::tls12) = {Probed::Answer::agreed, "TLSv1.2 ECDHE-RSA-AES256-GCM-SHA384 X25519"};
  out.client_certificate = model::Asked::demanded;
  out.certificate = {.issuer = "CN=GlobalSign RSA OV SSL CA 2018,O=GlobalSign nv-sa,C=BE"};
  return out;
}

/// What comes of the rows about one key, in their order.
std::vector<Outcome> outcomes(const std::string& text, const Observation& seen, FactId about) {
  const Reading reading = read_profile(text);
  EXPECT_TRUE(reading.profile) << config::to_text(reading.problems, "p");
  std::vector<Outcome> out;
  if (!reading.profile) return out;
  for (const Compared& one : compare(*reading.profile, seen))
    if (one.about == about) out.push_back(one.outcome);
  return out;
}
std::vector<Outcome> outcomes(const char* key, const char* stated, const Observation& seen, FactId about) {
  return outcomes(with(key, stated), seen, about);
}
using Outcomes = std::vector<Outcome>;

TEST(Comparison, a_paper_that_says_nothing_is_silent_and_differs_from_nothing) {  // NET-06
  const Reading reading = read_profile(Draft{}.text());
  for (const Compared& one : compare(*reading.profile, seen_of(old_and_mutual())))
    EXPECT_EQ(one.outcome, Outcome::paper_silent) << fact(one.about).name();
}

TEST(Comparison, what_was_not_observed_is_neither_same_nor_different) {
  for (const Observation& nothing : {Observation(), seen_of(EndpointGrade())})
    EXPECT_EQ(outcomes("transport.mutual_authentication", "{is: yes, where: §9}", nothing,
                       FactId::transport_mutual_authentication),
              Outcomes{Outcome::not_observed});
}

TEST(Comparison, versions_are_held_against_each_other_one_by_one) {
  const auto versions = [](const char* stated) {
    return outcomes("transport.versions", stated, seen_of(old_and_mutual()), FactId::transport_versions);
  };
  EXPECT_EQ(versions("{is: TLS1.2, where: §9}"), (Outcomes{Outcome::same, Outcome::same, Outcome::same}));
  EXPECT_EQ(versions("{is: TLS1.3, where: §9}"),
            (Outcomes{Outcome::differs, Outcome::differs, Outcome::same}));
  EXPECT_EQ(versions("[{is: TLS1.2, where: §9}, {is: unknown, owner: vendor, asked: not yet}]"),
            (Outcomes{Outcome::paper_silent, Outcome::same, Outcome::same}));
}

TEST(Comparison, an_older_version_than_any_that_is_stated_differs) {
  EndpointGrade grade = old_and_mutual();
  grade.of(Probe::older) = {Probed::Answer::agreed, "TLSv1.0 RSA_WITH_3DES_EDE_CBC_SHA"};
  EXPECT_EQ(outcomes("transport.versions",
                     "[{is: TLS1.2, where: §9}, {is: unknown, owner: vendor, asked: not yet}]",
                     seen_of(grade), FactId::transport_versions),
            (Outcomes{Outcome::paper_silent, Outcome::same, Outcome::differs}));
}

TEST(Comparison, mutual_authentication_is_what_the_endpoint_demands) {
  const auto mutual = [](const char* stated, model::Asked asked) {
    EndpointGrade grade = old_and_mutual();
    grade.client_certificate = asked;
    return outcomes("transport.mutual_authentication", stated, seen_of(grade),
                    FactId::transport_mutual_authentication);
  };
  EXPECT_EQ(mutual("{is: yes, where: §9}", model::Asked::demanded), Outcomes{Outcome::same});
  EXPECT_EQ(mutual("{is: yes, where: §9}", model::Asked::asked), Outcomes{Outcome::differs});
  EXPECT_EQ(mutual("{is: yes, where: §9}", model::Asked::no), Outcomes{Outcome::differs});
  EXPECT_EQ(mutual("{is: no, where: §9}", model::Asked::no), Outcomes{Outcome::same});
}

TEST(Comparison, a_client_certificate_that_may_be_shown_is_asked_for) {
  const auto required = [](const char* stated) {
    EndpointGrade grade = old_and_mutual();
    grade.client_certificate = model::Asked::asked;
    return outcomes("client_certificate.required", stated, seen_of(grade),
                    FactId::client_certificate_required);
  };
  EXPECT_EQ(required("{is: optional, where: §9}"), Outcomes{Outcome::same});
  EXPECT_EQ(required("{is: yes, where: §9}"), Outcomes{Outcome::differs});
}

TEST(Comparison, an_issuer_is_found_by_its_name) {
  const Observation seen = seen_of(old_and_mutual());
  EXPECT_EQ(outcomes("transport.server_issuer", "{is: globalsign, where: §9}", seen,
                     FactId::transport_server_issuer),
            Outcomes{Outcome::same});
  EXPECT_EQ(
      outcomes("transport.server_issuer", "{is: SECOM, where: §9}", seen, FactId::transport_server_issuer),
      Outcomes{Outcome::differs});
}

TEST(Comparison, encryption_that_a_paper_denies_is_a_difference) {
  const Observation seen = seen_of(old_and_mutual());
  EXPECT_EQ(outcomes("transport.encrypted", "{is: yes, where: §9}", seen, FactId::transport_encrypted),
            Outcomes{Outcome::same});
  EXPECT_EQ(outcomes("transport.encrypted", "{is: no, where: §9}", seen, FactId::transport_encrypted),
            Outcomes{Outcome::differs});
}

}  // namespace
}  // namespace gw::papers
