// Whom the box's backups are encrypted to (BAK-04).

#include <gtest/gtest.h>

#include "base/codec.h"
#include "config/diff.h"
#include "config/dump.h"
#include "model/backup_plan.h"
#include "sample.h"

namespace gw::config {
namespace {

/// The sample, with backups.
struct BackupSite : Sample {
  explicit BackupSite(const std::string& keys = "recipients: [{name: clinic, certificate: clinic.pem}]") {
    more_tenants = "backup: {" + keys + "}\n";
  }
  model::Configuration configuration() const { return *compiled().configuration; }
};

TEST(Backup, has_recipients_and_says_how_many_stay) {
  const model::Backup plain = *BackupSite().configuration().backup;
  EXPECT_EQ(plain.box, "box");
  EXPECT_EQ(plain.generations, 35u);
  ASSERT_EQ(plain.recipients.size(), 1u);
  EXPECT_EQ(plain.recipients[0].name, "clinic");
  EXPECT_NE(plain.recipients[0].pem.find("BEGIN CERTIFICATE"), std::string::npos);
  const model::Backup named = *BackupSite(
                                   "box: front-desk, generations: 8, recipients: [{name: c, certificate: "
                                   "c.pem}, {name: v, certificate: v.pem}]")
                                   .configuration()
                                   .backup;
  EXPECT_EQ(named.box, "front-desk");
  EXPECT_EQ(named.generations, 8u);
  EXPECT_EQ(named.recipients.size(), 2u);
  EXPECT_FALSE(Sample().compiled().configuration->backup);
}

TEST(Backup, stands_in_a_dump_as_it_was_written) {
  const model::Configuration configuration = BackupSite().configuration();
  const Compiled again = compile_sample(dump(configuration));
  ASSERT_TRUE(again.configuration) << dump(configuration);
  EXPECT_EQ(encode(*again.configuration), encode(configuration));
}

TEST(Backup, what_cannot_be_is_refused_where_it_stands) {
  const auto codes = [](const std::string& keys) { return BackupSite(keys).codes(); };
  EXPECT_EQ(codes("box: b"), "config.key.missing ");
  EXPECT_EQ(codes("generations: 2, recipients: [{name: c, certificate: c.pem}]"), "config.value.range ");
  EXPECT_EQ(codes("generations: 401, recipients: [{name: c, certificate: c.pem}]"), "config.value.range ");
  EXPECT_EQ(codes("recipients: [{name: c, certificate: c.pem}, {name: c, certificate: v.pem}]"),
            "config.name.repeated ");
  EXPECT_EQ(codes("recipients: [{name: c, certificate: c.pem}, {name: v, certificate: c.pem}]"),
            "config.name.repeated ");
  EXPECT_EQ(codes("recipients: [{name: c, certificate: with-key.pem}]"), "config.certificate ");
}

TEST(Backup, a_certificate_that_nobody_can_encrypt_to_is_named_with_the_reason) {
  Surroundings surroundings = sample_surroundings();
  surroundings.judge_recipient = [](const std::string& name, std::string_view) -> Result<> {
    return Error{ErrorCode::backup_recipient, name + " has a key that is too short"};
  };
  const Compiled compiled = compile(BackupSite().text(), surroundings);
  EXPECT_FALSE(compiled.configuration);
  ASSERT_EQ(compiled.problems.size(), 1u);
  EXPECT_EQ(compiled.problems[0].code, ErrorCode::backup_recipient);
  EXPECT_NE(compiled.problems[0].at.line, 0u);
  EXPECT_NE(to_text(compiled.problems, "").find("clinic has a key that is too short"), std::string::npos);
}

/// ADM-12: whoever can open backups reads the configuration.
TEST(Backup, somebody_more_who_can_open_them_is_a_widening) {
  const auto more =
      BackupSite("recipients: [{name: clinic, certificate: clinic.pem}, {name: v, certificate: v.pem}]");
  const auto found = differences(BackupSite().configuration(), more.configuration());
  ASSERT_FALSE(found.empty());
  EXPECT_TRUE(std::any_of(found.begin(), found.end(), [](const auto& one) { return one.widens; }));
}

}  // namespace
}  // namespace gw::config
