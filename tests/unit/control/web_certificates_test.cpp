// What administrators are told of the box's certificates (CRT-05): the supervisor is played.

#include "model/certificate_roll.h"
#include "model/site.h"
#include "unit/control/web_clinic.h"

namespace gw::control {
namespace {

namespace op = ipc::op;
using model::CertificateRoll;
using model::CertificateState;
using model::CivilSeconds;

constexpr std::chrono::days kDay{1};
constexpr std::chrono::hours kMore{1};  // each question takes its time

class WebCertificates : public WebDeskTest {
 protected:
  void SetUp() override { settle(); }
  CivilSeconds now() const { return std::chrono::floor<CivilSeconds>(clock.civil_now().time_since_epoch()); }
  CertificateRoll::Certificate certificate(CivilSeconds until) const {
    return {.subject = "CN=x",
            .issuer = "CN=ca",
            .serial = "4f",
            .key = "P-256",
            .begins = now() - 300 * kDay,
            .ends = until};
  }
  CertificateRoll::Own own(CivilSeconds until) const {
    CertificateRoll::Own out;
    out.tenant = "karte";
    out.name = "cloud-1";
    out.renewal = CertificateRoll::Renewal::est;
    out.key_file = "karte/cloud-1.current";
    out.uses = {{model::Facing::cloud, "raw"}};
    out.certificate = certificate(until);
    return out;
  }
  Said listed(const CertificateRoll& roll, const CertificateState& state = {}) {
    const ipc::Frame asked = passed_on(OperationId::certificates_list, {});
    EXPECT_EQ(asked.type, ipc::type_number(op::Msg::certificates));
    const UniqueFd first = *sys::seal(encode(roll), "test"), second = *sys::seal(encode(state), "test");
    return answered(asked, op::Msg::certificate_roll, {}, {first.get(), second.get()});
  }
};

TEST_F(WebCertificates, a_certificate_says_how_long_it_counts_yet) {
  const auto state_at = [&](CivilSeconds until) { return listed({.own = {own(until)}}).json; };
  EXPECT_THAT(state_at(now() + 300 * kDay), HasSubstr("\"state\":\"valid\""));
  EXPECT_THAT(state_at(now() + 30 * kDay + kMore), HasSubstr("\"state\":\"soon\""));
  EXPECT_THAT(state_at(now() + 30 * kDay + kMore), HasSubstr("\"days_left\":30"));
  EXPECT_THAT(state_at(now()), HasSubstr("\"state\":\"ended\""));
  CertificateRoll::Own none = own({});
  none.certificate.reset();
  EXPECT_THAT(listed({.own = {none}}).json, HasSubstr("\"state\":\"missing\""));
}

TEST_F(WebCertificates, what_people_renew_ends_soon_sixty_days_before_however_short_it_lives) {
  CertificateRoll::Own one = own(now() + 60 * kDay + kMore);
  one.certificate->begins = now();
  one.renewal = CertificateRoll::Renewal::file;
  EXPECT_THAT(listed({.own = {one}}).json, HasSubstr("\"state\":\"valid\""));
  one.certificate->ends = now() + 60 * kDay;
  EXPECT_THAT(listed({.own = {one}}).json, HasSubstr("\"state\":\"soon\""));
  one.renewal = CertificateRoll::Renewal::est;
  EXPECT_THAT(listed({.own = {one}}).json, HasSubstr("\"state\":\"valid\"")) << "it is young";
}

TEST_F(WebCertificates, the_last_try_and_where_the_key_is_are_told) {
  CertificateState state;
  state.keys = {{model::Wiring::Place::configuration, "karte/cloud-1.current", model::Keeping::plain_file},
                {model::Wiring::Place::identities, "karte/cloud-1.current", model::Keeping::tpm}};
  state.attempts = {{"other", "cloud-1", std::chrono::milliseconds(0), "est.refused", "elsewhere"},
                    {"karte", "cloud-1", std::chrono::milliseconds(0), "est.unreachable", "no answer"}};
  const Said said = listed({.own = {own(now() + 300 * kDay)}}, state);
  EXPECT_THAT(said.json, HasSubstr("\"key_kept\":\"tpm\""));
  EXPECT_THAT(said.json, HasSubstr("\"attempt_code\":\"est.unreachable\",\"attempt_detail\":\"no answer\""));
  state.attempts[1].code.clear();
  EXPECT_THAT(listed({.own = {own(now() + 300 * kDay)}}, state).json, Not(HasSubstr("attempt_code")));
}

TEST_F(WebCertificates, authorities_that_end_have_a_plan) {
  CertificateRoll::TrustSet set{"karte", {model::Facing::terminals, {}}, {}};
  set.anchors = {{"old.pem", {}, {}, certificate(now() + 100 * kDay)}};
  const std::string one = listed({.trust = {set}}).json;
  EXPECT_THAT(one, HasSubstr("\"step\":\"add\",\"state\":\"now\""));
  EXPECT_THAT(one, Not(HasSubstr("\"next\"")));
  set.anchors.push_back({"next.pem", {}, {}, certificate(now() + 3000 * kDay)});
  set.anchors[1].certificate.fingerprint.fill(0xab);
  const std::string both = listed({.trust = {set}}).json;
  EXPECT_THAT(both, HasSubstr("\"next\":\"abab"));
  EXPECT_THAT(both, HasSubstr("\"step\":\"add\",\"state\":\"done\""));
  EXPECT_THAT(both, HasSubstr("\"step\":\"change\",\"state\":\"now\""));
}

TEST_F(WebCertificates, a_list_is_fresh_until_its_next_one_is_due) {
  CertificateRoll::List list{"karte", {model::Facing::terminals, {}}, "list.crl", "CN=ca", now() - kDay, {}};
  const auto state_until = [&](CivilSeconds until) {
    list.stale_at = until;
    return listed({.lists = {list}}).json;
  };
  EXPECT_THAT(state_until(now() + kDay), HasSubstr("\"state\":\"fresh\""));
  EXPECT_THAT(state_until(now()), HasSubstr("\"state\":\"stale\""));
}

TEST_F(WebCertificates, the_sites_own_authority_says_what_it_is) {
  const auto told_of = [&](const model::SiteProduct& product) {
    const ipc::Frame asked = passed_on(OperationId::certificates_authority, {});
    EXPECT_EQ(asked.type, ipc::type_number(op::Msg::site_order));
    return answered_with_file(asked, op::Msg::site_product, encode(product)).json;
  };
  EXPECT_THAT(told_of({}), HasSubstr("\"state\":\"none\""));
  model::SiteProduct product;
  product.authority = "requested";
  EXPECT_THAT(told_of(product), HasSubstr("\"state\":\"requested\""));
  product.authority = "CN=site";
  product.fingerprint = std::string(64, 'b');
  product.not_after = now() + 91 * kDay + kMore;
  product.entries.resize(2);
  product.entries[0].standing = "valid";
  EXPECT_THAT(told_of(product), HasSubstr("\"state\":\"valid\""));
  EXPECT_THAT(told_of(product), HasSubstr("\"valid\":1"));
  product.not_after = now() + 90 * kDay + kMore;
  EXPECT_THAT(told_of(product), HasSubstr("\"state\":\"soon\""));
}

}  // namespace
}  // namespace gw::control
