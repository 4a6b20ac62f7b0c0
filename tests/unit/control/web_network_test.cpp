// What administrators are told of the network: the supervisor and the kernel are played.

#include "model/network_roll.h"
#include "model/network_sight.h"
#include "unit/control/web_clinic.h"

namespace gw::control {
namespace {

namespace op = ipc::op;
using model::IpAddress;
using model::NetworkRoll;
using model::NetworkSight;
using model::Prefix;
using Side = NetworkRoll::Side;

class WebNetwork : public WebDeskTest {
 protected:
  void SetUp() override {
    settle();
    roll.ports = {{.side = Side::wan,
                   .interface = "wan0",
                   .addresses = {*Prefix::parse("198.51.100.2/24")},
                   .gateways = {*IpAddress::parse("198.51.100.1")}}};
    sights[1].links = {
        {"wan0", {2, 0, 0, 0, 0, 1}, true, true, roll.ports[0].addresses, roll.ports[0].gateways}};
  }
  std::string shown() {
    const ipc::Frame asked = passed_on(OperationId::network_show, {});
    EXPECT_EQ(asked.type, ipc::type_number(op::Msg::network));
    std::vector<UniqueFd> files;
    files.push_back(*sys::seal(encode(roll), "test"));
    for (const NetworkSight& sight : sights) files.push_back(*sys::seal(encode(sight), "test"));
    std::vector<int> fds;
    for (const UniqueFd& file : files) fds.push_back(file.get());
    return answered(asked, op::Msg::network_sight, encode(state), std::move(fds)).json;
  }

  NetworkRoll roll{};
  std::array<NetworkSight, 3> sights{};
  op::NetworkState state{};
};

TEST_F(WebNetwork, a_port_that_is_as_it_shall_be_says_so) {
  const std::string json = shown();
  EXPECT_THAT(json, HasSubstr("\"interface\":\"wan0\",\"state\":\"up\",\"mac\":\"02:00:00:00:00:01\""));
  EXPECT_THAT(json, HasSubstr("\"as_configured\":true"));
}

TEST_F(WebNetwork, what_the_kernel_shows_counts_and_what_differs_is_told) {
  sights[1].links[0].carrier = false;
  EXPECT_THAT(shown(), HasSubstr("\"state\":\"no_cable\""));
  sights[1].links[0].up = false;
  EXPECT_THAT(shown(), HasSubstr("\"state\":\"off\""));
  sights[1].links[0].up = true;
  sights[1].links[0].addresses.clear();
  EXPECT_THAT(shown(), HasSubstr("\"as_configured\":false"));
  sights[0].links = sights[1].links;
  sights[1].links.clear();
  EXPECT_THAT(shown(), HasSubstr("\"state\":\"missing\"")) << "it is in another namespace";
}

TEST_F(WebNetwork, a_lease_is_part_of_what_shall_be) {
  roll.ports[0].ipv4 = model::Ipv4Source::dhcp;
  roll.ports[0].addresses.clear();
  roll.ports[0].gateways.clear();
  EXPECT_THAT(shown(), HasSubstr("\"as_configured\":false")) << "nobody lent that";
  state.borrowed = {{"wan0", *Prefix::parse("198.51.100.2/24"), *IpAddress::parse("198.51.100.1"),
                     *IpAddress::parse("198.51.100.9")},
                    std::chrono::milliseconds(1'700'000'000'000)};
  const std::string json = shown();
  EXPECT_THAT(json, HasSubstr("\"as_configured\":true"));
  EXPECT_THAT(json, HasSubstr("\"server\":\"198.51.100.9\",\"until\":\"2023-11-14T22:13:20"));
}

TEST_F(WebNetwork, a_cable_of_a_vlan_or_a_bridge_is_told_by_its_port) {
  roll.ports = {{.side = Side::lan, .segment = "ward", .interface = "lan0.20", .vlan = {"lan0", 20}},
                {.side = Side::lan, .segment = "desks", .interface = "br0", .ports = {"lan1", "lan2"}}};
  sights[0].links = {{"lan0", {}, true, false, {}, {}}, {"lan2", {}, true, true, {}, {}}};
  const std::string json = shown();
  EXPECT_THAT(json, HasSubstr("\"cables\":[{\"interface\":\"lan0\",\"state\":\"no_cable\"}]"));
  EXPECT_THAT(json, HasSubstr("\"cables\":[{\"interface\":\"lan1\",\"state\":\"missing\"},"
                              "{\"interface\":\"lan2\",\"state\":\"up\"}]"));
}

TEST_F(WebNetwork, a_listener_is_open_where_the_kernel_has_it) {
  roll.listeners = {{"karte", "raw", {*IpAddress::parse("10.1.0.1"), 9000}, {"raw"}},
                    {{}, {}, {*IpAddress::parse("10.1.0.1"), 9000}, {}}};
  sights[0].listening = {roll.listeners[0].endpoint};
  const std::string json = shown();
  EXPECT_THAT(json, HasSubstr("\"services\":[\"raw\"],\"open\":true"));
  EXPECT_THAT(json, HasSubstr("\"services\":[],\"open\":false")) << "administrators come from elsewhere";
}

}  // namespace
}  // namespace gw::control
