#pragma once

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <map>

#include "accounts/base32.h"
#include "accounts/totp.h"
#include "control/bundle_office.h"
#include "control/change_office.h"
#include "control/evidence_office.h"
#include "control/image_office.h"
#include "control/noc_office.h"
#include "control/order_office.h"
#include "control/web_desk.h"
#include "support/manual_clock.h"
#include "sys/sealed.h"
#include "web/flat_object.h"

namespace gw::control {

namespace msg = ipc::web;
using accounts::Role;
using api::OperationId;
using api::TypedValue;
using api::TypedValues;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kLabel = "abcd-efgh-jklm-npqr", kPassword = "violet tractor humming";
constexpr Role kRoles[] = {Role::viewer,  Role::clinic_admin, Role::approver,
                           Role::auditor, Role::maintainer,   Role::break_glass};

/// What came back: `error` is empty when it is done.
struct Said {
  std::string error{}, detail{}, pointer{}, json{}, token{};
  msg::Token what{};
  std::string file{}, name{};  // what is taken along
};

inline std::string member(const std::string& json, const std::string& name) {
  const auto members = gw::web::read_object(json);
  if (members)
    for (const gw::web::JsonMember& one : *members)
      if (one.name == name) return one.value.text;
  return {};
}

/// A clinic whose administrators ask as webd asks for them.
class WebDeskTest : public testing::Test {
 protected:
  struct Session {
    std::string token{}, csrf{};
    model::IpAddress source{};
  };

