#include "oneshots/dhcp_lease/announcement.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

// The client copies into these variables what a server on the wire wrote.

namespace gw::dhcp_lease {
namespace {

using Variables = std::vector<std::string_view>;

const Variables kWhole{"interface=wan0",
                       "ip=198.51.100.7",
                       "subnet=255.255.255.0",
                       "mask=24",
                       "router=198.51.100.1 198.51.100.3",
                       "lease=120",
                       "serverid=198.51.100.2",
                       "dns=192.0.2.66"};

/// The whole with one variable replaced, or taken out.
Variables with(std::string_view name, std::string_view variable) {
  Variables out;
  for (const std::string_view one : kWhole)
    if (!one.starts_with(std::string(name) + "=")) out.push_back(one);
  if (!variable.empty()) out.push_back(variable);
  return out;
}

TEST(Announcement, a_lease_is_what_the_server_said_with_its_first_router) {
  for (const char* word : {"bound", "renew"}) {
    const auto read = read_announcement(word, kWhole);
    ASSERT_TRUE(read) << word;
    const auto& lent = std::get<ipc::dhcp::Lent>(*read);
    EXPECT_EQ(lent.address.to_text(), "198.51.100.7/24");
    EXPECT_EQ(lent.gateway.to_text(), "198.51.100.1");
    EXPECT_EQ(lent.server.to_text(), "198.51.100.2");
    EXPECT_EQ(lent.seconds, 120u);
  }
}

TEST(Announcement, without_a_lease_there_is_nothing_to_read) {
  EXPECT_TRUE(std::holds_alternative<Lost>(*read_announcement("deconfig", {})));
  for (const char* word : {"nak", "leasefail"})
    EXPECT_TRUE(std::holds_alternative<Nothing>(*read_announcement(word, kWhole))) << word;
}

TEST(Announcement, an_unknown_word_is_no_announcement) {
  for (const char* word : {"", "Bound", "bound ", "--help"})
    EXPECT_FALSE(read_announcement(word, kWhole)) << word;
}

TEST(Announcement, a_lease_without_one_of_its_parts_is_none) {
  for (const char* name : {"ip", "mask", "router", "serverid", "lease"})
    EXPECT_FALSE(read_announcement("bound", with(name, ""))) << name;
}

TEST(Announcement, what_is_no_address_and_no_number_is_refused) {
  for (const auto& [name, variable] : {std::pair{"ip", "ip=198.51.100"},
                                       {"ip", "ip=2001:db8::1"},
                                       {"ip", "ip="},
                                       {"ip", "ip=198.51.100.7/24"},
                                       {"router", "router= 198.51.100.1"},
                                       {"router", "router=$(reboot)"},
                                       {"serverid", "serverid=any"},
                                       {"mask", "mask=33"},
                                       {"mask", "mask=-1"},
                                       {"mask", "mask=255.255.255.0"},
                                       {"lease", "lease=0"},
                                       {"lease", "lease=4294967296"},
                                       {"lease", "lease=1e3"}})
    EXPECT_FALSE(read_announcement("bound", with(name, variable))) << variable;
}

TEST(Announcement, a_value_without_end_is_refused_and_not_repeated_in_full) {
  const std::string endless = "ip=" + std::string(100'000, '1');
  const auto read = read_announcement("bound", with("ip", endless));
  ASSERT_FALSE(read);
  EXPECT_LT(read.error().detail.size(), 200u);
}

}  // namespace
}  // namespace gw::dhcp_lease
