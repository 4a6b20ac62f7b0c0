// Every cap and every rate, what is given back, and who hears of a free place.

#include "proxy/admission.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <vector>

namespace gw::proxy {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Ticket = Admission::Ticket;

constexpr Instant kStart{std::chrono::hours(1)};
const model::IpAddress kSource = *model::IpAddress::parse("192.0.2.1");
const model::IpAddress kOther = *model::IpAddress::parse("2001:db8::1");

/// No limit bites unless a test says so.
model::TenantLimits roomy() {
  return {.sessions = 100'000,
          .sessions_per_terminal = 1000,
          .sessions_per_source = 1000,
          .handshakes = 100'000,
          .connections = 1'000'000,
          .connections_per_terminal = 1000,
          .connections_per_source = 1000};
}
model::TenantLimits with(std::uint32_t model::TenantLimits::*limit, std::uint32_t value) {
  model::TenantLimits limits = roomy();
  limits.*limit = value;
  return limits;
}

/// Tickets in the order they were had.
class Holder {
 public:
  explicit Holder(Admission& admission) : admission_(admission) {}
  /// One more; false if there is none.
  bool take(Instant now = kStart) {
    auto ticket = admission_.take_ticket(now);
    if (ticket) tickets_.push_back(std::make_unique<Ticket>(std::move(*ticket)));
    return ticket.has_value();
  }
  bool take_from(const model::IpAddress& source, Instant now = kStart) {
    return take(now) && tickets_.back()->admit_source(source, now);
  }
  bool take_for(const std::string& terminal, Instant now = kStart) {
    return take(now) && tickets_.back()->admit_terminal(terminal, now);
  }
  Ticket& operator[](std::size_t i) { return *tickets_[i]; }
  void give_back_first() { tickets_.erase(tickets_.begin()); }
  void clear() { tickets_.clear(); }

 private:
  Admission& admission_;
  std::vector<std::unique_ptr<Ticket>> tickets_;
};

// ---------------------------------------------------------------- the tenant

TEST(AdmissionTest, a_tenant_has_so_many_sessions_and_no_more) {
  Admission admission(with(&model::TenantLimits::sessions, 2));
  Holder tickets(admission);
  EXPECT_TRUE(tickets.take() && tickets.take());
  EXPECT_FALSE(tickets.take());
  EXPECT_EQ(admission.sessions(), 2u);
  tickets.give_back_first();
  EXPECT_TRUE(tickets.take());
}

TEST(AdmissionTest, the_place_of_a_finished_handshake_goes_to_the_next_but_the_session_counts_on) {
  Admission admission(with(&model::TenantLimits::handshakes, 2));
  Holder tickets(admission);
  EXPECT_TRUE(tickets.take() && tickets.take());
  EXPECT_FALSE(tickets.take());
  tickets[0].end_handshake();
  tickets[0].end_handshake();
  EXPECT_EQ(admission.handshakes(), 1u);
  EXPECT_EQ(admission.sessions(), 2u);
  EXPECT_TRUE(tickets.take());
  EXPECT_FALSE(tickets.take());
}

TEST(AdmissionTest, everything_is_given_back_when_a_ticket_goes) {
  model::TenantLimits limits = roomy();
  limits.sessions = limits.handshakes = limits.sessions_per_terminal = limits.sessions_per_source = 1;
  Admission admission(limits);
  for (int i = 0; i < 5; ++i) {
    Holder tickets(admission);
    ASSERT_TRUE(tickets.take_from(kSource));
    ASSERT_TRUE(tickets[0].admit_terminal("t1", kStart));
    if (i % 2 == 0) tickets[0].end_handshake();
  }
  EXPECT_EQ(admission.sessions(), 0u);
  EXPECT_EQ(admission.handshakes(), 0u);
}

TEST(AdmissionTest, a_moved_ticket_gives_back_once) {
  Admission admission(roomy());
  {
    auto first = admission.take_ticket(kStart);
    first->admit_source(kSource, kStart);
    first->admit_terminal("t1", kStart);
    Ticket second(std::move(*first));
    first.reset();
    EXPECT_EQ(admission.sessions(), 1u);
    EXPECT_EQ(admission.handshakes(), 1u);
    const Ticket third(std::move(second));
    EXPECT_EQ(admission.sessions(), 1u);
  }
  EXPECT_EQ(admission.sessions(), 0u);
  EXPECT_EQ(admission.handshakes(), 0u);
}

TEST(AdmissionTest, sessions_under_way_stay_when_the_limits_shrink) {
  Admission admission(roomy());
  Holder tickets(admission);
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(tickets.take());
  admission.set_limits(with(&model::TenantLimits::sessions, 3));
  EXPECT_EQ(admission.sessions(), 5u);
  for (int i = 0; i < 2; ++i) {
    tickets.give_back_first();
    EXPECT_FALSE(tickets.take()) << i;
  }
  tickets.give_back_first();
  EXPECT_TRUE(tickets.take());
  EXPECT_FALSE(tickets.take());
}

TEST(AdmissionTest, a_tenant_takes_so_many_connections_a_second_whoever_makes_them) {
  Admission admission(with(&model::TenantLimits::connections, 4));
  Holder tickets(admission);
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(tickets.take_from(kSource) && tickets.take_from(kOther));
  EXPECT_FALSE(tickets.take());
  EXPECT_FALSE(tickets.take(kStart + milliseconds(249)));
  EXPECT_TRUE(tickets.take(kStart + milliseconds(250)));
  EXPECT_FALSE(tickets.take(kStart + milliseconds(250)));
}

TEST(AdmissionTest, a_ticket_for_which_nobody_came_is_no_connection) {
  Admission admission(with(&model::TenantLimits::connections, 1));
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(admission.take_ticket(kStart)) << i;
    admission.nobody_came();
  }
  EXPECT_TRUE(admission.take_ticket(kStart));
  EXPECT_FALSE(admission.take_ticket(kStart));
}

