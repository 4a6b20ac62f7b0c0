#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "support/compartment.h"

namespace gw {

/// A compartment with sessions that stand: the test holds both ends of each.
class OpenSessions : public testing::Test {
 protected:
  struct Pair {
    support::TlsPeer terminal;
    support::TlsPeer cloud;
  };
  support::Compartment box;

  std::unique_ptr<Pair> open(const std::string& terminal, std::size_t listener) {
    return open_with(box.good_terminal(terminal), box.good_cloud(), listener);
  }
  std::unique_ptr<Pair> open_with(const support::PeerOptions& terminal, const support::PeerOptions& cloud,
                                  std::size_t listener = 0) {
    const std::size_t before = box.records(EventId::session_opened).size();
    support::TlsPeer client = box.connect(terminal, listener);
    const int dials = box.dials;
    EXPECT_TRUE(box.until([&] {
      client.step();
      return box.dials > dials;
    }));
    auto server = box.accept_cloud(cloud);
    auto pair = std::make_unique<Pair>(Pair{std::move(client), std::move(*server)});
    EXPECT_TRUE(box.until([&] {
      pair->terminal.step();
      pair->cloud.step();
      return box.records(EventId::session_opened).size() > before;
    }));
    return pair;
  }
  bool echoes(Pair& pair) {
    const std::size_t before = pair.cloud.received().size();
    pair.terminal.send("?");
    return box.until([&] {
      pair.terminal.step();
      pair.cloud.step();
      return pair.cloud.received().size() > before;
    });
  }
};

}  // namespace gw
