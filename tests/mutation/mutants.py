"""The walls, one a row. Each mutant takes one away as a careless change might; a golden file that merely changes with it
does not count as noticing, so none is named here. When a row's text changes, the row follows it."""

from __future__ import annotations

from mutant import Mutant

_WALLS = "walls_test hostile_program"
_SPAWN = "spawn_test spawn_probe namespaces_test"
_BOX = ("sekisho sekisho-supervisor sekisho-conf-compile sekisho-net-apply sekisho-proxyd sekisho-dialerd "
        "sekisho-watchd")  # for an end-to-end test
_RULES = "gateway/net/ruleset.cpp"
_LAN = ("net_lan_rules_test net_refusals_test sources_test directions_test sekisho-net-apply",
        r"^(LanRules|Refusals|BaseRules|SourcesTest|DirectionsTest)\.")
_WAN = ("net_wan_rules_test net_refusals_test directions_test sekisho-net-apply", r"^(WanRules|Refusals|DirectionsTest)\.")
_TABLES = "gateway/sys/seccomp_tables.cpp"
_CONFINE = "gateway/sys/confine.cpp"
_SPAWN_TESTS = r"^(SpawnTest|Roles/NamespacesTest)\."


def _in_place_of(role: str) -> tuple[str, str]:
    return _WALLS, rf"^Roles/(Proxy)?WallsTest\..*/{role}( |$)"


_KERNEL_RULES = (
    Mutant("malformed-flags", "W3", _RULES,
           '    refuse("tcp flags & (fin | syn) == (fin | syn)", "malformed"),\n', "", *_LAN),
    Mutant("lan-source-of-no-segment", "W3", _RULES,
           '{kBroadcast, refuse("iifname . ip saddr != @sources4", "spoofed"),', "{kBroadcast,", *_LAN),
    Mutant("lan-any-door", "WLS-01", _RULES,
           '"ct state new iifname . ip daddr . tcp dport @openings4 accept"', '"ct state new meta l4proto tcp accept"', *_LAN),
    Mutant("lan-outgoing", "ISO-01", _RULES,
           '{refuse(kABeginning, "outgoing"), kToCaller, refuse("", "outgoing")}', '{"meta l4proto tcp accept"}', *_LAN),
    Mutant("forward", "ISO-01", _RULES,
           '{"forward", "forward", 0, Policy::drop, {refuse("", "forwarded")}},',
           '{"forward", "forward", 0, Policy::accept, {}},', *_LAN),
    Mutant("base-input", "W7", _RULES,
           '{"input", "input", 0, Policy::drop, closed},', '{"input", "input", 0, Policy::accept, {}},', *_LAN),
    Mutant("base-output", "W7", _RULES,
           '{"output", "output", 0, Policy::drop, closed}', '{"output", "output", 0, Policy::accept, {}}', *_LAN),
    Mutant("wan-input", "ISO-04", _RULES,
           '       {refuse("", "unsolicited")}});', '       {"accept"}});', *_WAN),
    Mutant("wan-forbidden", "W8", _RULES, 'refuse("ip daddr @forbidden4", "forbidden"), ', "", *_WAN),
    Mutant("wan-accounts", "W1", _RULES, 'refuse("meta skuid != @accounts", "no_dialer"), ', "", *_WAN),
    Mutant("wan-permissions", "W1", _RULES,
           '"meta skuid . meta l4proto . ip daddr . th dport @permissions4 accept"', '"meta skuid @accounts accept"', *_WAN),
    Mutant("wan-left-behind", "W1", _RULES,
           '"meta l4proto tcp ct state established ct direction original "\n'
           '    "tcp flags & (fin | syn | rst | ack) != syn accept"',
           '"meta l4proto tcp ct state established ct direction original accept"', *_WAN),
)

