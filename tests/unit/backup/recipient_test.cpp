// Who can open a backup (BAK-04).

#include "backup/recipient.h"

#include <gmock/gmock.h>

#include "unit/backup/clinic.h"

namespace gw::backup {
namespace {

using support::CertificateOptions;
using testing::HasSubstr;

std::string refusal_of(const std::string& pem, std::string_view name = "clinic") {
  const auto read = Recipient::parse(name, pem);
  if (read) return "taken";
  EXPECT_EQ(read.error().code, ErrorCode::backup_recipient);
  return read.error().detail;
}

std::string pem_of(CertificateOptions options) { return make_opener(std::move(options)).certificate_pem; }

TEST(RecipientTest, curves_and_long_rsa_keys_are_taken) {
  EXPECT_EQ(refusal_of(pem_of({.key = support::KeyKind::p256})), "taken");
  EXPECT_EQ(refusal_of(pem_of({.key = support::KeyKind::p384})), "taken");
  EXPECT_EQ(refusal_of(pem_of({.key = support::KeyKind::rsa3072})), "taken");
}

TEST(RecipientTest, what_cannot_be_one_is_named_with_the_way_out) {
  const std::string good = pem_of({.key = support::KeyKind::p256});
  EXPECT_THAT(refusal_of(pem_of({.key = support::KeyKind::rsa2048})), HasSubstr("make one of 3072 or 4096"));
  EXPECT_THAT(refusal_of(pem_of({.key = support::KeyKind::p224})), HasSubstr("make such a key"));
  EXPECT_THAT(refusal_of(support::TestCa::root().pem()), HasSubstr("authority's"));
  EXPECT_THAT(refusal_of(good + good), HasSubstr("several certificates"));
  EXPECT_THAT(refusal_of("nothing"), HasSubstr("export it as PEM"));
  EXPECT_THAT(refusal_of(good + make_opener().key_pem), HasSubstr("private key"));
  EXPECT_THAT(refusal_of(good, "The Clinic"), HasSubstr("small letters"));
  EXPECT_THAT(refusal_of(pem_of({}), "clinic"), "taken");
}

/// With an extension keyUsage, as the command makes it.
std::string with_usage(const Folder& folder, const std::string& usage, const std::string& key) {
  EXPECT_EQ(folder.run("openssl req -x509 -newkey " + key +
                       " -nodes -keyout k.pem -out c.pem -subj /CN=x -days 2 " +
                       "-addext basicConstraints=critical,CA:FALSE -addext keyUsage=critical," + usage),
            0)
      << folder.text("errors");
  return folder.text("c.pem");
}

TEST(RecipientTest, a_key_that_is_not_for_encryption_is_refused) {
  const Folder folder;
  const std::string curve = "ec -pkeyopt ec_paramgen_curve:P-256", rsa = "rsa:3072";
  EXPECT_THAT(refusal_of(with_usage(folder, "digitalSignature", curve)), HasSubstr("keyUsage keyAgreement"));
  EXPECT_EQ(refusal_of(with_usage(folder, "keyAgreement", curve)), "taken");
  EXPECT_THAT(refusal_of(with_usage(folder, "digitalSignature", rsa)), HasSubstr("keyUsage keyEncipherment"));
  EXPECT_EQ(refusal_of(with_usage(folder, "keyEncipherment", rsa)), "taken");
}

TEST(RecipientTest, one_that_has_ended_is_a_concern_and_no_refusal) {
  const CivilTime now = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  const auto concern = [&](std::chrono::seconds begins, std::chrono::seconds ends) {
    return make_opener({.begins = begins, .ends = ends}).as("clinic").concern(now).value_or("none");
  };
  using std::chrono::days;
  EXPECT_EQ(concern(-days(1), days(60)), "none");
  EXPECT_THAT(concern(-days(10), -days(1)), HasSubstr("ended on 20"));
  EXPECT_THAT(concern(-days(10), days(20)), HasSubstr("ends on 20"));
  EXPECT_THAT(concern(days(1), days(60)), HasSubstr("not valid yet"));
}

TEST(RecipientTest, each_has_a_name_and_a_key_of_his_own) {
  const Opener one = make_opener(), other = make_opener();
  EXPECT_TRUE(check_recipients({one.as("clinic"), other.as("vendor")}));
  EXPECT_FALSE(check_recipients({}));
  EXPECT_THAT(check_recipients({one.as("clinic"), other.as("clinic")}).error().detail, HasSubstr("clinic"));
  EXPECT_THAT(check_recipients({one.as("clinic"), one.as("vendor")}).error().detail, HasSubstr("vendor"));
  EXPECT_FALSE(check_recipients(std::vector<Recipient>(kMostRecipients + 1, one.as("clinic"))));
}

}  // namespace
}  // namespace gw::backup
