#include "component/net/stage.h"

#include <gtest/gtest.h>
#include <linux/capability.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>

#include "ipc/inherited.h"
#include "ipc/messages/compile.h"
#include "model/accounts.h"
#include "sys/child.h"
#include "sys/namespaces.h"
#include "sys/sealed.h"
#include "sys/spawn.h"

namespace gw::net::tests {
namespace {

UniqueFd network() {
  auto made = sys::make_network();
  GW_CHECK(made, "the tests run as root");
  return *std::move(made);
}

model::Service service(std::uint16_t id, std::uint16_t port, std::vector<model::IpAddress> addresses) {
  model::Service out;
  out.id = model::ServiceId(id);
  out.upstream.server_name = "service.example";
  out.upstream.port = port;
  out.upstream.addresses = std::move(addresses);
  return out;
}

model::Tenant tenant(std::uint16_t id, model::Service service, std::vector<model::Endpoint> endpoints) {
  model::Tenant out;
  out.id = model::TenantId(id);
  out.services.push_back(std::move(service));
  for (const model::Endpoint& endpoint : endpoints) {
    model::Listener listener;
    listener.id = model::ListenerId(static_cast<std::uint16_t>(out.listeners.size()));
    listener.endpoint = endpoint;
    out.listeners.push_back(listener);
  }
  return out;
}

Result<Answer> understand(ipc::Frame& frame) {
  using ipc::net_apply::Msg;
  switch (static_cast<Msg>(frame.type)) {
    case Msg::applied:
      return Answer{};
    case Msg::shaped: {
      GW_TRY(const auto shaped, decode<ipc::net_apply::Shaped>(frame.body));
      Answer answer{{}, {}, shaped.further, std::move(frame.fds.front())};
      for (const ipc::net_apply::Difference& difference : shaped.repaired)
        answer.repaired.push_back(difference.text);
      for (const ipc::net_apply::Difference& difference : shaped.left) answer.left.push_back(difference.text);
      return answer;
    }
    case Msg::seen:
      return Error{ErrorCode::channel_out_of_phase, "nobody asked for a look"};
    case Msg::failed:
      break;
  }
  GW_TRY(const auto failed, decode<ipc::net_apply::Failed>(frame.body));
  return Error{failed.code, failed.detail};
}

Result<Answer> read_answer(const ipc::Channel& control) {
  ipc::Conversation conversation(ipc::net_apply::kFromNetApply);
  GW_TRY(auto frame, control.receive());
  if (!frame) return Error{ErrorCode::channel_closed, "no answer"};
  GW_TRY(conversation.accept(*frame));
  const auto second = control.receive();
  EXPECT_TRUE(!second || !*second) << "one answer only";
  return understand(*frame);
}

}  // namespace

Stage::Stage() : arrivals(network()), lan(network()), wan(network()), clinic(network()), cloud(network()) {
  run(arrivals, "ip link add lan0 type veth peer name clinic0 netns " + path_of(clinic));
  run(arrivals, "ip link add wan0 type veth peer name cloud0 netns " + path_of(cloud));
  for (const char* address : {"10.1.0.9/24", "fd00:1::9/64"})
    run(clinic, std::string("ip addr add ") + address + " dev clinic0 nodad");
  for (const char* address :
       {"203.0.113.1/24", "203.0.113.53/24", "198.51.100.1/32", "198.51.100.9/32", "192.168.7.7/32",
        "2001:db8::1/64", "2001:db8:a::1/128", "2001:db8:b::9/128", "fd00:7::7/128"})
    run(cloud, std::string("ip addr add ") + address + " dev cloud0 nodad");
  run(clinic, "ip link set clinic0 up");
  run(cloud, "ip link set cloud0 up");
}

std::string path_of(const UniqueFd& fd) {
  return "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(fd.get());
}

std::string run(const UniqueFd& in, const std::string& command) {
  const auto visit = sys::NetworkVisit::enter(in.get());
  GW_CHECK(visit, "the tests run as root");
  std::string output;
  FILE* pipe = ::popen(("PATH=/usr/sbin:/usr/bin:/sbin:/bin " + command + " 2>&1").c_str(), "r");
  std::array<char, 4096> part{};
  while (const std::size_t size = std::fread(part.data(), 1, part.size(), pipe))
    output.append(part.data(), size);
  EXPECT_EQ(::pclose(pipe), 0) << command << ": " << output;
  return output;
}

void load_flows(const UniqueFd& in, int count, std::uint16_t port) {
  constexpr int kPorts = 60'000;  // of one device
  const std::string path = testing::TempDir() + "flows-" + std::to_string(::getpid()),
                    door = std::to_string(port);
  std::ofstream file(path);
  for (int i = 0; i < count; ++i) {
    const std::string device = "10.1.0." + std::to_string(100 + i / kPorts),
                      from = std::to_string(1'024 + i % kPorts);
    file << "-A -t 3000 -u SEEN_REPLY,ASSURED -s " << device << " -d 10.1.0.1 -r 10.1.0.1 -q " << device
         << " -p tcp --sport " << from << " --dport " << door << " --reply-port-src " << door
         << " --reply-port-dst " << from << " --state ESTABLISHED\n";
  }
  file.close();
  run(in, "conntrack -R " + path);
  std::remove(path.c_str());
}

model::Configuration two_tenants() {
  const auto address = [](const char* text) { return *model::IpAddress::parse(text); };
  const auto prefix = [](const char* text) { return *model::Prefix::parse(text); };
  model::Configuration out;
  out.generation = model::Generation(1);
  out.network.lan = {{"rooms", "lan0", {prefix("10.1.0.1/24"), prefix("fd00:1::1/64")}}};
  out.network.wan = {"wan0",
                     {prefix("203.0.113.2/24"), prefix("2001:db8::2/64")},
                     {address("203.0.113.1"), address("2001:db8::1")}};
  out.network.resolvers = {{address("203.0.113.53"), 53}};
  out.network.clinic_prefixes = {prefix("192.168.0.0/16"), prefix("fd00::/8")};
  out.tenants = {tenant(0, service(0, 443, {address("198.51.100.1"), address("2001:db8:a::1")}),
                        {{address("10.1.0.1"), 443}, {address("fd00:1::1"), 443}}),
                 tenant(1, service(0, 8443, {}), {{address("10.1.0.1"), 2762}})};
  return out;
}

Result<Answer> net_apply_with(const std::string& deed, const UniqueFd& in, std::vector<sys::Placed> places) {
  GW_TRY(auto control, ipc::Channel::pair());
  GW_TRY(auto log, ipc::Channel::pair());
  GW_TRY(const UniqueFd program, sys::open_program(GW_BINARY_DIR "/bin/sekisho-net-apply"));
  sys::Confinement confinement{.account = model::kNetApplyAccount,
                               .capabilities = 1u << CAP_NET_ADMIN,
                               .network = in.get(),
                               .files = 64};
  sys::Start start{program.get(), {"sekisho-net-apply", deed}, std::move(places)};
  start.places.insert(start.places.end(),
                      {{2, 2}, {control.second.fd(), ipc::kControlFd}, {log.second.fd(), ipc::kLogFd}});
  GW_TRY(const sys::Child child, sys::spawn(start, confinement));
  control.second.release().reset();
  GW_TRY(const sys::Ending ending, sys::wait_for(child));
  auto answer = read_answer(control.first);
  EXPECT_EQ(ending.to_text(), answer ? "exit 0" : "exit 1");
  return answer;
}

Result<> net_apply_bytes(const Stage& stage, const std::string& deed, const UniqueFd& in,
                         const UniqueFd& input) {
  std::vector<sys::Placed> places;
  if (input) places.push_back({input.get(), ipc::kInputFd});
  if (deed == "links") {
    places.push_back({stage.lan.get(), ipc::kSecondInputFd});
    places.push_back({stage.wan.get(), ipc::kThirdInputFd});
  }
  GW_TRY(net_apply_with(deed, in, std::move(places)));
  return Done{};
}

Result<> net_apply(const Stage& stage, const std::string& deed, const UniqueFd& in, const Plan& plan) {
  GW_TRY(const UniqueFd input, sys::seal(encode(plan), "plan"));
  return net_apply_bytes(stage, deed, in, input);
}

Result<Answer> look_again(const std::string& deed, const UniqueFd& in, const Plan& plan,
                          const UniqueFd& listing) {
  GW_TRY(const UniqueFd input, sys::seal(encode(plan), "plan"));
  std::vector<sys::Placed> places{{input.get(), ipc::kInputFd}};
  if (listing) places.push_back({listing.get(), ipc::kReferenceFd});
  return net_apply_with(deed, in, std::move(places));
}

void apply_all(const Stage& stage, const Plan& plan) {
  const std::pair<const char*, const UniqueFd&> deeds[] = {
      {"links", stage.arrivals}, {"lan", stage.lan}, {"wan", stage.wan}};
  for (const auto& [deed, in] : deeds) {
    const Result<> done = net_apply(stage, deed, in, plan);
    ASSERT_TRUE(done) << deed << ": " << done.error().to_text();
  }
}

}  // namespace gw::net::tests
