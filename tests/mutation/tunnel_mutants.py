"""The walls around TLS that the box does not speak itself (mutants.py has the others)."""

from __future__ import annotations

from mutant import Mutant

_TUNNELS = "data_path_test", r"^TunnelTest\."

TUNNELS = (
    Mutant("tunnel-to-any-name", "NET-10", "gateway/proxy/session.cpp", "request.host != cloud.server_name || ", "", *_TUNNELS),
    Mutant("tunnel-to-any-port", "WLS-01", "gateway/proxy/session.cpp", " || request.port != cloud.port) {", ") {", *_TUNNELS),
    Mutant("inner-name-unasked", "NET-10", "gateway/proxy/session_decisions.cpp", "if (hello.server_name != cloud.server_name) {", "if (hello.server_name.size() > 1000) {",
           *_TUNNELS),
    Mutant("inner-hello-may-hide", "NET-10", "gateway/proxy/session_decisions.cpp", "if (hello.is_encrypted) {", "if (hello.server_name.size() > 1000) {",
           *_TUNNELS),
    Mutant("inner-agreement-unasked", "NET-02", "gateway/proxy/tunnel.cpp", "  if (const auto agreed = tls::agreed_words(profile, hello)) {", "  if (const auto agreed = std::optional<std::string>(\"any\")) {",
           *_TUNNELS),
    Mutant("passed-through-without-exception", "NET-07", "gateway/model/authorise.cpp", "if (speaks_downstream(service.mode) || !service.exception)", "if (speaks_downstream(service.mode))",
           "model_authorise_test", r"PassedThrough"),
    Mutant("address-in-a-certificates-place", "WLS-03", "gateway/model/authorise.cpp", "if (speaks_downstream(service.mode) || !service.exception)", "if (!service.exception && !speaks_downstream(service.mode))",
           "model_authorise_test", r"PassedThrough"),
)