_SECCOMP = (
    Mutant("proxyd-fast-open", "ISO-02", _TABLES,
           '"messages to the channels; a fast-open send would connect", {without(2, MSG_FASTOPEN)}}',
           '"messages to the channels; a fast-open send would connect"}', *_in_place_of("proxyd")),
    Mutant("proxyd-socket", "ISO-02", _TABLES,
           '    {CALL(accept4), "take a client off a handed listener"},\n',
           '    {CALL(accept4), "take a client off a handed listener"},\n    {CALL(socket), "x"},\n', *_in_place_of("proxyd")),
    Mutant("proxyd-connect", "ISO-02", _TABLES,
           '    {CALL(accept4), "take a client off a handed listener"},\n',
           '    {CALL(accept4), "take a client off a handed listener"},\n    {CALL(connect), "x"},\n', *_in_place_of("proxyd")),
    Mutant("dialerd-any-socket", "ISO-02", _TABLES,
           '    {CALL(connect), "to the cloud and the resolvers"},\n',
           '    {CALL(connect), "to the cloud and the resolvers"},\n    {CALL(socket), "x"},\n', *_in_place_of("dialerd")),
    Mutant("dialerd-listen", "ISO-04", _TABLES,
           '    {CALL(connect), "to the cloud and the resolvers"},\n',
           '    {CALL(connect), "to the cloud and the resolvers"},\n    {CALL(listen), "x"},\n', *_in_place_of("dialerd")),
    Mutant("conf-compile-socket", "ISO-02", _TABLES,
           '    {CALL(memfd_create), "the sealed result"},\n',
           '    {CALL(memfd_create), "the sealed result"},\n    {CALL(socket), "x"},\n', *_in_place_of("conf_compile")),
    Mutant("net-apply-any-socket", "ISO-02", _TABLES,
           '{CALL(socket), "rules once more, from the start", {equals(0, AF_NETLINK)}}',
           '{CALL(socket), "rules once more, from the start"}', *_in_place_of("net_apply")),
    Mutant("watchd-socket", "ISO-02", _TABLES,
           '    {CALL(ppoll), "wait for the kernel\'s notices"},\n',
           '    {CALL(ppoll), "wait for the kernel\'s notices"},\n    {CALL(socket), "x"},\n', *_in_place_of("watchd")),
    Mutant("executable-memory", "ISO-02", _TABLES,
           '{CALL(mprotect), "heap; never executable", {without(2, PROT_EXEC)}}', '{CALL(mprotect), "heap"}',
           *_in_place_of("proxyd")),
    Mutant("no-filter", "ISO-02", "gateway/sys/shut_in.cpp", "  return seccomp::install(filter);", "  return Done{};",
           *_in_place_of("proxyd")),
)

_BIRTH = (
    Mutant("network-namespace", "ISO-02", "gateway/sys/spawn.cpp",
           "  if (!confinement.network) arguments.flags |= CLONE_NEWNET;\n", "", _SPAWN, _SPAWN_TESTS),
    *(Mutant(f"{name}-namespace", "ISO-02", "gateway/sys/spawn.cpp",
             "CLONE_PIDFD | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS",
             " | ".join(flag for flag in ("CLONE_PIDFD", "CLONE_NEWNS", "CLONE_NEWPID", "CLONE_NEWIPC", "CLONE_NEWUTS")
                        if flag != f"CLONE_NEW{kind}"), _SPAWN, _SPAWN_TESTS)
      for name, kind in (("mount", "NS"), ("process", "PID"), ("ipc", "IPC"), ("host-name", "UTS"))),
    Mutant("account", "ISO-02", _CONFINE,
           "::setgroups(0, nullptr) == 0 && ::setresgid(account, account, account) == 0 &&\n"
           "         ::setresuid(account, account, account) == 0", "account != 0", _SPAWN, _SPAWN_TESTS),
    Mutant("groups", "ISO-02", _CONFINE, "::setgroups(0, nullptr) == 0 && ", "", _SPAWN, _SPAWN_TESTS),
    Mutant("bounding-set", "ISO-02", _CONFINE,
           "if (keeps(job, capability)) continue;", "if (keeps(job, capability) || capability > 0) continue;", _SPAWN,
           _SPAWN_TESTS),
    Mutant("no-new-privileges", "ISO-02", _CONFINE,
           "return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;", "return true;", _SPAWN, _SPAWN_TESTS),
    Mutant("descriptors", "ISO-02", _CONFINE,
           "return ::syscall(SYS_close_range, kReportAt + 1, ~0u, 0) == 0;", "return true;", _SPAWN, _SPAWN_TESTS),
    Mutant("death-with-the-supervisor", "W7", _CONFINE, "::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && ", "",
           _SPAWN, _SPAWN_TESTS),
    Mutant("core-dumps", "NET-08", _CONFINE, "::setrlimit(RLIMIT_CORE, &none) != 0 || ", "static_cast<void>(none), ",
           _SPAWN, _SPAWN_TESTS),
    Mutant("landlock", "ISO-02", "gateway/sys/landlock.cpp",
           "  if (::syscall(SYS_landlock_restrict_self, rules.get(), 0) != 0)\n"
           '    return system_error("landlock_restrict_self");\n', "", "shut_in_test", r"^ShutIn\."),
    Mutant("empty-ground-of-proxyd", "ISO-02", "gateway/daemons/supervisor/topology.cpp",
           '{"proxyd",       Account::proxy_of_tenant,  Ground::none,', '{"proxyd",       Account::proxy_of_tenant,  Ground::wan,',
           "topology_test", r"^Topology\."),
    Mutant("account-of-a-tenant", "ISO-02", "gateway/model/accounts.h", "return 60'900u + tenant.number();",
           "return 60'900u + 0 * tenant.number();", "topology_test", r"^Topology\."),
)

