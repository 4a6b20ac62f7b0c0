#pragma once

#include <gtest/gtest.h>

#include "component/proxy/open_sessions.h"
#include "keys/desk.h"
#include "keys/opening.h"

namespace gw {

/// The other end of a compartment's channel: the test plays keyd with the product's own desk and keys.
class Keyd {
 public:
  explicit Keyd(support::Compartment& box) : box_(box) { start(); }

  /// A new one in the place of the one before: what that had been asked is gone.
  void start() {
    auto ends = *ipc::Channel::pair();
    desk_.emplace("clinic", std::move(ends.first));
    EXPECT_TRUE(box_.worker().keys().connect(ends.second.release()));
  }
  /// It dies, and nobody is there.
  void stop() { desk_.reset(); }
  void hold(std::uint64_t generation, model::KeyUse use = {true, true, {}}) {
    for (const auto& [id, pem] : box_.key_pems) {
      auto key = keys::open_key(Secret(std::string(pem)), {});
      ASSERT_TRUE(key) << key.error().to_text();
      vault_.stage(model::Generation(generation), "clinic", id,
                   std::make_shared<const keys::HeldKey>(keys::HeldKey{*std::move(key), use}));
    }
    (void)vault_.commit(model::Generation(generation));
  }
  /// Signs what waits, at most so much. False: it was asked for what is no handshake.
  bool sign(std::size_t most = 1'000) {
    while (desk_ && most > 0) {
      auto asked = desk_->hear(vault_, box_.clock);
      if (!asked) return asked.error().code == ErrorCode::channel_closed;
      if (!*asked) return true;
      ++signatures;
      --most;
      EXPECT_TRUE(desk_->answer((*asked)->request, (*asked)->sign()));
    }
    return true;
  }
  int signatures = 0;

 private:
  support::Compartment& box_;
  keys::Vault vault_;
  std::optional<keys::Desk> desk_;
};

/// A compartment that holds public halves only.
class KeysElsewhere : public OpenSessions {
 protected:
  KeysElsewhere() {
    box.keys_elsewhere = true;
    box.publish([](model::Tenant&) {});  // generation 2
    keyd.hold(2);
    box.around_turn = [this](bool begins) {
      if (!begins || !keyd_works) return;
      EXPECT_TRUE(keyd.sign());
    };
  }
  ~KeysElsewhere() override { box.around_turn = nullptr; }  // it outlives keyd
  /// A terminal whose ClientHello has been answered as far as it can be without the key.
  support::TlsPeer waiting_terminal() {
    support::TlsPeer terminal = box.connect(box.good_terminal());
    for (int i = 0; i < 20; ++i) {
      terminal.step();
      box.round();
    }
    EXPECT_FALSE(terminal.established());
    EXPECT_FALSE(terminal.broken());
    return terminal;
  }
  bool comes_through(support::TlsPeer& terminal) {
    return box.until([&] {
      terminal.step();
      return terminal.established() && box.dials > 0;
    });
  }
  std::string refusal_of(support::TlsPeer& terminal) {
    EXPECT_TRUE(box.until([&] {
      terminal.step();
      return terminal.broken() && !box.reasons().empty();
    }));
    return box.reasons().empty() ? "" : box.reasons().front();
  }
  Keyd keyd{box};
  bool keyd_works = true;
};

}  // namespace gw
