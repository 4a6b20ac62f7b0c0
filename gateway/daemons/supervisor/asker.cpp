#include "asker.h"

namespace gw::supervisor {

Event event_by(EventId id, const ipc::op::Administrator& by) {
  Event event(id);
  if (by.name.empty()) return event;
  event.add(Field::administrator, by.name).add(Field::role, by.role);
  event.add(Field::source, by.source).add(Field::admin_session, by.session);
  return event;
}

}  // namespace gw::supervisor
