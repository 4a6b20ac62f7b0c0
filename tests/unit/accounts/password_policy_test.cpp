#include "accounts/password_policy.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "accounts/common_words.h"
#include "accounts/password.h"

namespace gw::accounts {
namespace {

const std::vector<std::string> kNames{"tanaka-admin", "Aoba", "ab", "青葉内科"};

std::string judged(std::string_view password) {
  const auto refusal = judge_password(password, kNames);
  return refusal ? std::string(to_string(*refusal)) : "taken";
}

TEST(PasswordPolicyTest, thirteen_characters_are_counted_as_people_count) {
  EXPECT_EQ(judged("vK3#tq9Lw;Z"), "too_short");
  EXPECT_EQ(judged("vK3#tq9Lw;Zp"), "too_short");
  EXPECT_EQ(judged("vK3#tq9Lw;Zpe"), "taken");
  EXPECT_EQ(judged("うみのむこうへわたる"), "too_short");
  EXPECT_EQ(judged("うみのむこうへわたるとりたち"), "taken");
}

TEST(PasswordPolicyTest, a_long_one_ends_at_128_octets) {
  std::string password;
  for (int i = 0; i < 32; ++i) password += std::to_string(7919 * (i + 13) % 10'007 + 10'000).substr(1);
  ASSERT_EQ(password.size(), 128u);
  EXPECT_EQ(judged(password), "taken");
  EXPECT_EQ(judged(password + "x"), "too_long");
}

TEST(PasswordPolicyTest, what_cannot_be_typed_again_is_malformed) {
  EXPECT_EQ(judged("vK3#tq9Lw;Zpe\n"), "malformed");
  EXPECT_EQ(judged("vK3#tq9Lw;Zpe\x7f"), "malformed");
  EXPECT_EQ(judged("vK3#tq9Lw;Zpe\xff"), "malformed");
  EXPECT_EQ(judged("vK3#tq9Lw;Zpe\xc2\x85"), "malformed");
  EXPECT_EQ(judged(std::string("vK3#tq9Lw\0;Zpe", 14)), "malformed");
}

TEST(PasswordPolicyTest, repetition_is_no_length) {
  for (const char* password : {"aaaaaaaaaaaaaaaa", "ababababababab", "xkqz7xkqz7xkqz7",
                               "ああああああああああああああ", "aabbccaabbccaabb", "kq7wz!vkq7wz!v"})
    EXPECT_EQ(judged(password), "monotonous") << password;
}

TEST(PasswordPolicyTest, names_are_found_in_any_guise) {
  for (const char* password :
       {"TANAKA-ADMIN-xq7w", "zz9-aoba-kq7wv!", "zz9-@0B@-kq7wv!", "青葉内科のうみへわたるとり"})
    EXPECT_EQ(judged(password), "holds_name") << password;
  EXPECT_EQ(judged("xab7qwkv!pz3m"), "taken") << "two letters stand in a word by chance";
}

TEST(PasswordPolicyTest, common_words_and_sequences_are_no_length) {
  for (const char* password :
       {"password12345", "Password2024!!", "P@ssw0rdP@ssw0rd1", "qwertyuiop123", "Sakura-Clinic-2025",
        "administrator1", "1234567890123", "abcdefghijklmn", "zyxwvutsrqponm", "kurinikku-himitsu",
        "correct horse battery staple", "パスワードパスワード１２３", "管理者パスワード病院カルテ１",
        "1qaz2wsx3edc4rfv", "Welcome2Clinic!", "sekisho-admin-2026"})
    EXPECT_TRUE(judged(password) == "common" || judged(password) == "monotonous")
        << password << judged(password);
}

TEST(PasswordPolicyTest, a_common_word_among_others_is_no_harm) {
  for (const char* password : {"violet tractor humming", "admin-of-seven-lakes-and-a-boat",
                               "kaze ga fuku oka no ue", "7hJ-password-kQ2vzX"})
    EXPECT_EQ(judged(password), "taken") << password;
}

TEST(PasswordPolicyTest, words_are_small_letters_and_none_stands_twice) {
  std::vector<std::string_view> words(common_words().begin(), common_words().end());
  std::ranges::sort(words);
  EXPECT_EQ(std::ranges::adjacent_find(words), words.end());
  for (const auto word : words)
    EXPECT_TRUE(std::ranges::none_of(word, [](char c) { return c >= 'A' && c <= 'Z'; })) << word;
}

TEST(PasswordPolicyTest, one_that_was_used_is_not_taken_again) {
  const std::vector<PasswordHash> kept{hash_password("violet tractor", {64, 1, 1}),
                                       hash_password("humming boat", {64, 1, 1})};
  EXPECT_EQ(judge_history("humming boat", kept), PasswordRefusal::used_before);
  EXPECT_EQ(judge_history("humming boats", kept), std::nullopt);
  EXPECT_EQ(judge_history("humming boat", {}), std::nullopt);
}

TEST(PasswordPolicyTest, each_refusal_says_what_to_do) {
  for (int i = 0; i <= static_cast<int>(PasswordRefusal::used_before); ++i) {
    EXPECT_FALSE(japanese_of(static_cast<PasswordRefusal>(i)).empty());
    EXPECT_FALSE(english_of(static_cast<PasswordRefusal>(i)).empty());
  }
}

}  // namespace
}  // namespace gw::accounts
