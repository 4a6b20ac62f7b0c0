// NIST's Public Key Interoperability Test Suite (PKITS 1.0.1), as far as it speaks of chains that we judge:
// most of sections 4.8 to 4.12 is about policies that we do not ask for, 4.4, 4.5, 4.14 and 4.15 are about
// lists.
//   PKITS_DIR    the unpacked suite: `certs` below it, or `pkits/certs`
// Its leaves have neither purposes nor, mostly, alternative names: libcrypto as we set it up is on trial
// here, with all our rules but those of purpose and names. The data is NIST's and not part of this
// repository.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "pki/form.h"
#include "pki/name_constraints.h"
#include "pki/policies.h"
#include "pki/revocation_list.h"
#include "pki/strength.h"
#include "pki/validity.h"
#include "pki/verifier.h"
#include "support/chains/chain_case.h"
#include "support/manual_clock.h"
#include "tls/provider.h"

namespace gw::pki {
namespace {

using ParametersPtr = std::unique_ptr<X509_VERIFY_PARAM, Freer<X509_VERIFY_PARAM_free>>;
using StoreContextPtr = std::unique_ptr<X509_STORE_CTX, Freer<X509_STORE_CTX_free>>;
using Path = std::vector<const char*>;

/// One test: its section, the chain from below the anchor down to the end entity, and the verdict.
struct Row {
  const char* section;
  Path path;
  bool valid;
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.path.back(); }

const Row kRows[] = {
    {"4.1.1", {"GoodCACert", "ValidCertificatePathTest1EE"}, true},
    {"4.1.2", {"BadSignedCACert", "InvalidCASignatureTest2EE"}, false},
    {"4.1.3", {"GoodCACert", "InvalidEESignatureTest3EE"}, false},
    {"4.2.1", {"BadnotBeforeDateCACert", "InvalidCAnotBeforeDateTest1EE"}, false},
    {"4.2.2", {"GoodCACert", "InvalidEEnotBeforeDateTest2EE"}, false},
    {"4.2.5", {"BadnotAfterDateCACert", "InvalidCAnotAfterDateTest5EE"}, false},
    {"4.2.6", {"GoodCACert", "InvalidEEnotAfterDateTest6EE"}, false},
    {"4.2.7", {"GoodCACert", "Invalidpre2000UTCEEnotAfterDateTest7EE"}, false},
    {"4.2.8", {"GoodCACert", "ValidGeneralizedTimenotAfterDateTest8EE"}, true},
    {"4.3.1", {"GoodCACert", "InvalidNameChainingTest1EE"}, false},
    {"4.3.2", {"NameOrderingCACert", "InvalidNameChainingOrderTest2EE"}, false},
    {"4.3.3", {"GoodCACert", "ValidNameChainingWhitespaceTest3EE"}, true},
    {"4.3.4", {"GoodCACert", "ValidNameChainingWhitespaceTest4EE"}, true},
    {"4.3.5", {"GoodCACert", "ValidNameChainingCapitalizationTest5EE"}, true},
    {"4.3.6", {"UIDCACert", "ValidNameUIDsTest6EE"}, false},  // NIST: valid; decision 0022 says why not here
    {"4.6.1", {"MissingbasicConstraintsCACert", "InvalidMissingbasicConstraintsTest1EE"}, false},
    {"4.6.2", {"basicConstraintsCriticalcAFalseCACert", "InvalidcAFalseTest2EE"}, false},
    {"4.6.3", {"basicConstraintsNotCriticalcAFalseCACert", "InvalidcAFalseTest3EE"}, false},
    {"4.6.5",
     {"pathLenConstraint0CACert", "pathLenConstraint0subCACert", "InvalidpathLenConstraintTest5EE"},
     false},
    {"4.6.6",
     {"pathLenConstraint0CACert", "pathLenConstraint0subCACert", "InvalidpathLenConstraintTest6EE"},
     false},
    {"4.6.7", {"pathLenConstraint0CACert", "ValidpathLenConstraintTest7EE"}, true},
    {"4.6.8", {"pathLenConstraint0CACert", "ValidpathLenConstraintTest8EE"}, true},
    {"4.6.15",
     {"pathLenConstraint0CACert", "pathLenConstraint0SelfIssuedCACert",
      "ValidSelfIssuedpathLenConstraintTest15EE"},
     true},
    {"4.7.1",
     {"keyUsageCriticalkeyCertSignFalseCACert", "InvalidkeyUsageCriticalkeyCertSignFalseTest1EE"},
     false},
    {"4.7.2",
     {"keyUsageNotCriticalkeyCertSignFalseCACert", "InvalidkeyUsageNotCriticalkeyCertSignFalseTest2EE"},
     false},
    {"4.7.3", {"keyUsageNotCriticalCACert", "ValidkeyUsageNotCriticalTest3EE"}, true},
    {"4.8.10", {"PoliciesP12CACert", "AllCertificatesSamePoliciesTest10EE"}, true},
    {"4.9.3",
     {"requireExplicitPolicy4CACert", "requireExplicitPolicy4subCACert", "requireExplicitPolicy4subsubCACert",
      "requireExplicitPolicy4subsubsubCACert", "InvalidrequireExplicitPolicyTest3EE"},
     false},
    {"4.9.5",
     {"requireExplicitPolicy7CACert", "requireExplicitPolicy7subCARE2Cert",
      "requireExplicitPolicy7subsubCARE2RE4Cert", "requireExplicitPolicy7subsubsubCARE2RE4Cert",
      "InvalidrequireExplicitPolicyTest5EE"},
     false},
    {"4.11.1",
     {"inhibitPolicyMapping0CACert", "inhibitPolicyMapping0subCACert", "InvalidinhibitPolicyMappingTest1EE"},
     false},
    {"4.12.1", {"inhibitAnyPolicy0CACert", "InvalidinhibitAnyPolicyTest1EE"}, false},
    {"4.13.1", {"nameConstraintsDN1CACert", "ValidDNnameConstraintsTest1EE"}, true},
    {"4.13.2", {"nameConstraintsDN1CACert", "InvalidDNnameConstraintsTest2EE"}, false},
    {"4.13.3", {"nameConstraintsDN1CACert", "InvalidDNnameConstraintsTest3EE"}, false},
    {"4.13.4", {"nameConstraintsDN1CACert", "ValidDNnameConstraintsTest4EE"}, true},
    {"4.13.5", {"nameConstraintsDN2CACert", "ValidDNnameConstraintsTest5EE"}, true},
    {"4.13.6", {"nameConstraintsDN3CACert", "ValidDNnameConstraintsTest6EE"}, true},
    {"4.13.7", {"nameConstraintsDN3CACert", "InvalidDNnameConstraintsTest7EE"}, false},
    {"4.13.8", {"nameConstraintsDN4CACert", "InvalidDNnameConstraintsTest8EE"}, false},
    {"4.13.9", {"nameConstraintsDN4CACert", "InvalidDNnameConstraintsTest9EE"}, false},
    {"4.13.10", {"nameConstraintsDN5CACert", "InvalidDNnameConstraintsTest10EE"}, false},
    {"4.13.11", {"nameConstraintsDN5CACert", "ValidDNnameConstraintsTest11EE"}, true},
    {"4.13.21", {"nameConstraintsRFC822CA1Cert", "ValidRFC822nameConstraintsTest21EE"}, true},
    {"4.13.22", {"nameConstraintsRFC822CA1Cert", "InvalidRFC822nameConstraintsTest22EE"}, false},
    {"4.13.23", {"nameConstraintsRFC822CA2Cert", "ValidRFC822nameConstraintsTest23EE"}, true},
    {"4.13.24", {"nameConstraintsRFC822CA2Cert", "InvalidRFC822nameConstraintsTest24EE"}, false},
    {"4.13.25", {"nameConstraintsRFC822CA3Cert", "ValidRFC822nameConstraintsTest25EE"}, true},
    {"4.13.26", {"nameConstraintsRFC822CA3Cert", "InvalidRFC822nameConstraintsTest26EE"}, false},
    {"4.13.30", {"nameConstraintsDNS1CACert", "ValidDNSnameConstraintsTest30EE"}, true},
    {"4.13.31", {"nameConstraintsDNS1CACert", "InvalidDNSnameConstraintsTest31EE"}, false},
    {"4.13.32", {"nameConstraintsDNS2CACert", "ValidDNSnameConstraintsTest32EE"}, true},
    {"4.13.33", {"nameConstraintsDNS2CACert", "InvalidDNSnameConstraintsTest33EE"}, false},
    {"4.13.34", {"nameConstraintsURI1CACert", "ValidURInameConstraintsTest34EE"}, true},
    {"4.13.35", {"nameConstraintsURI1CACert", "InvalidURInameConstraintsTest35EE"}, false},
    {"4.13.36", {"nameConstraintsURI2CACert", "ValidURInameConstraintsTest36EE"}, true},
    {"4.13.37", {"nameConstraintsURI2CACert", "InvalidURInameConstraintsTest37EE"}, false},
    {"4.13.38", {"nameConstraintsDNS1CACert", "InvalidDNSnameConstraintsTest38EE"}, false},
    {"4.16.1", {"GoodCACert", "ValidUnknownNotCriticalCertificateExtensionTest1EE"}, true},
    {"4.16.2", {"GoodCACert", "InvalidUnknownCriticalCertificateExtensionTest2EE"}, false},
};

/// A test about lists: what is said of the chain's revocation with the issuers' lists of these names at hand.
struct ListRow {
  const char* section;
  Path path;
  Path lists;
  bool good;
};
void PrintTo(const ListRow& row, std::ostream* out) { *out << row.path.back(); }

const ListRow kListRows[] = {
    {"4.4.1", {"NoCRLCACert", "InvalidMissingCRLTest1EE"}, {}, false},
    {"4.4.2",
     {"GoodCACert", "RevokedsubCACert", "InvalidRevokedCATest2EE"},
     {"GoodCACRL", "RevokedsubCACRL"},
     false},
    {"4.4.3", {"GoodCACert", "InvalidRevokedEETest3EE"}, {"GoodCACRL"}, false},
    {"4.4.4", {"BadCRLSignatureCACert", "InvalidBadCRLSignatureTest4EE"}, {"BadCRLSignatureCACRL"}, false},
    {"4.4.5", {"BadCRLIssuerNameCACert", "InvalidBadCRLIssuerNameTest5EE"}, {"BadCRLIssuerNameCACRL"}, false},
    {"4.4.6", {"WrongCRLCACert", "InvalidWrongCRLTest6EE"}, {"WrongCRLCACRL"}, false},
    {"4.4.7", {"TwoCRLsCACert", "ValidTwoCRLsTest7EE"}, {"TwoCRLsCABadCRL", "TwoCRLsCAGoodCRL"}, true},
    {"4.4.8",
     {"UnknownCRLEntryExtensionCACert", "InvalidUnknownCRLEntryExtensionTest8EE"},
     {"UnknownCRLEntryExtensionCACRL"},
     false},
    {"4.4.9",
     {"UnknownCRLExtensionCACert", "InvalidUnknownCRLExtensionTest9EE"},
     {"UnknownCRLExtensionCACRL"},
     false},
    {"4.4.10",
     {"UnknownCRLExtensionCACert", "InvalidUnknownCRLExtensionTest10EE"},
     {"UnknownCRLExtensionCACRL"},
     false},
    {"4.4.11",
     {"OldCRLnextUpdateCACert", "InvalidOldCRLnextUpdateTest11EE"},
     {"OldCRLnextUpdateCACRL"},
     false},
    {"4.4.12",
     {"pre2000CRLnextUpdateCACert", "Invalidpre2000CRLnextUpdateTest12EE"},
     {"pre2000CRLnextUpdateCACRL"},
     false},
    {"4.4.13",
     {"GeneralizedTimeCRLnextUpdateCACert", "ValidGeneralizedTimeCRLnextUpdateTest13EE"},
     {"GeneralizedTimeCRLnextUpdateCACRL"},
     true},
    {"4.4.15",
     {"NegativeSerialNumberCACert", "InvalidNegativeSerialNumberTest15EE"},
     {"NegativeSerialNumberCACRL"},
     false},
    {"4.4.16", {"LongSerialNumberCACert", "ValidLongSerialNumberTest16EE"}, {"LongSerialNumberCACRL"}, true},
    {"4.4.17", {"LongSerialNumberCACert", "ValidLongSerialNumberTest17EE"}, {"LongSerialNumberCACRL"}, true},
    {"4.4.18",
     {"LongSerialNumberCACert", "InvalidLongSerialNumberTest18EE"},
     {"LongSerialNumberCACRL"},
     false},
    {"4.14.1",
     {"distributionPoint1CACert", "ValiddistributionPointTest1EE"},
     {"distributionPoint1CACRL"},
     true},
    {"4.14.2",
     {"distributionPoint1CACert", "InvaliddistributionPointTest2EE"},
     {"distributionPoint1CACRL"},
     false},
    {"4.14.3",
     {"distributionPoint1CACert", "InvaliddistributionPointTest3EE"},
     {"distributionPoint1CACRL"},
     false},
    {"4.14.10",
     {"NoissuingDistributionPointCACert", "ValidNoissuingDistributionPointTest10EE"},
     {"NoissuingDistributionPointCACRL"},
     true},
    {"4.14.11",
     {"onlyContainsUserCertsCACert", "InvalidonlyContainsUserCertsTest11EE"},
     {"onlyContainsUserCertsCACRL"},
     false},
    {"4.14.12",
     {"onlyContainsCACertsCACert", "InvalidonlyContainsCACertsTest12EE"},
     {"onlyContainsCACertsCACRL"},
     false},
    {"4.14.13",
     {"onlyContainsCACertsCACert", "ValidonlyContainsCACertsTest13EE"},
     {"onlyContainsCACertsCACRL"},
     true},
    {"4.14.14",
     {"onlyContainsAttributeCertsCACert", "InvalidonlyContainsAttributeCertsTest14EE"},
     {"onlyContainsAttributeCertsCACRL"},
     false},
};

class PkitsFolder {
 protected:
  /// Where the suite is; nothing if nobody says.
  static std::optional<std::string> folder() {
    const char* named = std::getenv("PKITS_DIR");
    if (named == nullptr) return std::nullopt;
    const std::string inner = std::string(named) + "/pkits";
    return std::filesystem::exists(inner) ? inner : named;
  }
  static std::string contents(const std::string& name) {
    std::ifstream file(*folder() + "/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  static X509Ptr certificate(const std::string& name) {
    const std::string octets = contents("certs/" + name + ".crt");
    const auto* at = reinterpret_cast<const unsigned char*>(octets.data());
    return X509Ptr(d2i_X509(nullptr, &at, static_cast<long>(octets.size())));
  }
};

constexpr const char* kNothingTried = "PKITS_DIR names no copy of NIST's PKITS: nothing was tried";
const CivilTime kThen{support::moment_of("200601000000Z")};

class PkitsTest : protected PkitsFolder, public testing::TestWithParam<Row> {
 protected:
  void SetUp() override {
    if (!folder()) GTEST_SKIP() << kNothingTried;
    ASSERT_TRUE(tls::install_provider());
    ASSERT_TRUE(certificate("TrustAnchorRootCertificate")) << "PKITS_DIR has no certs";
  }

