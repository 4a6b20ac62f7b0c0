// Backups are made when it is time, of what was confirmed, and records say so (BAK-01).

#include "control/backup_office.h"

#include <fcntl.h>
#include <gmock/gmock.h>

#include "backup/account_parts.h"
#include "backup/configuration_parts.h"
#include "model/backup_plan.h"
#include "support/manual_clock.h"
#include "sys/sealed.h"
#include "unit/backup/clinic.h"

namespace gw::control {
namespace {

using backup::Kind;
using changes::ChangeNumber;
using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;

class BackupOfficeTest : public backup::BackupTest {
 protected:
  BackupOfficeTest() {
    clock.set_civil(CivilTime(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())));
    changes_.emplace(
        store.database(), clock,
        [this](std::span<const Event> events, const std::function<Result<>()>& with) {
          return chronicle.write(events, with);
        },
        changes::Changes::Hand{{}, {}, [](ChangeNumber, bool) { return Result<>(Done{}); }, {}, {}},
        [](changes::Order, ChangeNumber, const Result<>&) {});
    UniqueFd folder(::open(kept.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    office.emplace(store, *changes_, chronicle, clock, std::move(folder));
  }

  /// What the box was found with becomes the first change, and is confirmed.
  void adopt() {
    const config::Sources sources{"version: 1\n", {{"pki/ca.pem", backup::octets_of("a certificate")}}};
    ASSERT_TRUE(changes_->hear(changes::Standing{{}, {}, {}, encode(sources)}));
    ASSERT_TRUE(changes_->hear(changes::Carried{.order = changes::Order::keep, .change = ChangeNumber(1)}));
    ASSERT_EQ(changes_->confirmed()->number(), 1u);
  }
  void plan(const std::vector<std::uint8_t>& octets) {
    ipc::Frame frame;
    frame.fds.push_back(*sys::seal(octets, "plan"));
    ASSERT_TRUE(office->hear(frame));
  }
  void plan() {
    plan(encode(model::BackupPlan{"aoba", {"front-desk", 3, {{"clinic", "", clinic().certificate_pem}}}}));
  }
  void sign() { office->use(box_key(), head().checkpoint); }
  std::vector<std::string> told() {
    std::vector<std::string> out;
    for (auto frame = ends.first.receive(); frame && *frame; frame = ends.first.receive())
      if (const auto id = decode<Event>((*frame)->body)->id(); to_string(id).starts_with("backup."))
        out.emplace_back(to_string(id));
    return out;
  }
  static accounts::Actor chief() {
    return {accounts::AccountId(1), "tanaka", accounts::Role::clinic_admin, {}, "s1"};
  }
  std::vector<Kind> kinds() {
    std::vector<Kind> out;
    accounts::Told unused;
    const auto listing = (*office->backups())->list(chief(), unused);
    for (const auto& one : listing->generations) out.push_back(one.head.kind);
    return out;
  }

  backup::Folder records, kept;
  support::ManualClock clock;
  RecordStore store = *RecordStore::open(records.path(), 0);
  std::pair<ipc::Channel, ipc::Channel> ends = *ipc::Channel::pair();
  ipc::RecordSink sink{ends.second.release().release()};
  Chronicle chronicle{store, sink, clock};
  std::optional<changes::Changes> changes_;
  std::optional<BackupOffice> office;
};

TEST_F(BackupOfficeTest, without_anybody_to_encrypt_to_nothing_is_made_and_that_is_told_once) {
  adopt();
  EXPECT_FALSE(office->wants_key());
  plan({});
  plan({});
  sign();
  office->tick();
  EXPECT_FALSE(office->wants_key());
  EXPECT_THAT(told(), ElementsAre("backup.no_recipients"));
  accounts::Told unused;
  EXPECT_EQ(office->want(chief(), unused).error().code, ErrorCode::backup_no_recipients);
  plan();
  plan({});
  EXPECT_THAT(told(), ElementsAre("backup.no_recipients"));
}

TEST_F(BackupOfficeTest, the_first_one_is_made_at_once_and_holds_what_was_confirmed) {
  adopt();
  plan();
  EXPECT_EQ(office->backups().error().code, ErrorCode::key_unavailable);
  EXPECT_TRUE(office->wants_key());
  sign();
  EXPECT_FALSE(office->wants_key());
  EXPECT_FALSE(office->due());
  EXPECT_THAT(told(), testing::Contains("backup.made"));
  ASSERT_EQ(kinds().size(), 1u);
  const auto file = kept.read(kept.names().front());
  const auto opened = backup::open_backup(file, {signer(), "front-desk", "aoba"},
                                          clinic().certificate().get(), clinic().key().get());
  ASSERT_TRUE(opened.report.is_good()) << words_of(opened.report, Language::english);
  EXPECT_EQ(backup::sources_in(opened.parts)->text, "version: 1\n");
  EXPECT_TRUE(backup::accounts_in(opened.parts));
  EXPECT_EQ(opened.report.seal->head.change, 1u);
  EXPECT_EQ(opened.report.seal->head.checkpoint, head().checkpoint);
}

TEST_F(BackupOfficeTest, before_anything_was_confirmed_there_is_nothing_to_keep) {
  plan();
  sign();
  EXPECT_FALSE(office->wants_key());
  EXPECT_THAT(told(), IsEmpty());
  adopt();
  office->tick();
  EXPECT_TRUE(office->wants_key());
}

TEST_F(BackupOfficeTest, each_day_has_its_own_and_a_hand_makes_one_more) {
  adopt();
  plan();
  sign();
  clock.advance(hours(25));
  EXPECT_TRUE(office->wants_key());
  sign();
  accounts::Told asked;
  ASSERT_TRUE(office->want(chief(), asked));
  EXPECT_TRUE(office->wants_key());
  sign();
  const auto made = kinds();
  ASSERT_EQ(made.size(), 3u);
  EXPECT_EQ(made[1], Kind::daily);
  EXPECT_EQ(made[2], Kind::by_hand);
  const accounts::Actor viewer{accounts::AccountId(2), "v", accounts::Role::viewer, {}, "s2"};
  EXPECT_EQ(office->want(viewer, asked).error().code, ErrorCode::account_forbidden);
}

TEST_F(BackupOfficeTest, what_waits_for_the_key_can_be_taken_back_and_leaves_nothing) {
  adopt();
  plan();
  sign();
  accounts::Told asked;
  ASSERT_TRUE(office->want(chief(), asked));
  EXPECT_EQ(office->wanted_by().size(), 1u);
  const accounts::Actor viewer{accounts::AccountId(2), "v", accounts::Role::viewer, {}, "s2"};
  EXPECT_EQ(office->withdraw(viewer, asked).error().code, ErrorCode::account_forbidden);
  EXPECT_EQ(office->wanted_by().size(), 1u);
  const accounts::Actor other{accounts::AccountId(3), "suzuki", accounts::Role::clinic_admin, {}, "s3"};
  ASSERT_TRUE(office->withdraw(other, asked));
  EXPECT_TRUE(office->wanted_by().empty());
  EXPECT_FALSE(office->wants_key());
  sign();
  EXPECT_EQ(kinds().size(), 1u);
  clock.advance(hours(25));
  EXPECT_TRUE(office->wants_key());  // the day's is made all the same
}

TEST_F(BackupOfficeTest, a_key_that_does_not_sign_is_not_asked_for_again_at_once) {
  adopt();
  plan();
  office->miss_key();
  EXPECT_FALSE(office->wants_key());
  ASSERT_TRUE(office->due());
  EXPECT_EQ(*office->due(), clock.now() + BackupOffice::kAskAgain);
  clock.advance(BackupOffice::kAskAgain);
  EXPECT_TRUE(office->wants_key());
}

TEST_F(BackupOfficeTest, one_octet_that_turns_is_found_without_anybody_asking) {
  adopt();
  plan();
  sign();
  auto octets = kept.read(kept.names().front());
  octets[octets.size() / 2] ^= 1;
  kept.write(kept.names().front(), octets);
  clock.advance(minutes(31));
  told();
  office->tick();
  EXPECT_THAT(told(), ElementsAre("backup.damaged"));
  clock.advance(minutes(31));
  office->tick();
  EXPECT_THAT(told(), IsEmpty());
}

}  // namespace
}  // namespace gw::control
