#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/event.h"
#include "component/renewer/est_server.h"
#include "component/renewer/keyd.h"
#include "est/held.h"
#include "ipc/messages/renewal.h"
#include "model/renewal.h"

namespace gw::renewer {

/// One run of the real sekisho-renewer behind its walls, with the test as its supervisor and its dialer.
struct Outcome {
  std::string ending{};                                   ///< "exit 0", "signal 9"
  std::optional<std::chrono::milliseconds> look_again{};  ///< what it said last
  std::vector<Event> records{};
  std::vector<std::string> kept{};  ///< "NAME next", "NAME current", "NAME next empty" in their order
  int dials = 0;

  bool has(EventId id) const;
  /// The reason and the detail of the first record of that kind.
  std::string text(EventId id) const;
};

/// A tenant "imaging" with one identity "records" toward its cloud, an EST server and a keyd.
class Stage {
 public:
  /// keyd has the TPM, or keeps its keys in files.
  explicit Stage(UniqueFd tpm = {});

  EstServer server;
  Keyd keyd;
  model::RenewalOrder order{};
  model::RenewalOrder::Item& item(std::size_t index = 0) { return order.items[index]; }

  /// Adds an identity of the terminals' side.
  model::RenewalOrder::Item& add_terminal_side();
  /// Key and chain of an identity as if they had been in use: from `begins` days on, for so many days.
  std::string identity_in_use(const model::ManagedIdentity& identity, double begins, double days);
  /// What an authority says to a request that somebody carried to it: the whole chain, PEM.
  std::string answer_to(const std::string& request_pem);
  std::string carried_request{};  ///< the last one that the renewer gave to be carried away
  /// What the renewer hands back is put into the order, as the supervisor would do it.
  Outcome run() { return run_until({}); }
  /// By then it is killed, or `struck` in its stead.
  Outcome run_until(std::optional<std::chrono::microseconds> moment,
                    const std::function<void()>& struck = {});
  /// Asked before each dial; false: refused, as by a cloud that is away.
  std::function<bool()> lets_dial = [] { return true; };

  /// Does the identity work: does keyd open its key, is it the certificate's, and does that still count?
  testing::AssertionResult works(const std::string& held) const;

 private:
  void start(sys::Child& child, const UniqueFd& sealed);
  void serve(Outcome& run);
  void keep(const ipc::Frame& frame, Outcome& run);
  void dial(const ipc::Frame& frame, Outcome& run);

  std::optional<ipc::Channel> control_, dialer_, log_;
};

}  // namespace gw::renewer
