#include "slot/boot_entries.h"

#include <algorithm>
#include <map>
#include <sstream>
#include <string_view>

namespace gw::slot {
namespace {

constexpr std::string_view kBoot = "Boot", kOrder = "BootOrder: ", kNext = "BootNext: ";
constexpr std::size_t kDigits = 4;

/// Whose entry "Boot0003* sekisho-a\tHD(1,GPT,...)" is; other lines are nobody's.
std::optional<Slot> slot_in(std::string_view line) {
  constexpr std::size_t kLabelAt =
      kBoot.size() + kDigits + 2;  // behind the star, or the blank of what is off
  if (!line.starts_with(kBoot) || line.size() <= kLabelAt || line[kLabelAt - 1] != ' ') return std::nullopt;
  const std::string_view digits = line.substr(kBoot.size(), kDigits);
  if (digits.find_first_not_of("0123456789ABCDEFabcdef") != digits.npos) return std::nullopt;
  const std::string_view label = line.substr(kLabelAt, line.find('\t') - kLabelAt);
  for (const Slot slot : {Slot::a, Slot::b})
    if (label == label_of(slot)) return slot;
  return std::nullopt;
}

}  // namespace

Slot other_than(Slot slot) { return slot == Slot::a ? Slot::b : Slot::a; }

std::string label_of(Slot slot) { return std::string("sekisho-") + static_cast<char>(slot); }

std::optional<Slot> slot_named(std::string_view letter) {
  if (letter == "a") return Slot::a;
  if (letter == "b") return Slot::b;
  return std::nullopt;
}

bool BootEntries::has(Slot slot) const { return std::ranges::find(known, slot) != known.end(); }

BootEntries read_entries(const std::string& text) {
  BootEntries out;
  std::map<std::string, Slot> numbers;
  std::string order;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(kNext)) out.has_next = true;
    if (line.starts_with(kOrder)) order = line.substr(kOrder.size());
    const std::optional<Slot> slot = slot_in(line);
    if (!slot) continue;
    numbers.emplace(line.substr(kBoot.size(), kDigits), *slot);
    if (!out.has(*slot)) out.known.push_back(*slot);
  }
  std::istringstream items(order);
  for (std::string number; std::getline(items, number, ',');)
    if (const auto found = numbers.find(number); found != numbers.end()) out.order.push_back(found->second);
  return out;
}

}  // namespace gw::slot
