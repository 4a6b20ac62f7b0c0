// Support files are collected a piece at a time, by whoever may; a collector that fails is passed over, and
// nothing stays for ever.

#include "control/bundle_office.h"

#include <unistd.h>

#include "backup/envelope.h"
#include "config/sources.h"
#include "model/backup_plan.h"
#include "unit/backup/clinic.h"
#include "unit/control/web_clinic.h"

namespace gw::control {
namespace {

using std::chrono::hours;

constexpr const char* kConfiguration =
    "version: 1\nsite: aoba\ntenants:\n  - name: karte\n    terminals: [{name: desk-1}]\n";

class BundleOfficeTest : public WebDeskTest {
 protected:
  void SetUp() override {
    clock.set_civil(CivilTime(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())));
    settle();
    const config::Sources sources{kConfiguration, {}};
    auto& changes = office->changes();
    ASSERT_TRUE(changes.hear(changes::Standing{{}, {}, {}, encode(sources)}));
    ASSERT_TRUE(
        changes.hear(changes::Carried{.order = changes::Order::keep, .change = changes::ChangeNumber(1)}));
  }
  static const backup::Opener& vendor() {
    static const backup::Opener one = backup::make_opener({.name = "vendor", .key = support::KeyKind::p256});
    return one;
  }
  void give_recipients() {
    ipc::Frame frame;
    const model::BackupPlan plan{"aoba", {"front-desk", 3, {{"vendor", "", vendor().certificate_pem}}}};
    frame.fds.push_back(*sys::seal(encode(plan), "plan"));
    ASSERT_TRUE(backups->hear(frame));
  }
  Said want(std::vector<std::string> of, const Session& session, bool strict = false) {
    return ask(OperationId::bundles_make,
               {TypedValue::of(std::move(of)), TypedValue::of(std::uint64_t{24}), TypedValue::of(strict),
                TypedValue()},
               session);
  }
  /// As the keeper does it; whoever asks the supervisor hears that it has nothing to say, if it says
  /// anything.
  void collect(bool answers = true) {
    for (int i = 0; i < 2'000 && bundles->collecting() != nullptr; ++i) {
      bundles->step(around());
      auto asked = supervisor->receive();
      if (!asked || !*asked) continue;
      if (!answers) {
        clock.advance(ErrandLine::kPatience);
        continue;
      }
      const UniqueFd nothing = *sys::seal({}, "nothing");
      const ipc::op::Rejected rejected{ErrorCode::proof_unavailable, {}};
      ASSERT_TRUE(supervisor->send(ipc::type_number(ipc::op::Msg::rejected), (*asked)->request,
                                   encode(rejected), {nothing.get()}));
      const auto answer = errands.take();
      ASSERT_TRUE(answer);
      bundles->told(*answer, around());
    }
    ASSERT_EQ(bundles->collecting(), nullptr);
  }
  std::vector<bundle::Head> ready() { return *bundles->ready(); }
};

TEST_F(BundleOfficeTest, it_is_collected_shown_taken_along_and_opened_by_its_recipient) {
  give_recipients();
  const Session session = come("first");
  ASSERT_EQ(want({"configuration", "changes", "records"}, session).json, R"({"bundle":1})");
  EXPECT_EQ(want({"changes"}, session).error, "bundle.under_way");
  EXPECT_THAT(ask(OperationId::bundles_list, {}, session).json, HasSubstr("\"state\":\"collecting\""));
  collect();
  EXPECT_THAT(told(), Contains("bundle.made"));
  const std::string listed = ask(OperationId::bundles_list, {}, session).json;
  EXPECT_THAT(listed, HasSubstr("\"state\":\"ready\""));
  EXPECT_THAT(listed, HasSubstr("\"file\":\"records.jsonl\",\"state\":\"done\""));
  const Said shown = ask(OperationId::bundles_file,
                         {TypedValue::of(std::uint64_t{1}), text("configuration.yaml"), {}}, session);
  EXPECT_THAT(shown.json, HasSubstr("terminal-1"));
  accounts::Told exported;
  const accounts::Actor chief{accounts::AccountId(1), "first", Role::clinic_admin, {}, "s"};
  const auto taken = bundles->take_along(chief, 1, exported);
  ASSERT_TRUE(taken);
  EXPECT_THAT(taken->name, testing::EndsWith(".tar.cms"));
  std::vector<std::uint8_t> file(taken->extent.size);
  ASSERT_EQ(::read(taken->file.get(), file.data(), file.size()), static_cast<ssize_t>(file.size()));
  const auto certificate = vendor().certificate();
  const auto key = vendor().key();
  const auto content = backup::open_envelope(file, certificate.get(), key.get());
  ASSERT_TRUE(content);
  for (const char* real : {"aoba", "karte", "desk-1", "院長", "\"first\"", "10.0.0.10"})
    EXPECT_EQ(as_text(*content).find(real), std::string_view::npos) << real;
  EXPECT_NE(as_text(*content).find("account.signed_in"), std::string_view::npos) << "records are in it";
  EXPECT_EQ(exported.at(0).id(), EventId::bundle_exported);
}

TEST_F(BundleOfficeTest, what_stands_for_whom_is_told_to_who_may_see_people_and_is_not_in_it) {
  give_recipients();
  add(Role::maintainer);
  ASSERT_EQ(want({"configuration"}, come("first")).error, "");
  collect();
  const TypedValues which{TypedValue::of(std::uint64_t{1})};
  EXPECT_THAT(ask(OperationId::bundles_pseudonyms, which, come("first")).json,
              HasSubstr(R"({"pseudonym":"tenant-1","name":"karte"})"));
  EXPECT_EQ(ask(OperationId::bundles_pseudonyms, which, come(names[Role::maintainer])).error,
            "account.forbidden");
}

TEST_F(BundleOfficeTest, a_collector_that_fails_says_so_and_stops_no_other) {
  give_recipients();
  ASSERT_EQ(want({"status", "isolation", "changes"}, come("first")).error, "");
  collect();
  const auto pieces = ready().at(0).pieces;
  const auto problem_of = [&](std::string_view file) {
    return std::ranges::find(pieces, file, &bundle::Piece::file)->problem;
  };
  EXPECT_EQ(problem_of("isolation.json"), "isolation.proof_unavailable");
  EXPECT_EQ(problem_of("changes.json"), "");
  EXPECT_EQ(problem_of("rules.json"), "");
  EXPECT_THAT(*bundles->file(1, "about.txt"), HasSubstr("isolation.json is missing: isolation."));
}

TEST_F(BundleOfficeTest, an_errand_that_nobody_answers_is_waited_for_no_longer_than_that) {
  give_recipients();
  ASSERT_EQ(want({"isolation", "changes"}, come("first")).error, "");
  collect(false);
  EXPECT_EQ(ready().at(0).pieces.at(1).problem, "status.unavailable");
  EXPECT_EQ(ready().at(0).pieces.at(2).problem, "");
}

TEST_F(BundleOfficeTest, nothing_is_collected_for_nobody_or_of_nothing) {
  const Session session = come("first");
  EXPECT_EQ(want({"changes"}, session).error, "backup.no_recipients");
  give_recipients();
  EXPECT_EQ(want({"everything"}, session).error, "bundle.unsuitable");
  add(Role::auditor);
  EXPECT_EQ(want({"changes"}, come(names[Role::auditor])).error, "account.forbidden");
  EXPECT_TRUE(ready().empty());
}

TEST_F(BundleOfficeTest, what_its_maker_may_not_see_is_not_in_it) {
  give_recipients();
  const accounts::Actor vendor{accounts::AccountId(9), "v", Role::maintainer, {}, "s"};
  accounts::Told told;
  ASSERT_TRUE(bundles->want(vendor, {{"changes", "records"}, 24, false}, around(), told));
  collect();
  const std::vector<bundle::Piece> pieces = ready().at(0).pieces;
  for (const bundle::Piece& one : pieces)
    EXPECT_EQ(one.problem, one.file == "records.jsonl" ? "account.forbidden" : "") << one.file;
}

TEST_F(BundleOfficeTest, it_outlives_a_restart_and_is_gone_after_a_day) {
  give_recipients();
  ASSERT_EQ(want({"changes"}, come("first")).error, "");
  collect();
  reopen_bundles();
  ASSERT_EQ(ready().size(), 1u);
  clock.advance(hours(23));
  bundles->step(around());
  EXPECT_EQ(ready().size(), 1u);
  clock.advance(hours(1) + std::chrono::seconds(1));
  bundles->step(around());
  EXPECT_TRUE(ready().empty());
  EXPECT_THAT(told(), Contains("bundle.removed"));
  ASSERT_EQ(want({"changes"}, come("first")).json, R"({"bundle":2})") << "numbers are used once";
}

TEST_F(BundleOfficeTest, the_newest_three_stay) {
  give_recipients();
  for (int i = 0; i < 5; ++i) {
    ASSERT_EQ(want({"changes"}, come("first")).error, "");
    collect();
  }
  ASSERT_EQ(ready().size(), bundle::Shelf::kMost);
  EXPECT_EQ(ready().front().number, 3u);
}

TEST_F(BundleOfficeTest, it_can_be_given_up_while_it_is_collected_and_later) {
  give_recipients();
  const Session session = come("first");
  const auto remove = [&](std::uint64_t number) {
    return ask(OperationId::bundles_remove, {TypedValue::of(number)}, session).error;
  };
  ASSERT_EQ(want({"status", "changes"}, session).error, "");
  bundles->step(around());
  EXPECT_EQ(remove(1), "");
  EXPECT_EQ(bundles->collecting(), nullptr);
  EXPECT_EQ(remove(1), "bundle.unknown");
  ASSERT_EQ(want({"changes"}, session).error, "");
  collect();
  EXPECT_EQ(remove(2), "");
  EXPECT_TRUE(ready().empty());
}

}  // namespace
}  // namespace gw::control
