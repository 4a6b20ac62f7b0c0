#include "model/endpoint_change.h"

#include <gmock/gmock.h>

#include "base/codec.h"
#include "model/service_trial.h"

namespace gw::model {
namespace {

using Answer = Probed::Answer;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::chrono::days kToday{20'000};

/// As every profile wants it.
EndpointGrade good() {
  EndpointGrade out{.tenant = "karte", .service = "emr", .at = kToday};
  out.of(Probe::tls13) = {Answer::agreed, "TLSv1.3 TLS_AES_256_GCM_SHA384 X25519"};
  for (const Probe probe : {Probe::tls12, Probe::other_suites, Probe::older})
    out.of(probe) = {Answer::refused, "alert: protocol version"};
  out.certificate = {
      .issuer = "CN=one", .ends = kToday + std::chrono::days(60), .chain = 2, .carries_name = true};
  return out;
}
EndpointGrade with(Probe probe, Probed probed, EndpointGrade out = good()) {
  out.of(probe) = std::move(probed);
  return out;
}
std::vector<EventId> events(const EndpointGrade& before, const EndpointGrade& after) {
  std::vector<EventId> out;
  for (const EndpointChange& one : changes_between(before, after)) out.push_back(one.event);
  return out;
}

TEST(EndpointGrade, nothing_is_said_of_a_good_one) { EXPECT_THAT(remarks_on(good()), IsEmpty()); }

TEST(EndpointGrade, each_weakness_is_said) {
  const Probed taken{Answer::agreed, "TLSv1.2 RSA_WITH_RC4_128_SHA"}, refused{Answer::refused, "no"};
  EXPECT_THAT(remarks_on(with(Probe::other_suites, taken)), ElementsAre(EndpointRemark::takes_other_suites));
  EXPECT_THAT(remarks_on(with(Probe::older, taken)), ElementsAre(EndpointRemark::takes_older));
  EXPECT_THAT(remarks_on(with(Probe::tls13, refused)), ElementsAre(EndpointRemark::profile_refused));
  EndpointGrade other = good();
  other.certificate->carries_name = false;
  EXPECT_THAT(remarks_on(other), ElementsAre(EndpointRemark::name_missing));
  other = good();
  other.certificate->ends = kToday + std::chrono::days(13);
  EXPECT_THAT(remarks_on(other), ElementsAre(EndpointRemark::ends_soon));
}

TEST(EndpointGrade, what_is_not_known_is_no_weakness) {
  EndpointGrade silent{.at = kToday};
  EXPECT_THAT(remarks_on(silent), IsEmpty());
}

TEST(EndpointGrade, a_tls_1_2_exception_can_go_when_the_endpoint_takes_tls_1_3) {  // NET-02
  EndpointGrade excepted = good();
  excepted.profile = ProfileName::high_12;
  EXPECT_THAT(remarks_on(excepted), ElementsAre(EndpointRemark::exception_can_go));
  const Probed refused{Answer::refused, "no"}, agreed{Answer::agreed, "TLSv1.2 x"};
  EXPECT_THAT(remarks_on(with(Probe::tls12, agreed, with(Probe::tls13, refused, excepted))), IsEmpty());
  EXPECT_THAT(remarks_on(with(Probe::tls13, refused, excepted)),
              ElementsAre(EndpointRemark::profile_refused));
}

TEST(EndpointChange, the_same_again_is_none) { EXPECT_THAT(changes_between(good(), good()), IsEmpty()); }

TEST(EndpointChange, a_version_that_is_lost_is_told_with_both) {
  const auto changes =
      changes_between(good(), with(Probe::tls13, {Answer::refused, "alert: protocol version"}));
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].event, EventId::endpoint_version_lost);
  EXPECT_EQ(changes[0].before, "tls13: TLSv1.3 TLS_AES_256_GCM_SHA384 X25519");
  EXPECT_EQ(changes[0].after, "tls13: alert: protocol version");
}

TEST(EndpointChange, tls_1_2_is_missed_by_whoever_stands_on_it_alone) {
  const EndpointGrade after = good();
  EndpointGrade before = with(Probe::tls12, {Answer::agreed, "TLSv1.2 x"});
  EXPECT_THAT(events(before, after), IsEmpty());
  EndpointGrade excepted = after;
  excepted.profile = ProfileName::high_12;
  EXPECT_THAT(events(before, excepted), ElementsAre(EventId::endpoint_version_lost));
}

TEST(EndpointChange, a_weak_suite_that_is_taken_now_is_told) {
  const Probed taken{Answer::agreed, "TLSv1.2 RSA_WITH_AES_128_CBC_SHA"};
  EXPECT_THAT(events(good(), with(Probe::other_suites, taken)), ElementsAre(EventId::endpoint_weaker));
  EXPECT_THAT(events(good(), with(Probe::older, taken)), ElementsAre(EventId::endpoint_weaker));
  EXPECT_THAT(events(with(Probe::older, taken), good()), IsEmpty())
      << "that is good news, and needs no advice";
}

TEST(EndpointChange, another_issuer_is_told_and_a_renewal_by_the_same_is_not) {
  EndpointGrade other = good(), renewed = good();
  other.certificate->issuer = "CN=two";
  renewed.certificate->ends += std::chrono::days(365);
  EXPECT_THAT(events(good(), other), ElementsAre(EventId::endpoint_issuer_changed));
  EXPECT_THAT(events(good(), renewed), IsEmpty());
}

TEST(EndpointChange, an_exception_that_can_go_is_told_once) {
  EndpointGrade after = good();
  after.profile = ProfileName::high_12;
  const EndpointGrade before = with(Probe::tls13, {Answer::refused, "no"}, after);
  EXPECT_THAT(events(before, after), ElementsAre(EventId::endpoint_exception_can_go));
  EXPECT_THAT(events(after, after), IsEmpty());
}

TEST(EndpointChange, what_was_not_known_or_is_not_has_not_changed) {
  const EndpointGrade silent = with(Probe::tls13, {Answer::unknown, "no answer in time"});
  EXPECT_THAT(events(silent, with(Probe::tls13, {Answer::refused, "no"})), IsEmpty());
  EXPECT_THAT(events(good(), silent), IsEmpty());
}

TEST(EndpointGrade, travels_whole) {
  ServiceTrials all{.began = kToday};
  all.trials.push_back({.tenant = "karte", .service = "emr", .endpoint = good()});
  all.endpoints.push_back(good());
  const Result<ServiceTrials> read = decode<ServiceTrials>(encode(all));
  ASSERT_TRUE(read);
  ASSERT_TRUE(read->trials[0].endpoint && read->endpoints[0].certificate);
  EXPECT_EQ(read->endpoints[0].of(Probe::tls13).words, good().of(Probe::tls13).words);
  EXPECT_EQ(read->endpoints[0].certificate->ends, good().certificate->ends);
}

}  // namespace
}  // namespace gw::model
