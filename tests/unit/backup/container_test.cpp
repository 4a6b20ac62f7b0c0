// A backup as a file: what an auditor sees of it with nothing but known tools, and what goes into none
// (BAK-04, BAK-05).

#include "backup/container.h"

#include <gmock/gmock.h>

#include "unit/backup/clinic.h"

namespace gw::backup {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ContainerTest : public BackupTest {};

TEST_F(ContainerTest, its_own_readme_leads_an_auditor_through_it) {
  const Folder folder;
  folder.write("backup.tar", container());
  ASSERT_EQ(folder.run("tar -xf backup.tar"), 0);
  folder.write("certificate.pem", as_bytes(clinic().certificate_pem));
  folder.write("key.pem", as_bytes(clinic().key_pem));
  // Each command of it, as it stands there.
  std::istringstream lines(folder.text("readme.txt"));
  int commands = 0;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("  ")) continue;
    commands += 1;
    ASSERT_EQ(folder.run("{ " + line + "\n}"), 0) << line << folder.text("errors");
    if (line.find("sha256sum content.") == std::string::npos) continue;
    const std::string digest = folder.text("output").substr(0, 64);
    EXPECT_THAT(folder.text("seal.txt"), HasSubstr(digest)) << line;
  }
  EXPECT_EQ(commands, 6);
  EXPECT_EQ(folder.text("configuration/sekisho.yaml"), "version: 1\nsite: aoba\n");
  ASSERT_EQ(folder.run("sha256sum accounts/accounts"), 0);
  EXPECT_THAT(folder.text("manifest.txt"), HasSubstr("part 3000 " + folder.text("output").substr(0, 64)));
}

TEST_F(ContainerTest, a_seal_is_read_back_and_no_other_text_is_one) {
  const Octets file = container();
  const auto read = read_container(file);
  ASSERT_TRUE(read);
  const auto seal = parse_seal(read->seal);
  ASSERT_TRUE(seal);
  EXPECT_EQ(seal->head, head());
  EXPECT_EQ(text_of(*seal), read->seal);
  const std::string text(read->seal);
  EXPECT_FALSE(parse_seal(text + "\n"));
  EXPECT_FALSE(parse_seal(text.substr(0, text.size() - 2) + "\n"));
  std::string upper = text;
  upper[text.size() - 2] = 'A';
  EXPECT_FALSE(parse_seal(upper));
}

TEST_F(ContainerTest, a_front_tells_how_large_the_whole_is) {
  const Octets file = container();
  ASSERT_LE(file.size(), kMostFront);
  const auto front = read_container_front(Bytes(file).first(file.size() - 1024));
  ASSERT_TRUE(front);
  EXPECT_EQ(file_size_of(*front, *parse_seal(front->seal)), file.size());
}

TEST_F(ContainerTest, a_part_with_a_private_key_is_named_and_nothing_is_made) {
  auto what = parts();
  what.push_back({"configuration/files/00003", octets_of(clinic().certificate_pem + clinic().key_pem)});
  const auto made = make_container(head(), what, recipients(), box_key());
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::backup_private_key);
  EXPECT_THAT(made.error().detail, HasSubstr("configuration/files/00003 holds a private key (PEM)"));
}

TEST_F(ContainerTest, parts_have_harmless_names_of_their_own) {
  for (const char* name : {"../escape", "manifest.txt", "retention.txt"}) {
    auto what = parts();
    what.push_back({name, {}});
    const auto made = make_container(head(), what, recipients(), box_key());
    ASSERT_FALSE(made) << name;
    EXPECT_EQ(made.error().code, ErrorCode::backup_part_unsuitable);
    EXPECT_THAT(made.error().detail, HasSubstr(name));
  }
}

TEST_F(ContainerTest, what_is_too_much_is_not_made) {
  const std::vector<Part> large = {{"a", Octets(kMostContent / 2)}, {"b", Octets(kMostContent / 2 + 1)}};
  EXPECT_EQ(make_container(head(), large, recipients(), box_key()).error().code, ErrorCode::backup_too_large);
  const std::vector<Part> many(kMostParts, Part{"a", {}});
  EXPECT_EQ(make_container(head(), many, recipients(), box_key()).error().code, ErrorCode::backup_too_large);
}

TEST_F(ContainerTest, a_signature_is_the_boxs_over_that_text_alone) {
  const Octets file = container();
  const auto read = *read_container(file);
  EXPECT_TRUE(has_signed(read.signer, read.seal, read.signature));
  EXPECT_FALSE(has_signed(read.signer, std::string(read.seal) + " ", read.signature));
  EXPECT_FALSE(has_signed(make_key()->public_key(), read.seal, read.signature));
  EXPECT_FALSE(has_signed({}, read.seal, read.signature));
  EXPECT_FALSE(has_signed(read.signer, read.seal, {}));
}

}  // namespace
}  // namespace gw::backup