  bool is_believed(const Path& path) const {
    const X509Ptr anchor = certificate("TrustAnchorRootCertificate");
    const X509StorePtr store(X509_STORE_new());
    X509_STORE_add_cert(store.get(), anchor.get());
    STACK_OF(X509)* above = sk_X509_new_null();
    for (std::size_t i = 0; i + 1 < path.size(); ++i) sk_X509_push(above, certificate(path[i]).release());
    const X509Ptr leaf = certificate(path.back());
    const bool believed = leaf != nullptr && judge(store.get(), leaf.get(), above);
    sk_X509_pop_free(above, X509_free);
    return believed;
  }

 private:
  static bool judge(X509_STORE* store, X509* leaf, STACK_OF(X509) * above) {
    support::ManualClock clock;
    const Verifier verifier({.peer = Peer::terminal}, clock);
    const ParametersPtr parameters(X509_VERIFY_PARAM_new());
    verifier.configure(parameters.get());
    X509_VERIFY_PARAM_set_time(parameters.get(), kThen.time_since_epoch().count() / 1'000'000);
    const StoreContextPtr context(X509_STORE_CTX_new());
    X509_STORE_CTX_init(context.get(), store, leaf, above);
    X509_VERIFY_PARAM_set1(X509_STORE_CTX_get0_param(context.get()), parameters.get());
    if (X509_verify_cert(context.get()) != 1) return false;
    const STACK_OF(X509)* chain = X509_STORE_CTX_get0_chain(context.get());
    for (int i = 0; i + 1 < sk_X509_num(chain); ++i)
      if (form_finding(sk_X509_value(chain, i)) || validity_finding(sk_X509_value(chain, i)) ||
          strength_finding(sk_X509_value(chain, i)))
        return false;
    return !name_constraints_finding(chain) && !policies_finding(chain);
  }
};

TEST_P(PkitsTest, ends_as_nist_says) { EXPECT_EQ(is_believed(GetParam().path), GetParam().valid); }

std::string test_name(const std::string& section) {
  std::string name = "section_" + section;
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}
std::string name_of(const testing::TestParamInfo<Row>& one) { return test_name(one.param.section); }
std::string list_name_of(const testing::TestParamInfo<ListRow>& one) { return test_name(one.param.section); }

class PkitsListTest : protected PkitsFolder, public testing::TestWithParam<ListRow> {
 protected:
  void SetUp() override {
    if (!folder()) GTEST_SKIP() << kNothingTried;
    ASSERT_TRUE(tls::install_provider());
  }

