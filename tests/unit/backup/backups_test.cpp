// The box's backups as administrators meet them (BAK-01 to BAK-05).

#include "backup/backups.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include "base/text.h"
#include "support/manual_clock.h"
#include "unit/backup/clinic.h"

namespace gw::backup {
namespace {

using accounts::Role;
using std::chrono::hours;
using testing::ElementsAre;
using testing::HasSubstr;

class BackupsTest : public BackupTest {
 protected:
  BackupsTest() {
    // Tomorrow in the small hours, so that all that a test makes is made within one day of Japan's.
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const std::chrono::sys_seconds tomorrow = jst_day_of(now.time_since_epoch()) + std::chrono::days(1);
    clock_.set_civil(CivilTime(tomorrow + hours(1) - kJst));
    open();
  }
  void open() {
    UniqueFd folder(::open(folder_.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    auto opened = Backups::open(std::move(folder), clock_, settings_, signer());
    ASSERT_TRUE(opened) << opened.error().to_text();
    backups_.emplace(*std::move(opened));
  }
  static Actor actor(Role role) { return {accounts::AccountId(1), "tanaka", role, {}, "s1"}; }
  static Actor chief() { return actor(Role::clinic_admin); }
  static Content content() { return {42, head().checkpoint, parts()}; }
  Generation make(Kind kind = Kind::daily) {
    const auto made = backups_->make(kind, content(), box_key(), told_);
    EXPECT_TRUE(made) << made.error().to_text();
    clock_.advance(hours(1));
    return *made;
  }
  std::string last(Field field) const {
    for (const auto& entry : told_.back().entries())
      if (entry.field == field) return entry.text;
    return "";
  }
  EventId last() const { return told_.back().id(); }
  std::size_t told_of(EventId id) const {
    return static_cast<std::size_t>(std::ranges::count(told_, id, &Event::id));
  }
  std::vector<std::uint64_t> numbers() {
    std::vector<std::uint64_t> out;
    const auto listing = backups_->list(chief(), told_);
    for (const auto& one : listing->generations) out.push_back(one.head.number);
    return out;
  }
  void damage(const Generation& one) {
    Octets octets = folder_.read(one.file);
    octets[octets.size() - 2000] ^= 1;
    folder_.write(one.file, octets);
  }

  Folder folder_;
  support::ManualClock clock_;
  Settings settings_{"sekisho-1", "aoba", recipients(), *Keep::generations(3)};
  std::optional<Backups> backups_;
  Told told_;
};

TEST_F(BackupsTest, a_record_says_which_was_made_and_why) {
  const Generation made = make(Kind::confirmed);
  EXPECT_EQ(last(), EventId::backup_made);
  EXPECT_EQ(last(Field::object), made.file);
  EXPECT_EQ(last(Field::reason), "confirmed");
  EXPECT_EQ(last(Field::digest), to_hex(pki::sha256_of(folder_.read(made.file))));
}

TEST_F(BackupsTest, those_that_are_too_many_go_and_are_told) {
  for (int i = 0; i < 5; ++i) make();
  EXPECT_THAT(numbers(), ElementsAre(3, 4, 5));
  EXPECT_EQ(told_of(EventId::backup_removed), 2u);
}

TEST_F(BackupsTest, a_role_that_may_not_gets_nothing) {
  make();
  const Actor auditor = actor(Role::auditor);
  const auto certificate = clinic().certificate();
  const auto key = clinic().key();
  EXPECT_EQ(backups_->make_by_hand(auditor, content(), box_key(), told_).error().code,
            ErrorCode::account_forbidden);
  EXPECT_EQ(backups_->take_along(auditor, 1, told_).error().code, ErrorCode::account_forbidden);
  EXPECT_EQ(backups_->try_out(auditor, 1, certificate.get(), key.get(), told_).error().code,
            ErrorCode::account_forbidden);
  EXPECT_EQ(told_of(EventId::account_forbidden), 3u);
  EXPECT_TRUE(backups_->make_by_hand(chief(), content(), box_key(), told_));
  EXPECT_EQ(last(Field::administrator), "tanaka");
}

TEST_F(BackupsTest, what_is_taken_along_is_the_file_itself) {
  const Generation made = make();
  const auto taken = backups_->take_along(chief(), 1, told_);
  ASSERT_TRUE(taken);
  Octets octets(made.size);
  ASSERT_EQ(::read(taken->file.get(), octets.data(), octets.size()), static_cast<ssize_t>(octets.size()));
  EXPECT_EQ(octets, folder_.read(made.file));
  EXPECT_EQ(taken->extent, extent_of(octets));
  EXPECT_EQ(last(), EventId::backup_exported);
  EXPECT_EQ(last(Field::digest), to_hex(taken->extent.digest));
}

TEST_F(BackupsTest, nobody_takes_along_what_is_damaged) {
  damage(make());
  const auto taken = backups_->take_along(chief(), 1, told_);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, ErrorCode::backup_damaged);
  EXPECT_EQ(last(Field::result), "refused");
  EXPECT_EQ(told_of(EventId::backup_damaged), 1u);
}

TEST_F(BackupsTest, one_that_was_tried_out_is_the_last_good_one_and_stays) {
  make();
  const auto certificate = vendor().certificate();
  const auto key = vendor().key();
  const auto opened = backups_->try_out(chief(), 1, certificate.get(), key.get(), told_);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->parts.size(), parts().size());
  EXPECT_EQ(last(), EventId::backup_last_good);
  for (int i = 0; i < 5; ++i) make();
  EXPECT_THAT(numbers(), ElementsAre(1, 5, 6));
  EXPECT_EQ(backups_->list(chief(), told_)->last_good, 1u);
}

TEST_F(BackupsTest, a_useless_one_is_told_and_is_not_the_last_good_one) {
  damage(make());
  const auto certificate = vendor().certificate();
  const auto key = vendor().key();
  const auto opened = backups_->try_out(chief(), 1, certificate.get(), key.get(), told_);
  ASSERT_TRUE(opened);
  EXPECT_FALSE(opened->report.is_good());
  EXPECT_EQ(last(), EventId::backup_useless);
  EXPECT_EQ(last(Field::reason), "envelope_changed");
  EXPECT_EQ(backups_->list(chief(), told_)->last_good, std::nullopt);
}

TEST_F(BackupsTest, each_is_looked_at_in_turn_and_damage_is_told_once) {
  std::vector<Generation> made;
  for (int i = 0; i < 3; ++i) made.push_back(make());
  for (int i = 0; i < 6; ++i) ASSERT_TRUE(backups_->look_at_one(told_));
  EXPECT_EQ(told_of(EventId::backup_damaged), 0u);
  damage(made[1]);
  std::filesystem::resize_file(folder_.path() / made[2].file, 700);
  for (int i = 0; i < 6; ++i) ASSERT_TRUE(backups_->look_at_one(told_));
  EXPECT_EQ(told_of(EventId::backup_damaged), 2u);
  EXPECT_THAT(folder_.names(), testing::Contains(made[2].file)) << "it is not removed";
}

TEST_F(BackupsTest, a_private_key_among_the_parts_fails_loudly) {
  Content wrong = content();
  wrong.parts[0].content = octets_of(clinic().key_pem);
  const auto made = backups_->make(Kind::daily, wrong, box_key(), told_);
  EXPECT_EQ(made.error().code, ErrorCode::backup_private_key);
  EXPECT_EQ(last(), EventId::backup_failed);
  EXPECT_THAT(last(Field::detail), HasSubstr("configuration/sekisho.yaml"));
  EXPECT_THAT(numbers(), testing::IsEmpty());
}

TEST_F(BackupsTest, a_recipient_whose_certificate_has_ended_is_told_each_time) {
  const Opener old = make_opener({.begins = -hours(48), .ends = -hours(24)});
  settings_.recipients = {old.as("clinic")};
  open();
  make();
  EXPECT_EQ(told_of(EventId::backup_recipient_due), 1u);
  EXPECT_EQ(last(), EventId::backup_made) << "better than none";
}

TEST_F(BackupsTest, what_is_due_is_known_after_a_restart) {
  EXPECT_LE(backups_->due().at, clock_.civil_now());
  make();
  EXPECT_GT(backups_->due().at, clock_.civil_now() - hours(1));
  const Due before = backups_->due();
  open();
  EXPECT_EQ(backups_->due().at, before.at);
  backups_->note_confirmed(clock_.civil_now());
  EXPECT_LE(backups_->due().at, clock_.civil_now());
}

TEST_F(BackupsTest, the_new_box_that_knows_another_key_calls_them_foreign) {
  make();
  const auto key = make_key();
  UniqueFd folder(::open(folder_.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  auto other = Backups::open(std::move(folder), clock_, settings_, pki::sha256_of(key->public_key()));
  ASSERT_TRUE(other->look_at_one(told_));
  EXPECT_EQ(last(Field::reason), "unknown_signer");
}

TEST_F(BackupsTest, one_that_is_looked_at_says_what_is_wrong_with_it) {
  const Generation one = make();
  const auto whole = backups_->look_at(chief(), 1, told_);
  ASSERT_TRUE(whole);
  EXPECT_TRUE(whole->report.is_good());
  EXPECT_EQ(whole->digest, pki::sha256_of(folder_.read(one.file)));
  damage(one);
  const auto broken = backups_->look_at(chief(), 1, told_);
  ASSERT_TRUE(broken);
  EXPECT_FALSE(broken->report.is_good());
  EXPECT_EQ(last(), EventId::backup_damaged);
  EXPECT_EQ(last(Field::object), one.file);
  EXPECT_EQ(backups_->look_at(actor(Role::viewer), 1, told_).error().code, ErrorCode::account_forbidden);
  EXPECT_EQ(backups_->look_at(chief(), 9, told_).error().code, ErrorCode::backup_unknown);
}

/// BAK-03: a recipient's key never comes to the box, so it is told what came of it, and of which file.
TEST_F(BackupsTest, one_that_was_tried_elsewhere_is_the_last_good_one_if_it_is_the_same_file) {
  const Generation one = make();
  const auto digest = pki::sha256_of(folder_.read(one.file));
  EXPECT_EQ(backups_->note_tried(chief(), 1, {}, told_).error().code, ErrorCode::backup_useless);
  EXPECT_EQ(last(), EventId::backup_useless);
  EXPECT_FALSE(backups_->list(chief(), told_)->last_good);
  EXPECT_EQ(backups_->note_tried(actor(Role::viewer), 1, digest, told_).error().code,
            ErrorCode::account_forbidden);
  ASSERT_TRUE(backups_->note_tried(chief(), 1, digest, told_));
  EXPECT_EQ(told_of(EventId::backup_tried), 1u);
  EXPECT_EQ(backups_->list(chief(), told_)->last_good, 1u);
  damage(one);
  EXPECT_FALSE(backups_->note_tried(chief(), 1, pki::sha256_of(folder_.read(one.file)), told_));
}

TEST_F(BackupsTest, nothing_to_make_one_of_is_a_failure_that_is_tried_again_later) {
  backups_->note_failure(Kind::daily, {ErrorCode::change_pruned, "change 7"}, told_);
  EXPECT_EQ(last(), EventId::backup_failed);
  EXPECT_THAT(last(Field::detail), HasSubstr("change 7"));
  EXPECT_EQ(backups_->failures(), 1u);
  EXPECT_EQ(backups_->due().at, clock_.civil_now() + wait_after(1));
}

}  // namespace
}  // namespace gw::backup
