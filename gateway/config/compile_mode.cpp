#include <algorithm>
#include <string>

#include "config/compilation.h"
#include "config/names.h"

namespace gw::config {
namespace {

using model::Mode;

/// All that the box needs to know of a cloud it speaks no TLS with.
constexpr std::string_view kOfTunnels[] = {"server_name", "port", "addresses", "profile"};

void refuse_what_judges_the_cloud(Compilation& compilation, UpstreamKeys keys, std::string_view mode) {
  each_key(
      [&](std::string_view key, const auto& given, Presence, const char*) {
        if (given.state == State::absent || std::ranges::count(kOfTunnels, key) != 0) return;
        compilation.problems.add(
            given.at, ErrorCode::config_key_unknown,
            "with the mode " + in_quotes(mode) +
                " the terminal itself speaks TLS with the cloud, so the box has no use for " +
                in_quotes(key) + "; take it out");
      },
      keys);
}

void demand(Compilation& compilation, Position at, const std::string& what) {
  compilation.problems.add(at, ErrorCode::config_key_missing, what);
}

/// D10: what tells nothing of the terminal is no ordinary way in.
void check_exception_of(Compilation& compilation, const ServiceKeys& keys, Mode mode) {
  const bool given = keys.exception.state != State::absent;
  if (mode == Mode::pass_through && !given)
    compilation.problems.add(
        keys.mode.at, ErrorCode::config_exception_undated,
        "`pass_through` is an exception, since the terminal proves nothing to the box; add "
        "`exception` with `until`, `reason` and `approver`, or use `wrap`");
  if (mode != Mode::pass_through && given)
    compilation.problems.add(keys.exception.at, ErrorCode::config_key_unknown,
                             "`exception` belongs to the mode `pass_through`; take it out");
}

}  // namespace

void check_mode(Compilation& compilation, const ServiceKeys& keys, Mode mode) {
  if (keys.mode.state == State::broken) return;
  check_exception_of(compilation, keys, mode);
  const bool has_downstream = keys.downstream.state != State::absent;
  if (model::speaks_downstream(mode) && !has_downstream)
    demand(compilation, keys.downstream.at, "`downstream` is missing: the terminals' side of the service");
  if (!model::speaks_downstream(mode) && has_downstream)
    compilation.problems.add(
        keys.downstream.at, ErrorCode::config_key_unknown,
        "with the mode `pass_through` the box shows terminals nothing, and the name they ask "
        "for is the cloud's; take `downstream` out");
  if (!keys.upstream) return;
  if (!model::speaks_upstream(mode))
    refuse_what_judges_the_cloud(compilation, *keys.upstream, keys.mode->node().text);
  else if (keys.upstream->anchors.state == State::absent)
    demand(compilation, keys.upstream.at,
           "`anchors` is missing: the CA certificates trusted for this service alone");
}

}  // namespace gw::config
