// What administrators have done about terminals' certificates (CRT-07): the supervisor is played.

#include "model/site.h"
#include "unit/control/web_clinic.h"

namespace gw::control {
namespace {

namespace op = ipc::op;
using Verb = model::SiteOrder::Verb;

constexpr model::CivilSeconds kHour{3600};

class WebTerminals : public WebDeskTest {
 protected:
  void SetUp() override { settle(); }
  model::CivilSeconds now() const {
    return std::chrono::floor<model::CivilSeconds>(clock.civil_now().time_since_epoch());
  }
  op::SiteRequest ordered(OperationId operation, TypedValues values) {
    asked = passed_on(operation, std::move(values));
    EXPECT_EQ(asked.type, ipc::type_number(op::Msg::site_order));
    EXPECT_TRUE(sys::read_sealed(asked.fds.front().get(), 1)->empty()) << "nothing comes along";
    return *decode<op::SiteRequest>(asked.body);
  }
  Said answered_with(const model::SiteProduct& product) {
    return answered_with_file(asked, op::Msg::site_product, encode(product));
  }
  model::SiteEntry entry(const std::string& terminal, const std::string& standing,
                         model::CivilSeconds not_after, model::CivilSeconds since = {}) const {
    return {.tenant = "karte",
            .terminal = terminal,
            .serial = "4f",
            .certificate = std::string(64, 'a'),
            .standing = standing,
            .not_before = now() - kHour,
            .not_after = not_after,
            .since = since};
  }
  /// The states of what is listed, the newest first.
  std::string states(const std::vector<model::SiteEntry>& entries) {
    (void)ordered(OperationId::terminals_certificates, {{}, {}, {}});
    const std::string json = answered_with({.entries = entries}).json;
    std::string out;
    const std::string key = "\"state\":\"";
    for (std::size_t at = json.find(key); at != std::string::npos; at = json.find(key, at + 1)) {
      const std::size_t begin = at + key.size();
      out += json.substr(begin, json.find('"', begin) - begin) + " ";
    }
    return out;
  }

  ipc::Frame asked{};
};

TEST_F(WebTerminals, an_invitation_says_who_asks_and_why_and_gives_the_ticket_once) {  // LOG-01
  const op::SiteRequest request =
      ordered(OperationId::terminals_invite, {text("karte"), text("desk-1"), text("a new device")});
  EXPECT_EQ(request.order.verb, Verb::ticket);
  EXPECT_EQ(request.order.tenant + "/" + request.order.terminal, "karte/desk-1");
  EXPECT_EQ(request.reason, "a new device");
  EXPECT_EQ(request.by.name, "first");
  EXPECT_EQ(request.by.role, "clinic_admin");
  EXPECT_EQ(request.by.source, "10.0.0.10");
  EXPECT_NE(request.by.session, "");
  model::SiteProduct product;
  product.secret = "k7mh-x2pq";
  product.place = "https://enrol.box.example:9443/.well-known/est";
  product.ends = model::CivilSeconds(1'800'000'000);
  product.fingerprint = std::string(64, 'b');
  const Said said = answered_with(product);
  EXPECT_EQ(member(said.json, "code"), "k7mh-x2pq");
  EXPECT_EQ(member(said.json, "place"), product.place);
  EXPECT_EQ(member(said.json, "until"), "2027-01-15T08:00:00.000000Z");
  EXPECT_EQ(member(said.json, "authority"), product.fingerprint);
}

TEST_F(WebTerminals, certificates_are_listed_the_newest_first_as_they_stand_now) {
  const model::CivilSeconds later = now() + 24 * kHour;  // the clock goes on while somebody signs in
  EXPECT_EQ(states({entry("ct-1", "valid", later), entry("ct-1", "revoked", later, now() - kHour),
                    entry("ct-1", "superseded", later, later - kHour)}),
            "superseded revoked valid ");
  EXPECT_EQ(states({entry("ct-1", "valid", now()), entry("ct-1", "superseded", later, now()),
                    entry("ct-1", "revoked", now(), now() - kHour)}),
            "revoked expired expired ");
}

TEST_F(WebTerminals, certificates_are_those_of_a_tenant_or_a_terminal_and_so_many_at_most) {
  (void)ordered(OperationId::terminals_certificates,
                {text("karte"), text("ct-2"), TypedValue::of(std::uint64_t{1})});
  std::vector<model::SiteEntry> entries;
  for (const char* terminal : {"ct-1", "ct-2", "ct-2"})
    entries.push_back(entry(terminal, "valid", now() + kHour));
  const Said said = answered_with({.entries = entries});
  EXPECT_THAT(said.json, HasSubstr("\"all\":2"));
  EXPECT_THAT(said.json, Not(HasSubstr("ct-1")));
  EXPECT_EQ(said.json.find("ct-2"), said.json.rfind("ct-2")) << "one of them";
  EXPECT_THAT(said.json, Not(HasSubstr("authority"))) << "there is none yet";
}

TEST_F(WebTerminals, one_certificate_is_revoked_or_all_that_the_terminal_has) {  // CRT-04
  const std::string digest(64, 'A');
  const op::SiteRequest one =
      ordered(OperationId::terminals_revoke, {text("karte"), text("desk-1"), text(digest), text("lost")});
  EXPECT_EQ(one.order.verb, Verb::revoke);
  EXPECT_EQ(one.order.certificate, std::string(64, 'a'));
  EXPECT_EQ(one.order.revocation, model::kCessation);
  EXPECT_EQ(one.reason, "lost");
  EXPECT_EQ(answered_with({}).error, "");
  const op::SiteRequest all =
      ordered(OperationId::terminals_revoke, {text("karte"), text("desk-1"), {}, text("lost")});
  EXPECT_EQ(all.order.certificate, "");
}

TEST_F(WebTerminals, what_the_authority_refuses_is_said_in_its_words) {
  (void)ordered(OperationId::terminals_revoke, {text("karte"), text("desk-1"), {}, text("lost")});
  const op::Rejected rejected{ErrorCode::register_terminal_unknown, "the terminal has no certificate"};
  const UniqueFd nothing = *sys::seal({}, "nothing");
  const Said said = answered(asked, op::Msg::rejected, encode(rejected), {nothing.get()});
  EXPECT_EQ(said.error, "register.terminal_unknown");
  EXPECT_EQ(said.detail, "the terminal has no certificate");
}

}  // namespace
}  // namespace gw::control
