#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "base/jst.h"
#include "incidents/contacts.h"
#include "incidents/schema.h"
#include "support/manual_clock.h"

namespace gw::incidents {

/// A moment of Japan's time: "2026-11-22T09:00:00+09:00".
inline CivilTime jst(std::string_view text) { return CivilTime(*parse_jst_text(text)); }

/// Incidents in a database, and the records that were written with them.
class Book : public testing::Test {
 protected:
  Book() {
    std::string pattern = "/tmp/gw-incidents-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    open();
    clock_.set_civil(jst("2026-11-22T12:00:00+09:00"));
  }
  ~Book() override {
    contacts_.reset();
    incidents_.reset();
    database_.reset();
    std::filesystem::remove_all(folder_);
  }
  /// As after power was lost.
  void open() {
    contacts_.reset();
    incidents_.reset();
    database_.reset();
    database_.emplace(*store::Database::open(folder_ + "/box.db", kMigrations));
    const Incidents::Chain chain =
        [this](std::span<const Event> told,
               const std::function<Result<>(std::uint64_t record)>& with) -> Result<> {
      if (is_full_) return Error{ErrorCode::store_full};
      GW_TRY(auto transaction, store::Transaction::begin(*database_));
      GW_TRY(with(record_ + told.size()));
      GW_TRY(transaction.commit());
      record_ += told.size();
      for (const Event& event : told) recorded_.emplace_back(to_string(event.id()));
      return Done{};
    };
    incidents_.emplace(*database_, clock_, chain);
    contacts_.emplace(*database_, clock_, chain);
  }
  static Actor somebody(accounts::Role role = accounts::Role::clinic_admin, std::uint64_t account = 7) {
    return {accounts::AccountId(account), "sato", role, {}, "s"};
  }
  IncidentId opened(std::vector<ClockKey> clocks = {ClockId::ppc_first}) {
    const auto id =
        incidents_->open(somebody(), {"a laptop was stolen", {}, {}, std::move(clocks), {}}, told_);
    EXPECT_TRUE(id) << id.error().to_text();
    return *id;
  }
  Result<> state(IncidentId id, Moment moment, CivilTime at) {
    return incidents_->state(somebody(), id, {moment, at, {}, "the ward"}, told_);
  }
  Incident now_of(IncidentId id) { return *incidents_->show(somebody(), id, told_); }
  Reckoned clock_of(IncidentId id, const ClockKey& clock) {
    for (const Reckoned& one : reckon(now_of(id), clock_.civil_now()))
      if (one.clock == clock) return one;
    ADD_FAILURE() << to_string(clock) << " does not run";
    return {};
  }
  std::vector<std::string> recorded() { return std::exchange(recorded_, {}); }

  std::string folder_;
  support::ManualClock clock_;
  std::optional<store::Database> database_;
  std::optional<Incidents> incidents_;
  std::optional<Contacts> contacts_;
  Told told_;
  std::vector<std::string> recorded_;
  std::uint64_t record_ = 100;
  bool is_full_ = false;
};

}  // namespace gw::incidents
