// What is told of which records (IDS-01, IDS-02), and what an ordinary clinic's worst days look like.

#include "detect/detector.h"

#include "detect/telling.h"
#include "unit/detect/said.h"

namespace gw::detect {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::string address(int n) { return "10.1." + std::to_string(n / 250) + "." + std::to_string(n % 250 + 1); }

model::Record scan(const std::string& source, CivilTime time) {
  return by(
      "watchd",
      record(EventId::scan_of_ports, time,
             {{Field::tenant, "karte"}, {Field::source, source}, {Field::destination, "10.1.1.1"}}, ""));
}
/// Of a process of the box; fifty times.
model::Record outward(EventId id, seconds time) {
  model::Record out =
      record(id, at(time), {{Field::reason, "forbidden"}, {Field::destination, "10.1.1.1"}}, "");
  out.event.add(Field::account, std::uint64_t{60'605}).add(Field::count, std::uint64_t{50});
  return by("watchd", std::move(out));
}
model::Record lured(CivilTime time) {
  return record(EventId::address_refused, time, {{Field::service, "emr"}, {Field::remote, "192.168.1.1"}});
}

class DetectorTest : public testing::Test {
 protected:
  std::vector<std::string> told() { return said(detector_.tellings()); }
  Detector detector_;
};

TEST_F(DetectorTest, a_scan_is_told_once_with_its_source) {
  for (int n = 0; n < 3; ++n) detector_.take(scan("10.1.1.9", at(minutes(n))));
  EXPECT_THAT(told(), ElementsAre("begun port_scan karte/10.1.1.9 x1"));
}

TEST_F(DetectorTest, who_guesses_certificates_is_told_once_with_how_often) {
  for (int n = 0; n < 100; ++n)
    detector_.take(refused("10.1.1.9", "certificate_untrusted", at(seconds(n / 4))));
  EXPECT_THAT(told(), ElementsAre("begun handshake_guess karte/10.1.1.9 x30"));
  detector_.sweep(at(minutes(40)));
  EXPECT_THAT(told(), ElementsAre("over handshake_guess karte/10.1.1.9 x100"));
}

TEST_F(DetectorTest, a_wrong_certificate_now_and_then_is_nothing) {
  for (int n = 0; n < 1'000; ++n)
    detector_.take(refused("10.1.1.9", "certificate_missing", at(seconds(n * 3))));
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(DetectorTest, many_sources_that_guess_a_little_each_are_one_cause) {
  for (int n = 0; n < 300; ++n)
    detector_.take(refused(address(n % 60), "certificate_untrusted", at(seconds(n / 10))));
  EXPECT_THAT(told(), ElementsAre("begun handshake_crowd karte/ x200"));
}

TEST_F(DetectorTest, one_source_is_no_crowd_however_busy) {
  for (int n = 0; n < 10'000; ++n) detector_.take(refused("10.1.1.9", "tls_version", at(seconds(n / 500))));
  EXPECT_THAT(told(), ElementsAre("begun handshake_guess karte/10.1.1.9 x30"));
}

TEST_F(DetectorTest, two_hundred_terminals_after_a_power_cut_attack_nobody) {
  for (const char* reason : {"certificate_not_yet_valid", "handshake_timeout", "handshake_abandoned",
                             "admission_limit", "key_busy", "upstream_timeout", "certificate_expired",
                             "certificate_status_unknown", "records_full", "truncated_downstream"})
    for (int n = 0; n < 2'000; ++n) detector_.take(refused(address(n % 200), reason, at(seconds(n / 40))));
  for (int n = 0; n < 200; ++n)
    detector_.take(
        session(EventId::session_opened, "desk-" + std::to_string(n), address(n), at(seconds(60))));
  detector_.sweep(at(minutes(10)));
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(DetectorTest, a_process_of_the_box_that_goes_where_it_must_not_is_told) {
  const auto packet = [](EventId id, std::string_view rule) {
    model::Record out =
        by("watchd",
           record(id, at(seconds(0)),
                  {{Field::tenant, "karte"}, {Field::reason, rule}, {Field::destination, "192.0.2.1"}}, ""));
    out.event.add(Field::account, std::uint64_t{70'001});
    return out;
  };
  detector_.take(packet(EventId::packet_refused, "not_permitted"));
  EXPECT_THAT(told(), IsEmpty()) << "one is what a change leaves behind";
  model::Record many = packet(EventId::packets_folded, "not_permitted");
  many.event.add(Field::count, std::uint64_t{40});
  detector_.take(many);
  EXPECT_THAT(told(), ElementsAre("begun egress_packet karte/ x41"));
}

TEST_F(DetectorTest, what_the_box_tries_at_its_own_walls_is_its_own_doing) {
  detector_.take(by("supervisor", record(EventId::isolation_begun, at(seconds(0)), {}, "")));
  detector_.take(outward(EventId::packet_refused, seconds(5)));
  detector_.take(outward(EventId::scan_of_addresses, seconds(6)));
  detector_.take(by("supervisor", record(EventId::isolation_proved, at(seconds(60)), {}, "")));
  detector_.take(outward(EventId::packets_folded, seconds(100)));
  EXPECT_THAT(told(), IsEmpty());
  detector_.take(outward(EventId::scan_of_addresses, seconds(200)));
  EXPECT_THAT(told(), ElementsAre("begun egress_packet / x10"));
}

TEST_F(DetectorTest, nobody_but_the_supervisor_says_that_the_box_tries_its_walls) {
  for (const char* process : {"proxyd", "dialerd", "watchd", "controld"})
    detector_.take(by(process, record(EventId::isolation_begun, at(seconds(0)), {}, "")));
  detector_.take(outward(EventId::packet_refused, seconds(5)));
  EXPECT_THAT(told(), ElementsAre("begun egress_packet / x50"));
}

TEST_F(DetectorTest, what_another_writes_than_whose_record_it_is_counts_for_nothing) {
  for (int n = 0; n < 100; ++n) {
    for (const char* process : {"proxyd", "dialerd", "enrold"}) {
      detector_.take(by(process, scan("10.1.1.9", at(seconds(0)))));
      detector_.take(by(process, outward(EventId::packets_folded, seconds(0))));
    }
    detector_.take(by("dialerd", refused("10.1.1.9", "certificate_untrusted", at(seconds(0)))));
    detector_.take(lured(at(seconds(0))));
    for (const char* from : {"10.1.1.5", "10.1.1.6"})
      detector_.take(by("dialerd", session(EventId::session_opened, "desk-1", from, at(seconds(0)))));
  }
  detector_.sweep(at(minutes(10)));
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(DetectorTest, a_compartment_that_was_taken_over_silences_nothing_whatever_it_writes) {
  for (int n = 0; n < 10'000; ++n) {
    const std::string some = std::to_string(n);
    detector_.take(refused(some, "certificate_missing", at(seconds(0))));
    for (const char* from : {"10.1.1.5", "10.1.1.6", "10.1.1.5", "10.1.1.6"})
      detector_.take(session(EventId::session_opened, some, from, at(seconds(0))));
  }
  EXPECT_THAT(told(), SizeIs(Episodes::kMostOfTenant + 2)) << "copies, one for those beyond, and the crowd";
  const auto of_another = [](model::Record record) {
    record.tenant = "imaging";
    return record;
  };
  detector_.take(scan("10.1.1.9", at(seconds(1))));
  for (int n = 0; n < 30; ++n)
    detector_.take(of_another(refused("10.1.1.9", "certificate_missing", at(seconds(1)))));
  for (const char* from : {"10.1.1.5", "10.1.1.6", "10.1.1.5", "10.1.1.6", "10.1.1.5"})
    detector_.take(of_another(session(EventId::session_opened, "desk-1", from, at(seconds(1)))));
  EXPECT_THAT(told(),
              ElementsAre("begun port_scan karte/10.1.1.9 x1", "begun handshake_guess imaging/10.1.1.9 x30",
                          "begun two_places imaging/desk-1 x1"));
}

TEST_F(DetectorTest, what_the_kernel_answers_by_itself_and_what_comes_in_is_no_way_out) {
  for (int n = 0; n < 100; ++n) {
    detector_.take(
        by("watchd", record(EventId::packet_refused, at(seconds(0)), {{Field::reason, "no_dialer"}}, "")));
    model::Record in =
        by("watchd", record(EventId::packet_refused, at(seconds(0)), {{Field::reason, "not_listening"}}, ""));
    in.event.add(Field::account, std::uint64_t{0});
    detector_.take(in);
  }
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(DetectorTest, names_that_lead_into_the_house_are_told_after_a_few) {
  for (int n = 0; n < 3; ++n) detector_.take(by("dialerd", lured(at(minutes(n)))));
  EXPECT_THAT(told(), ElementsAre("begun egress_name karte/ x3"));
}

TEST_F(DetectorTest, a_record_of_it_says_what_to_do) {
  detector_.take(scan("10.1.1.9", at(seconds(0))));
  const auto tellings = detector_.tellings();
  ASSERT_EQ(tellings.size(), 1u);
  const Event event = event_of(tellings.front());
  EXPECT_EQ(event.id(), EventId::detection_alarm);
  EXPECT_EQ(text_in(event, Field::finding), "port_scan");
  EXPECT_EQ(text_in(event, Field::source), "10.1.1.9");
  EXPECT_EQ(text_in(event, Field::tenant), "karte");
  EXPECT_EQ(text_in(event, Field::advice), rule(Kind::port_scan).advice);
}

TEST_F(DetectorTest, its_own_records_lead_to_nothing) {
  for (int n = 0; n < 100; ++n)
    detector_.take(by("controld", record(EventId::detection_alarm, at(seconds(0)),
                                         {{Field::finding, "port_scan"}, {Field::source, "10.1.1.9"}}, "")));
  EXPECT_THAT(told(), IsEmpty());
}

}  // namespace
}  // namespace gw::detect
