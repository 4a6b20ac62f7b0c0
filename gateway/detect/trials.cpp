#include "detect/trials.h"

namespace gw::detect {

void Trials::take(const model::Record& record) {
  switch (record.event.id()) {
    case EventId::isolation_begun:
      until_ = record.time + kMost;
      return;
    case EventId::isolation_proved:
    case EventId::isolation_unproven:
      until_ = record.time + kAfter;
      return;
    default:
      return;
  }
}

}  // namespace gw::detect
