// What browsers of terminals are told, so that they ask the box and hide nothing from it.

#include "browsers/settings.h"

#include <gmock/gmock.h>

#include "browsers/apple_profile.h"

namespace gw::browsers {
namespace {

using model::ProxyDoor;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::vector<ProxyDoor> kDoors = {{"portal.cloud.example", 443, "portal.box.example:8443"},
                                       {"images.cloud.example", 9443, "[fd00::1]:8444"},
                                       {"viewer.cloud.example", 443, "portal.box.example:8443"}};

TEST(BrowserSettings, the_script_sends_each_name_through_its_own_door_and_nothing_else) {
  const std::string script = pac(kDoors);
  EXPECT_THAT(script, StartsWith("function FindProxyForURL(url, host) {\n"));
  EXPECT_THAT(
      script,
      HasSubstr(
          R"(if (/^(https|wss):\/\/portal\.cloud\.example(:443)?(\/|$)/i.test(url)) return "HTTPS portal.box.example:8443";)"));
  EXPECT_THAT(
      script,
      HasSubstr(
          R"(if (/^(https|wss):\/\/images\.cloud\.example:9443(\/|$)/i.test(url)) return "HTTPS [fd00::1]:8444";)"));
  EXPECT_THAT(script, HasSubstr("  return \"DIRECT\";\n}\n"));
}

TEST(BrowserSettings, a_policy_turns_off_what_would_hide_the_destination) {  // NET-10
  const std::string policy = chromium_policy(kDoors, "https://enrol.box.example:9443/proxy.pac");
  EXPECT_THAT(policy, HasSubstr("\"EncryptedClientHelloEnabled\":false"));
  EXPECT_THAT(policy, HasSubstr("\"QuicAllowed\":false"));
  EXPECT_THAT(policy, HasSubstr("\"ProxyPacUrl\":\"https://enrol.box.example:9443/proxy.pac\""));
  EXPECT_THAT(policy, HasSubstr("\"ProxyPacMandatory\":true"));
  EXPECT_THAT(policy, HasSubstr(R"({\"pattern\":\"https://[fd00::1]:8444\",\"filter\":{}})"));
  const std::string door = R"(https://portal.box.example:8443)";
  EXPECT_EQ(policy.find(door), policy.rfind(door)) << "the same door twice says nothing new";
}

TEST(BrowserSettings, where_nothing_serves_the_script_it_stands_in_the_policy) {
  const std::string policy = chromium_policy(kDoors, "");
  EXPECT_THAT(policy, HasSubstr("data:application/x-ns-proxy-autoconfig,function%20FindProxyForURL%28url"));
  EXPECT_THAT(policy, Not(HasSubstr("\\n")));
}

TEST(BrowserSettings, regedit_gets_both_browsers_in_its_own_form) {
  const std::string wide = windows_policy(kDoors, "https://enrol.box.example:9443/proxy.pac");
  ASSERT_THAT(wide, StartsWith("\xff\xfe"));
  std::string text;
  for (std::size_t i = 2; i + 1 < wide.size(); i += 2) text += wide[i];
  EXPECT_THAT(text, StartsWith("Windows Registry Editor Version "
                               "5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Google\\Chrome]\r\n"));
  EXPECT_THAT(
      text,
      HasSubstr("[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Edge\\AutoSelectCertificateForUrls]"
                "\r\n\"1\"=\"{\\\"pattern\\\":"));
  EXPECT_THAT(text, HasSubstr("\"QuicAllowed\"=dword:00000000\r\n"));
}

TEST(BrowserSettings, a_profile_leads_each_name_to_its_door_and_is_the_same_each_time) {
  const std::string profile = ipados_profile(kDoors, "");
  EXPECT_THAT(profile,
              HasSubstr("<key>HTTP2RelayURL</key><string>https://portal.box.example:8443/</string>"));
  EXPECT_THAT(profile, HasSubstr("<key>MatchDomains</key><array>\n<string>portal.cloud.example</string>\n"
                                 "<string>viewer.cloud.example</string>\n</array>"));
  EXPECT_EQ(profile, ipados_profile(kDoors, ""));
  EXPECT_THAT(profile, Not(HasSubstr("com.google.Chrome")));
  EXPECT_THAT(macos_profile(kDoors, "https://enrol.box.example:9443/proxy.pac"),
              HasSubstr("<key>ProxyPacUrl</key><string>https://enrol.box.example:9443/proxy.pac</string>"));
}

TEST(BrowserSettings, every_sheet_has_a_name_a_place_and_something_to_say) {
  for (const Sheet& sheet : sheets()) {
    EXPECT_THAT(std::string(sheet.path), StartsWith("/proxy"));
    EXPECT_NE(sheet.make(kDoors, ""), "") << sheet.name;
  }
  EXPECT_EQ(sheets()[0].name, "pac");
}

}  // namespace
}  // namespace gw::browsers
