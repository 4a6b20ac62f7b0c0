#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>

#include "base/jst.h"
#include "maintenance/maintenance.h"
#include "maintenance/schema.h"
#include "support/manual_clock.h"

namespace gw::maintenance {

using accounts::Role;
using std::chrono::hours;
using std::chrono::minutes;

/// A clinic and those who maintain its box, over a database in a folder of its own. It is noon in Japan.
class Clinic : public testing::Test {
 protected:
  Clinic() {
    std::string pattern = "/tmp/gw-maintenance-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    clock_.set_civil(CivilTime(*parse_jst_text("2026-11-29T12:00:00+09:00")));
    open();
  }
  ~Clinic() override {
    room_.reset();
    database_.reset();
    std::filesystem::remove_all(folder_);
  }
  /// As after a restart.
  void open() {
    room_.reset();
    database_.reset();
    database_.emplace(*store::Database::open(folder_ + "/box.db", kMigrations));
    auto opened = Maintenance::open(*database_, clock_);
    ASSERT_TRUE(opened) << opened.error().to_text();
    room_.emplace(*std::move(opened));
  }
  static Actor actor(std::uint64_t account, Role role) {
    return {AccountId(account), std::string(to_string(role)) + std::to_string(account), role, {}, "s"};
  }
  static Actor chief() { return actor(1, Role::clinic_admin); }
  static Actor approver() { return actor(2, Role::approver); }
  static Actor engineer(std::uint64_t number = 0) { return actor(10 + number, Role::maintainer); }

  CivilTime now() const { return clock_.civil_now(); }
  Draft draft(std::chrono::microseconds begins = hours(1), std::chrono::microseconds lasts = hours(2)) const {
    return {"maker",
            {},
            now() + begins,
            now() + begins + lasts,
            "版の更新",
            "T-1",
            {Work::config_read, Work::config_apply, Work::status_read},
            {{Work::config_read, "現状の確認"}, {Work::config_apply, "新しい許可"}}};
  }
  static Draft on_device(Draft draft, const std::string& name, const std::string& vendor) {
    draft.vendor = vendor;
    draft.target = {Target::Place::device, name};
    draft.allowed = {Work::device_connect};
    draft.plan = {{Work::device_connect, "点検"}};
    return draft;
  }
  RequestId request(const Draft& draft, const Actor& who = engineer()) {
    const auto id = room_->request(who, draft, told_);
    EXPECT_TRUE(id) << id.error().to_text();
    return id ? *id : RequestId();
  }
  /// Asked for, approved and entered.
  RequestId enter(const Draft& draft, const Actor& who = engineer()) {
    const RequestId id = request(draft, who);
    EXPECT_TRUE(room_->approve(chief(), id, "", told_));
    if (draft.from > now()) clock_.advance(draft.from - now());
    const auto entered = room_->enter(who, id, told_);
    EXPECT_TRUE(entered) << entered.error().to_text();
    return id;
  }
  bool may(Work work = Work::config_read, const Actor& who = engineer(), const Target& target = {}) const {
    return static_cast<bool>(room_->may(who, work, target));
  }
  State state(RequestId id) { return find(id).state; }
  Request find(RequestId id) {
    const auto all = room_->list(chief(), 1000, told_);
    for (const Request& one : *all)
      if (one.id == id) return one;
    ADD_FAILURE() << id.number();
    return {};
  }
  std::size_t told_of(EventId id) const {
    return static_cast<std::size_t>(std::ranges::count(told_, id, &Event::id));
  }
  std::string last(EventId id, Field field) const {
    for (auto event = told_.rbegin(); event != told_.rend(); ++event)
      if (event->id() == id)
        for (const auto& entry : event->entries())
          if (entry.field == field) return is_text(field) ? entry.text : std::to_string(entry.number);
    return "no such record";
  }

  std::string folder_;
  support::ManualClock clock_;
  std::optional<store::Database> database_;
  std::optional<Maintenance> room_;
  Told told_;
};

}  // namespace gw::maintenance
