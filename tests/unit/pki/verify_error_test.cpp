// Every number of the library leads to exactly one reason of the right side.

#include "pki/verify_error.h"

#include <gtest/gtest.h>
#include <openssl/x509_vfy.h>

#include <fstream>
#include <set>
#include <string>

namespace gw::pki {
namespace {

using model::CloseReason;

bool is_upstream(CloseReason reason) { return model::to_string(reason).starts_with("upstream_"); }

TEST(VerifyErrorTest, the_table_has_no_number_twice) {
  std::ifstream source(std::string(GW_SOURCE_DIR) + "/gateway/pki/verify_error.cpp");
  std::set<std::string> seen;
  for (std::string line; std::getline(source, line);) {
    const std::size_t begin = line.find("{X509_V_ERR_");
    if (begin == std::string::npos) continue;
    const std::string name = line.substr(begin + 1, line.find(',') - begin - 1);
    EXPECT_TRUE(seen.insert(name).second) << name;
  }
  EXPECT_GE(seen.size(), 10u) << "the table was not found";
}

TEST(VerifyErrorTest, each_side_has_reasons_of_its_own) {
  for (int error = 1; error < 200; ++error) {
    const CloseReason terminal = reason_of(Peer::terminal, error), cloud = reason_of(Peer::cloud, error);
    if (error == X509_V_ERR_OUT_OF_MEM) continue;
    EXPECT_TRUE(model::to_string(terminal).starts_with("certificate_")) << error;
    EXPECT_TRUE(is_upstream(cloud)) << error;
  }
}

TEST(VerifyErrorTest, our_own_fault_is_not_put_on_the_peer) {
  EXPECT_EQ(reason_of(Peer::terminal, X509_V_ERR_OUT_OF_MEM), CloseReason::internal);
  EXPECT_EQ(reason_of(Peer::cloud, X509_V_ERR_OUT_OF_MEM), CloseReason::internal);
}

TEST(VerifyErrorTest, an_unknown_number_is_a_certificate_that_is_not_trusted) {
  for (const int error : {X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, X509_V_ERR_CERT_SIGNATURE_FAILURE,
                          X509_V_ERR_INVALID_CA, 9999, -1}) {
    EXPECT_EQ(reason_of(Peer::terminal, error), CloseReason::certificate_untrusted);
    EXPECT_EQ(reason_of(Peer::cloud, error), CloseReason::upstream_certificate_untrusted);
  }
}

}  // namespace
}  // namespace gw::pki
