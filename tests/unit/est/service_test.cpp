// The server's half of the wire (RFC 7030, RFC 8951), for whoever serves terminals.

#include "est/service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "est/answer.h"
#include "est/media.h"
#include "unit/ca/site_authority.h"

namespace gw::est {
namespace {

using testing::HasSubstr;

Octets request() {
  return *ca::make_request({.common_name = "ct-1"}, {.uris = {"urn:sekisho:karte:ct-1"}},
                           *ca::private_key("p256 ct"));
}
std::string refusal(const std::string& type, const std::string& body) {
  const auto read = read_enrolment(type, body);
  return read ? "" : std::string(to_string(read.error().code));
}
/// What our own client makes of it.
Answer understood(const ServiceAnswer& answer) {
  auto read = read_answer({answer.status, answer.content_type, answer.retry_after, answer.body}, ca::kNow);
  EXPECT_TRUE(read) << read.error().to_text();
  return *std::move(read);
}

TEST(ServiceTest, a_request_is_read_from_its_base64) {
  const auto read = read_enrolment("application/pkcs10", to_base64_lines(request()));
  ASSERT_TRUE(read) << read.error().to_text();
  EXPECT_EQ(ca::Request::read(*read)->key().der(), ca::public_key("p256 ct").der());
  EXPECT_EQ(refusal("application/pkcs10", to_base64(request())), "") << "in one line as well";
}

TEST(ServiceTest, what_is_no_request_is_refused) {
  const std::string good = to_base64_lines(request());
  EXPECT_EQ(refusal("text/plain", good), "est.malformed");
  EXPECT_EQ(refusal("application/pkcs10", good + "!"), "est.malformed");
  EXPECT_EQ(refusal("application/pkcs10", std::string(40'000, 'A')), "est.malformed");
  EXPECT_EQ(refusal("application/pkcs10", ""), "request.unreadable");
  Octets changed = request();
  changed.back() ^= 1;
  EXPECT_EQ(refusal("application/pkcs10", to_base64(changed)), "request.bad_signature");
}

TEST(ServiceTest, a_ticket_is_found_whatever_name_stands_beside_it) {  // RFC 7617 2
  EXPECT_EQ(credentials_in("Basic " + to_base64(as_bytes("ticket:k7mh-x2pq")))->ticket.view(), "k7mh-x2pq");
  EXPECT_EQ(credentials_in("basic " + to_base64(as_bytes(":a:b")))->ticket.view(), "a:b");
  for (const std::string& wrong :
       {std::string(), std::string("Basic"), std::string("Bearer abc"), std::string("Basic *"),
        "Basic " + to_base64(as_bytes("nocolon")), "Basic " + to_base64(as_bytes("empty:")),
        "Basic " + to_base64(Octets(2'000, 'a'))})
    EXPECT_FALSE(credentials_in(wrong)) << wrong;
}

TEST(ServiceTest, our_own_client_understands_every_answer) {
  const ca::SiteAuthority site;
  const ServiceAnswer answer = certificates_answer({site.terminal("ct-1", "p256 ct"), site.der});
  EXPECT_EQ(answer.content_type, kCertificatesMedia);
  EXPECT_EQ(std::get<Certificates>(understood(answer)).all.size(), 2u);
  EXPECT_EQ(std::get<TryLater>(understood(later_answer(std::chrono::seconds(90)))).after,
            std::chrono::seconds(90));
  EXPECT_EQ(std::get<Refused>(understood(who_are_you_answer())).status, 401u);
  EXPECT_THAT(who_are_you_answer().authenticate, HasSubstr("Basic realm="));
  EXPECT_EQ(std::get<Refused>(understood(refusal_answer(403, "no such terminal"))).words, "no such terminal");
}

TEST(ServiceTest, the_attributes_are_two_objects) {  // RFC 8951 4
  // SEQUENCE { ecdsa-with-SHA256, extensionRequest }
  EXPECT_EQ(to_base64(*from_base64(attributes_answer().body)), "MBUGCCqGSM49BAMCBgkqhkiG9w0BCQ4=");
}

}  // namespace
}  // namespace gw::est
