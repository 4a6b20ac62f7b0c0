// The service profiles that somebody put on the box (GOV-02): which service has which, and what is refused.

#include "control/profiles_found.h"

#include <fcntl.h>
#include <gmock/gmock.h>

#include "base/fd.h"
#include "packs/seal.h"
#include "support/file_text.h"

namespace gw::control {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

PackFolder shipped() {
  const UniqueFd folder(::open(GW_SOURCE_DIR "/configs/services", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return read_packs(folder);
}

TEST(ProfilesFound, those_that_the_box_comes_with_are_read_and_named_by_their_files_digest) {
  const ProfilesFound found = judge_profiles(shipped());
  EXPECT_THAT(found.known, SizeIs(5));
  EXPECT_THAT(found.refused, IsEmpty());
  ASSERT_NE(found.of("yadoc"), nullptr);
  EXPECT_EQ(found.of("yadoc")->digest, packs::digest_of(support::read_file("configs/services/yadoc.yaml")));
}

TEST(ProfilesFound, a_service_has_the_profile_of_its_name_or_of_what_stands_before_a_hyphen) {
  ProfilesFound found;
  for (const char* name : {"emr", "emr-images"}) found.known.push_back({{.name = name}});
  EXPECT_EQ(found.of("emr")->profile.name, "emr");
  EXPECT_EQ(found.of("emr-files")->profile.name, "emr");
  EXPECT_EQ(found.of("emr-images")->profile.name, "emr-images");
  EXPECT_EQ(found.of("emr-images-2")->profile.name, "emr-images");
  for (const char* other : {"em", "emrx", "images", ""}) EXPECT_EQ(found.of(other), nullptr) << other;
}

TEST(ProfilesFound, what_is_none_is_named_with_its_line_and_the_others_stay) {
  PackFolder folder = shipped();
  folder.files.push_back({"broken.yaml", "version: 1\nprofile: x\ncolour: red\n", ""});
  folder.files.push_back({"again.yaml", support::read_file("configs/services/yadoc.yaml"), ""});
  const ProfilesFound found = judge_profiles(folder);
  EXPECT_THAT(found.known, SizeIs(5));
  ASSERT_THAT(found.refused, SizeIs(2));
  EXPECT_THAT(found.refused[0].why, HasSubstr("line "));
  EXPECT_THAT(found.refused[1].why, HasSubstr("the profile yadoc"));
}

}  // namespace
}  // namespace gw::control
