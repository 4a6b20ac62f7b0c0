#include "component/renewer/stage.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <algorithm>
#include <fstream>

#include "base/codec.h"
#include "ca/request.h"
#include "est/issued.h"
#include "ipc/inherited.h"
#include "ipc/messages/log.h"
#include "ipc/messages/proxy_dial.h"
#include "keys/pem_block.h"
#include "model/accounts.h"
#include "pki/certificate.h"
#include "pki/life.h"
#include "sys/sealed.h"
#include "sys/spawn.h"

namespace gw::renewer {
namespace {

using ipc::type_number;
using ipc::renewal::Place;
using std::chrono::steady_clock;

model::CivilSeconds now() {
  return std::chrono::floor<std::chrono::seconds>(system_clock().civil_now()).time_since_epoch();
}

const char* name_of(Place place) {
  constexpr const char* kNames[] = {"current", "next", "ticket", "answer", "wish", "request"};
  return kNames[static_cast<std::size_t>(place)];
}

std::string& part_of(Stage& stage, model::IdentitySlot& slot, Place place) {
  std::string* const parts[] = {&slot.current, &slot.next, &slot.ticket,
                                &slot.answer,  &slot.wish, &stage.carried_request};
  return *parts[static_cast<std::size_t>(place)];
}

}  // namespace

bool Outcome::has(EventId id) const {
  return std::any_of(records.begin(), records.end(), [&](const Event& event) { return event.id() == id; });
}

std::string Outcome::text(EventId id) const {
  std::string out;
  for (const Event& event : records) {
    if (event.id() != id) continue;
    for (const Event::Entry& entry : event.entries())
      if (entry.field == Field::reason || entry.field == Field::detail) out += entry.text + " ";
    break;
  }
  return out;
}

Stage::Stage(UniqueFd tpm) : keyd(std::move(tpm)) {
  order.generation = model::Generation(3);
  order.tenant = "imaging";
  order.items.emplace_back();
  model::ManagedIdentity& identity = item().identity;
  identity.name = "records";
  identity.dial = model::ServiceId(5);
  identity.server_name = "est.cloud.example";
  identity.port = 443;
  identity.anchors_pem = server.anchors();
}

model::RenewalOrder::Item& Stage::add_terminal_side() {
  order.items.push_back(item());
  model::ManagedIdentity& identity = order.items.back().identity;
  identity.name = "listener";
  identity.side = model::ManagedIdentity::Side::terminals;
  identity.hosts = {"emr.clinic.example", "10.1.0.1"};
  identity.label = "clinic";
  return order.items.back();
}

std::string Stage::identity_in_use(const model::ManagedIdentity& identity, double begins, double days) {
  const auto work = keyd.work();
  auto made = work->make(identity.key);
  EXPECT_TRUE(made) << made.error().to_text();
  const auto request = ca::make_request({.organization = "Sekisho", .common_name = identity.name},
                                        est::names_of(identity, order.tenant), *made->key);
  EXPECT_TRUE(request) << request.error().to_text();
  const std::string place = server.folder() + "/in-use.csr";
  std::ofstream(place, std::ios::binary) << as_text(*request);
  const std::string chain =
      server.order("sign " + place + " " + std::to_string(days) + " " + std::to_string(begins * 86'400));
  return est::to_text({made->content, server.file(chain)});
}

std::string Stage::answer_to(const std::string& request_pem) {
  const auto request = keys::find_pem(Secret(request_pem), {"CERTIFICATE REQUEST"});
  EXPECT_TRUE(request) << request_pem;
  const std::string place = server.folder() + "/carried.csr";
  std::ofstream(place, std::ios::binary) << request->der.view();
  return server.file(server.order("sign " + place + " 30 -60")) + server.authority();
}

Outcome Stage::run_until(std::optional<std::chrono::microseconds> moment,
                         const std::function<void()>& struck) {
  Outcome run;
  sys::Child child;
  const auto sealed = sys::seal(encode(order), "order");
  start(child, *sealed);
  auto end = steady_clock::now() + moment.value_or(std::chrono::seconds(60));
  bool is_struck = !struck;
  for (;;) {
    pollfd sources[] = {
        {control_->fd(), POLLIN, 0}, {dialer_->fd(), POLLIN, 0}, {child.pidfd.get(), POLLIN, 0}};
    const auto left = std::chrono::ceil<std::chrono::nanoseconds>(end - steady_clock::now()).count();
    const timespec wait{std::max<long>(left, 0) / 1'000'000'000, std::max<long>(left, 0) % 1'000'000'000};
    ::ppoll(sources, std::size(sources), &wait, nullptr);
    if (steady_clock::now() >= end) {
      if (is_struck) sys::kill(child);
      if (!is_struck) struck();
      is_struck = true;
      end = steady_clock::now() + std::chrono::seconds(60);
    }
    serve(run);
    const auto ending = sys::collect(child);
    if (!ending || !*ending) continue;
    serve(run);
    run.ending = (*ending)->to_text();
    return run;
  }
}

void Stage::start(sys::Child& child, const UniqueFd& sealed) {
  auto control = *ipc::Channel::pair(), dialer = *ipc::Channel::pair(), log = *ipc::Channel::pair();
  const auto program = sys::open_program(GW_BINARY_DIR "/bin/sekisho-renewer");
  const UniqueFd to_keyd = keyd.channel();
  const sys::Start what{program->get(),
                        {"sekisho-renewer"},
                        {{2, 2},
                         {control.second.fd(), ipc::kControlFd},
                         {log.second.fd(), ipc::kLogFd},
                         {sealed.get(), ipc::kInputFd},
                         {dialer.second.fd(), ipc::kSecondInputFd},
                         {to_keyd.get(), ipc::kThirdInputFd}}};
  auto started = sys::spawn(what, {.account = model::kRenewerAccount});
  ASSERT_TRUE(started) << started.error().to_text();
  child = *std::move(started);
  control_.emplace(std::move(control.first));
  dialer_.emplace(std::move(dialer.first));
  log_.emplace(std::move(log.first));
}

void Stage::serve(Outcome& run) {
  for (auto frame = control_->receive(); frame && *frame; frame = control_->receive()) {
    if ((*frame)->type == type_number(ipc::renewal::Msg::keep))
      keep(**frame, run);
    else
      run.look_again = decode<ipc::renewal::Finished>((*frame)->body)->look_again;
  }
  for (auto frame = dialer_->receive(); frame && *frame; frame = dialer_->receive()) dial(**frame, run);
  for (auto frame = log_->receive(); frame && *frame; frame = log_->receive())
    run.records.push_back(*decode<Event>((*frame)->body));
}

void Stage::keep(const ipc::Frame& frame, Outcome& run) {
  const auto what = decode<ipc::renewal::Keep>(frame.body);
  ASSERT_TRUE(what && frame.fds.size() == 1);
  const auto octets = sys::read_sealed(frame.fds.front().get(), model::kMostSlotText);
  ASSERT_TRUE(octets) << octets.error().to_text();
  for (auto& one : order.items)
    if (one.identity.name == what->identity)
      part_of(*this, one.slot, what->place) = std::string(as_text(*octets));
  run.kept.push_back(what->identity + " " + name_of(what->place) + (octets->empty() ? " empty" : ""));
  (void)control_->send(type_number(ipc::renewal::Msg::kept), 0, {});  // it may be dead by now
}

void Stage::dial(const ipc::Frame& frame, Outcome& run) {
  const auto asked = decode<ipc::dial::Dial>(frame.body);
  ASSERT_TRUE(asked);
  EXPECT_EQ(asked->generation, order.generation);
  EXPECT_EQ(asked->service, model::ServiceId(5));
  ++run.dials;
  const UniqueFd socket = lets_dial() ? connected_to(server.port()) : UniqueFd();
  if (!socket) {
    const auto body = encode(ipc::dial::Failed{model::CloseReason::upstream_refused});
    (void)dialer_->send(type_number(ipc::dial::Msg::failed), frame.request, body);
    return;
  }
  const auto body = encode(ipc::dial::Connected{{*model::IpAddress::parse("127.0.0.1"), server.port()}});
  (void)dialer_->send(type_number(ipc::dial::Msg::connected), frame.request, body, {socket.get()});
}

testing::AssertionResult Stage::works(const std::string& text) const {
  const auto held = est::read_held(text);
  if (!held || !held->has_chain()) return testing::AssertionFailure() << "no key with a chain";
  const auto work = keyd.work();
  const auto key = work->open(as_bytes(held->key));
  if (!key) return testing::AssertionFailure() << key.error().to_text();
  const auto chain = pki::read_certificates(held->chain);
  if (pki::public_key_of(chain->front().get()) != (*key)->public_key())
    return testing::AssertionFailure() << "the certificate is for another key";
  const pki::Life life = pki::Life::of(chain->front().get());
  if (!life.has_begun(now()) || life.has_ended(now())) return testing::AssertionFailure() << "out of time";
  return testing::AssertionSuccess();
}

}  // namespace gw::renewer
