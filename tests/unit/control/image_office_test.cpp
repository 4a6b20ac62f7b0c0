// The image on offer: fetched while it is of use to the box, installed when somebody consents or in the
// window.

#include "control/image_office.h"

#include "order_clinic.h"
#include "pki/certificate.h"

namespace gw::control {
namespace {

using model::UpdateStage;
using model::UpdateState;
using testing::HasSubstr;
using testing::IsEmpty;
using Last = UpdateState::Last;
using Stage = ImageShelf::Stage;

const std::string kImage = "what the slot is to be";

class ImageOfficeTest : public OrderOfficeTest {
 protected:
  ImageOfficeTest() {
    std::filesystem::create_directory(folder_ / "image");
    reopen_images(0);
  }
  void reopen_images(std::uint64_t leave) {
    UniqueFd folder(::open((folder_ / "image").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    images_.emplace(*chronicle_, clock_, std::move(folder), leave);
  }
  Draft offer(const std::string& id = "offer-1") {
    return {.id = id, .wanted = "update: {version: 2026.12, sha256: " + digest_ + "}\n"};
  }
  void tick() { images_->tick(*office_, errands_); }
  void runs(const UpdateState& image) {
    box_runs(image);
    tick();
  }
  /// Its agent brings whatever is wanted, of this.
  void fetch(const std::string& from = kImage) {
    for (int i = 0; i < 2 * ImageShelf::kMostTries; ++i, tick()) {
      const ipc::noc::Image wanted = images_->shelf().next();
      if (wanted.sha256.empty()) continue;
      const Bytes octets = as_bytes(std::string_view(from).substr(wanted.at));
      ASSERT_TRUE(images_->shelf().put({wanted.at, from.size(), {octets.begin(), octets.end()}}));
    }
  }
  std::optional<ipc::op::InstallOrder> ordered() {
    const auto asked = supervisor_->receive();
    if (!asked || !*asked || (*asked)->type != ipc::type_number(ipc::op::Msg::install)) return std::nullopt;
    return *decode<ipc::op::InstallOrder>((*asked)->body);
  }
  bool is_there() const { return std::filesystem::exists(folder_ / "image" / ImageShelf::kWhole); }

  std::string digest_ = to_hex(pki::sha256_of(as_bytes(kImage)));
  UpdateState before_{"2026.11", "a", false, {}};
  std::optional<ImageOffice> images_;
};

TEST_F(ImageOfficeTest, what_is_on_offer_is_fetched_and_told_once) {  // UPD-01
  round(offer());
  runs(before_);
  ASSERT_TRUE(images_->offer());
  fetch();
  EXPECT_TRUE(images_->is_whole());
  EXPECT_THAT(last_line(), HasSubstr("update.fetched"));
  EXPECT_THAT(last_line(), HasSubstr(digest_));
  const std::uint64_t records = store_->last();
  runs(before_);
  EXPECT_EQ(store_->last(), records);
  EXPECT_FALSE(ordered()) << "nobody has consented, and there is no window";
}

TEST_F(ImageOfficeTest, a_box_of_no_slots_fetches_nothing) {
  round(offer());
  runs({});
  EXPECT_FALSE(images_->offer());
  fetch();
  EXPECT_FALSE(is_there());
}

TEST_F(ImageOfficeTest, what_runs_or_waits_or_failed_is_not_fetched_and_goes) {
  round(offer());
  runs(before_);
  fetch();
  EXPECT_TRUE(is_there());
  runs({"2026.11", "a", false, Last{UpdateStage::installing, "b", "", digest_}});
  runs({"2026.11", "a", false, Last{UpdateStage::interrupted, "b", "the box stopped", digest_}});
  EXPECT_TRUE(is_there()) << "it may be installed once more";
  runs({"2026.11", "a", false, Last{UpdateStage::waiting, "b", "", digest_}});
  EXPECT_FALSE(is_there()) << "the slot has it";
  EXPECT_FALSE(images_->offer());
  runs({"2026.11", "a", false, Last{UpdateStage::given_up, "b", "it was worse", digest_}});
  fetch();
  EXPECT_FALSE(is_there());
}

TEST_F(ImageOfficeTest, what_the_clinic_declines_goes) {
  round(offer());
  runs(before_);
  fetch();
  ASSERT_TRUE(office_->decline({.name = "sato", .role = accounts::Role::clinic_admin}, "offer-1", "later"));
  pass();
  tick();
  EXPECT_FALSE(is_there());
}

TEST_F(ImageOfficeTest, as_long_as_nobody_knows_what_is_on_offer_what_is_there_stays) {
  round(offer());
  runs(before_);
  fetch();
  reopen();
  reopen_images(0);
  tick();
  EXPECT_TRUE(is_there());
  pass();
  tick();
  EXPECT_TRUE(is_there()) << "which image runs is not told yet";
  runs(before_);
  for (int i = 0; i < 3; ++i) tick();
  EXPECT_TRUE(images_->is_whole());
}

TEST_F(ImageOfficeTest, what_is_not_what_was_offered_is_told_once_and_never_installed) {
  round(offer());
  runs(before_);
  fetch("what somebody put in its place");
  EXPECT_EQ(images_->shelf().stage(), Stage::unfit);
  EXPECT_THAT(last_line(), HasSubstr("update.not_fetched"));
  EXPECT_THAT(last_line(), HasSubstr("unfit"));
  const auto order = images_->order_by({}, "");
  ASSERT_FALSE(order);
  EXPECT_EQ(order.error().code, ErrorCode::update_none_fetched);
  const std::uint64_t records = store_->last();
  runs(before_);
  EXPECT_EQ(store_->last(), records);
}

TEST_F(ImageOfficeTest, a_disk_without_room_is_told) {
  reopen_images(std::uint64_t{1} << 62);
  round(offer());
  runs(before_);
  fetch();
  EXPECT_THAT(last_line(), HasSubstr("no_room"));
}

TEST_F(ImageOfficeTest, in_the_window_of_the_site_it_is_installed_by_itself_once) {  // UPD-01
  before_.window = model::DailyWindow{hours(22), hours(23)};  // in Japan, where it is 21:00
  round(offer());
  runs(before_);
  fetch();
  EXPECT_TRUE(images_->is_whole());
  EXPECT_FALSE(ordered()) << "it is not open";
  clock_.advance(hours(1));
  runs(before_);
  const auto order = ordered();
  ASSERT_TRUE(order);
  EXPECT_EQ(order->sha256, digest_);
  EXPECT_EQ(order->version, "2026.12");
  EXPECT_EQ(order->by.name, "");
  EXPECT_THAT(order->reason, HasSubstr("is open"));
  tick();
  EXPECT_FALSE(ordered()) << "once";
}

TEST_F(ImageOfficeTest, whoever_has_it_installed_consents_to_the_order) {
  round(offer());
  runs(before_);
  fetch();
  ASSERT_TRUE(office_->consent_to_image({.name = "sato", .role = accounts::Role::clinic_admin}, digest_));
  EXPECT_EQ(entry().by, "sato");
  runs({"2026.12", "b", false, Last{UpdateStage::kept, "b", "", digest_}});
  EXPECT_EQ(entry().state, State::done);
  EXPECT_EQ(entry().by, "sato");
}

TEST_F(ImageOfficeTest, of_several_the_newest_is_fetched) {
  round(offer());
  digest_ = std::string(64, 'f');
  round(offer("offer-2"));
  runs(before_);
  ASSERT_TRUE(images_->offer());
  EXPECT_EQ(images_->offer()->sha256, digest_);
}

}  // namespace
}  // namespace gw::control
