#include "model/daily_window.h"

#include "base/jst.h"

namespace gw::model {
namespace {

std::string clock_text(std::chrono::minutes time) {
  const auto two = [](auto count) { return (count < 10 ? "0" : "") + std::to_string(count); };
  return two(time / std::chrono::hours(1)) + ":" +
         two(time % std::chrono::hours(1) / std::chrono::minutes(1));
}

}  // namespace

bool DailyWindow::covers(std::chrono::seconds civil) const {
  const std::chrono::seconds ahead = civil + kJst;
  const auto now = ahead - std::chrono::floor<std::chrono::days>(ahead);
  return from < until ? from <= now && now < until : from <= now || now < until;
}

std::string DailyWindow::to_text() const { return clock_text(from) + "-" + clock_text(until); }

}  // namespace gw::model
