#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>

#include "changes/changes.h"
#include "support/manual_clock.h"

namespace gw::component {

using changes::ChangeNumber;

/// The supervisor's part, played as simply as it can be: what is in force, what it would start with, and the
/// orders that wait. A configuration is a text; one that begins with "bad" is refused.
struct BoxPlayed {
  struct Configuration {
    ChangeNumber number{};
    std::string text{};
    friend bool operator==(const Configuration&, const Configuration&) = default;
  };
  struct Order {
    changes::Order what{};
    ChangeNumber change{};
    std::string text{};
    std::chrono::seconds within{0};
    bool is_found = false;
  };
  static constexpr std::chrono::seconds kGrace{10};

  explicit BoxPlayed(const Clock& given) : clock(given) {}

  /// Power on: with what was kept, or with its file.
  void start() {
    in_force = kept.value_or(Configuration{{}, file});
    began_with = in_force;
    undo_due.reset();
    undone = {};
    orders.clear();
  }
  changes::Standing standing() const {
    changes::Standing out;
    out.in_force = in_force.number;
    out.start = kept ? kept->number : ChangeNumber{};
    out.undone = undone;
    out.sources.assign(in_force.text.begin(), in_force.text.end());
    return out;
  }
  /// The next order; `works`: nothing goes wrong with it.
  std::optional<changes::Carried> carry_out(bool works) {
    if (orders.empty()) return std::nullopt;
    const Order order = orders.front();
    orders.pop_front();
    changes::Carried out{.order = order.what, .change = order.change};
    const bool is_bad = order.text.starts_with("bad");
    if (!works || is_bad) out.outcome = Error{ErrorCode::publication_refused, "as the test has it"};
    if (!out.outcome) return out;
    if (order.what == changes::Order::put) undo_due = clock.now() + order.within + kGrace;
    out.generation = ++generation;
    if (order.what == changes::Order::put) in_force = {order.change, order.text};
    if (order.what == changes::Order::keep) out.outcome = keep(order);
    if (order.what == changes::Order::back) go_back();
    return out;
  }
  /// What a supervisor does when nobody tells it anything. True: it has undone something.
  bool tick() {
    if (!undo_due || clock.now() < *undo_due) return false;
    undone = in_force.number;
    go_back();
    return true;
  }

  const Clock& clock;
  std::string file = "good file";
  Configuration in_force{}, began_with{};
  std::optional<Configuration> kept{};
  std::deque<Order> orders{};
  std::optional<Instant> undo_due{};
  ChangeNumber undone{};
  std::uint64_t generation = 0;

 private:
  Result<> keep(const Order& order) {
    const bool is_found = order.is_found && in_force.number == ChangeNumber{};
    if (in_force.number != order.change && !is_found)
      return Error{ErrorCode::change_out_of_order, "it is not in force"};
    in_force.number = order.change;
    kept = in_force;
    undo_due.reset();
    return Done{};
  }
  void go_back() {
    in_force = kept.value_or(began_with);
    undo_due.reset();
  }
};

}  // namespace gw::component
