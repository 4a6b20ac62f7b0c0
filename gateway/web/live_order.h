#pragma once

#include <chrono>
#include <string_view>
#include <variant>

#include "web/question.h"

namespace gw::web {

/// What a page says on its WebSocket: `{"watch": "records.find", "values": {"limit": 50}, "every": 2}`. The
/// first one on a connection is number 1, and so on.
struct WatchOrder {
  static constexpr std::chrono::seconds kUsually{5}, kMostOften{1}, kLeastOften{60};

  api::OperationId operation{};
  api::TypedValues values{};  ///< checked
  std::chrono::seconds every = kUsually;
};
/// `{"unwatch": 1}`
struct UnwatchOrder {
  std::uint64_t number = 0;
};
using LiveOrder = std::variant<WatchOrder, UnwatchOrder, Problem>;

/// web.malformed, web.value, web.not_live (there is no such operation, or it is none to be watched).
LiveOrder read_order(std::string_view json);

}  // namespace gw::web
