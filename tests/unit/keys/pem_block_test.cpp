#include "keys/pem_block.h"

#include <gtest/gtest.h>

namespace gw::keys {
namespace {

const std::string kCertificate = to_pem("CERTIFICATE", as_bytes("not looked at"));

TEST(PemBlockTest, the_first_block_with_a_wanted_label_is_found) {
  const Secret text(kCertificate + to_pem("A", as_bytes("first")) + to_pem("B", as_bytes("second")));
  const auto block = find_pem(text, {"B", "A"});
  ASSERT_TRUE(block);
  EXPECT_EQ(block->label, "A");
  EXPECT_EQ(block->der.view(), "first");
  EXPECT_EQ(find_pem(text, {"B"})->der.view(), "second");
}

TEST(PemBlockTest, what_is_no_pem_is_unreadable) {
  const std::string whole = to_pem("A", as_bytes("something"));
  for (const std::string& text :
       {std::string(), std::string("key"), std::string(5000, 'x'), kCertificate,
        whole.substr(0, whole.size() / 2), std::string("-----BEGIN A-----\n!!!\n-----END A-----\n")}) {
    const auto block = find_pem(Secret(text), {"A"});
    ASSERT_FALSE(block) << text.substr(0, 40);
    EXPECT_EQ(block.error().code, ErrorCode::key_unreadable);
  }
}

TEST(PemBlockTest, an_encryption_of_old_is_told_with_the_way_out) {
  const std::string text =
      "-----BEGIN A-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\n"
      "c29tZXRoaW5n\n-----END A-----\n";
  const auto block = find_pem(Secret(text), {"A"});
  ASSERT_FALSE(block);
  EXPECT_NE(block.error().detail.find("openssl pkcs8 -topk8"), std::string::npos) << block.error().detail;
}

}  // namespace
}  // namespace gw::keys
