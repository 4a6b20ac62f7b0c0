#pragma once

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "base/floored_clock.h"
#include "ipc/inherited.h"
#include "ipc/record_sink.h"
#include "sys/reactor.h"
#include "sys/shut_in.h"
#include "tls/provider.h"

namespace gw::front {

template <class ControlLink>
Result<> serve() {
  GW_TRY(tls::install_provider());
  ipc::RecordSink records(ipc::kLogFd);
  FlooredClock clock(system_clock());
  GW_TRY(const auto reactor, sys::Reactor::make(clock));
  ControlLink link(*reactor, clock, records, ipc::Channel(UniqueFd(ipc::kControlFd)));
  GW_TRY(sys::shut_in(sys::Filter::proxyd));
  records.write(Event(EventId::process_ready));
  GW_TRY(link.start());
  while (!link.has_ended()) {
    reactor->run_once(std::chrono::seconds(1));
    link.tick();
  }
  // Connections are over and the kernel takes back the rest; unwinding frames would only add risk.
  std::_Exit(EXIT_SUCCESS);
}

/// The life of a process whose work is that link: shut in before anybody is heard, ends when it is told to or
/// cannot go on.
template <class ControlLink>
[[noreturn]] void run_process(const char* name) {
  const Result<> served = serve<ControlLink>();
  std::fprintf(stderr, "%s: %s\n", name, served.error().to_text().c_str());
  std::_Exit(EXIT_FAILURE);
}

}  // namespace gw::front
