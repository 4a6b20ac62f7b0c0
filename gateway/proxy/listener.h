#pragma once

#include <memory>

#include "proxy/session.h"
#include "sys/gate.h"

namespace gw::proxy {

/// Accepts on one listening socket that the supervisor made. Takes a place in the tenant's caps before each
/// accept, so that whoever is not accepted waits in the kernel's queue and costs nothing.
class Listener : public std::enable_shared_from_this<Listener> {
 public:
  Listener(Surroundings& surroundings, Admission& admission, sys::Gate& gate, model::Endpoint endpoint,
           UniqueFd fd);

  Result<> start();
  /// No new connection from now on; those accepted stay.
  void stop();
  /// There may be room again.
  void signal() { wake_.signal(); }

 private:
  static sys::Detached accept_all(std::shared_ptr<Listener> self);
  static sys::Detached serve(Surroundings& around, UniqueFd fd, model::Endpoint source, model::Endpoint local,
                             Admission::Ticket ticket, sys::Gate::Pass pass);
  void accept_some();
  bool accept_one();

  Surroundings& around_;
  Admission& admission_;
  sys::Gate& gate_;
  model::Endpoint endpoint_;
  UniqueFd fd_;
  sys::Wake wake_;
  sys::Readiness readiness_;
  bool stopped_ = false;
};

}  // namespace gw::proxy
