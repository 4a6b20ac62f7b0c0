// What stands in the place of a name is the same from its first mention to the last.

#include "bundle/pseudonyms.h"

#include <gmock/gmock.h>

namespace gw::bundle {
namespace {

using model::IpAddress;

IpAddress address(const char* text) { return *IpAddress::parse(text); }

TEST(Pseudonyms, a_name_keeps_its_own) {
  Pseudonyms names;
  EXPECT_EQ(names.of(Kind::tenant, "karte"), "tenant-1");
  EXPECT_EQ(names.of(Kind::tenant, "pacs"), "tenant-2");
  EXPECT_EQ(names.of(Kind::terminal, "karte"), "terminal-1");
  EXPECT_EQ(names.of(Kind::tenant, "karte"), "tenant-1");
  EXPECT_EQ(*names.find("karte"), "tenant-1") << "of whichever kind came first";
  EXPECT_EQ(names.of(Kind::tenant, ""), "");
  EXPECT_EQ(names.find("nobody"), nullptr);
}

TEST(Pseudonyms, addresses_of_one_network_stay_together) {
  Pseudonyms names;
  EXPECT_EQ(names.of(address("10.11.1.5")), "198.18.0.1");
  EXPECT_EQ(names.of(address("192.168.0.5")), "198.18.1.1");
  EXPECT_EQ(names.of(address("10.11.1.6")), "198.18.0.2");
  EXPECT_EQ(names.of(address("10.11.1.5")), "198.18.0.1");
  EXPECT_EQ(names.of(address("fd00::1")), "2001:db8:2::1");
}

TEST(Pseudonyms, addresses_of_nobody_stay) {
  Pseudonyms names;
  for (const char* text : {"127.0.0.1", "0.0.0.0", "::", "::1"}) EXPECT_EQ(names.of(address(text)), text);
  EXPECT_TRUE(names.meanings().empty());
}

TEST(Pseudonyms, they_are_bounded) {
  Pseudonyms names;
  for (std::size_t i = 0; i < Pseudonyms::kMost + 10; ++i) names.of(Kind::word, "w" + std::to_string(i));
  EXPECT_EQ(names.meanings().size(), Pseudonyms::kMost);
  EXPECT_EQ(names.of(Kind::word, "one more"), "word-0");
  EXPECT_EQ(names.of(Kind::word, "w7"), "word-8");
  EXPECT_EQ(Pseudonyms().of(Kind::file, std::string(Pseudonyms::kLongest + 1, 'x')), "file-0");
}

}  // namespace
}  // namespace gw::bundle
