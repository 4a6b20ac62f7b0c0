#pragma once

#include <cstdint>
#include <memory>

#include "base/bytes.h"
#include "pki/status_question.h"
#include "sys/reactor.h"

namespace gw::tls {

/// Interest in a responder's answers about one certificate (SRV-03): while there is any, they are kept new.
/// One thread.
class StatusWatch {
 public:
  virtual ~StatusWatch() = default;
  /// The newest answer as it came, to be judged each time; empty: there is none.
  virtual Bytes answer() const = 0;
  /// How many have come; another number, another answer.
  virtual std::uint64_t answers() const = 0;
  /// Has a newer one asked for, unless one is being asked for already, or was a moment ago. True: one may be
  /// on its way, and `wake`, which outlives the watch, is signalled when it is there or is not to be had.
  /// With nullptr nobody waits.
  virtual bool ask(sys::Wake* wake) = 0;
  virtual bool is_asking() const = 0;
};

/// Where the answers for one service come from. One thread.
class StatusSource {
 public:
  virtual ~StatusSource() = default;
  virtual std::unique_ptr<StatusWatch> watch(pki::StatusQuestion question) = 0;
};

using StatusSourcePtr = std::shared_ptr<StatusSource>;

}  // namespace gw::tls
