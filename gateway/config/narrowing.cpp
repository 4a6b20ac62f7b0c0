#include "config/narrowing.h"

#include <algorithm>

#include "config/value.h"

namespace gw::config {
namespace {

using What = Edit::What;

/// Whether the two values, or the one there is, make it a narrowing.
struct Judge {
  std::string_view word;
  bool (*holds)(std::string_view before, std::string_view after);
};

bool is_earlier_day(std::string_view before, std::string_view after) {
  const auto old = Date::parse(before), fresh = Date::parse(after);
  return old && fresh && fresh->value < old->value;
}
bool is_shorter_span(std::string_view before, std::string_view after) {
  constexpr std::chrono::milliseconds kLeast{1}, kMost = std::chrono::years{100};
  const auto old = check_span(before, kLeast, kMost, kLeast),
             fresh = check_span(after, kLeast, kMost, kLeast);
  return old && fresh && *fresh < *old;
}

constexpr Judge kAlways{"always", [](std::string_view, std::string_view) { return true; }};
constexpr Judge kOn{"on", [](std::string_view, std::string_view after) { return after == "on"; }};
constexpr Judge kStrongest{"HIGH-13",
                           [](std::string_view, std::string_view after) { return after == "HIGH-13"; }};
constexpr Judge kEarlier{"earlier", is_earlier_day};
constexpr Judge kShorter{"shorter", is_shorter_span};

struct Row {
  What what;
  std::string_view thing;
  std::string_view keys;  // the whole way; of a thing that comes or goes none
  const Judge& judge;
};
// Not here, although it takes something away:
//  - a LAN segment: what was the clinic's may be dialled then (W8);
//  - a terminal: a certificate with the names of two is refused, and with one of them gone it is the other's.
//  Whoever wants it
//    shut out at once blocks it;
//  - reasons and approvers: they allow nothing, but say who answers for what is allowed;
//  - deadlines that become longer, caps and rates: more at once, or less for those who may.
constexpr Row kRows[] = {
    {What::thing_goes, "tenant", "", kAlways},
    {What::thing_goes, "service", "", kAlways},
    {What::thing_goes, "listener", "", kAlways},
    {What::thing_goes, "rule", "", kAlways},
    {What::thing_goes, "identity", "", kAlways},
    {What::thing_goes, "host", "", kAlways},
    {What::item_goes, "rule", "terminals", kAlways},
    {What::item_goes, "listener", "services", kAlways},
    {What::value, "terminal", "blocked", kOn},
    {What::key_comes, "terminal", "blocked", kOn},
    {What::value, "rule", "until", kEarlier},
    {What::key_comes, "rule", "until", kAlways},
    {What::value, "service", "downstream profile", kStrongest},
    {What::value, "service", "downstream profile until", kEarlier},
    {What::value, "service", "upstream profile", kStrongest},
    {What::value, "service", "upstream profile until", kEarlier},
    {What::value, "service", "exception until", kEarlier},
    {What::value, "service", "limits idle", kShorter},
    {What::value, "service", "limits lifetime", kShorter},
    {What::value, "service", "limits connect", kShorter},
    {What::value, "service", "limits handshake", kShorter},
};

const Judge* judge_of(What what, std::string_view thing, std::string_view keys) {
  const auto* found = std::ranges::find_if(
      kRows, [&](const Row& row) { return row.what == what && row.thing == thing && row.keys == keys; });
  return found == std::end(kRows) ? nullptr : &found->judge;
}

}  // namespace

const std::size_t kNarrowings = std::size(kRows);

bool only_narrows(const Edit& edit) {
  const Judge* judge = judge_of(edit.what, edit.thing, edit.keys);
  return judge != nullptr && judge->holds(edit.before, edit.after);
}

std::string_view narrows_when(What what, std::string_view thing, std::string_view keys) {
  const Judge* judge = judge_of(what, thing, keys);
  return judge == nullptr ? std::string_view() : judge->word;
}

}  // namespace gw::config
