#include "web/cookie.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gw::web {
namespace {

TEST(Cookie, the_token_is_found_among_others) {
  EXPECT_EQ(token_in("a=b; __Host-sekisho=0123af; c=d"), "0123af");
  EXPECT_EQ(token_in("__Host-sekisho=ff"), "ff");
}

TEST(Cookie, what_cannot_be_a_token_is_none) {
  EXPECT_EQ(token_in(""), "");
  EXPECT_EQ(token_in("__Host-sekisho"), "");
  EXPECT_EQ(token_in("sekisho=ff; x__Host-sekisho=ff"), "");
  EXPECT_EQ(token_in("__Host-sekisho=FF"), "");
  EXPECT_EQ(token_in("__Host-sekisho=" + std::string(129, 'a')), "");
}

TEST(Cookie, two_of_them_are_none_because_one_of_them_is_a_strangers) {
  EXPECT_EQ(token_in("__Host-sekisho=ff; __Host-sekisho=ee"), "");
}

TEST(Cookie, a_browser_keeps_it_to_itself) {
  EXPECT_EQ(cookie_of("ff"), "__Host-sekisho=ff; Path=/; Secure; HttpOnly; SameSite=Strict");
  EXPECT_THAT(cookie_taken(), testing::HasSubstr("Max-Age=0"));
}

}  // namespace
}  // namespace gw::web
