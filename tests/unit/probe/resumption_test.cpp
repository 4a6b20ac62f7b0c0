// The box's own listeners pass every trial of resumption, and a listener that resumes passes none (W4,
// ISO-07, NET-05).

#include "probe/resumption.h"

#include <gmock/gmock.h>

#include <ostream>

#include "probe/resumption_trials.h"
#include "support/in_child.h"
#include "sys/shut_in.h"
#include "tls/provider.h"

namespace gw::probe {

/// For a failed test's message.
void PrintTo(const ResumptionTrial& trial, std::ostream* out) {
  *out << "\n" << (trial.held ? "held: " : "NOT held: ") << trial.tried << "\n  " << trial.evidence;
}

namespace {

using testing::Each;
using testing::Field;
using testing::HasSubstr;
using testing::SizeIs;

constexpr int kVersions[] = {TLS1_3_VERSION, TLS1_2_VERSION};
constexpr std::uint16_t kHigh12 = 1;  // its place in kServed

/// What it holds, or a failed test.
template <class T>
T must(Result<T> result) {
  GW_CHECK(result, result.error().to_text().c_str());
  return *std::move(result);
}

class ResumptionTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { ASSERT_TRUE(tls::install_provider()); }

  const TrialTenant a = must(TrialTenant::make("a"));
  const TrialTenant b = must(TrialTenant::make("b"));

  std::vector<ResumptionTrial> trials(Place& at_a, Place& at_b, int version) {
    return must(try_resumption_at({a, b, at_a, at_b, version, "in the test"}));
  }
  Terminal terminal(int version) { return must(Terminal::make(a, b, version)); }
};

auto all_held(bool held) { return Each(Field("held", &ResumptionTrial::held, held)); }

TEST_F(ResumptionTest, every_trial_holds_on_what_proxyd_serves) {
  const auto trials = must(try_resumption());
  EXPECT_THAT(trials, SizeIs(4 + 4 + 3));
  EXPECT_THAT(trials, all_held(true));
}

TEST_F(ResumptionTest, evidence_tells_what_both_ends_saw) {
  const auto trials = must(try_resumption());
  ASSERT_THAT(trials, SizeIs(11));
  EXPECT_EQ(trials[0].evidence,
            "It was let in, by a handshake in full, and given 0 tickets and no session to resume; when it "
            "came back "
            "it was let in, by a handshake in full.");
  EXPECT_THAT(trials[2].evidence, HasSubstr("refused (certificate_untrusted);"));
  EXPECT_EQ(trials[3].evidence,
            "The offer was seen in the hello, and the data was not taken; the terminal was refused "
            "(tls_failed_downstream).");
  EXPECT_THAT(trials[10].evidence, HasSubstr("refused (certificate_untrusted);"));
}

TEST_F(ResumptionTest, the_trials_can_be_made_within_walls_that_allow_no_socket_and_no_file) {
  EXPECT_EQ(support::in_child([] {
              if (!sys::shut_in(sys::Filter::proxyd)) return 99;
              const auto trials = try_resumption();
              return trials ? static_cast<int>(trials->size()) : 98;
            }),
            11);
}

TEST_F(ResumptionTest, the_same_terminal_is_resumed_where_that_is_allowed) {
  for (const int version : kVersions) {
    PermissiveServer server = must(PermissiveServer::make(a));
    Terminal visitor = terminal(version);
    const Visit first = must(visitor.visit(server));
    EXPECT_TRUE(first.let_in) << first.outcome();
    EXPECT_FALSE(first.resumed);
    EXPECT_FALSE(first.offered);
    EXPECT_EQ(first.tickets, version == TLS1_3_VERSION ? 2u : 1u);
    ASSERT_TRUE(first.session);
    const Visit second = must(visitor.visit(server, first.session.get()));
    EXPECT_TRUE(second.let_in);
    EXPECT_TRUE(second.offered);
    EXPECT_EQ(second.outcome(), "let in, by resuming the session");
  }
}

TEST_F(ResumptionTest, early_data_is_taken_where_that_is_allowed) {
  constexpr std::uint8_t kOctets[] = {1, 2, 3};
  PermissiveServer server = must(PermissiveServer::make(a));
  Terminal visitor = terminal(TLS1_3_VERSION);
  const Visit first = must(visitor.visit(server));
  EXPECT_EQ(first.early, EarlyData::none);
  EXPECT_EQ(must(visitor.visit(server, first.session.get(), kOctets)).early, EarlyData::taken);
}

TEST_F(ResumptionTest, no_trial_holds_where_both_tenants_have_a_server_that_resumes) {
  for (const int version : kVersions) {
    PermissiveServer at_a = must(PermissiveServer::make(a)), at_b = must(PermissiveServer::make(b));
    const auto made = trials(at_a, at_b, version);
    EXPECT_THAT(made, SizeIs(version == TLS1_3_VERSION ? 4 : 3));
    EXPECT_THAT(made, all_held(false));
  }
}

TEST_F(ResumptionTest, a_session_crosses_to_a_server_that_resumes) {
  for (const int version : kVersions) {
    PermissiveServer at_b = must(PermissiveServer::make(b));
    BoxListener at_a(must(edition_of(a)), kHigh12);
    const auto made = trials(at_a, at_b, version);
    EXPECT_TRUE(made[0].held && made[1].held);
    EXPECT_FALSE(made[2].held);
    EXPECT_THAT(made[2].evidence, HasSubstr("belongs to was let in, by resuming the session"));
  }
}

TEST_F(ResumptionTest, a_listener_of_the_box_that_keeps_sessions_is_noticed) {
  for (const int version : kVersions) {
    const proxy::EditionPtr loosened = must(edition_of(a));
    SSL_CTX* context = loosened->contexts(model::ServiceId(kHigh12)).downstream->handle();
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_SERVER);
    SSL_CTX_set_num_tickets(context, 1);
    SSL_CTX_set_session_id_context(context, reinterpret_cast<const unsigned char*>("x"), 1);
    BoxListener at_a(loosened, kHigh12), at_b(must(edition_of(b)), kHigh12);
    const auto made = trials(at_a, at_b, version);
    EXPECT_FALSE(made[0].held);
    EXPECT_THAT(made[0].evidence, HasSubstr("a session to resume"));
    EXPECT_THAT(made[0].evidence, HasSubstr("after the session had been resumed"));
  }
}

TEST_F(ResumptionTest, a_listener_that_lets_nobody_in_does_not_pass) {
  for (const int version : kVersions) {
    BoxListener closed(must(edition_of(b)), kHigh12);  // to a terminal of A
    const auto made = trials(closed, closed, version);
    EXPECT_FALSE(made[0].held);
    EXPECT_THAT(made[0].evidence, HasSubstr("It was refused (certificate_untrusted)"));
  }
}

TEST_F(ResumptionTest, a_version_that_a_listener_does_not_speak_is_no_pass) {
  BoxListener at_a(must(edition_of(a)), 0), at_b(must(edition_of(b)), 0);
  const auto made = trials(at_a, at_b, TLS1_2_VERSION);
  EXPECT_THAT(made, all_held(false));
  EXPECT_THAT(made[0].evidence, HasSubstr("refused (tls_version)"));
}

TEST_F(ResumptionTest, a_trial_that_cannot_be_made_is_an_error) {
  class Nowhere : public Place {
    std::unique_ptr<ServerEnd> accept() override { return nullptr; }
  } nowhere;
  const auto made = try_resumption_at({a, b, nowhere, nowhere, TLS1_3_VERSION, "in the test"});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::tls_setup_failed);
}

}  // namespace
}  // namespace gw::probe
