// Requests are a stranger's octets: read strictly, believed in nothing but the key (RFC 2986, CRT-08).

#include "ca/request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/pem.h>

#include "ca/signed_form.h"
#include "keys/pem_block.h"
#include "support/der.h"
#include "support/key_ring.h"
#include "support/mutations.h"
#include "unit/ca/site_authority.h"

namespace gw::ca {
namespace {

namespace der = support::der;
using testing::ElementsAre;
using testing::HasSubstr;

const Subject kSubject{.organization = "Clinic", .common_name = "ct-1"};
const Names kNames{.uris = {"urn:sekisho:karte:ct-1"}, .hosts = {"ct.example"}};

Octets request_of(const std::string& key) {
  auto made = make_request(kSubject, kNames, *private_key(key));
  EXPECT_TRUE(made) << made.error().to_text();
  return *std::move(made);
}

/// A request as no holder of its key makes it: whose key is in it, who signs, with what.
std::string odd_request(const std::string& key, const std::string& signer, const std::string& digest,
                        const std::string& version = std::string(1, '\0')) {
  const std::string what = der::sequence(
      {der::integer(version), der::name("ct-1"), support::public_key_of(key), der::tagged(0xa0, "")});
  return der::sequence({what, support::signature_algorithm(signer, digest),
                        der::bits(support::signature_by(signer, digest, what))});
}

std::string refusal_of(std::string_view octets) { return refusal(Request::read(as_bytes(octets))); }

TEST(RequestTest, the_key_is_believed_and_the_names_are_only_shown) {
  for (const std::string name : {"p256 ct", "p384 ct", "rsa2048 ct"}) {
    const auto request = Request::read(request_of(name));
    ASSERT_TRUE(request) << request.error().to_text();
    EXPECT_EQ(as_text(request->key().der()), support::public_key_of(name));
    EXPECT_EQ(request->wanted_subject(), "CN=ct-1,O=Clinic");
    EXPECT_THAT(request->wanted_names(), ElementsAre("URI:urn:sekisho:karte:ct-1", "DNS:ct.example"));
  }
}

TEST(RequestTest, pem_is_read_if_it_is_all_there_is) {
  const std::string pem = keys::to_pem("CERTIFICATE REQUEST", request_of("p256 ct"));
  EXPECT_EQ(refusal_of(pem), "");
  EXPECT_EQ(refusal_of(keys::to_pem("NEW CERTIFICATE REQUEST", request_of("p256 ct"))), "");
  EXPECT_EQ(refusal_of(pem + pem), "request.unreadable");
  EXPECT_EQ(refusal_of("To whom it may concern\n" + pem), "request.unreadable");
  EXPECT_EQ(refusal_of(pem + "yours"), "request.unreadable");
  EXPECT_EQ(refusal_of(keys::to_pem("CERTIFICATE", request_of("p256 ct"))), "request.unreadable");
}

TEST(RequestTest, whoever_does_not_hold_the_key_gets_nothing) {
  EXPECT_EQ(refusal_of(odd_request("p256 ct", "p256 ct", "SHA256")), "");
  EXPECT_EQ(refusal_of(odd_request("p256 ct", "p256 thief", "SHA256")), "request.bad_signature");
  EXPECT_EQ(refusal_of(odd_request("p256 ct", "rsa2048 thief", "SHA256")), "request.bad_signature");
}

TEST(RequestTest, weak_keys_and_signatures_are_refused) {
  for (const std::string key : {"p224 ct", "secp256k1 ct", "ed25519 ct", "rsa1024 ct"})
    EXPECT_EQ(refusal_of(odd_request(key, "p256 ct", "SHA256")), "request.weak_key") << key;
  EXPECT_EQ(refusal_of(odd_request("p256 ct", "p256 ct", "SHA1")), "request.weak_signature");
}

TEST(RequestTest, another_version_is_not_guessed_at) {
  EXPECT_EQ(refusal_of(odd_request("p256 ct", "p256 ct", "SHA256", "\x01")), "request.unreadable");
}

TEST(RequestTest, nothing_is_read_beyond_the_bound_or_behind_the_end) {
  std::string request = odd_request("p256 ct", "p256 ct", "SHA256");
  EXPECT_EQ(refusal_of(""), "request.unreadable");
  EXPECT_EQ(refusal_of(request + '\0'), "request.unreadable");
  EXPECT_EQ(refusal_of(std::string(kMaxRequestOctets + 1, '0')), "request.unreadable");
}

TEST(RequestTest, there_is_one_way_to_write_it) {
  std::string request = odd_request("p256 ct", "p256 ct", "SHA256");
  ASSERT_EQ(request[1], '\x81') << "one octet of length";
  request.replace(1, 1, std::string("\x82\x00", 2));  // two, where one would do (X.690 10.1)
  EXPECT_EQ(refusal_of(request), "request.unreadable");
}

TEST(RequestTest, what_is_shown_of_a_name_is_short_and_plain) {
  const Names names{.uris = {"urn:\x01" + std::string(1000, 'x')}};
  const auto made = make_request(kSubject, names, *private_key("p256 ct"));
  ASSERT_TRUE(made);
  const auto request = Request::read(*made);
  ASSERT_TRUE(request) << request.error().to_text();
  ASSERT_EQ(request->wanted_names().size(), 1u);
  EXPECT_THAT(request->wanted_names().front(), HasSubstr("urn:\\u0001x"));
  EXPECT_LT(request->wanted_names().front().size(), 200u);
}

/// Every octet is covered by the signature or by the rule that there is one way to write it.
TEST(RequestTest, no_change_of_any_octet_is_overlooked) {
  const Octets request = request_of("p256 ct");
  support::for_each_change(
      request, [&](const Octets& changed) { EXPECT_TRUE(changed == request || !Request::read(changed)); });
  support::for_each_cut(request, [](const Octets& cut) { EXPECT_FALSE(Request::read(cut)); });
}

TEST(RequestTest, a_damaged_pem_is_never_another_request) {
  const std::string pem = keys::to_pem("CERTIFICATE REQUEST", request_of("p256 ct"));
  const Octets seed(pem.begin(), pem.end());
  const std::string key = support::public_key_of("p256 ct");
  support::for_each_change(seed, [&](const Octets& changed) {
    const auto read = Request::read(changed);
    EXPECT_TRUE(!read || as_text(read->key().der()) == key);
  });
  support::for_each_cut(seed, [&](const Octets& cut) {
    EXPECT_TRUE(cut.size() + 1 == seed.size() || !Request::read(cut)) << cut.size();
  });
}

TEST(RequestTest, the_next_request_has_the_names_of_the_certificate_before) {  // RFC 7030 4.2.2
  const SiteAuthority site;
  const auto before = site.issue_for("p256 box", "box_server", hosts_order());
  ASSERT_TRUE(before) << before.error().to_text();
  const pki::X509Ptr certificate = read_certificate(*before);
  const auto made = make_next_request(certificate.get(), *private_key("p384 box"));
  ASSERT_TRUE(made) << made.error().to_text();
  const auto request = Request::read(*made);
  ASSERT_TRUE(request) << request.error().to_text();
  EXPECT_EQ(request->key().der(), public_key("p384 box").der()) << "and another key";
  EXPECT_EQ(request->wanted_subject(), "CN=box,O=Clinic");
  EXPECT_THAT(request->wanted_names(), ElementsAre("DNS:emr.clinic.example", "IP:10.1.0.1"));
  const Octets names = general_names(hosts_order().names);
  EXPECT_NE(std::search(made->begin(), made->end(), names.begin(), names.end()), made->end());
}

}  // namespace
}  // namespace gw::ca
