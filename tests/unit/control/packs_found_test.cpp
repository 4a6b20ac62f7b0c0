// The rule packs that a box comes with (GOV-01): read whole, and believed as far as they are signed.

#include "control/packs_found.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <stdlib.h>
#include <sys/mman.h>

#include <filesystem>
#include <fstream>

#include "base/text.h"
#include "packs/seal.h"
#include "pki/evidence_key.h"
#include "pki/signer_key.h"

namespace gw::control {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class PacksFoundTest : public testing::Test {
 protected:
  PacksFoundTest() {
    std::string pattern = "/tmp/gw-packs-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    std::filesystem::copy_file(std::filesystem::path(GW_SOURCE_DIR) / "configs/packs/gl-7.0.yaml",
                               folder_ / "gl-7.0.yaml");
  }
  ~PacksFoundTest() override { std::filesystem::remove_all(folder_); }

  void put(const std::string& name, std::string_view content) const {
    std::ofstream(folder_ / name, std::ios::binary) << content;
  }
  /// As the vendor does it offline.
  void sign(const std::string& name) const {
    std::ifstream file(folder_ / name, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    const auto signature = vendor_.sign(as_bytes(packs::statement_of(packs::digest_of(text))));
    put(name + ".sig", as_text(*signature));
  }
  PacksFound found() const {
    const UniqueFd folder(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return judge_packs(read_packs(folder));
  }
  static pki::EvidenceKey new_key() {
    const UniqueFd file(::memfd_create("key", MFD_CLOEXEC));
    return *pki::EvidenceKey::read_or_make(file.get());
  }

  std::filesystem::path folder_;
  pki::EvidenceKey vendor_ = new_key();
};

TEST_F(PacksFoundTest, without_a_vendors_key_packs_are_taken_and_told_to_be_unsigned) {
  ASSERT_THAT(found().judged, SizeIs(1));
  EXPECT_FALSE(found().judged[0].is_signed);
  EXPECT_EQ(found().judged[0].pack.id, "gl-7.0");
  EXPECT_THAT(found().refused, IsEmpty());
}

TEST_F(PacksFoundTest, with_one_only_what_it_signed_counts) {
  put(kPackSigner, *vendor_.public_pem());
  ASSERT_THAT(found().refused, SizeIs(1));
  EXPECT_THAT(found().refused[0].why, HasSubstr("no signature"));
  sign("gl-7.0.yaml");
  ASSERT_THAT(found().judged, SizeIs(1));
  EXPECT_TRUE(found().judged[0].is_signed);
  EXPECT_EQ(found().judged[0].signer, pki::SignerKey::from_pem(*vendor_.public_pem())->fingerprint());
  put(kPackSigner, *new_key().public_pem());
  ASSERT_THAT(found().refused, SizeIs(1));
  EXPECT_THAT(found().refused[0].why, HasSubstr("not the vendor's"));
  EXPECT_THAT(found().judged, IsEmpty());
}

TEST_F(PacksFoundTest, a_key_that_is_none_lets_no_pack_through) {
  sign("gl-7.0.yaml");
  put(kPackSigner, "no key");
  EXPECT_THAT(found().judged, IsEmpty());
  ASSERT_THAT(found().refused, SizeIs(1));
  EXPECT_EQ(found().refused[0].file, kPackSigner);
}

TEST_F(PacksFoundTest, a_file_that_is_no_pack_is_named_with_its_line_and_the_others_stay) {
  put("broken.yaml", "version: 1\npack:\n  id: x\n  colour: red\n");
  ASSERT_THAT(found().refused, SizeIs(1));
  EXPECT_EQ(found().refused[0].file, "broken.yaml");
  EXPECT_THAT(found().refused[0].why, HasSubstr("line "));
  EXPECT_THAT(found().judged, SizeIs(1));
}

TEST_F(PacksFoundTest, what_is_too_large_or_leads_elsewhere_is_named_and_the_others_stay) {
  put("large.yaml", std::string(300'000, 'x'));
  std::filesystem::create_symlink("/etc/hostname", folder_ / "link.yaml");
  const PacksFound all = found();
  EXPECT_THAT(all.judged, SizeIs(1));
  ASSERT_THAT(all.refused, SizeIs(2));
  EXPECT_THAT(all.refused[0].file + all.refused[1].file, HasSubstr("large.yaml"));
  EXPECT_THAT(all.refused[0].file + all.refused[1].file, HasSubstr("link.yaml"));
}

TEST_F(PacksFoundTest, a_pack_that_is_there_twice_counts_once) {
  std::filesystem::copy_file(folder_ / "gl-7.0.yaml", folder_ / "gl-7.0-copy.yaml");
  EXPECT_THAT(found().judged, SizeIs(1));
  ASSERT_THAT(found().refused, SizeIs(1));
  EXPECT_THAT(found().refused[0].why, HasSubstr("gl-7.0"));
}

TEST_F(PacksFoundTest, a_folder_that_cannot_be_read_has_no_packs_and_says_so) {
  EXPECT_THAT(judge_packs(read_packs(UniqueFd(::open("/dev/null", O_RDONLY)))).refused,
              SizeIs(testing::Ge(1u)));
}

}  // namespace
}  // namespace gw::control
