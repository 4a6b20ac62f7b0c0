#include "accounts/totp.h"

#include <gtest/gtest.h>

namespace gw::accounts {
namespace {

const Bytes kSecret = as_bytes("12345678901234567890");

CivilTime at(std::uint64_t seconds) { return CivilTime(std::chrono::seconds(seconds)); }

// RFC 4226 appendix D.
TEST(TotpTest, hotp_gives_the_codes_of_the_standard) {
  const char* kCodes[] = {"755224", "287082", "359152", "969429", "338314",
                          "254676", "287922", "162583", "399871", "520489"};
  for (std::uint64_t counter = 0; counter < 10; ++counter) EXPECT_EQ(hotp(kSecret, counter), kCodes[counter]);
}

// RFC 6238 appendix B, SHA-1.
TEST(TotpTest, gives_the_codes_of_the_standard) {
  const std::pair<std::uint64_t, const char*> kRows[] = {{59, "94287082"},         {1111111109, "07081804"},
                                                         {1111111111, "14050471"}, {1234567890, "89005924"},
                                                         {2000000000, "69279037"}, {20000000000, "65353130"}};
  for (const auto& [seconds, code] : kRows) EXPECT_EQ(hotp(kSecret, totp_step(at(seconds)), 8), code);
}

TEST(TotpTest, counts_steps_as_the_standard_does) {
  EXPECT_EQ(totp_step(at(59)), 1u);
  EXPECT_EQ(totp_step(at(1111111109)), 0x23523ECu);
  EXPECT_EQ(totp_step(at(20000000000)), 0x27BC86AAu);
  EXPECT_EQ(totp_step(CivilTime(std::chrono::seconds(-5))), 0u);
}

TEST(TotpTest, takes_a_code_one_step_off_and_none_two_steps_off) {
  const CivilTime now = at(1'000'000);
  const std::uint64_t step = totp_step(now);
  for (int off = -3; off <= 3; ++off) {
    const std::uint64_t one = step + static_cast<std::uint64_t>(off);
    const auto found = find_totp_step(kSecret, hotp(kSecret, one), now, 0);
    EXPECT_EQ(found.has_value(), off >= -1 && off <= 1) << off;
    EXPECT_EQ(found.value_or(one), one);
  }
}

TEST(TotpTest, a_code_counts_once_and_none_before_it_does) {
  const CivilTime now = at(1'000'000);
  const std::uint64_t step = totp_step(now);
  EXPECT_TRUE(find_totp_step(kSecret, hotp(kSecret, step), now, step - 1));
  EXPECT_FALSE(find_totp_step(kSecret, hotp(kSecret, step), now, step));
  EXPECT_FALSE(find_totp_step(kSecret, hotp(kSecret, step - 1), now, step));
  EXPECT_TRUE(find_totp_step(kSecret, hotp(kSecret, step + 1), now, step));
}

TEST(TotpTest, takes_it_as_people_type_it_and_nothing_near_it) {
  const CivilTime now = at(59);
  EXPECT_TRUE(find_totp_step(kSecret, "287 082", now, 0));
  EXPECT_TRUE(find_totp_step(kSecret, "２８７０８２", now, 0));
  for (const char* typed : {"", "28708", "2870820", "94287082", "287083", "abcdef"})
    EXPECT_FALSE(find_totp_step(kSecret, typed, now, 0)) << typed;
}

TEST(TotpTest, the_first_step_of_all_is_no_trap) {
  EXPECT_FALSE(find_totp_step(kSecret, hotp(kSecret, 0), at(0), 0));  // step zero is "none used yet"
  EXPECT_TRUE(find_totp_step(kSecret, hotp(kSecret, 1), at(0), 0));
}

TEST(TotpTest, the_uri_is_escaped) {
  EXPECT_EQ(totp_uri(kSecret, "Sekisho 桜", "a&b"),
            "otpauth://totp/Sekisho%20%E6%A1%9C:a%26b?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
            "&issuer=Sekisho%20%E6%A1%9C&algorithm=SHA1&digits=6&period=30");
}

TEST(TotpTest, no_secret_is_made_twice) { EXPECT_NE(make_totp_secret(), make_totp_secret()); }

}  // namespace
}  // namespace gw::accounts
