#include "token/uri.h"

#include <gtest/gtest.h>

#include "keys/der.h"
#include "keys/opening.h"
#include "keys/pem_block.h"
#include "support/mutations.h"

namespace gw::token {
namespace {

TEST(TokenUriTest, what_it_says_is_read) {
  const auto uri = parse_uri(
      "pkcs11:model=SoftHSM%20v2;manufacturer=SoftHSM%20project;serial=5c0;token=a%3Bb;id=%01%ff;object=key;"
      "type=private");
  ASSERT_TRUE(uri) << uri.error().to_text();
  EXPECT_EQ(uri->model, "SoftHSM v2");
  EXPECT_EQ(uri->manufacturer, "SoftHSM project");
  EXPECT_EQ(uri->serial, "5c0");
  EXPECT_EQ(uri->token, "a;b");
  EXPECT_EQ(uri->id, "\x01\xff");
  EXPECT_EQ(uri->object, "key");
}

TEST(TokenUriTest, what_is_not_said_is_open) {
  const auto uri = parse_uri("pkcs11:object=key");
  ASSERT_TRUE(uri);
  EXPECT_FALSE(uri->token);
  EXPECT_FALSE(uri->id);
}

TEST(TokenUriTest, what_cannot_be_heeded_is_refused_with_the_reason) {
  const std::pair<std::string, std::string_view> bad[] = {
      {"", "begin with pkcs11:"},
      {"https://token", "begin with pkcs11:"},
      {"pkcs11:token=a", "names no key"},
      {"pkcs11:", "names no key"},
      {"pkcs11:object=a;object=b", "twice"},
      {"pkcs11:object=a;type=public", "attribute that is not used"},
      {"pkcs11:object=a;slot-id=1", "attribute that is not used"},
      {"pkcs11:object=a?pin-value=1234", "a PIN or a module"},
      {"pkcs11:object=a?module-path=/x.so", "a PIN or a module"},
      {"pkcs11:object=%", "two digits"},
      {"pkcs11:object=%0", "two digits"},
      {"pkcs11:object=%zz", "two digits"},
      {"pkcs11:object=", "length"},
      {"pkcs11:object=" + std::string(300, 'x'), "length"},
      {"pkcs11:object=a;;", "length"},
  };
  for (const auto& [text, words] : bad) {
    const auto uri = parse_uri(text);
    ASSERT_FALSE(uri) << text;
    EXPECT_EQ(uri.error().code, ErrorCode::key_unreadable);
    EXPECT_NE(uri.error().detail.find(words), std::string::npos) << text << ": " << uri.error().detail;
  }
}

TEST(TokenUriTest, a_key_file_leads_to_it_and_any_damage_is_an_error_or_another_place) {
  const std::string pem = write_uri_file("pkcs11:token=t;object=k");
  const auto block = keys::find_pem(Secret(pem), {keys::kTokenLabel});
  ASSERT_TRUE(block);
  const support::Octets seed(block->bytes().begin(), block->bytes().end());
  ASSERT_TRUE(read_uri_file(seed));
  EXPECT_EQ(read_uri_file(seed)->object, "k");
  const auto look = [](const support::Octets& octets) {
    const auto uri = read_uri_file(octets);
    EXPECT_TRUE(!uri || uri->object || uri->id);
  };
  support::for_each_cut(seed, look);
  support::for_each_change(seed, look);
}

}  // namespace
}  // namespace gw::token
