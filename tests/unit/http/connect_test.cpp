// What a terminal may ask a proxy for, and what it is told (RFC 9110 9.3.6, RFC 9112 3.2.3).

#include "http/connect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gw::http {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string head(const std::string& target, const std::string& fields = "Host: x\r\n") {
  return "CONNECT " + target + " HTTP/1.1\r\n" + fields + "\r\n";
}

/// "host:port", the status it is refused with, or "more".
std::string read(const std::string& octets) {
  const ConnectRead read = read_connect(as_bytes(octets));
  if (const auto* request = std::get_if<ConnectRequest>(&read))
    return request->host + ":" + std::to_string(request->port);
  const auto* other = std::get_if<OtherRequest>(&read);
  return other != nullptr ? std::to_string(other->status) : "more";
}

TEST(ConnectTest, host_and_port_are_read_and_names_are_in_lower_case) {
  EXPECT_EQ(read(head("emr.cloud.example:443")), "emr.cloud.example:443");
  EXPECT_EQ(read(head("EMR.Cloud.Example:8443")), "emr.cloud.example:8443");
  EXPECT_EQ(read(head("[2001:db8::1]:443")), "[2001:db8::1]:443");
  EXPECT_EQ(read("\r\n" + head("emr.cloud.example:443")), "emr.cloud.example:443");  // RFC 9112 2.2
  EXPECT_EQ(read("CONNECT emr.cloud.example:443 HTTP/1.0\r\n\r\n"), "emr.cloud.example:443");
}

TEST(ConnectTest, what_follows_the_head_is_the_tunnels) {
  const std::string one = head("a.example:443", "Host: a\r\nUser-Agent: test\r\n");
  const ConnectRead read = read_connect(as_bytes(one + "\x16\x03\x01 and more"));
  ASSERT_TRUE(std::holds_alternative<ConnectRequest>(read));
  EXPECT_EQ(std::get<ConnectRequest>(read).size, one.size());
}

TEST(ConnectTest, every_beginning_wants_more) {
  const std::string whole = head("emr.cloud.example:443", "Host: x\r\nProxy-Connection: keep-alive\r\n");
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_EQ(read(whole.substr(0, size)), "more") << size;
}

TEST(ConnectTest, everything_else_is_refused_with_a_status_that_says_why) {
  const std::pair<std::string, const char*> kRows[] = {
      {"GET http://emr.cloud.example/ HTTP/1.1\r\nHost: x\r\n\r\n", "405"},
      {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na", "405"},
      {head("emr.cloud.example"), "400"},
      {head(":443"), "400"},
      {head("emr.cloud.example:"), "400"},
      {head("emr.cloud.example:0"), "400"},
      {head("emr.cloud.example:65536"), "400"},
      {head("emr.cloud.example:443x"), "400"},
      {head("emr.cloud.example:443", ""), "400"},
      {head("emr.cloud.example:443", "Host: a\r\nHost: b\r\n"), "400"},
      {head("emr.cloud.example:443", "Host: a\r\nContent-Length: 3\r\n"), "400"},
      {head("emr.cloud.example:443", "Host: a\r\nTransfer-Encoding: chunked\r\n"), "400"},
      {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "400"},
      {"CONNECT emr.cloud.example:443 HTTP/2.0\r\nHost: x\r\n\r\n", "400"},
      {"CONNECT emr.cloud.example:443 HTTP/1.1\r\nX: " + std::string(kMostConnectHead, 'a'), "431"},
  };
  for (const auto& [octets, status] : kRows) EXPECT_EQ(read(octets), status) << octets.substr(0, 60);
}

TEST(ConnectTest, one_empty_line_before_it_is_passed_over_and_no_more) {
  std::string lines;
  for (int i = 0; i < 10'000; ++i) lines += "\r\n";
  EXPECT_EQ(read("\r\n" + lines), "400");
}

TEST(ConnectTest, a_head_that_trickles_in_is_read_when_it_may_be_whole) {
  const std::string whole = head("emr.cloud.example:443");
  std::size_t readings = 0;
  for (std::size_t size = 1; size <= whole.size(); ++size)
    readings += may_be_whole(as_bytes(whole).first(size), size - 1) ? 1 : 0;
  EXPECT_EQ(readings, 2u) << "the first octet, and the last";
  EXPECT_TRUE(may_be_whole(as_bytes(std::string(kMostConnectHead + 1, 'a')), kMostConnectHead));
}

TEST(ConnectTest, a_refusal_says_so_to_programs_and_to_people) {
  const std::string refusal =
      refusal_answer({502, "dns_error", "upstream_unresolved: nobody knows the name"});
  EXPECT_THAT(refusal, StartsWith("HTTP/1.1 502 Bad Gateway\r\n"));
  EXPECT_THAT(refusal, HasSubstr("Proxy-Status: sekisho; error=dns_error\r\n"));
  EXPECT_THAT(refusal, HasSubstr("\r\n\r\nupstream_unresolved: nobody knows the name\n"));
  EXPECT_THAT(refusal_answer({405, "http_request_error", "no"}), HasSubstr("Allow: CONNECT\r\n"));
}

TEST(ConnectTest, the_tunnels_answer_has_no_content) {
  EXPECT_THAT(tunnel_answer(), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(tunnel_answer(), testing::EndsWith("\r\n\r\n"));
}

}  // namespace
}  // namespace gw::http