TEST(AdmissionTest, a_source_that_is_turned_away_does_not_use_up_the_tenant_s_rate) {
  model::TenantLimits limits = with(&model::TenantLimits::connections, 10);
  limits.connections_per_source = 2;
  Admission admission(limits);
  Holder stays(admission);
  for (int i = 0; i < 50; ++i) {
    Holder flood(admission);
    flood.take_from(kSource);
  }
  EXPECT_TRUE(stays.take_from(kOther)) << "one source shuts out all others";
}

// ---------------------------------------------------------------- one source

TEST(AdmissionSourceTest, a_source_has_so_many_sessions_and_another_as_many) {
  Admission admission(with(&model::TenantLimits::sessions_per_source, 2));
  Holder tickets(admission);
  EXPECT_TRUE(tickets.take_from(kSource) && tickets.take_from(kSource));
  EXPECT_FALSE(tickets.take_from(kSource));
  EXPECT_TRUE(tickets.take_from(kOther));
  tickets.give_back_first();
  EXPECT_TRUE(tickets.take_from(kSource));
}

TEST(AdmissionSourceTest, one_source_has_a_quarter_of_the_handshakes_at_most) {  // CAP-02
  Admission admission(with(&model::TenantLimits::handshakes, 8));
  Holder holder(admission);
  EXPECT_TRUE(holder.take_from(kSource));
  EXPECT_TRUE(holder.take_from(kSource));
  EXPECT_FALSE(holder.take_from(kSource)) << "the others keep their places";
  EXPECT_TRUE(holder.take_from(kOther));
  holder[0].end_handshake();
  EXPECT_TRUE(holder.take_from(kSource)) << "a handshake that is done makes room";
}

TEST(AdmissionSourceTest, with_few_handshakes_a_source_still_has_one) {
  Admission admission(with(&model::TenantLimits::handshakes, 2));
  Holder holder(admission);
  EXPECT_TRUE(holder.take_from(kSource));
  EXPECT_FALSE(holder.take_from(kSource));
}

