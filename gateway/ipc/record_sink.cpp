#include "ipc/record_sink.h"

#include "ipc/messages/log.h"

namespace gw::ipc {

RecordSink::RecordSink(int fd) : channel_(UniqueFd(fd)) {}

bool RecordSink::send(const Event& event) const {
  return static_cast<bool>(channel_.send(type_number(log::Msg::record), 0, encode(event)));
}

void RecordSink::flush() {
  if (lost_ == 0) return;
  if (send(Event(EventId::records_lost).add(Field::count, lost_))) lost_ = 0;
}

void RecordSink::write(const Event& event) {
  flush();
  if (lost_ != 0 || !send(event)) ++lost_;
}

}  // namespace gw::ipc
