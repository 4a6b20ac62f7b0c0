#include "base/event.h"
#include "base/text.h"

namespace gw {
namespace {

void append_member(std::string& out, std::string_view key, std::string_view text) {
  out.append(",\"").append(key).append("\":");
  append_json_string(out, text);
}

}  // namespace

std::string to_json_line(const Event& event, const EventOrigin& origin) {
  std::string out = "{\"ts\":";
  append_json_string(out, origin.timestamp);
  append_member(out, "level", to_string(level_of(event.id())));
  append_member(out, "event", to_string(event.id()));
  append_member(out, "process", origin.process);
  if (!origin.tenant.empty()) append_member(out, "tenant", origin.tenant);
  for (const Event::Entry& entry : event.entries()) {
    if (is_text(entry.field)) {
      append_member(out, key_of(entry.field), entry.text);
    } else {
      out.append(",\"").append(key_of(entry.field)).append("\":").append(std::to_string(entry.number));
    }
  }
  append_member(out, "msg", sentence_of(event.id()));
  out.append("}\n");
  return out;
}

}  // namespace gw
