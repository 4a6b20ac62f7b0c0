// What goes over the wire, octet for octet (RFC 7030, RFC 8951).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "est/base64.h"
#include "est/media.h"
#include "est/operation.h"
#include "est/request.h"
#include "http/http.h"

namespace gw::est {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

model::ManagedIdentity identity() {
  model::ManagedIdentity out;
  out.server_name = "est.cloud.example";
  out.port = 443;
  return out;
}

TEST(Base64Test, the_standard_s_own_vectors_are_kept) {  // RFC 4648 10
  const std::pair<const char*, const char*> kVectors[] = {{"", ""},
                                                          {"f", "Zg=="},
                                                          {"fo", "Zm8="},
                                                          {"foo", "Zm9v"},
                                                          {"foob", "Zm9vYg=="},
                                                          {"fooba", "Zm9vYmE="},
                                                          {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, text] : kVectors) {
    EXPECT_EQ(to_base64(as_bytes(plain)), text);
    const auto octets = from_base64(text);
    ASSERT_TRUE(octets) << text;
    EXPECT_EQ(as_text(*octets), plain);
  }
}

TEST(Base64Test, white_space_is_passed_over_and_nothing_else_is) {  // RFC 8951 3.1
  EXPECT_EQ(as_text(*from_base64(" Zm\r\n9v\tYm\nFy\r\n")), "foobar");
  for (const char* wrong : {"Zm9v*", "Zm9", "Zg=", "Z===", "Zg==Zg==", "=", "Zh==", "Zm9=", "Zm-_", "Zm9v\v"})
    EXPECT_FALSE(from_base64(wrong)) << wrong;
}

TEST(Base64Test, lines_are_no_longer_than_every_reader_takes) {
  const std::string lines = to_base64_lines(Octets(100, 7));
  EXPECT_EQ(lines.find("\r\n"), 64u);
  EXPECT_THAT(lines, EndsWith("\r\n"));
  EXPECT_EQ(*from_base64(lines), Octets(100, 7));
}

TEST(OperationTest, paths_are_those_of_the_standard) {  // RFC 7030 3.2.2
  EXPECT_EQ(path_of({"", Operation::ca_certificates}), "/.well-known/est/cacerts");
  EXPECT_EQ(path_of({"clinic", Operation::enrol}), "/.well-known/est/clinic/simpleenroll");
  EXPECT_EQ(path_of({"", Operation::enrol_again}), "/.well-known/est/simplereenroll");
  for (const char* path : {"/.well-known/est/csrattrs", "/.well-known/est/a-b.c/cacerts"}) {
    const auto target = read_path(path);
    ASSERT_TRUE(target) << path;
    EXPECT_EQ(path_of(*target), path);
  }
}

TEST(OperationTest, other_paths_are_none) {
  for (const char* path :
       {"", "/", "/.well-known/est/", "/.well-known/est/cacerts/", "/.well-known/est//cacerts",
        "/.well-known/est/a/b/cacerts", "/.well-known/est/../cacerts", "/.well-known/est/cacerts/cacerts",
        "/.well-known/est/serverkeygen", "/.well-known/est/fullcmc/cacerts", "/.well-known/est/a%2fb/cacerts",
        "/.well-known/est/cacerts?x", "/.WELL-KNOWN/est/cacerts"})
    EXPECT_FALSE(read_path(path)) << path;
  EXPECT_FALSE(is_label(std::string(65, 'a')));
}

TEST(RequestTest, a_server_whose_name_would_be_more_than_a_name_is_not_asked) {
  EXPECT_TRUE(check_server(identity()));
  for (const char* name : {"", "a b", "a.example\r\nX: y", "[::1]"}) {
    model::ManagedIdentity other = identity();
    other.server_name = name;
    EXPECT_FALSE(check_server(other)) << name;
  }
  for (const char* label : {"a/b", "..", "cacerts", "a\r\nb"}) {
    model::ManagedIdentity other = identity();
    other.label = label;
    EXPECT_FALSE(check_server(other)) << label;
  }
}

TEST(RequestTest, the_authorities_are_asked_for) {
  const std::string request = ask_for_authorities(identity());
  EXPECT_THAT(request, StartsWith("GET /.well-known/est/cacerts HTTP/1.1\r\n"));
  EXPECT_THAT(request, HasSubstr("Host: est.cloud.example\r\n"));
  EXPECT_THAT(request, Not(HasSubstr("Authorization")));
  EXPECT_THAT(request, EndsWith("\r\n\r\n"));
}

TEST(RequestTest, a_first_certificate_is_asked_for_with_the_ticket) {  // RFC 7617 2
  model::ManagedIdentity other = identity();
  other.port = 8443;
  other.label = "clinic";
  const std::string request = ask_for_first(other, Octets{1, 2, 3}, "k7mh-x2pq");
  EXPECT_THAT(request, StartsWith("POST /.well-known/est/clinic/simpleenroll HTTP/1.1\r\n"));
  EXPECT_THAT(request, HasSubstr("Host: est.cloud.example:8443\r\n"));
  EXPECT_THAT(request, HasSubstr("Authorization: Basic dGlja2V0Oms3bWgteDJwcQ==\r\n"));
  EXPECT_THAT(request, HasSubstr("Content-Type: application/pkcs10\r\n"));
  EXPECT_THAT(request, HasSubstr("Content-Transfer-Encoding: base64\r\n"));
  EXPECT_THAT(request, HasSubstr("Content-Length: 6\r\n"));
  EXPECT_THAT(request, EndsWith("\r\n\r\nAQID\r\n"));
}

TEST(RequestTest, the_next_certificate_is_asked_for_without_a_word_of_who_asks) {
  const std::string request = ask_for_next(identity(), Octets{1, 2, 3});
  EXPECT_THAT(request, StartsWith("POST /.well-known/est/simplereenroll HTTP/1.1\r\n"));
  EXPECT_THAT(request, Not(HasSubstr("Authorization")));
}

TEST(MediaTest, certificates_are_told_by_their_type_and_its_parameter) {
  for (const char* good : {"application/pkcs7-mime", "application/pkcs7-mime; smime-type=certs-only",
                           "Application/PKCS7-MIME ;charset=x; SMIME-type=\"certs-only\""})
    EXPECT_TRUE(is_certificates(good)) << good;
  for (const char* bad :
       {"", "text/html", "application/pkcs7-mimes", "application/pkcs7-mime; smime-type=enveloped-data",
        "application/pkcs7-mime; smime-type=", "application/pkcs10"})
    EXPECT_FALSE(is_certificates(bad)) << bad;
  EXPECT_TRUE(is_request("application/pkcs10; charset=us-ascii"));
  EXPECT_FALSE(is_request("application/pkcs10x"));
}

}  // namespace
}  // namespace gw::est
