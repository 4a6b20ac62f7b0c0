// What the cloud is told about the terminal, read back by a reader written from the protocol's own text.

#include "proxy/proxy_header.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "model/configuration.h"
#include "support/mutations.h"
#include "support/proxy_header_reader.h"

namespace gw::proxy {
namespace {

using support::read_proxy_header;
using support::ReadProxyHeader;

model::Endpoint at(const char* address, std::uint16_t port) {
  return {*model::IpAddress::parse(address), port};
}

ProxyHeaderFacts ipv4_facts() {
  return {at("192.0.2.7", 51'000), at("10.1.0.1", 4443), "emr.cloud.example", "t1", "TLSv1.3", 42};
}
ReadProxyHeader read_back(const ProxyHeaderFacts& facts) {
  const auto header = proxy_header(facts);
  const auto read = read_proxy_header(header);
  EXPECT_TRUE(read) << to_hex(header);
  EXPECT_EQ(read.value_or(ReadProxyHeader{}).size, header.size());
  return read.value_or(ReadProxyHeader{});
}

TEST(ProxyHeaderTest, has_the_octets_of_the_protocol) {
  const ProxyHeaderFacts facts{at("192.0.2.7", 0x1234), at("10.1.0.1", 0x01bb), "a.b", "t1", "TLSv1.3", 7};
  EXPECT_EQ(to_hex(proxy_header(facts)),
            "0d0a0d0a000d0a515549540a"  // signature
            "21"
            "11"
            "002d"  // version 2 and PROXY, TCP over IPv4, 45 octets follow
            "c0000207"
            "0a010001"
            "1234"
            "01bb"  // 192.0.2.7:4660 to 10.1.0.1:443
            "02"
            "0003"
            "612e62"  // authority a.b
            "05"
            "0001"
            "37"  // unique id 7
            "20"
            "0014"
            "07"
            "00000000"  // TLS, certificate shown and verified
            "21"
            "0007"
            "544c5376312e33"  // TLSv1.3
            "22"
            "0002"
            "7431");  // t1
}

TEST(ProxyHeaderTest, tells_an_ipv4_terminal_and_all_that_is_known) {
  const ReadProxyHeader read = read_back(ipv4_facts());
  EXPECT_EQ(read.source, at("192.0.2.7", 51'000));
  EXPECT_EQ(read.destination, at("10.1.0.1", 4443));
  EXPECT_EQ(read.authority, "emr.cloud.example");
  EXPECT_EQ(read.unique_id, "42");
  ASSERT_TRUE(read.tls);
  EXPECT_TRUE(read.tls->over_tls && read.tls->certificate_on_connection && read.tls->certificate_in_session);
  EXPECT_TRUE(read.tls->verified);
  EXPECT_EQ(read.tls->version, "TLSv1.3");
  EXPECT_EQ(read.tls->common_name, "t1");
}

TEST(ProxyHeaderTest, tells_an_ipv6_terminal) {
  ProxyHeaderFacts facts = ipv4_facts();
  facts.source = at("2001:db8::7", 65'535);
  facts.destination = at("fd00::1", 1);
  const ReadProxyHeader read = read_back(facts);
  EXPECT_EQ(read.source, facts.source);
  EXPECT_EQ(read.destination, facts.destination);
  EXPECT_EQ(read.authority, "emr.cloud.example");
}

TEST(ProxyHeaderTest, leaves_out_what_is_not_known) {
  ProxyHeaderFacts facts = ipv4_facts();
  facts.server_name = facts.terminal = facts.tls_version = "";
  const ReadProxyHeader read = read_back(facts);
  EXPECT_EQ(read.authority, "");
  ASSERT_TRUE(read.tls);
  EXPECT_EQ(read.tls->version, "");
  EXPECT_EQ(read.tls->common_name, "");
  EXPECT_EQ(proxy_header(facts).size(), 16u + 12 + (3 + 2) + (3 + 5));
}

TEST(ProxyHeaderTest, holds_the_longest_values_the_model_allows) {
  ProxyHeaderFacts facts = ipv4_facts();
  facts.server_name = std::string(253, 'a');
  facts.terminal = std::string(model::kMaxName, 't');
  facts.session = UINT64_MAX;
  const ReadProxyHeader read = read_back(facts);
  EXPECT_EQ(read.authority, facts.server_name);
  EXPECT_EQ(read.tls->common_name, facts.terminal);
  EXPECT_EQ(read.unique_id, "18446744073709551615");
}

TEST(ProxyHeaderReaderTest, stops_where_the_header_ends) {
  auto header = proxy_header(ipv4_facts());
  const std::size_t size = header.size();
  header.insert(header.end(), {22, 3, 1});
  ASSERT_TRUE(read_proxy_header(header));
  EXPECT_EQ(read_proxy_header(header)->size, size);
}

TEST(ProxyHeaderReaderTest, refuses_every_cut_and_every_other_beginning) {
  const auto header = proxy_header(ipv4_facts());
  support::for_each_cut(
      header, [](const support::Octets& cut) { EXPECT_FALSE(read_proxy_header(cut)) << cut.size(); });
  for (std::size_t i = 0; i < 16; ++i) {
    auto changed = header;
    changed[i] ^= 0x40;
    EXPECT_FALSE(read_proxy_header(changed)) << i;
  }
}

TEST(ProxyHeaderReaderTest, refuses_lengths_that_do_not_add_up) {
  const auto header = proxy_header(ipv4_facts());
  for (const std::size_t at_length : {15u, 30u, 50u}) {  // the whole's, the authority's, the unique id's
    for (const int by : {-1, 1}) {
      auto changed = header;
      changed[at_length] = static_cast<std::uint8_t>(changed[at_length] + by);
      EXPECT_FALSE(read_proxy_header(changed)) << at_length << by;
    }
  }
}

}  // namespace
}  // namespace gw::proxy