  static bool is_good(const ListRow& row) {
    std::vector<RevocationList> lists;
    lists.push_back(*RevocationList::read(as_bytes(contents("crls/TrustAnchorRootCRL.crl"))));
    for (const char* name : row.lists)
      if (auto list = RevocationList::read(as_bytes(contents("crls/" + std::string(name) + ".crl"))))
        lists.push_back(*std::move(list));
    STACK_OF(X509)* chain = sk_X509_new_null();
    for (auto name = row.path.rbegin(); name != row.path.rend(); ++name)
      sk_X509_push(chain, certificate(*name).release());
    sk_X509_push(chain, certificate("TrustAnchorRootCertificate").release());
    const auto verdict = RevocationLists(std::move(lists)).judge(chain, support::moment_of("200601000000Z"));
    sk_X509_pop_free(chain, X509_free);
    return std::holds_alternative<Good>(verdict);
  }
};

TEST_P(PkitsListTest, ends_as_nist_says) { EXPECT_EQ(is_good(GetParam()), GetParam().good); }

INSTANTIATE_TEST_SUITE_P(Nist, PkitsListTest, testing::ValuesIn(kListRows), list_name_of);

INSTANTIATE_TEST_SUITE_P(Nist, PkitsTest, testing::ValuesIn(kRows), name_of);

}  // namespace
}  // namespace gw::pki
