#include "detect/writers.h"

#include <algorithm>
#include <string_view>

namespace gw::detect {
namespace {

struct Writer {
  EventId event{};
  std::string_view process{};
};
constexpr Writer kWriters[] = {
#define GW_WRITER(event, process) {EventId::event, process},
#include "detect/writers.def"
#undef GW_WRITER
};

}  // namespace

bool is_listened_to(const model::Record& record) {
  return std::ranges::any_of(kWriters, [&](const Writer& one) {
    return one.event == record.event.id() && one.process == record.process;
  });
}

}  // namespace gw::detect
