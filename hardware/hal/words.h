#pragma once

#include <linux/input-event-codes.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "hal/profile.h"

// The words of a board profile for values that are one of a few.

namespace gw::hal {

template <class Value>
struct WordFor {
  std::string_view word;
  Value value;
};

inline constexpr std::array<WordFor<std::uint16_t>, 6> kKeys{{{"restart", KEY_RESTART},
                                                              {"power", KEY_POWER},
                                                              {"setup", KEY_SETUP},
                                                              {"wps", KEY_WPS_BUTTON},
                                                              {"button0", BTN_0},
                                                              {"f12", KEY_F12}}};
inline constexpr std::array<WordFor<Tpm>, 3> kTpmWords{
    {{"none", Tpm::none}, {"optional", Tpm::optional}, {"required", Tpm::required}}};
inline constexpr std::array<WordFor<DiskKind>, 2> kDiskWords{
    {{"emmc", DiskKind::emmc}, {"nvme", DiskKind::nvme}}};
inline constexpr std::string_view kDmiKeys[] = {"bios_vendor",    "board_name",   "board_vendor",
                                                "product_family", "product_name", "sys_vendor"};

template <class Words>
std::vector<std::string_view> words_of(const Words& words) {
  std::vector<std::string_view> out;
  for (const auto& each : words) out.push_back(each.word);
  return out;
}
template <class Value, std::size_t size>
std::optional<Value> value_named(const std::array<WordFor<Value>, size>& words, std::string_view word) {
  const auto found = std::ranges::find(words, word, &WordFor<Value>::word);
  return found == words.end() ? std::nullopt : std::optional(found->value);
}
template <class Value, std::size_t size>
std::string_view word_of(const std::array<WordFor<Value>, size>& words, Value value) {
  const auto found = std::ranges::find(words, value, &WordFor<Value>::value);
  return found == words.end() ? std::string_view() : found->word;
}

}  // namespace gw::hal
