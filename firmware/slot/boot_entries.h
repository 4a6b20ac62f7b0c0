#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::slot {

/// One of the two places that an image can be started from: a system partition of the firmware and the root
/// that goes with it (firmware/image/disk.py).
enum class Slot : char { a = 'a', b = 'b' };

Slot other_than(Slot slot);
/// "sekisho-a": the label of the firmware's entry, and RAUC's `bootname`.
std::string label_of(Slot slot);
std::optional<Slot> slot_named(std::string_view letter);

/// What the firmware starts, and in which order (UEFI 2.10, 3.1).
struct BootEntries {
  std::vector<Slot> order{};  ///< of BootOrder, ours alone; a slot that stands there twice is named twice
  std::vector<Slot> known{};  ///< those that have an entry, whether BootOrder names it or not

  bool has_next = false;  ///< the next start is asked for (BootNext), whatever the order says

  bool has(Slot slot) const;
  /// Where the firmware goes when nothing else is asked of it. Nothing: to neither.
  std::optional<Slot> first() const { return order.empty() ? std::nullopt : std::optional(order.front()); }
};

/// Reads what `efibootmgr` writes when it is only asked. Entries of others are passed over.
BootEntries read_entries(const std::string& text);

}  // namespace gw::slot
