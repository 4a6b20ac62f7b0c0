// What a site's authority makes, in the hands of other makes: OpenSSL's command line and GnuTLS (CRT-02,
// CRT-08).

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ocsp.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/clock.h"
#include "ca/answer.h"
#include "ca/bundle.h"
#include "keys/pem_block.h"
#include "pki/certificate.h"
#include "support/key_ring.h"
#include "unit/ca/site_authority.h"

namespace gw::ca {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kPassword = "correct-horse-battery";

model::CivilSeconds now() {
  return std::chrono::floor<std::chrono::seconds>(gw::system_clock().civil_now()).time_since_epoch();
}

/// A folder with everything a site's authority makes.
class Strangers : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/strangers-XXXXXX";
    ASSERT_NE(::mkdtemp(name), nullptr);
    folder_ = name;
    write("root.pem", pem_of(site.root_der));
    write("site.pem", pem_of(site.der));
    write("ct.pem", pem_of(site.terminal("ct-1", "p256 ct", now())));
    write("rsa.pem", pem_of(site.terminal("ct-2", "rsa2048 ct", now())));
    write("box.pem", pem_of(*site.issue_for("p256 box", "box_server", hosts_order(), now())));
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, std::string_view text) const {
    std::ofstream(folder_ + "/" + name, std::ios::binary) << text;
  }
  std::string contents(const std::string& name) const {
    std::ifstream file(folder_ + "/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  /// What the command said; it must end as it should.
  std::string run(const std::string& command, int expected = 0) const {
    const int status = std::system(("cd " + folder_ + " && (" + command + ") >log 2>&1").c_str());
    EXPECT_EQ(WEXITSTATUS(status), expected) << command << "\n" << contents("log");
    return contents("log");
  }

  SiteAuthority site{"p384 site", now()};

 private:
  std::string folder_;
};

TEST_F(Strangers, openssl_verifies_every_chain_strictly_for_its_side_alone) {
  const std::string verify = "openssl verify -x509_strict -CAfile root.pem -untrusted site.pem ";
  run(verify + "-purpose sslclient ct.pem rsa.pem");
  run(verify + "-purpose sslserver -verify_hostname emr.clinic.example box.pem");
  run(verify + "-purpose sslserver -verify_ip 10.1.0.1 box.pem");
  run(verify + "-purpose sslserver ct.pem", 2);
  run(verify + "-purpose sslclient box.pem", 2);
  run("openssl verify -x509_strict -CAfile root.pem site.pem");
}

TEST_F(Strangers, gnutls_verifies_every_chain) {
  for (const char* leaf : {"ct.pem", "rsa.pem", "box.pem"})
    EXPECT_THAT(run("cat " + std::string(leaf) +
                    " site.pem root.pem | certtool --verify-chain --verify-profile medium"),
                HasSubstr("Chain verification output: Verified."))
        << leaf;
}

TEST_F(Strangers, both_read_the_same_in_a_terminal_s_certificate) {
  EXPECT_THAT(
      run("openssl x509 -in ct.pem -noout -text"),
      AllOf(HasSubstr("TLS Web Client Authentication"), HasSubstr("URI:urn:sekisho:karte:ct-1"),
            HasSubstr("CA:FALSE"), HasSubstr("Digital Signature"), HasSubstr("Authority Key Identifier"),
            HasSubstr("Subject Key Identifier"), Not(HasSubstr("Server Authentication"))));
  EXPECT_THAT(run("certtool -i --infile ct.pem"),
              AllOf(HasSubstr("TLS WWW Client."), HasSubstr("URI: urn:sekisho:karte:ct-1"),
                    HasSubstr("Certificate Authority (CA): FALSE"), Not(HasSubstr("TLS WWW Server"))));
}

TEST_F(Strangers, both_read_a_list_and_believe_it) {
  const auto lost = Serial::of(pki::read_certificates(contents("ct.pem"))->front().get());
  ASSERT_TRUE(lost);
  const auto list = make_list(site.certificate.get(), {3, now(), now() + kDay},
                              {{*lost, now(), Reason::key_compromise}}, *site.key);
  ASSERT_TRUE(list);
  write("list.pem", keys::to_pem("X509 CRL", *list));
  write("root-list.pem",
        keys::to_pem("X509 CRL", *make_list(site.root.get(), {1, now(), now() + kDay}, {}, *site.root_key)));
  run("openssl crl -in list.pem -CAfile site.pem -verify -noout");
  const std::string verify =
      "cat list.pem root-list.pem >lists && openssl verify -x509_strict -crl_check_all -CRLfile lists "
      "-CAfile "
      "root.pem -untrusted site.pem ";
  EXPECT_THAT(run(verify + "ct.pem", 2), HasSubstr("certificate revoked"));
  run(verify + "rsa.pem");
  EXPECT_THAT(run("certtool --verify-crl --load-ca-certificate site.pem --infile list.pem"),
              HasSubstr("Verified"));
  EXPECT_THAT(run("certtool --crl-info --infile list.pem"),
              AllOf(HasSubstr("CRL Number (not critical): 03"), HasSubstr("Revoked certificates (1)")));
}

TEST_F(Strangers, openssl_asks_and_believes_the_answer) {
  run("openssl ocsp -issuer site.pem -cert ct.pem -reqout question.der -nonce");
  const auto question = Question::read(as_bytes(contents("question.der")));
  ASSERT_TRUE(question) << question.error().to_text();
  const auto answer = make_answer(
      *question,
      [](const Serial&) -> Status {
        return WasRevoked{Reason::superseded, now()};
      },
      site.certificate.get(), now(), now() + kDay, *site.key);
  ASSERT_TRUE(answer) << answer.error().to_text();
  write("answer.der", as_text(*answer));
  EXPECT_THAT(
      run("openssl ocsp -issuer site.pem -cert ct.pem -no_nonce -reqin question.der -respin answer.der "
          "-CAfile root.pem -verify_other site.pem"),
      AllOf(HasSubstr("Response verify OK"), HasSubstr("ct.pem: revoked"), HasSubstr("Reason: superseded"),
            Not(HasSubstr("Nonce Verify error"))));
}

TEST_F(Strangers, requests_of_both_are_read) {
  run("openssl req -new -newkey rsa:3072 -nodes -keyout a.key -subj /CN=ct-1 -addext "
      "'subjectAltName=URI:urn:sekisho:karte:ct-1' -out openssl.csr");
  write("template", "cn = ct-1\nuri = urn:sekisho:karte:ct-1\n");
  run("certtool --generate-privkey --key-type=ecdsa --curve=secp256r1 --outfile b.key && certtool "
      "--generate-request --load-privkey b.key --template template --outfile raw.csr --no-text && sed -n "
      "'/^-----BEGIN/,$p' raw.csr >gnutls.csr");
  for (const char* name : {"openssl.csr", "gnutls.csr"}) {
    const auto request = Request::read(as_bytes(contents(name)));
    ASSERT_TRUE(request) << name << ": " << request.error().to_text() << contents(name);
    EXPECT_EQ(request->wanted_subject(), "CN=ct-1");
    EXPECT_THAT(request->wanted_names(), testing::Contains("URI:urn:sekisho:karte:ct-1"));
  }
  write("ours.csr", keys::to_pem("CERTIFICATE REQUEST",
                                 *make_request({.common_name = "ct-1"}, {}, *private_key("p384 ct"))));
  EXPECT_THAT(run("openssl req -in ours.csr -verify -noout"), HasSubstr("verify OK"));
  EXPECT_THAT(run("certtool --crq-info --infile ours.csr"), HasSubstr("Self signature: verified"));
}

TEST_F(Strangers, both_open_a_bundle_and_find_nothing_older_than_aes_in_it) {
  const auto bundle = pkcs12(Secret(support::key_pem("p256 ct")), contents("ct.pem") + contents("site.pem"),
                             Secret(kPassword), "ct-1");
  ASSERT_TRUE(bundle) << bundle.error().to_text();
  write("ct.p12", bundle->view());
  const std::string info =
      run("openssl pkcs12 -in ct.p12 -passin pass:" + std::string(kPassword) + " -nodes -info");
  EXPECT_THAT(info, AllOf(HasSubstr("MAC: sha256, Iteration 300000"),
                          HasSubstr("PBES2, PBKDF2, AES-256-CBC, Iteration 300000, PRF hmacWithSHA256"),
                          Not(HasSubstr("RC2")), Not(HasSubstr("DES"))));
  EXPECT_EQ(run("openssl pkcs12 -in ct.p12 -passin pass:" + std::string(kPassword) +
                " -nokeys | grep -c 'BEGIN CERTIFICATE'"),
            "2\n");
  EXPECT_THAT(run("certtool --p12-info --inder --infile ct.p12 --password " + std::string(kPassword)),
              AllOf(HasSubstr("BEGIN CERTIFICATE"), HasSubstr("AES-256-CBC")));
  run("openssl pkcs12 -in ct.p12 -passin pass:wrong -nodes", 1);
}

}  // namespace
}  // namespace gw::ca
