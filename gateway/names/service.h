#pragma once

#include "base/clock.h"
#include "ipc/channel.h"
#include "ipc/messages/control_compartment.h"
#include "names/connection.h"
#include "names/staging.h"

namespace gw::names {

/// The box's name service: answers terminals at the doors it was handed, and takes its table from the
/// supervisor in two phases. Asks nobody anything. One thread.
class Service {
 public:
  Service(ipc::Channel control, const Clock& clock) : control_(std::move(control)), clock_(clock) {}
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  /// Says `ready` and serves until it is told to end, or the supervisor's channel ends.
  Result<> serve();

 private:
  enum class Standing : std::uint8_t { serving, drained };

  void wait();
  void answer(Instant now);
  Result<> obey();
  Result<> act_on(ipc::Frame frame);
  Result<> prepare(const ipc::Frame& frame);
  Result<> commit(const ipc::Frame& frame);
  Result<> take_socket(ipc::Frame& frame);

  ipc::Channel control_;
  const Clock& clock_;
  ipc::Conversation conversation_{ipc::compartment::kToNames};
  Staging staging_;
  model::Generation prepared_{};
  Doors doors_;
  Connections connections_;
  Standing standing_ = Standing::serving;
};

}  // namespace gw::names
