// What administrators are told of the operations centre (F3): how it goes, what waits, and what leaves the
// box.

#include <set>

#include "api/json_tree.h"
#include "control/noc_feed.h"
#include "control/noc_text.h"
#include "metrics/family.h"
#include "unit/control/seen_box.h"

namespace gw::control {
namespace {

using std::chrono::seconds;

class WebNoc : public SeenBox {
 protected:
  void SetUp() override {
    SeenBox::SetUp();
    model::NocOrder order;
    order.site = "clinic-1";
    order.centre.operated_by = "Vendor K.K.";
    order.centre.figures = {"figures.example", 443, {*model::IpAddress::parse("203.0.113.40")}};
    order.centre.records = {"records.example", 6514, {}};
    noc_order = order;
    model::CertificateRoll::Own own;
    own.uses = {{model::Facing::cloud, model::kNocOwner}};
    own.certificate = {.subject = "CN=box-7", .ends = model::CivilSeconds(2'000'000'000)};
    certificates.own.push_back(own);
    ipc::Frame plan;
    plan.body = encode(ipc::control_records::NocPlan{"clinic-1", seconds(60)});
    ASSERT_TRUE(noc->hear(plan));
  }
  void told(EventId event) {
    const std::vector<model::Record> turn{
        {clock.civil_now(), model::ClockState::right, "supervisor", "", Event(event)}};
    ASSERT_TRUE(store->append("told", ++told_, turn));
    clock.advance(seconds(60));
  }
  void ended(std::string trouble, std::string detail = {}) {
    noc_standing = {.ended = std::chrono::milliseconds(1'700'000'000'000),
                    .trouble = std::move(trouble),
                    .detail = std::move(detail)};
  }
  std::string shown() { return looked(OperationId::noc_show).json; }

  std::uint64_t told_ = 0;
};

TEST_F(WebNoc, without_one_in_the_configuration_nobody_is_told) {
  noc_order.reset();
  EXPECT_EQ(member(shown(), "state"), "nobody");
}

TEST_F(WebNoc, before_a_round_has_ended_nobody_knows) {
  const std::string json = shown();
  EXPECT_EQ(member(json, "state"), "unknown");
  EXPECT_EQ(member(json, "state_since"), "");
  EXPECT_EQ(member(json, "operated_by"), "Vendor K.K.");
  EXPECT_EQ(member(json, "country"), "JP");
  EXPECT_THAT(json, HasSubstr(R"("kind":"records","name":"records.example","port":6514,"addresses":[])"));
  EXPECT_EQ(member(json, "subject"), "CN=box-7");
  EXPECT_EQ(member(json, "until"), "2033-05-18T03:33:20.000000Z");
}

TEST_F(WebNoc, since_when_it_is_so_is_the_first_record_after_the_last_other_one) {
  told(EventId::noc_reached);
  told(EventId::noc_unreached);
  const std::string turn = to_timestamp(clock.civil_now());
  told(EventId::noc_reached);
  told(EventId::noc_reached);  // after a restart it is told once more
  ended({});
  EXPECT_EQ(member(shown(), "state"), "told");
  EXPECT_EQ(member(shown(), "state_since"), turn);
}

TEST_F(WebNoc, whoever_stands_in_the_way_is_named) {
  told(EventId::noc_unreached);
  ended("noc.untrusted", "records.example: TLS is broken open on the way: CN=Proxy");
  const std::string json = shown();
  EXPECT_EQ(member(json, "state"), "not_told");
  EXPECT_EQ(member(json, "trouble"), "noc.untrusted");
  EXPECT_THAT(member(json, "detail"), HasSubstr("CN=Proxy"));
}

TEST_F(WebNoc, what_waits_is_told_class_by_class_with_its_room_and_gaps_with_their_numbers) {
  std::vector<model::Record> gap{{clock.civil_now(), model::ClockState::right, "controld", "",
                                  Event(EventId::noc_gap)
                                      .add(Field::name, "events")
                                      .add(Field::count, 12u)
                                      .add(Field::first, 3u)
                                      .add(Field::last, 14u)
                                      .add(Field::detail, "yesterday")}};
  ASSERT_TRUE(store->append("gap", 1, gap));
  noc->tick(errands, images->shelf());
  for (auto asked = supervisor->receive(); asked && *asked;)
    asked = supervisor->receive();  // its own questions
  const std::string json = shown();
  for (std::size_t i = 0; i < spool::kClasses; ++i)
    EXPECT_THAT(json, HasSubstr("\"class\":\"" + std::string(to_string(static_cast<spool::Class>(i))) +
                                "\",\"last\":"));
  EXPECT_THAT(json, HasSubstr("\"room\":" + std::to_string(noc->budgets()[0])));
  EXPECT_THAT(json, HasSubstr(R"("class":"events","count":12,"first":3,"last":14,"span":"yesterday")"));
  EXPECT_THAT(json, HasSubstr(R"("kept":true)"));
}

TEST_F(WebNoc, that_it_shall_be_told_now_is_passed_on) {
  const ipc::Frame asked = passed_on(OperationId::noc_tell, {});
  EXPECT_EQ(asked.type, ipc::type_number(ipc::op::Msg::tell_noc));
  EXPECT_EQ(decode<ipc::op::Administrator>(asked.body)->name, "first");
}

/// What people read of it and what is written come from the same rows.
TEST_F(WebNoc, what_leaves_the_box_is_listed_member_for_member) {
  const std::string json = ask(OperationId::noc_contents, {}, come("first")).json;
  for (const metrics::Family& family : metrics::families())
    EXPECT_THAT(json, HasSubstr("\"name\":\"" + std::string(family.name) + "\""));
  ipc::op::State state;
  state.clock.now = state.proof.ended = std::chrono::milliseconds(1);
  state.processes = {{.name = "keyd"}};
  const std::vector<spool::Tally> tallies(spool::kClasses);
  const auto written = api::read_json(state_text(state, "north", tallies));
  ASSERT_TRUE(written);
  std::set<std::string> members, listed;
  for (std::size_t i = 0; i < written->names.size(); ++i) {
    members.insert(written->names[i]);
    for (const api::JsonTree& one : written->items[i].items)
      for (const std::string& inner : one.names) members.insert(written->names[i] + "." + inner);
  }
  for (const StateField& field : state_fields()) listed.emplace(field.name);
  EXPECT_EQ(members, listed);
  EXPECT_THAT(json, HasSubstr(R"({"event":"session.opened","what")")) << "it is not told, so it has no class";
  EXPECT_THAT(json, HasSubstr(R"({"event":"account.signed_in","class":"audit")"));
  EXPECT_THAT(json, HasSubstr(R"({"event":"process.started","class":"events")"));
}

}  // namespace
}  // namespace gw::control
