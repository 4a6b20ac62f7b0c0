#include "backup/head.h"

#include <algorithm>
#include <array>

#include "base/jst.h"
#include "base/text.h"

namespace gw::backup {
namespace {

constexpr std::string_view kForm = "sekisho backup 1";
constexpr std::array<std::string_view, 3> kKinds = {"daily", "confirmed", "by_hand"};

/// "none", or number, link and time.
std::string words_of(const std::optional<model::Checkpoint>& checkpoint) {
  if (!checkpoint) return "none";
  return std::to_string(checkpoint->number) + " " + to_hex(checkpoint->link) + " " +
         std::to_string(checkpoint->time.count());
}

/// Outer nothing: it is neither.
std::optional<std::optional<model::Checkpoint>> checkpoint_in(std::string_view words) {
  if (words == "none") return std::optional<model::Checkpoint>();
  model::Checkpoint out;
  const auto number = parse_decimal(take_word(words));
  const auto link = from_hex(take_word(words));
  const auto time = parse_decimal(take_word(words));
  constexpr std::uint64_t kMostTime = UINT64_C(1) << 40;
  if (!number || *number == 0 || !link || link->size() != out.link.size() || !time || *time > kMostTime)
    return std::nullopt;
  out.number = *number;
  std::ranges::copy(as_bytes(*link), out.link.begin());
  out.time = std::chrono::seconds(*time);
  return out;
}

}  // namespace

std::string_view to_string(Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::optional<Kind> parse_kind(std::string_view text) {
  const auto* found = std::ranges::find(kKinds, text);
  if (found == kKinds.end()) return std::nullopt;
  return static_cast<Kind>(found - kKinds.begin());
}

std::string text_of(const Head& head) {
  std::string out(kForm);
  const auto line = [&out](std::string_view word, std::string_view value) {
    out.append(word).append(" ").append(value).append("\n");
  };
  out += "\n";
  line("number", std::to_string(head.number));
  line("box", head.box);
  line("site", head.site);
  line("made", to_jst_text(head.made));
  line("kind", to_string(head.kind));
  line("change", std::to_string(head.change));
  line("checkpoint", words_of(head.checkpoint));
  return out;
}

std::optional<Head> take_head(Lines& lines) {
  const auto form = lines.take(kForm);
  const auto number = lines.take("number "), box = lines.take("box "), site = lines.take("site "),
             made = lines.take("made "), kind = lines.take("kind "), change = lines.take("change "),
             checkpoint = lines.take("checkpoint ");
  if (!form || !form->empty() || !number || !box || !site || !made || !kind || !change || !checkpoint)
    return std::nullopt;
  const auto count = parse_decimal(*number), change_number = parse_decimal(*change);
  const auto moment = parse_jst_text(*made);
  const auto why = parse_kind(*kind);
  const auto records = checkpoint_in(*checkpoint);
  if (!count || *count == 0 || !change_number || !moment || !why || !records || !is_name(*box) ||
      !is_name(*site))
    return std::nullopt;
  return Head{*count, std::string(*box), std::string(*site), *moment, *why, *change_number, *records};
}

}  // namespace gw::backup
