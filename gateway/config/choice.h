#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "config/node.h"
#include "config/suggest.h"
#include "model/configuration.h"

namespace gw::config {

template <class E>
struct Word {
  E value;
  std::string_view text;
};

inline constexpr std::array kModeWords{Word<model::Mode>{model::Mode::terminate, "terminate"},
                                       Word<model::Mode>{model::Mode::wrap, "wrap"},
                                       Word<model::Mode>{model::Mode::pass_through, "pass_through"}};
inline constexpr std::array kProfileWords{Word<model::ProfileName>{model::ProfileName::high_13, "HIGH-13"},
                                          Word<model::ProfileName>{model::ProfileName::high_12, "HIGH-12"}};
inline constexpr std::array kProxyHeaderWords{
    Word<model::ProxyHeader>{model::ProxyHeader::off, "off"},
    Word<model::ProxyHeader>{model::ProxyHeader::before_tls, "before-tls"},
    Word<model::ProxyHeader>{model::ProxyHeader::inside_tls, "inside-tls"}};
inline constexpr std::array kSecondPathWords{
    Word<model::SecondPath>{model::SecondPath::alert, "alert"},
    Word<model::SecondPath>{model::SecondPath::refuse_terminal, "refuse_terminal"}};
inline constexpr std::array kSecondPersonWords{
    Word<model::SecondPerson>{model::SecondPerson::never, "never"},
    Word<model::SecondPerson>{model::SecondPerson::widening, "widening"}};
inline constexpr std::array kKeyKindWords{Word<model::KeyKind>{model::KeyKind::p256, "p256"},
                                          Word<model::KeyKind>{model::KeyKind::p384, "p384"}};

inline constexpr std::array kCountryWords{
    Word<model::OperationsCentre::Country>{model::OperationsCentre::Country::japan, "JP"}};

/// One of a few words.
template <class E, const auto& words>
struct Choice {
  E value{};
  static Result<Choice> parse(std::string_view text) {
    std::vector<std::string_view> known;
    for (const auto& word : words) {
      if (word.text == text) return Choice{word.value};
      known.push_back(word.text);
    }
    return Error{ErrorCode::config_value_choice,
                 in_quotes(text) + " is not one of " + listed(known) + did_you_mean(text, known)};
  }
  Node node() const {
    for (const auto& word : words)
      if (word.value == value) return {Node::Kind::text, {}, std::string(word.text), {}, {}};
    return {};
  }
};
using ModeChoice = Choice<model::Mode, kModeWords>;
using ProfileChoice = Choice<model::ProfileName, kProfileWords>;
using ProxyHeaderChoice = Choice<model::ProxyHeader, kProxyHeaderWords>;
using SecondPersonChoice = Choice<model::SecondPerson, kSecondPersonWords>;
using KeyKindChoice = Choice<model::KeyKind, kKeyKindWords>;
using CountryChoice = Choice<model::OperationsCentre::Country, kCountryWords>;
using SecondPathChoice = Choice<model::SecondPath, kSecondPathWords>;

}  // namespace gw::config
