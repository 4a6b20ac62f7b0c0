#include "config/narrowing.h"

namespace gw::config {
namespace {

using What = Edit::What;

/// Whether the two values, or the one there is, make it a narrowing.
using Judge = bool (*)(std::string_view before, std::string_view after);

bool always(std::string_view, std::string_view) { return true; }
bool is_on(std::string_view, std::string_view after) { return after == "on"; }
bool is_stronger(std::string_view, std::string_view after) { return after == "HIGH-13"; }
/// Days and moments in the order of their text; a moment that gives way to a day, or the other way round, is
/// not judged.
bool is_earlier(std::string_view before, std::string_view after) {
  return before.size() == after.size() && after < before;
}

/// `keys` is the end of the way; "" is any.
struct Row {
  What what;
  std::string_view thing;
  std::string_view keys;
  Judge judge;
};
// A LAN segment that goes is none: what was the clinic's may be dialled then (W8).
constexpr Row kRows[] = {
    {What::thing_goes, "tenant", "", always},
    {What::thing_goes, "service", "", always},
    {What::thing_goes, "listener", "", always},
    {What::thing_goes, "rule", "", always},
    {What::thing_goes, "terminal", "", always},
    {What::thing_goes, "identity", "", always},
    {What::thing_goes, "host", "", always},
    {What::item_goes, "rule", "terminals", always},
    {What::item_goes, "listener", "services", always},
    {What::value, "terminal", "blocked", is_on},
    {What::key_comes, "terminal", "blocked", is_on},
    {What::value, "rule", "until", is_earlier},
    {What::key_comes, "rule", "until", always},
    {What::value, "service", "profile", is_stronger},
    {What::value, "service", "profile until", is_earlier},
    {What::value, "service", "exception until", is_earlier},
    {What::value, "service", "exception reason", always},
    {What::value, "service", "exception approver", always},
    {What::value, "service", "profile reason", always},
    {What::value, "service", "profile approver", always},
    // How much at once and for how long is no question of who may.
    {What::value, "service", "limits idle", always},
    {What::value, "service", "limits lifetime", always},
    {What::value, "service", "limits connect", always},
    {What::value, "service", "limits handshake", always},
};

}  // namespace

bool only_narrows(const Edit& edit) {
  for (const Row& row : kRows)
    if (edit.what == row.what && edit.thing == row.thing && edit.keys.ends_with(row.keys) &&
        row.judge(edit.before, edit.after))
      return true;
  return false;
}

}  // namespace gw::config
