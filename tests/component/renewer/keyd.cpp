#include "component/renewer/keyd.h"

#include <gtest/gtest.h>
#include <poll.h>

#include "base/codec.h"
#include "ipc/inherited.h"
#include "ipc/messages/control_compartment.h"
#include "model/accounts.h"
#include "sys/sealed.h"
#include "sys/spawn.h"

namespace gw::renewer {
namespace {

namespace wire = ipc::compartment;

}  // namespace

void Keyd::start(UniqueFd tpm) {
  control_ = *ipc::Channel::pair();
  log_ = *ipc::Channel::pair();
  const auto program = sys::open_program(GW_BINARY_DIR "/bin/sekisho-keyd");
  const auto secret = sys::seal(std::vector<std::uint8_t>(64, 7), "wrapping secret");
  EXPECT_TRUE(program && secret);
  sys::Start what{program->get(),
                  {"sekisho-keyd"},
                  {{control_.second.fd(), ipc::kControlFd},
                   {log_.second.fd(), ipc::kLogFd},
                   {secret->get(), ipc::kInputFd}}};
  if (tpm) what.places.push_back({tpm.get(), ipc::kSecondInputFd});
  auto child = sys::spawn(what, {.account = model::kKeyAccount});
  EXPECT_TRUE(child) << child.error().to_text();
  child_ = *std::move(child);
  control_.second.release();
  pollfd ready{control_.first.fd(), POLLIN, 0};
  EXPECT_EQ(::poll(&ready, 1, 10'000), 1);
  const auto frame = control_.first.receive();
  EXPECT_TRUE(frame && *frame && (*frame)->type == ipc::type_number(wire::Msg::ready));
}

void Keyd::kill() {
  control_.first.release();
  if (child_) sys::kill(*child_);
  if (child_) sys::wait_until_dead(*child_);
  child_.reset();
}

UniqueFd Keyd::channel() const {
  auto ends = *ipc::Channel::pair();
  const auto body = encode(wire::KeyWork{wire::Trade::hold_identity, "imaging"});
  (void)control_.first.send(ipc::type_number(wire::Msg::key_work), 0, body,
                            {ends.second.fd()});  // or it is dead
  return ends.first.release();
}

std::unique_ptr<keys::KeyWork> Keyd::work() const {
  return std::make_unique<keys::KeyWork>(ipc::Channel(channel()));
}

bool Keyd::was_misused() const {
  const auto frame = control_.first.receive();
  return frame && *frame && (*frame)->type == ipc::type_number(wire::Msg::misused);
}

}  // namespace gw::renewer
