"""The walls around TLS that the box does not speak itself (mutants.py has the others)."""

from __future__ import annotations

from mutant import Mutant

_TUNNELS = "data_path_test", r"^TunnelTest\."
_PASSED = "data_path_test", r"^PassThroughTest\."
_STREAMS = "tunnel_streams_test", r"^TunnelStreamsTest\."
_FRAMES = "http2_test", r"^Http2Test\."
_DECISIONS = "gateway/proxy/session_decisions.cpp"
_WITHOUT_CERTIFICATE = "if (speaks_downstream(service.mode) || !service.exception)"

TUNNELS = (
    Mutant("tunnel-to-any-name", "NET-10", _DECISIONS, "request.host == cloud.server_name && ", "", *_TUNNELS),
    Mutant("tunnel-to-any-port", "WLS-01", _DECISIONS, " && request.port == cloud.port) return {};", ") return {};", *_TUNNELS),
    Mutant("inner-name-unasked", "NET-10", _DECISIONS, "if (hello.server_name != cloud.server_name) {", "if (hello.server_name.size() > 1000) {", *_TUNNELS),
    Mutant("inner-hello-may-hide", "NET-10", _DECISIONS, "if (hello.is_encrypted) {", "if (hello.server_name.size() > 1000) {", *_TUNNELS),
    Mutant("inner-agreement-unasked", "NET-02", _DECISIONS, "if (const auto agreed = tls::agreed_words(profile, hello)) {",
           'if (const auto agreed = std::optional<std::string>("any")) {', *_TUNNELS),
    Mutant("second-hello-unasked", "NET-10", "gateway/proxy/session.cpp", "if (refused || !hello.is_retry) co_return refused;", "co_return refused;", *_TUNNELS),
    Mutant("warning-is-an-answer", "NET-01", "gateway/tls/server_hello.cpp", "0, 2, kFatal, kAny};", "kAny, kAny, kAny, kAny};", *_TUNNELS),
    Mutant("tightened-profile-keeps-sessions", "NET-02", _DECISIONS, "    if (keeps_profiles(next.service(permission->service))) return answer;\n", "    return answer;\n", *_TUNNELS),
    Mutant("stream-without-a-decision", "NET-04", "gateway/proxy/session_streams.cpp", "  if (const Verdict refused = decide(facts_.terminal_identity)) co_return refused;\n", "",
           *_STREAMS),
    Mutant("stream-to-anywhere", "NET-10", "gateway/proxy/session_streams.cpp", "co_return judge_request(stream_->asked());", "co_return Verdict();", *_STREAMS),
    Mutant("streams-outlive-their-connection", "ISO-10", "gateway/proxy/session_streams.cpp", "if (session.carried_by_ == id()) session.end(of_streams);", "",
           *_STREAMS),
    Mutant("room-before-the-cloud-took-it", "CAP-02", "gateway/http2/stream.cpp", "  owed_ = take_from(incoming_, taken_from_, into);\n  return owed_;",
           "  const std::size_t size = take_from(incoming_, taken_from_, into);\n  consume(size);\n  return size;", *_FRAMES),
    Mutant("floods-cost-nothing", "CAP-02", "gateway/http2/frame_budget.cpp", "if (left_ < 0) is_spent_ = true;", "", *_FRAMES),
    Mutant("passed-through-by-an-old-generation", "W6", _DECISIONS, "if (around_.edition != edition_) carry_over(around_.edition);", "", *_PASSED),
    Mutant("passed-through-without-exception", "NET-07", "gateway/model/authorise.cpp", _WITHOUT_CERTIFICATE, "if (speaks_downstream(service.mode))",
           "model_authorise_test", r"PassedThrough"),
    Mutant("address-in-a-certificates-place", "WLS-03", "gateway/model/authorise.cpp", _WITHOUT_CERTIFICATE,
           "if (!service.exception && !speaks_downstream(service.mode))", "model_authorise_test", r"PassedThrough"),
)