TEST(AdmissionSourceTest, whoever_is_turned_away_takes_no_place_of_the_source) {
  Admission admission(with(&model::TenantLimits::sessions_per_source, 1));
  Holder stays(admission);
  ASSERT_TRUE(stays.take_from(kSource));
  for (int i = 0; i < 3; ++i) {
    Holder passing(admission);
    EXPECT_FALSE(passing.take_from(kSource));
  }
  stays.clear();
  EXPECT_TRUE(stays.take_from(kSource));
}

TEST(AdmissionSourceTest, a_source_makes_so_many_connections_a_second_and_that_many_at_once) {
  Admission admission(with(&model::TenantLimits::connections_per_source, 4));
  Holder tickets(admission);
  const auto burst = [&](Instant now) {
    int count = 0;
    while (tickets.take_from(kSource, now)) ++count;
    return count;
  };
  EXPECT_EQ(burst(kStart), 4);
  EXPECT_EQ(burst(kStart + milliseconds(249)), 0);
  EXPECT_EQ(burst(kStart + milliseconds(250)), 1);
  EXPECT_EQ(burst(kStart + milliseconds(750)), 2);
  EXPECT_EQ(burst(kStart + seconds(3600)), 4) << "quiet time is not saved up";
  EXPECT_TRUE(tickets.take_from(kOther, kStart + seconds(3600)));
}

TEST(AdmissionSourceTest, trying_while_over_the_rate_does_not_put_off_the_next_chance) {
  Admission admission(with(&model::TenantLimits::connections_per_source, 1));
  Holder tickets(admission);
  ASSERT_TRUE(tickets.take_from(kSource, kStart));
  for (int i = 1; i < 10; ++i) EXPECT_FALSE(tickets.take_from(kSource, kStart + milliseconds(100 * i))) << i;
  EXPECT_TRUE(tickets.take_from(kSource, kStart + milliseconds(1001)));
}

