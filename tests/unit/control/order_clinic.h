#pragma once

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <deque>
#include <filesystem>

#include "base/codec.h"
#include "base/text.h"
#include "config/sources.h"
#include "control/bundle_office.h"
#include "control/order_office.h"
#include "ipc/messages/log.h"
#include "support/manual_clock.h"
#include "sys/sealed.h"
#include "unit/orders/draft.h"

namespace gw::control {

using changes::ChangeNumber;
using orders::Draft;
using orders::State;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// A box, a clinic and an operations centre around the office that follows orders.
class OrderOfficeTest : public testing::Test {
 protected:
  OrderOfficeTest() {
    std::string pattern = "/tmp/gw-order-office-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    std::filesystem::create_directory(folder_ / "bundles");
    store_.emplace(*RecordStore::open(folder_, 1u << 20));
    auto ends = ipc::Channel::pair();
    ear_.emplace(std::move(ends->first));
    sink_.emplace(ends->second.release().release());
    chronicle_.emplace(*store_, *sink_, clock_);
    changes_.emplace(
        store_->database(), clock_,
        [this](std::span<const Event> told, const std::function<Result<>()>& with) {
          return is_store_failing_ ? Result<>(Error{ErrorCode::store_failed}) : chronicle_->write(told, with);
        },
        hand(), nullptr);
    UniqueFd bundles(::open((folder_ / "bundles").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    bundles_.emplace(*chronicle_, clock_, std::move(bundles));
    auto desk = ipc::Channel::pair();
    supervisor_.emplace(std::move(desk->first));
    errands_.connect(std::move(desk->second));
    clock_.set_civil(orders::noon() - hours(24));
    reopen();
    EXPECT_TRUE(office_->begin_book());
    clock_.set_civil(orders::noon());
    const auto sources = encode(config::Sources{.text = "old", .files = {}});
    EXPECT_TRUE(changes_->hear(changes::Standing{.sources = sources}));
    carry_out();
  }
  ~OrderOfficeTest() override { std::filesystem::remove_all(folder_); }

  void reopen() {
    office_.emplace(*store_, *chronicle_, *changes_, *bundles_, clock_);
    plan(seconds(60));
  }
  void plan(seconds every) { plan(every, vendor_.pem()); }
  void plan(seconds every, const std::string& key) {
    ipc::Frame frame;
    frame.body = encode(ipc::control_records::NocPlan{"north", every, key});
    EXPECT_TRUE(office_->hear(frame));
  }

  // --- the box, played

  changes::Changes::Hand hand() {
    const auto note = [this](changes::Order order, ChangeNumber change) {
      ordered_.push_back({order, change});
      return Result<>(Done{});
    };
    return {[=](ChangeNumber change, Bytes, Bytes) { return note(changes::Order::look, change); },
            [=](ChangeNumber change, Bytes, seconds) { return note(changes::Order::put, change); },
            [=](ChangeNumber change, bool) { return note(changes::Order::keep, change); },
            [=](ChangeNumber change) { return note(changes::Order::back, change); },
            [](ChangeNumber, seconds) { return Result<>(Done{}); }};
  }
  /// Whatever it was told to do, it has done; what it looked at widens, or does not.
  void carry_out() {
    while (!ordered_.empty()) {
      const auto [order, change] = ordered_.front();
      ordered_.pop_front();
      ASSERT_TRUE(changes_->hear(changes::Carried{.order = order, .change = change, .widens = widens_}));
    }
  }
  std::optional<ipc::op::CutOrder> cut_asked_for() {
    const auto asked = supervisor_->receive();
    if (!asked || !*asked) return std::nullopt;
    EXPECT_EQ((*asked)->type, ipc::type_number(ipc::op::Msg::cut));
    request_ = (*asked)->request;
    return *decode<ipc::op::CutOrder>((*asked)->body);
  }
  /// Whoever asks is told what sekisho-slot tells.
  void box_runs(const model::UpdateState& image) {
    pass(seconds(10));
    int many = 0;
    for (auto asked = supervisor_->receive(); asked && *asked; asked = supervisor_->receive(), ++many) {
      ASSERT_EQ((*asked)->type, ipc::type_number(ipc::op::Msg::update_state));
      const auto told = ipc::type_number(ipc::op::Msg::update_told);
      ASSERT_TRUE(supervisor_->send(told, (*asked)->request, encode(image)));
    }
    ASSERT_GT(many, 0) << "nobody asked";
    while (const auto answer = errands_.take()) ASSERT_TRUE(office_->told(*answer));
    pass();
  }
  void cut_is_rejected(ErrorCode why) {
    const ipc::op::Rejected rejected{why, "as the supervisor says"};
    const UniqueFd no_report = *sys::seal({}, "nothing");
    ASSERT_TRUE(supervisor_->send(ipc::type_number(ipc::op::Msg::rejected), request_, encode(rejected),
                                  {no_report.get()}));
    while (const auto answer = errands_.take()) ASSERT_TRUE(office_->told(*answer));
  }
  void cut_is_made() {
    ASSERT_TRUE(supervisor_->send(ipc::type_number(ipc::op::Msg::done), request_, {}));
    while (const auto answer = errands_.take()) ASSERT_TRUE(office_->told(*answer));
  }

  // --- the centre, and time

  void pass(seconds time = seconds(2)) {
    clock_.advance(time);
    ASSERT_TRUE(changes_->tick());
    ASSERT_TRUE(office_->tick(errands_, true));
    carry_out();
  }
  void round(const std::string& offer, bool is_clock_right = true) {
    office_->begin_round();
    clock_.advance(seconds(1));
    office_->take(as_bytes(offer), is_clock_right);
    office_->end_round();
    for (int i = 0; i < 3; ++i) pass();
  }
  void round(const Draft& draft) { round(vendor_.handed(draft.text())); }
  std::string base() { return to_hex(changes_->find(*changes_->confirmed())->digest); }
  Draft change(const std::string& id = "change-1") {
    return {.id = id, .wanted = "change: {base: " + base() + "}\n---\nnew\n"};
  }

  // --- what came of it

  orders::Entry entry() { return office_->newest()->front(); }
  orders::Entry entry(const std::string& id) {
    const auto all = *office_->newest();
    return *std::ranges::find(all, id, [](const orders::Entry& one) { return one.order.id; });
  }
  std::vector<std::string> told() {
    std::vector<std::string> out;
    const auto kept = store_->read(1, 1'000);
    for (const RecordStore::Kept& one : *kept)
      if (const auto at = one.line.find("\"order."); at != std::string::npos)
        out.push_back(one.line.substr(at + 7, one.line.find('"', at + 7) - at - 7));
    return out;
  }
  std::string last_line() { return store_->read(store_->last(), 1)->front().line; }

  support::ManualClock clock_;
  std::filesystem::path folder_;
  orders::Vendor vendor_;
  std::optional<RecordStore> store_;
  std::optional<ipc::Channel> ear_, supervisor_;
  std::optional<ipc::RecordSink> sink_;
  std::optional<Chronicle> chronicle_;
  std::optional<changes::Changes> changes_;
  std::optional<BundleOffice> bundles_;
  ErrandLine errands_;
  std::optional<OrderOffice> office_;
  std::deque<std::pair<changes::Order, ChangeNumber>> ordered_;
  bool widens_ = true;
  bool is_store_failing_ = false;  // where changes are written down
  std::uint64_t request_ = 0;
};

}  // namespace gw::control
