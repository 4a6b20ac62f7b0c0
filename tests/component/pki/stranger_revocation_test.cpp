// Lists and answers that another hand made: OpenSSL's command line as the authority and as the responder
// (SRV-03). What our own drafts take for granted might be our own mistake.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/clock.h"
#include "pki/certificate.h"
#include "pki/ocsp.h"
#include "pki/revocation_list.h"
#include "tls/provider.h"

namespace gw::pki {
namespace {

constexpr const char* kSettings = R"(
[ca]
default_ca = authority
[authority]
database = index.txt
new_certs_dir = .
serial = serial
crlnumber = crlnumber
default_md = sha256
default_days = 30
default_crl_days = 3
policy = any
unique_subject = no
crl_extensions = list
[any]
commonName = supplied
[list]
authorityKeyIdentifier = keyid
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[leaf]
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
authorityKeyIdentifier = keyid
subjectAltName = DNS:emr.cloud.example
[responder]
keyUsage = critical,digitalSignature
extendedKeyUsage = OCSPSigning
authorityKeyIdentifier = keyid
noCheck = ignored
)";

/// A folder in which OpenSSL's command line keeps an authority.
class StrangerTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(tls::install_provider());
    char name[] = "/tmp/stranger-XXXXXX";
    ASSERT_NE(::mkdtemp(name), nullptr);
    folder_ = name;
    write("openssl.cnf", kSettings);
    write("index.txt", "");
    write("serial", "1001\n");
    write("crlnumber", "01\n");
    openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=ca -keyout ca.key"
        " -out ca.pem -config openssl.cnf -extensions root");
    issue("leaf");
    issue("responder");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void openssl(const std::string& arguments) const {
    const std::string command = "cd " + folder_ + " && openssl " + arguments + " >log 2>&1";
    ASSERT_EQ(std::system(command.c_str()), 0) << arguments << "\n" << contents("log");
  }
  void issue(const std::string& name) const {
    openssl("req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -config openssl.cnf -subj /CN=" +
            name + " -keyout " + name + ".key -out " + name + ".csr");
    openssl("ca -batch -notext -config openssl.cnf -cert ca.pem -keyfile ca.key -extensions " + name +
            " -in " + name + ".csr -out " + name + ".pem");
  }
  void revoke_leaf() const {
    openssl("ca -config openssl.cnf -cert ca.pem -keyfile ca.key -revoke leaf.pem -crl_reason keyCompromise");
  }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ + "/" + name, std::ios::binary) << text;
  }
  std::string contents(const std::string& name) const {
    std::ifstream file(folder_ + "/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  X509Ptr certificate(const std::string& name) const {
    return std::move((*read_certificates(contents(name))).front());
  }

  RevocationVerdict by_list(const std::string& more = "") const {
    openssl("ca -gencrl -config openssl.cnf -cert ca.pem -keyfile ca.key -out list.pem " + more);
    const auto list = RevocationList::read(as_bytes(contents("list.pem")));
    if (!list) return Unknown{Doubt::unreadable};
    return list->judge(certificate("leaf.pem").get(), certificate("ca.pem").get(), now());
  }
  RevocationVerdict by_answer(const std::string& signer, const std::string& more = "",
                              const std::string& digest = "") const {
    openssl("ocsp " + digest +
            " -index index.txt -CA ca.pem -issuer ca.pem -cert leaf.pem -ndays 1 -respout answer.der "
            "-rsigner " +
            signer + ".pem -rkey " + signer + ".key " + more);
    return judge_answer(as_bytes(contents("answer.der")), certificate("leaf.pem").get(),
                        certificate("ca.pem").get(), now());
  }
  static model::CivilSeconds now() {
    return std::chrono::floor<std::chrono::seconds>(gw::system_clock().civil_now()).time_since_epoch();
  }

 private:
  std::string folder_;
};

bool is_revoked(const RevocationVerdict& verdict, int reason) {
  const auto* revoked = std::get_if<Revoked>(&verdict);
  return revoked != nullptr && revoked->reason == reason &&
         revoked->when > model::CivilSeconds(1'600'000'000);
}
bool is_good(const RevocationVerdict& verdict) { return std::holds_alternative<Good>(verdict); }
bool is_doubt(const RevocationVerdict& verdict, Doubt doubt) {
  const auto* unknown = std::get_if<Unknown>(&verdict);
  return unknown != nullptr && unknown->why == doubt;
}

TEST_F(StrangerTest, makes_lists_that_are_understood) {
  EXPECT_TRUE(is_good(by_list()));
  revoke_leaf();
  EXPECT_TRUE(is_revoked(by_list(), 1));
}

TEST_F(StrangerTest, makes_stale_lists_that_are_told_from_fresh_ones) {
  EXPECT_TRUE(
      is_doubt(by_list("-crl_lastupdate 20200101000000Z -crl_nextupdate 20200102000000Z"), Doubt::stale));
}

TEST_F(StrangerTest, gives_answers_that_are_understood) {
  EXPECT_TRUE(is_good(by_answer("ca")));
  EXPECT_TRUE(is_good(by_answer("responder")));
  EXPECT_TRUE(is_good(by_answer("responder", "-resp_key_id")));
  EXPECT_TRUE(is_good(by_answer("responder", "", "-sha256")));
  revoke_leaf();
  EXPECT_TRUE(is_revoked(by_answer("ca"), 1));
  EXPECT_TRUE(is_revoked(by_answer("responder"), 1));
}

TEST_F(StrangerTest, gives_answers_by_a_signer_that_may_not) {
  EXPECT_TRUE(is_doubt(by_answer("leaf"), Doubt::issuer_may_not_sign));
  EXPECT_TRUE(is_doubt(by_answer("responder", "-resp_no_certs"), Doubt::issuer_may_not_sign));
}

TEST_F(StrangerTest, does_not_know_a_certificate_that_was_never_issued) {
  write("index.txt", "");
  EXPECT_TRUE(is_doubt(by_answer("ca"), Doubt::not_known_to_issuer));
}

}  // namespace
}  // namespace gw::pki