TEST(AdmissionSourceTest, a_quiet_source_is_forgotten_and_one_with_sessions_is_not) {
  Admission admission(roomy());
  Holder stays(admission);
  ASSERT_TRUE(stays.take_from(kSource));
  {
    Holder leaves(admission);
    ASSERT_TRUE(leaves.take_from(kOther));
  }
  EXPECT_EQ(admission.known_sources(), 2u);
  admission.forget_quiet(kStart + seconds(2));
  EXPECT_EQ(admission.known_sources(), 2u) << "its rate still counts";
  admission.forget_quiet(kStart + seconds(3));
  EXPECT_EQ(admission.known_sources(), 1u);
  admission.forget_quiet(kStart + seconds(10'000));
  EXPECT_EQ(admission.known_sources(), 1u);
  stays.clear();
  admission.forget_quiet(kStart + seconds(10'000));
  EXPECT_EQ(admission.known_sources(), 0u);
}

TEST(AdmissionSourceTest, being_forgotten_wins_nothing) {
  Admission admission(with(&model::TenantLimits::connections_per_source, 3));
  Instant now = kStart;
  for (int second = 0; second < 10; ++second, now += seconds(1)) {
    int count = 0;
    Holder passing(admission);
    while (passing.take_from(kSource, now)) ++count;
    EXPECT_EQ(count, 3) << second;
    passing.clear();
    admission.forget_quiet(now);
  }
}

TEST(AdmissionSourceTest, the_table_of_sources_is_bounded_and_known_ones_are_served_on) {
  Admission admission(roomy());
  const auto admit = [&](std::uint32_t number) {
    model::IpAddress::Octets octets{0xfd, 0, static_cast<std::uint8_t>(number >> 16),
                                    static_cast<std::uint8_t>(number >> 8),
                                    static_cast<std::uint8_t>(number)};
    return admission.take_ticket(kStart)->admit_source(model::IpAddress(model::Family::ipv6, octets), kStart);
  };
  std::uint32_t known = 0;
  while (known < 1'000'000 && admit(known)) ++known;
  EXPECT_EQ(known, 65'536u);
  EXPECT_EQ(admission.known_sources(), known);
  EXPECT_FALSE(admit(known + 1));
  EXPECT_TRUE(admit(7));
  EXPECT_EQ(admission.known_sources(), known);
  admission.forget_quiet(kStart + seconds(3));
  EXPECT_TRUE(admit(known + 1));
}

// ---------------------------------------------------------------- one terminal

TEST(AdmissionTerminalTest, a_terminal_has_so_many_sessions_and_another_as_many) {
  Admission admission(with(&model::TenantLimits::sessions_per_terminal, 2));
  Holder tickets(admission);
  EXPECT_TRUE(tickets.take_for("t1") && tickets.take_for("t1"));
  EXPECT_FALSE(tickets.take_for("t1"));
  EXPECT_TRUE(tickets.take_for("t2"));
  tickets.give_back_first();
  EXPECT_TRUE(tickets.take_for("t1"));
  EXPECT_FALSE(tickets.take_for("t1"));
}

TEST(AdmissionTerminalTest, a_terminal_begins_so_many_sessions_a_second) {
  Admission admission(with(&model::TenantLimits::connections_per_terminal, 2));
  Holder tickets(admission);
  EXPECT_TRUE(tickets.take_for("t1") && tickets.take_for("t1"));
  EXPECT_FALSE(tickets.take_for("t1"));
  EXPECT_TRUE(tickets.take_for("t2"));
  tickets.clear();
  EXPECT_FALSE(tickets.take_for("t1")) << "ending a session wins no new one";
  EXPECT_TRUE(tickets.take_for("t1", kStart + milliseconds(500)));
}

// ---------------------------------------------------------------- a free place

class RoomTest : public testing::Test {
 protected:
  int calls = 0;
  void listen_to(Admission& admission) {
    admission.when_room_returns([this] { ++calls; });
  }
};

TEST_F(RoomTest, nobody_is_told_while_there_was_room_all_along) {
  Admission admission(roomy());
  listen_to(admission);
  Holder tickets(admission);
  for (int i = 0; i < 3; ++i) tickets.take();
  tickets[0].end_handshake();
  tickets.clear();
  EXPECT_EQ(calls, 0);
}

TEST_F(RoomTest, a_place_that_becomes_free_is_told_once) {
  Admission admission(with(&model::TenantLimits::sessions, 2));
  listen_to(admission);
  Holder tickets(admission);
  tickets.take();
  tickets.take();
  tickets.give_back_first();
  EXPECT_EQ(calls, 1);
  tickets.clear();
  EXPECT_EQ(calls, 1);
}

TEST_F(RoomTest, a_place_in_the_handshakes_is_told_too) {
  Admission admission(with(&model::TenantLimits::handshakes, 1));
  listen_to(admission);
  Holder tickets(admission);
  tickets.take();
  tickets[0].end_handshake();
  EXPECT_EQ(calls, 1);
  tickets.clear();
  EXPECT_EQ(calls, 1);
}

TEST_F(RoomTest, a_place_behind_another_full_cap_is_told_only_when_both_are_free) {
  model::TenantLimits limits = roomy();
  limits.sessions = limits.handshakes = 1;
  Admission admission(limits);
  listen_to(admission);
  Holder tickets(admission);
  tickets.take();
  tickets[0].end_handshake();
  EXPECT_EQ(calls, 0);
  tickets.clear();
  EXPECT_EQ(calls, 1);
}

TEST_F(RoomTest, when_told_the_place_can_really_be_taken) {
  model::TenantLimits limits = roomy();
  limits.sessions = limits.handshakes = 1;
  Admission admission(limits);
  std::optional<Ticket> next;
  auto first = admission.take_ticket(kStart);
  admission.when_room_returns([&] {
    if (auto ticket = admission.take_ticket(kStart)) next.emplace(std::move(*ticket));
  });
  first.reset();
  EXPECT_TRUE(next.has_value());
  EXPECT_EQ(admission.sessions(), 1u);
  admission.when_room_returns([] {});
}

}  // namespace
}  // namespace gw::proxy
