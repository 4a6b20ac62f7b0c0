// Orders of the operations centre before they are signed (gateway/doc/orders.md), by the reader of the box.

#include <algorithm>

#include "cli/commands.h"
#include "cli/file_check.h"
#include "config/load.h"
#include "config/source.h"
#include "orders/reading.h"

namespace gw::cli {
namespace {

using config::Problem;
using config::Severity;

/// Of the configuration that stands behind the order's own keys; its files are the box's, and looked at
/// there.
std::vector<Problem> problems_behind(const orders::Document& document) {
  config::Problems problems;
  if (const auto tree = config::read_source(document.configuration, problems))
    static_cast<void>(config::load(*tree, problems));
  std::vector<Problem> out = problems.take();
  const auto before =
      static_cast<std::uint32_t>(std::ranges::count(document.head, '\n')) + 1;  // the line `---`
  for (Problem& one : out)
    if (one.at.line != 0) one.at.line += before;
  return out;
}

Found look_at(std::string_view text) {
  const auto order = orders::read_order(text);
  if (!order) return {{{{}, order.error().code, Severity::error, order.error().detail}}, 1};
  if (order->kind() != orders::Kind::change) return {};
  Found found{problems_behind(orders::document_of(text)), 0};
  found.errors =
      static_cast<std::size_t>(std::ranges::count(found.problems, Severity::error, &Problem::severity));
  return found;
}

}  // namespace

int order_check(const Call& call) { return check_files(call, "orders", look_at); }

}  // namespace gw::cli