_DECISIONS = (
    Mutant("blocked-terminal", "WLS-03", "gateway/model/authorise.cpp",
           "  if (terminal->blocked) return CloseReason::policy_terminal_blocked;\n", "", "data_path_test", r"^RefusalTest\."),
    Mutant("ended-rule", "WLS-01", "gateway/model/authorise.cpp",
           "  if (ended(rule->until, now)) return CloseReason::policy_rule_ended;\n", "", "model_authorise_test",
           r"AuthoriseTest\."),
    Mutant("any-rule-will-do", "WLS-01", "gateway/model/authorise.cpp",
           "const Rule* rule = snapshot.find_rule(terminal->id, service.id);",
           "const Rule* rule = snapshot.find_rule(terminal->id, service.id);\n"
           "  static const Rule kAny{};\n  if (rule == nullptr) rule = &kAny;", "data_path_test", r"^RefusalTest\."),
    Mutant("any-name-will-do", "W1", "gateway/model/authorise.cpp",
           "  return CloseReason::policy_unknown_name;", "  return services.front();", "model_authorise_test",
           r"(AuthoriseTest|SharedListenerTest)\."),
    Mutant("resumption", "W4", "gateway/tls/context.cpp",
           "         make({.peer = pki::Peer::terminal}, side.profile, side.credential, anchors, key, clock));\n"
           "  forbid_resumption(context->handle());\n",
           "         make({.peer = pki::Peer::terminal}, side.profile, side.credential, anchors, key, clock));\n"
           '  SSL_CTX_set_session_id_context(context->handle(), reinterpret_cast<const unsigned char*>("x"), 1);\n',
           _BOX, r"^e2e\.session_of_one_place_is_resumed_at_no_other$"),
    Mutant("dial-into-the-clinic", "W8", "gateway/dial/address_rules.cpp",
           "if (in_any(address, nowhere()) || in_any(address, forbidden)) return false;",
           "if (in_any(address, nowhere())) return false;", "dialer_test address_rules_test", r"(DialerTest|ResolvedDialTest|MayDialTest)\."),
    Mutant("removed-rule", "W6", "gateway/proxy/session.cpp",
           "if (facts_.terminal.empty()) return true;", "if (facts_.terminal.size() < 1000) return true;", "data_path_test",
           r"^PublicationTest\."),
)

_NETWORK = (
    Mutant("stranger-under-a-planned-name", "ISO-01", "gateway/net/link_shape.cpp",
           "if (planned != links_.end() && is_made(*planned)) return !is_as_planned(state, *planned);",
           'if (planned != links_.end() && is_made(*planned)) return state.kind != "veth" && !is_as_planned(state, *planned);',
           "net_bridge_test sekisho-net-apply", r"^Bridge\."),
    Mutant("any-tag-will-do", "ISO-03", "gateway/net/link_state.cpp",
           "if (nla_get_u16(vlan[IFLA_VLAN_PROTOCOL]) == htons(ETH_P_8021Q))", "if (link.kind == \"vlan\")",
           "net_vlan_test sekisho-net-apply", r"^machine\.net_vlan_test$"),
)

MUTANTS = (*_KERNEL_RULES, *_SECCOMP, *_BIRTH, *_DECISIONS, *_NETWORK)
