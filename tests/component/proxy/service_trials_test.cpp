// The services are tried as a terminal's session would go, and nobody notices (DEM-03).

#include <gmock/gmock.h>
#include <sys/socket.h>

#include "support/compartment.h"

namespace gw {
namespace {

using model::CloseReason;
using support::Compartment;
using support::PeerOptions;
using support::TlsPeer;
using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class ServiceTrialsTest : public testing::Test {
 protected:
  Compartment box;
  std::vector<model::ServiceTrial> told;
  int ends = 0;
  std::vector<TlsPeer> clouds;
  PeerOptions as_before = box.good_cloud();
  int taken_raw = 0;

  std::size_t begin() {
    return box.worker().trials().begin([this](const model::ServiceTrial& trial, bool is_last) {
      told.push_back(trial);
      ends += is_last ? 1 : 0;
    });
  }
  /// The cloud takes whatever comes behind a trial, as it took that.
  bool until(const std::function<bool()>& holds) {
    return box.until([&] {
      if (!clouds.empty() && box.dials > static_cast<int>(clouds.size()) + taken_raw)
        clouds.push_back(*box.accept_cloud(as_before));
      for (TlsPeer& cloud : clouds) cloud.step();
      return holds();
    });
  }
  void accept(const PeerOptions& options) {
    ASSERT_TRUE(until([&] { return box.dials == static_cast<int>(clouds.size()) + 1; }));
    as_before = options;
    clouds.push_back(*box.accept_cloud(options));
  }
  void one_service() {
    box.publish([](model::Tenant& tenant) {
      tenant.services.pop_back();
      tenant.listeners.pop_back();
      tenant.rules.pop_back();
    });
  }
};

auto came_out(const char* service, CloseReason outcome) {
  return AllOf(Field(&model::ServiceTrial::service, service), Field(&model::ServiceTrial::outcome, outcome));
}

TEST_F(ServiceTrialsTest, one_that_goes_well_says_how_and_ends_in_order) {
  one_service();
  EXPECT_EQ(begin(), 1u);
  accept(box.good_cloud());
  clouds[0].close_write();
  ASSERT_TRUE(until([&] { return ends == 1; }));
  ASSERT_THAT(told, ElementsAre(came_out("emr", CloseReason::finished)));
  EXPECT_THAT(told[0].tls, HasSubstr("TLSv1.3"));
  EXPECT_NE(told[0].remote.port, 0);
  EXPECT_TRUE(told[0].by_name);
  EXPECT_TRUE(until([&] { return clouds[0].saw_close(); })) << "the cloud takes it for an ordinary end";
  EXPECT_TRUE(clouds[0].established());
  EXPECT_EQ(clouds[0].received(), "");
  EXPECT_THAT(box.reasons(), SizeIs(0)) << "it is no session";
}

TEST_F(ServiceTrialsTest, how_long_the_name_took_is_told_apart_from_the_connection) {
  one_service();
  box.dialer_silent = true;
  box.name_took = std::chrono::milliseconds(200);
  begin();
  box.advance(std::chrono::milliseconds(300));
  box.dialer_silent = false;
  accept(box.good_cloud());
  clouds[0].close_write();
  ASSERT_TRUE(until([&] { return ends == 1; }));
  ASSERT_THAT(told, ElementsAre(came_out("emr", CloseReason::finished)));
  EXPECT_EQ(told[0].resolved, std::chrono::milliseconds(200));
  EXPECT_GE(told[0].dialled, std::chrono::milliseconds(300));
}

TEST_F(ServiceTrialsTest, a_cloud_that_refuses_the_boxs_certificate_is_heard_out) {
  one_service();
  begin();
  accept({.credential = box.cloud_server(), .trusts = box.terminal_ca.pem()});
  ASSERT_TRUE(until([&] { return ends == 1; }));
  ASSERT_THAT(told, ElementsAre(came_out("emr", CloseReason::upstream_tls_alert)));
  EXPECT_THAT(told[0].detail, HasSubstr("alert"));
}

TEST_F(ServiceTrialsTest, a_cloud_that_just_waits_has_no_objection) {
  one_service();
  begin();
  accept(box.good_cloud());
  ASSERT_TRUE(until([&] { return clouds[0].saw_close(); }));
  EXPECT_EQ(ends, 0);
  for (int i = 0; i < 5; ++i) box.advance(std::chrono::seconds(1));
  ASSERT_TRUE(until([&] { return ends == 1; }));
  EXPECT_THAT(told, ElementsAre(came_out("emr", CloseReason::finished)));
}

TEST_F(ServiceTrialsTest, each_service_is_told_by_itself) {
  EXPECT_EQ(begin(), 2u);
  ASSERT_TRUE(until([&] { return box.dials == 2; }));
  clouds.push_back(*box.accept_cloud(box.good_cloud()));
  clouds.back().close_write();
  clouds.push_back(*box.accept_cloud(box.good_cloud()));
  clouds.back().close_write();
  ASSERT_TRUE(until([&] { return ends == 1; }));
  EXPECT_THAT(told, UnorderedElementsAre(came_out("emr", CloseReason::finished),
                                         came_out("labs", CloseReason::finished)));
}

TEST_F(ServiceTrialsTest, what_the_dialer_says_is_told) {
  box.dial_refusal = CloseReason::upstream_unresolved;
  begin();
  ASSERT_TRUE(until([&] { return ends == 1; }));
  EXPECT_THAT(told, UnorderedElementsAre(came_out("emr", CloseReason::upstream_unresolved),
                                         came_out("labs", CloseReason::upstream_unresolved)));
}

TEST_F(ServiceTrialsTest, a_cloud_that_is_not_the_cloud_is_told_with_the_librarys_words) {
  one_service();
  begin();
  accept({.credential = box.cloud_server({.alternative_names = "DNS:other.example"})});
  ASSERT_TRUE(until([&] { return ends == 1; }));
  ASSERT_THAT(told, ElementsAre(came_out("emr", CloseReason::upstream_certificate_name)));
  EXPECT_NE(told[0].detail, "");
  EXPECT_TRUE(until([&] { return clouds[0].broken(); }));
}

TEST_F(ServiceTrialsTest, a_cloud_that_says_nothing_is_late) {
  one_service();
  begin();
  ASSERT_TRUE(until([&] { return box.dials == 1; }));
  const UniqueFd mute = box.accept_cloud_raw();
  for (int i = 0; i < 120 && ends == 0; ++i) box.advance(std::chrono::seconds(1));
  EXPECT_THAT(told, ElementsAre(came_out("emr", CloseReason::upstream_tls_timeout)));
}

TEST_F(ServiceTrialsTest, a_dialer_that_says_nothing_is_late) {
  one_service();
  box.dialer_silent = true;
  begin();
  for (int i = 0; i < 120 && ends == 0; ++i) box.advance(std::chrono::seconds(1));
  EXPECT_THAT(told, ElementsAre(came_out("emr", CloseReason::upstream_timeout)));
}

TEST_F(ServiceTrialsTest, what_is_cut_off_is_not_tried) {
  one_service();
  model::CutOff cut_off;
  cut_off.services = {{"emr"}};
  box.worker().cut(cut_off);
  begin();
  ASSERT_TRUE(until([&] { return ends == 1; }));
  EXPECT_THAT(told, ElementsAre(came_out("emr", CloseReason::cut_off)));
  EXPECT_EQ(box.dials, 0);
}

TEST_F(ServiceTrialsTest, a_second_round_takes_the_place_of_the_first) {
  one_service();
  box.dialer_silent = true;
  begin();
  box.round();
  box.dialer_silent = false;
  begin();
  ASSERT_TRUE(until([&] { return box.dials == 2; }));
  const UniqueFd of_the_first = box.accept_cloud_raw();
  taken_raw = 1;
  clouds.push_back(*box.accept_cloud(box.good_cloud()));
  clouds.back().close_write();
  ASSERT_TRUE(until([&] { return ends == 1; }));
  EXPECT_THAT(told, ElementsAre(came_out("emr", CloseReason::finished)));
}

TEST_F(ServiceTrialsTest, draining_waits_for_no_probe) {
  one_service();
  box.publish([](model::Tenant& tenant) { tenant.services[0].mode = model::Mode::pass_through; });
  begin();
  ASSERT_TRUE(until([&] { return box.dials == 2; }));
  box.worker().drain();
  EXPECT_TRUE(until([&] { return box.worker().empty(); }));
  EXPECT_THAT(told, SizeIs(0));
  EXPECT_EQ(box.dials, 2);
}

TEST_F(ServiceTrialsTest, a_cloud_that_wants_a_header_gets_one_of_nobody) {
  one_service();
  box.publish([](model::Tenant& tenant) {
    tenant.services[0].upstream.proxy_header = model::ProxyHeader::before_tls;
  });
  begin();
  ASSERT_TRUE(until([&] { return box.dials == 1; }));
  const UniqueFd cloud = box.accept_cloud_raw();
  std::string heard(16, '\0');
  ASSERT_TRUE(until([&] { return ::recv(cloud.get(), heard.data(), heard.size(), MSG_PEEK) == 16; }));
  EXPECT_EQ(heard, std::string("\r\n\r\n\0\r\nQUIT\n\x20\0\0\0", 16));
}

TEST_F(ServiceTrialsTest, whatever_was_reached_is_graded_with_it) {  // NET-06
  one_service();
  begin();
  accept(box.good_cloud());
  clouds[0].close_write();
  ASSERT_TRUE(until([&] { return ends == 1; }));
  EXPECT_EQ(box.dials, 1 + static_cast<int>(model::kProbes));
  ASSERT_TRUE(told[0].endpoint);
  const model::EndpointGrade& grade = *told[0].endpoint;
  EXPECT_TRUE(grade.takes(model::Probe::tls13));
  EXPECT_TRUE(grade.refuses(model::Probe::tls12)) << grade.of(model::Probe::tls12).words;
  EXPECT_TRUE(grade.refuses(model::Probe::other_suites));
  EXPECT_TRUE(grade.refuses(model::Probe::older));
  EXPECT_EQ(grade.client_certificate, model::Asked::demanded);
  ASSERT_TRUE(grade.certificate);
  EXPECT_TRUE(grade.certificate->carries_name);
}

TEST_F(ServiceTrialsTest, what_cannot_be_reached_is_not_graded) {
  one_service();
  box.dial_refusal = CloseReason::upstream_refused;
  begin();
  ASSERT_TRUE(until([&] { return ends == 1; }));
  EXPECT_FALSE(told[0].endpoint);
  EXPECT_EQ(box.dials, 1);
}

/// NET-06, NET-07: whatever the mode, a probe shows nobody a certificate.
TEST_F(ServiceTrialsTest, no_probe_shows_the_boxs_certificate) {
  one_service();
  for (const model::Mode mode : {model::Mode::terminate, model::Mode::wrap, model::Mode::pass_through}) {
    box.publish([&](model::Tenant& tenant) { tenant.services[0].mode = mode; });
    clouds.clear();
    told.clear();
    box.dials = ends = 0;
    begin();
    const PeerOptions demanding{
        .credential = box.cloud_server(), .trusts = box.cloud_ca.pem(), .min_version = TLS1_2_VERSION};
    accept(demanding);
    clouds[0].close_write();
    ASSERT_TRUE(until([&] { return ends == 1; }));
    for (std::size_t i = 1; i < clouds.size(); ++i)
      EXPECT_EQ(SSL_get0_peer_certificate(clouds[i].ssl()), nullptr) << "mode " << static_cast<int>(mode);
    EXPECT_EQ(SSL_get0_peer_certificate(clouds[0].ssl()) != nullptr, mode == model::Mode::terminate);
    ASSERT_TRUE(told[0].endpoint);
    EXPECT_EQ(told[0].endpoint->client_certificate, model::Asked::demanded);
    EXPECT_TRUE(told[0].endpoint->takes(model::Probe::tls12));
  }
}

TEST_F(ServiceTrialsTest, what_a_probe_was_handed_resumes_no_session) {  // NET-05
  one_service();
  begin();
  PeerOptions open_handed{.credential = box.cloud_server()};
  accept(open_handed);
  clouds[0].close_write();
  ASSERT_TRUE(until([&] { return ends == 1; }));
  ASSERT_TRUE(told[0].endpoint);
  EXPECT_EQ(told[0].endpoint->resumption, model::Seen::yes);
  for (TlsPeer& cloud : clouds) EXPECT_FALSE(cloud.resumed());
}

TEST_F(ServiceTrialsTest, a_silent_endpoint_is_not_known_and_ends_nothing) {
  one_service();
  box.publish([](model::Tenant& tenant) { tenant.services[0].mode = model::Mode::pass_through; });
  begin();
  for (int i = 0; i < 120 && ends == 0; ++i) box.advance(std::chrono::seconds(1));
  ASSERT_THAT(told, ElementsAre(came_out("emr", CloseReason::finished)));
  ASSERT_TRUE(told[0].endpoint);
  for (const model::Probed& one : told[0].endpoint->probes)
    EXPECT_EQ(one.answer, model::Probed::Answer::unknown) << one.words;
}

TEST_F(ServiceTrialsTest, what_is_cut_off_meanwhile_is_asked_no_more) {  // ISO-10
  one_service();
  box.publish([](model::Tenant& tenant) { tenant.services[0].mode = model::Mode::pass_through; });
  begin();
  ASSERT_TRUE(until([&] { return box.dials == 2; }));
  model::CutOff cut_off;
  cut_off.services = {{"emr"}};
  box.worker().cut(cut_off);
  for (int i = 0; i < 10 && ends == 0; ++i) box.advance(std::chrono::seconds(1));
  EXPECT_EQ(ends, 1);
  EXPECT_EQ(box.dials, 2);
}

TEST_F(ServiceTrialsTest, draining_waits_for_nobody) {
  box.dialer_silent = true;
  begin();
  box.round();
  box.worker().drain();
  EXPECT_TRUE(until([&] { return box.worker().empty(); }));
  EXPECT_THAT(told, SizeIs(0));
}

}  // namespace
}  // namespace gw
