#include "agent/syslog_frame.h"

namespace gw::agent {

std::string framed(std::string_view message) {
  return std::to_string(message.size()).append(" ").append(message);
}

}  // namespace gw::agent