  WebDeskTest() {
    std::string pattern = "/tmp/gw-web-desk-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder = pattern;
    store.emplace(*RecordStore::open(folder, 0));
    chronicle.emplace(*store, records, clock);
    office.emplace(*store, *chronicle, clock, orders.first);
    UniqueFd kept(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    backups.emplace(*store, office->changes(), *chronicle, clock, std::move(kept));
    std::filesystem::create_directory(folder + "/bundles");
    reopen_bundles();
    evidence.emplace(*store, *chronicle, clock, packs(), profiles());
    noc.emplace(*store, *chronicle, clock, folder);
    std::filesystem::create_directory(folder + "/image");
    UniqueFd image_folder(::open((folder + "/image").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    images.emplace(*chronicle, clock, std::move(image_folder), 0);
    order_office.emplace(*store, *chronicle, office->changes(), *bundles, clock);
    accounts::Settings settings;
    settings.cost = {64, 1, 1};
    accounts_.emplace(*accounts::Accounts::open(store->database(), clock,
                                                accounts::Seal(Secret(std::string(32, 'k'))), settings,
                                                accounts::hash_code(kLabel)));
    maintenance_.emplace(*maintenance::Maintenance::open(store->database(), clock));
    gate.emplace(*maintenance_);
    reviews.emplace(*ReviewOffice::open(*store, *chronicle, clock));
    setup_.emplace(store->database(), clock);
    incidents_.emplace(store->database(), clock, chain_of(*store, *chronicle));
    contacts_.emplace(store->database(), clock, chain_of(*store, *chronicle));
    auto desks = *ipc::Channel::pair();
    supervisor.emplace(std::move(desks.first));
    errands.connect(std::move(desks.second));
  }
  ~WebDeskTest() override { std::filesystem::remove_all(folder); }

  static TypedValue text(std::string_view value) { return TypedValue::of(std::string(value)); }
  static model::IpAddress address(std::uint8_t last) { return {model::Family::ipv4, {10, 0, 0, last}}; }

  Said ask(OperationId operation, TypedValues values, const Session& session, bool at_the_box = false) {
    msg::Ask asked;
    asked.operation = static_cast<std::uint16_t>(operation);
    asked.values = std::move(values);
    asked.token = session.token;
    asked.csrf = session.csrf;
    asked.source = session.source;
    asked.is_own_port = at_the_box;
    return put(asked);
  }
  Said ask(OperationId operation, TypedValues values) { return ask(operation, std::move(values), Session()); }
  Said put(const msg::Ask& asked) {
    EXPECT_TRUE(msg::send_ask(webd, 7, asked));
    const auto served = desk.serve(around());
    EXPECT_TRUE(served) << served.error().to_text();
    if (desk.waits()) refuse_errand();
    return heard();
  }
  /// As a supervisor that has nothing to say.
  void refuse_errand() {
    auto asked = supervisor->receive();
    ASSERT_TRUE(asked && *asked);
    const UniqueFd nothing = *sys::seal({}, "nothing");
    const ipc::op::Rejected rejected{ErrorCode::proof_unavailable, {}};
    ASSERT_TRUE(supervisor->send(ipc::type_number(ipc::op::Msg::rejected), (*asked)->request,
                                 encode(rejected), {nothing.get()}));
    auto answer = errands.take();
    ASSERT_TRUE(answer && desk.told(*answer, around()));
  }
  Said heard() {
    auto frame = webd.receive();
    if (!frame || !*frame) return {.error = "nothing was said"};
    EXPECT_EQ((*frame)->request, 7u);
    if ((*frame)->type == ipc::type_number(msg::Msg::refused)) {
      const auto refused = decode<msg::Refused>((*frame)->body);
      return {std::string(to_string(refused->code)), refused->detail, refused->pointer};
    }
    const auto octets = sys::read_sealed((*frame)->fds.front().get(), msg::kMostAnswer);
    if ((*frame)->type == ipc::type_number(msg::Msg::octets))
      return {.file = std::string(as_text(*octets)), .name = decode<msg::Octets>((*frame)->body)->name};
    const auto answered = decode<msg::Answered>((*frame)->body);
    return {{}, {}, {}, std::string(as_text(*octets)), answered->given, answered->token};
  }
  /// Asks, and gives what the desk passed on.
  ipc::Frame passed_on(OperationId operation, TypedValues values, const std::string& who = "first") {
    msg::Ask asked;
    const Session session = come(who);
    asked.operation = static_cast<std::uint16_t>(operation);
    asked.values = std::move(values);
    asked.token = session.token;
    asked.csrf = session.csrf;
    asked.source = session.source;
    EXPECT_TRUE(msg::send_ask(webd, 7, asked));
    EXPECT_TRUE(desk.serve(around()));
    auto frame = supervisor->receive();
    EXPECT_TRUE(frame && *frame) << "nothing was passed on";
    return frame && *frame ? std::move(**frame) : ipc::Frame();
  }
  /// What the desk says once the supervisor has said that.
  Said answered(const ipc::Frame& asked, ipc::op::Msg type, std::vector<std::uint8_t> body,
                std::vector<int> fds = {}) {
    EXPECT_TRUE(supervisor->send(ipc::type_number(type), asked.request, body, std::move(fds)));
    auto answer = errands.take();
    EXPECT_TRUE(answer && desk.told(*answer, around()));
    return heard();
  }
  /// With a sealed file.
  Said answered_with_file(const ipc::Frame& asked, ipc::op::Msg type, Bytes body_of_file) {
    const UniqueFd sealed = *sys::seal(body_of_file, "test");
    return answered(asked, type, {}, {sealed.get()});
  }
  std::vector<std::string> told() {
    std::vector<std::string> out;
    for (auto frame = log.receive(); frame && *frame; frame = log.receive())
      out.emplace_back(to_string(decode<Event>((*frame)->body)->id()));
    return out;
  }

  std::string app(const std::string& name) {
    clock.advance(std::chrono::seconds(30));
    return accounts::hotp(apps.at(name), accounts::totp_step(clock.civil_now()));
  }
  void enrol(const std::string& name, std::string_view code, bool at_the_box = false) {
    const Said offer = ask(OperationId::enrolment_begin, {text(name), text(code)}, {}, at_the_box);
    ASSERT_EQ(offer.error, "");
    apps[name] = *accounts::from_base32(member(offer.json, "totp_secret"));
    const Said done = ask(OperationId::enrolment_finish,
                          {text(name), text(code), text(kPassword), text(app(name))}, {}, at_the_box);
    ASSERT_EQ(done.error, "");
    EXPECT_THAT(done.json, HasSubstr("\"codes\":["));
  }
  void settle() {
    ASSERT_EQ(ask(OperationId::box_claim, {text(kLabel), text("first"), text("院長")}, {}, true).error, "");
    enrol("first", kLabel, true);
  }
  Session come(const std::string& name, std::uint8_t from = 10) {
    const Said in = ask(OperationId::session_open, {text(name), text(kPassword), text(app(name))},
                        {.source = address(from)});
    EXPECT_EQ(in.error, "") << name;
    EXPECT_EQ(in.what, msg::Token::given);
    return {in.token, member(in.json, "csrf"), address(from)};
  }
  /// One more account for each role, called as the role is.
  void add(Role role) {
    const std::string name =
        role == Role::break_glass ? "envelope" : std::string(to_string(role)).substr(0, 6);
    const bool is_dated = role == Role::maintainer;
    const auto last = std::chrono::floor<std::chrono::milliseconds>(clock.civil_now().time_since_epoch()) +
                      std::chrono::hours(24);
    const Said made =
        ask(OperationId::accounts_create,
            {text(name), text("somebody"), text(accounts::to_string(role)),
             is_dated ? TypedValue::of(static_cast<std::uint64_t>(last.count())) : TypedValue()},
            come("first"));
    ASSERT_EQ(made.error, "") << name;
    enrol(name, member(made.json, "code"));
    names[role] = name;
  }

  /// As a controld that was started again.
  void reopen_bundles() {
    UniqueFd kept(::open((folder + "/bundles").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    bundles.reset();
    bundles.emplace(*chronicle, clock, std::move(kept));
  }

  /// As the box comes with them.
  static PacksFound packs() {
    const UniqueFd folder(::open(GW_SOURCE_DIR "/configs/packs", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return judge_packs(read_packs(folder));
  }

  /// As somebody has put them there.
  static ProfilesFound profiles() {
    const UniqueFd folder(::open(GW_SOURCE_DIR "/configs/services", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return judge_profiles(read_packs(folder));
  }

  WebAround around() {
    return {*accounts_, *store,        *chronicle, office->changes(), *backups,   *bundles,
            *evidence,  *maintenance_, *gate,      *reviews,          *setup_,    *incidents_,
            errands,    clock,         *noc,       *order_office,     *contacts_, *images};
  }

  std::string folder;
  support::ManualClock clock;
  std::pair<ipc::Channel, ipc::Channel> ends = *ipc::Channel::pair();
  std::pair<ipc::Channel, ipc::Channel> logs = *ipc::Channel::pair();
  ipc::Channel webd = std::move(ends.first);
  ipc::Channel log = std::move(logs.first);
  WebDesk desk{std::move(ends.second)};
  ipc::RecordSink records{logs.second.release().release()};
  std::optional<RecordStore> store;
  std::pair<ipc::Channel, ipc::Channel> orders = *ipc::Channel::pair();
  std::optional<Chronicle> chronicle;
  std::optional<ChangeOffice> office;
  std::optional<BackupOffice> backups;
  std::optional<BundleOffice> bundles;
  std::optional<EvidenceOffice> evidence;
  std::optional<NocOffice> noc;
  std::optional<ImageOffice> images;
  std::optional<OrderOffice> order_office;
  std::optional<accounts::Accounts> accounts_;
  std::optional<maintenance::Maintenance> maintenance_;
  std::optional<MaintenanceGate> gate;
  std::optional<ReviewOffice> reviews;
  std::optional<setup::Setup> setup_;
  std::optional<incidents::Incidents> incidents_;
  std::optional<incidents::Contacts> contacts_;
  ErrandLine errands;
  std::optional<ipc::Channel> supervisor;
  std::map<std::string, std::vector<std::uint8_t>> apps;
  std::map<Role, std::string> names;
};

}  // namespace gw::control
