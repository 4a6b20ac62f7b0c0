// What a restore finds out before it changes anything (BAK-03, BAK-05).

#include "backup/opening.h"

#include <gmock/gmock.h>

#include "backup/envelope.h"
#include "backup/manifest.h"
#include "backup/tar.h"
#include "support/mutations.h"
#include "unit/backup/clinic.h"

namespace gw::backup {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class OpeningTest : public BackupTest {
 protected:
  static std::vector<Fault> faults_of(const Report& report) {
    std::vector<Fault> out;
    for (const auto& found : report.faults) out.push_back(found.fault);
    return out;
  }
  /// A backup as a box would make it that had gone wrong, or that somebody has who holds its key.
  static Octets sealed(const Octets& content, std::optional<Extent> signed_content = std::nullopt) {
    const Octets envelope = *close_envelope(content, recipients());
    return around(
        envelope,
        {head(), {0, pki::sha256_of({})}, signed_content.value_or(extent_of(content)), extent_of(envelope)});
  }
  static Octets around(const Octets& envelope, const Seal& seal) {
    const std::string text = text_of(seal);
    const auto signature = *box_key().sign(model::SignatureScheme::ecdsa_sha256, as_bytes(text));
    const Member members[] = {{"seal.txt", as_bytes(text)},
                              {"seal.sig", signature},
                              {"box.der", box_key().public_key()},
                              {"readme.txt", {}},
                              {"content.cms", envelope}};
    return write_tar(members, seal.head.made);
  }
  static Octets content_with(const std::string& manifest, const std::vector<Part>& what) {
    std::vector<Member> members = {{"manifest.txt", as_bytes(manifest)}};
    for (const Part& part : what) members.push_back({part.name, part.content});
    return write_tar(members, head().made);
  }
};

TEST_F(OpeningTest, clinic_and_vendor_each_get_all_of_it) {
  const Octets file = container();
  for (const Opener* who : {&clinic(), &vendor()}) {
    const Opened opened = open_as(*who, file);
    ASSERT_TRUE(opened.report.is_good()) << words_of(opened.report, Language::english);
    EXPECT_EQ(opened.report.seal->head, head());
    const auto wanted = parts();
    ASSERT_EQ(opened.parts.size(), wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      EXPECT_EQ(opened.parts[i].name, wanted[i].name);
      EXPECT_EQ(opened.parts[i].content, wanted[i].content);
      EXPECT_EQ(opened.report.rows[i].extent, extent_of(wanted[i].content));
    }
  }
}

TEST_F(OpeningTest, a_stranger_gets_nothing) {
  const Opened opened = open_as(make_opener(), container());
  EXPECT_THAT(faults_of(opened.report), ElementsAre(Fault::not_opened));
  EXPECT_TRUE(opened.parts.empty());
}

TEST_F(OpeningTest, another_box_with_a_key_of_its_own_is_not_believed) {
  const auto other = make_key();
  const Octets file = *make_container(head(), parts(), recipients(), *other);
  EXPECT_THAT(faults_of(open_as(clinic(), file).report), ElementsAre(Fault::unknown_signer));
}

TEST_F(OpeningTest, another_site_or_box_is_named_as_such) {
  const Octets file = container();
  EXPECT_THAT(faults_of(examine(file, {signer(), "sekisho-2", "aoba"})), ElementsAre(Fault::other_box));
  EXPECT_THAT(faults_of(examine(file, {signer(), "sekisho-1", "midori"})), ElementsAre(Fault::other_box));
  EXPECT_TRUE(examine(file, {signer(), "", ""}).is_good());
}

TEST_F(OpeningTest, no_changed_octet_passes) {
  const Octets file = container();
  const std::size_t stride = 3;
  for (std::size_t at = 0; at < file.size(); at += stride) {
    Octets changed = file;
    changed[at] ^= 1;
    EXPECT_FALSE(examine(changed, expected()).is_good()) << at;
  }
  support::for_each_cut(file, [&](const Octets& cut) { EXPECT_FALSE(examine(cut, expected()).is_good()); });
}

TEST_F(OpeningTest, each_word_of_what_was_signed_counts) {
  const Octets file = container();
  std::string_view seal = read_container(file)->seal;
  Octets changed = file;
  const auto change = static_cast<std::ptrdiff_t>(seal.find("change 42") + 7);
  const auto start = reinterpret_cast<const std::uint8_t*>(seal.data()) - file.data();
  changed[static_cast<std::size_t>(start + change)] = '9';
  EXPECT_THAT(faults_of(examine(changed, expected())), ElementsAre(Fault::forged));
}

TEST_F(OpeningTest, an_envelope_of_another_backup_is_noticed) {
  const Octets content = content_with(manifest_text(head(), parts()), parts());
  const Octets one = *close_envelope(content, recipients()), other = *close_envelope(content, recipients());
  const Octets file = around(other, {head(), {0, pki::sha256_of({})}, extent_of(content), extent_of(one)});
  EXPECT_THAT(faults_of(open_as(clinic(), file).report), ElementsAre(Fault::envelope_changed));
}

TEST_F(OpeningTest, what_is_inside_is_held_against_what_was_signed_and_listed) {
  const std::string manifest = manifest_text(head(), parts());
  const Octets content = content_with(manifest, parts());
  EXPECT_TRUE(open_as(clinic(), sealed(content)).report.is_good());

  const auto faults = [&](const Octets& inside, std::optional<Extent> extent = std::nullopt) {
    const Opened opened = open_as(clinic(), sealed(inside, extent));
    EXPECT_TRUE(opened.parts.empty());
    return faults_of(opened.report);
  };
  EXPECT_THAT(faults(content, extent_of(octets_of("other"))), ElementsAre(Fault::content_changed));
  EXPECT_THAT(faults(octets_of("no archive")), ElementsAre(Fault::manifest));
  EXPECT_THAT(faults(content_with(manifest_text(head(13), parts()), parts())), ElementsAre(Fault::manifest));

  auto what = parts();
  what.pop_back();
  EXPECT_THAT(faults(content_with(manifest, what)), ElementsAre(Fault::part_missing));
  what = parts();
  what[0].content.push_back('\n');
  EXPECT_THAT(faults(content_with(manifest, what)), ElementsAre(Fault::part_changed));
  what = parts();
  what.push_back({"more", {}});
  EXPECT_THAT(faults(content_with(manifest, what)), ElementsAre(Fault::part_unlisted));
  what = parts();
  what.push_back({"key", octets_of(clinic().key_pem)});
  EXPECT_THAT(faults(content_with(manifest_text(head(), what), what)), ElementsAre(Fault::private_key));
}

TEST_F(OpeningTest, words_say_what_is_wrong_and_with_which_part) {
  const std::string manifest = manifest_text(head(), parts());
  auto what = parts();
  what[0].content.push_back('\n');
  const Report report = open_as(clinic(), sealed(content_with(manifest, what))).report;
  EXPECT_THAT(words_of(report, Language::english),
              HasSubstr("a part is not what is listed: configuration/sekisho.yaml\n"));
  EXPECT_THAT(words_of(report, Language::english), HasSubstr("CANNOT be restored"));
  EXPECT_THAT(words_of(report, Language::japanese), HasSubstr("復元できません"));
  EXPECT_THAT(words_of(open_as(clinic(), container()).report, Language::japanese), HasSubstr("復元できます"));
}

TEST_F(OpeningTest, a_signer_that_is_not_asked_for_is_told_all_the_same) {
  const Report report = examine(container(), {});
  EXPECT_TRUE(report.is_good());
  EXPECT_EQ(report.signer, signer());
}

}  // namespace
}  // namespace gw::backup
