"""The walls, one a row. Each mutant takes one away as a careless change might; a golden file that merely changes with it
does not count as noticing, so none is named here. When a row's text changes, the row follows it."""

from __future__ import annotations

from mutant import Mutant
from tunnel_mutants import TUNNELS

_WALLS = "walls_test hostile_program"
_SPAWN = "spawn_test spawn_probe namespaces_test"
_BOX = ("sekisho sekisho-supervisor sekisho-conf-compile sekisho-net-apply sekisho-proxyd sekisho-dialerd "
        "sekisho-watchd sekisho-isolation-probe sekisho-evidence-sign sekisho-cage sekisho-dhcp-lease sekisho-namesd sekisho-keyd sekisho-tokend sekisho-enrold sekisho-webd")  # for an end-to-end test
_RULES = "gateway/net/ruleset.cpp"
_LAN = ("net_lan_rules_test net_refusals_test sources_test directions_test sekisho-net-apply",
        r"^(LanRules|Refusals|BaseRules|SourcesTest|DirectionsTest)\.")
_WAN = ("net_wan_rules_test net_refusals_test directions_test sekisho-net-apply", r"^(WanRules|Refusals|DirectionsTest)\.")
_SERVED = "net_served_rules_test sekisho-net-apply", r"^ServedRules\."
_ANSWERS = "names_answer_test names_zones_test", r"^(NameAnswerTest|ZonesTest)\."
_TABLES = "gateway/sys/seccomp_tables.cpp"
_EAR = r"^Roles/EarTest\."
_CONFINE = "gateway/sys/confine.cpp"
_TRIALS = ("probe_resumption_test", r"^ResumptionTest\.")
_FLOW, _SOCKET, _NEIGHBOURS = "gateway/net/flow.cpp", "gateway/net/socket.cpp", "gateway/net/neighbours.cpp"
_NET_APPLY = "gateway/oneshots/net_apply/main.cpp"
_FLOWS = ("net_flow_test net_flows_test sekisho-net-apply", r"^(FlowRules|Flows)\.")
_SOCKETS = ("net_socket_test net_sockets_test sekisho-net-apply", r"^(SocketPlace|Sockets)\.")
_NEIGHBOUR_TESTS = ("net_drift_test net_bridge_test sekisho-net-apply", r"^(Drift|Bridge)\.")
_SPAWN_TESTS = r"^(SpawnTest|Roles/NamespacesTest)\."


def _in_place_of(role: str) -> tuple[str, str]:
    return _WALLS, rf"^Roles/(Proxy)?WallsTest\..*/{role}( |$)"


_KERNEL_RULES = (
    Mutant("malformed-flags", "W3", _RULES,
           '    refuse("tcp flags & (fin | syn) == (fin | syn)", "malformed"),\n', "", *_LAN),
    Mutant("lan-source-of-no-segment", "W3", _RULES,
           '{kBroadcast, refuse("iifname . ip saddr != @sources4", "spoofed"),', "{kBroadcast,", *_LAN),
    Mutant("lan-any-door", "WLS-01", _RULES,
           '"ct state new " + kOpenings4, ', '"ct state new meta l4proto tcp accept", ', *_LAN),
    Mutant("lan-outgoing", "ISO-01", _RULES,
           '{refuse(kABeginning, "outgoing"), kToCaller,', '{"meta l4proto tcp accept",', *_LAN),
    Mutant("lan-any-datagram-in", "WLS-01", _RULES,
           '"ct state new " + kOpenings4, ', '"ct state new meta l4proto udp accept", "ct state new " + kOpenings4, ', *_SERVED),
    Mutant("lan-any-datagram-out", "W2", _RULES,
           'kAnswer + "ip saddr . th sport @openings4 accept"', '"meta l4proto udp accept"', *_SERVED),
    Mutant("lan-answer-of-a-closed-door", "W6", _RULES,
           'kAnswer + "ip saddr . th sport @openings4 accept"',
           '"meta l4proto udp ct state established ct direction reply accept"', *_SERVED),
    Mutant("lan-datagram-flood", "CAP-02", _RULES, '" limit rate over 50/second burst 100 packets }"',
           '" limit rate over 50000/second burst 10000 packets }"', *_SERVED),
    Mutant("one-share-of-copies-for-all", "IDS-01", _RULES,
           "limit rate 20/second burst 40 packets } limit rate 200/second burst 400 packets",
           "limit rate 20000/second burst 40000 packets } limit rate 20/second burst 40 packets", _BOX,
           r"^e2e\.refused_packets_are_evidence$"),
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
           '"bytes to a connected socket; a fast-open send would connect", {without(3, MSG_FASTOPEN)}}',
           '"bytes to a connected socket; a fast-open send would connect"}', *_in_place_of("proxyd")),
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
    Mutant("watchd-send-to-an-address", "ISO-05", _TABLES,
           '{CALL(sendto), "messages to the channels, to no address", {no_pointer(4), no_pointer_above(4)}}',
           '{CALL(sendto), "messages to the channels, to no address"}', _WALLS, _EAR),
    Mutant("watchd-sendmsg", "ISO-05", _TABLES, "return {kWatching, kChannels,", "return {kWatching, kHandingOver, kChannels,",
           _WALLS, _EAR),
    Mutant("watchd-bind", "ISO-05", _TABLES,
           '    {CALL(ppoll), "wait for the kernel\'s notices"},\n',
           '    {CALL(ppoll), "wait for the kernel\'s notices"},\n    {CALL(bind), "x"},\n', _WALLS, _EAR),
    Mutant("namesd-socket", "ISO-02", _TABLES,
           '    {CALL(recvfrom), "a question and who asks it"},\n',
           '    {CALL(recvfrom), "a question and who asks it"},\n    {CALL(socket), "x"},\n', *_in_place_of("namesd")),
    Mutant("cage-any-socket", "ISO-02", _TABLES,
           '    {CALL(bind), "port 123; Landlock refuses TCP"},\n',
           '    {CALL(bind), "port 123; Landlock refuses TCP"},\n    {CALL(socket), "x"},\n',
           "walls_test hostile_program hostile_kept", r"^Kept/CageTest\."),
    Mutant("executable-memory", "ISO-02", _TABLES,
           '{CALL(mprotect), "heap; never executable", {without(2, PROT_EXEC)}}', '{CALL(mprotect), "heap"}',
           *_in_place_of("proxyd")),
    Mutant("no-filter", "ISO-02", "gateway/sys/shut_in.cpp",
           "GW_TRY(shut_in_thread(filter, grants));\n  return seccomp::install(filter);",
           "GW_TRY(shut_in_thread(filter, grants));\n  return Done{};",
           *_in_place_of("proxyd")),
)

_JUDGE = "gateway/watch/judge.cpp"
_JUDGE_TESTS = ("watch_test", r"^(JudgeTest|RefusalTest|SegmentsTest|Neighbourhood|FrameOf|Tellings)\.")
_HEARD = ("watchd_test sekisho-watchd", r"^SecondPathTest\.")
_MAY_REFUSE = ("second_path_test", r"^MayRefuseTest\.")

_SECOND_PATH = (
    Mutant("refuse-where-alert", "ISO-05", _JUDGE,
           "  if (segment_.second_path != model::SecondPath::refuse_terminal) return {};\n", "", *_JUDGE_TESTS),
    Mutant("refuse-for-an-alarm", "ISO-05", _JUDGE,
           "  if (model::consequence_of(sighting.finding) != model::Consequence::refusal) return {};\n", "", *_JUDGE_TESTS),
    Mutant("refuse-in-doubt", "ISO-05", "gateway/watch/neighbourhood.cpp",
           "if (entry.latest.mac == mac && !shared)", "if (entry.latest.mac == mac)", *_JUDGE_TESTS),
    Mutant("refuse-anothers-declared-address", "ISO-05", _JUDGE,
           " || belongs_to_another(sighting.mac, address);", ";", *_JUDGE_TESTS),
    Mutant("dhcp-server-unseen", "ISO-05", _JUDGE, "  out.push_back(sighting(Finding::dhcp_server, frame));\n", "", *_JUDGE_TESTS),
    Mutant("router-unseen", "ISO-08", _JUDGE, "  out.push_back(sighting(Finding::router_advertisement, frame));\n", "",
           *_JUDGE_TESTS),
    Mutant("gateway-unseen", "ISO-05", _JUDGE, "  out.push_back(sighting(Finding::foreign_gateway, frame));\n", "", *_JUDGE_TESTS),
    Mutant("unknown-device-unseen", "LAN-03", _JUDGE,
           "  if (found == devices.end()) return false;", "  if (found == devices.end()) return true;", *_JUDGE_TESTS),
    Mutant("hidden-announcement", "ISO-08", "gateway/watch/frame.cpp", "constexpr int kMostExtensions = 8;",
           "constexpr int kMostExtensions = 0;", *_JUDGE_TESTS),
    Mutant("unbounded-tellings", "ISO-05", "gateway/watch/tellings.cpp", "kind.devices.size() >= kMostDevices",
           "kind.devices.size() >= kMostDevices * 1000", *_JUDGE_TESTS),
    Mutant("unbounded-neighbourhood", "ISO-05", "gateway/watch/neighbourhood.cpp", "by_address_.size() >= kMost",
           "by_address_.size() >= kMost * 1000", *_JUDGE_TESTS),
    Mutant("ear-hears-sessions", "ISO-05", "gateway/daemons/supervisor/ear.cpp",
           "    add(to_box, leave_within({prefix.address, static_cast<std::uint8_t>(prefix.address.width())}, target));\n",
           "    static_cast<void>(prefix);\n", *_HEARD),
    Mutant("ear-deaf-to-arp", "ISO-05", "gateway/daemons/supervisor/ear.cpp",
           "  where_equal(out, ETH_P_ARP, answered(kTake));\n", "", *_HEARD),
    Mutant("ear-filter-unlocked", "ISO-05", "gateway/daemons/supervisor/packet_socket.cpp",
           "  GW_TRY(set(fd.get(), SOL_SOCKET, SO_LOCK_FILTER, &on, sizeof on));\n", "", *_HEARD),
    Mutant("watcher-refuses-anywhere", "ISO-05", "gateway/daemons/supervisor/second_path.cpp",
           "  if (segment->second_path != model::SecondPath::refuse_terminal)\n"
           '    return refused("the segment\'s second_path is alert");\n', "", *_MAY_REFUSE),
    Mutant("watcher-fills-the-book", "ISO-05", "gateway/daemons/supervisor/second_path.cpp",
           "static_cast<std::size_t>(sources) >= kMostRefused &&", "static_cast<std::size_t>(sources) >= 100'000 &&", *_MAY_REFUSE),
    Mutant("cut-source-at-the-door", "ISO-05", "gateway/proxy/session_decisions.cpp",
           " ||\n      around_.cut_off.covers_source(facts_.source.address)) {", ") {", "data_path_test", r"^CutTest\."),
    Mutant("cut-source-of-a-session", "ISO-05", "gateway/proxy/session_decisions.cpp",
           " ||\n                       cut_off.covers_source(facts_.source.address);", ";", "data_path_test", r"^CutTest\."),
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
    Mutant("rules-after-death", "W7", "gateway/daemons/supervisor/grounds.cpp",
           "    GW_TRY(sys::pin_network(ground->get(), folder + name));\n", "", _BOX,
           r"^e2e\.killed_at_any_point_lets_nothing_across$"),
    Mutant("inherited-and-open", "W7", "gateway/daemons/supervisor/topology.cpp",
           'kInherited[] = {{"base", Ground::lan},\n                                  {"base", Ground::wan},',
           'kInherited[] = {{"base", Ground::wan},', "topology_test", r"^Topology\."),
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
           "  GW_TRY(context->use_credential(side.credential, std::move(key)));\n"
           "  forbid_resumption(context->handle());\n",
           "  GW_TRY(context->use_credential(side.credential, std::move(key)));\n"
           '  SSL_CTX_set_session_id_context(context->handle(), reinterpret_cast<const unsigned char*>("x"), 1);\n',
           _BOX, r"^e2e\.session_of_one_place_is_resumed_at_no_other$"),
    Mutant("resumption-tickets", "W4", "gateway/tls/context.cpp",
           "  SSL_CTX_set_num_tickets(context, 0);\n", "", *_TRIALS),
    Mutant("resumption-by-number", "W4", "gateway/tls/context.cpp",
           "  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);",
           '  SSL_CTX_set_session_id_context(context, reinterpret_cast<const unsigned char*>("x"), 1);', *_TRIALS),
    Mutant("dial-into-the-clinic", "W8", "gateway/dial/address_rules.cpp",
           "if (in_any(address, nowhere()) || in_any(address, forbidden)) return false;",
           "if (in_any(address, nowhere())) return false;", "dialer_test address_rules_test", r"(DialerTest|ResolvedDialTest|MayDialTest)\."),
    Mutant("removed-rule", "W6", "gateway/proxy/session_decisions.cpp",
           "if (facts_.terminal.empty()) return true;", "if (facts_.terminal.size() < 1000) return true;", "data_path_test",
           r"^PublicationTest\."),
)

_PROVED = (_BOX, r"^e2e\.isolation_is_proved_on_the_running_box$")

# The same walls once more, and only the running box's own proof to notice (ISO-09).
_SEEN_BY_THE_BOX = (
    Mutant("proved-permissions", "ISO-09", _RULES,
           '"meta skuid . meta l4proto . ip daddr . th dport @permissions4 accept"', '"meta skuid @accounts accept"', *_PROVED),
    Mutant("proved-outgoing", "ISO-09", _RULES,
           '{refuse(kABeginning, "outgoing"), kToCaller,', '{"meta l4proto { tcp, udp } accept",', *_PROVED),
    Mutant("proved-wan-input", "ISO-09", _RULES,
           '       {refuse("", "unsolicited")}});', '       {"accept"}});', *_PROVED),
    Mutant("proved-filter", "ISO-09", "gateway/sys/shut_in.cpp",
           "GW_TRY(shut_in_thread(filter, grants));\n  return seccomp::install(filter);",
           "GW_TRY(shut_in_thread(filter, grants));\n  return Done{};", *_PROVED),
    Mutant("proved-clinic-names", "ISO-09", "gateway/dial/address_rules.cpp",
           "if (in_any(address, nowhere()) || in_any(address, forbidden)) return false;",
           "if (in_any(address, nowhere())) return false;", *_PROVED),
    Mutant("proved-pins", "ISO-09", "gateway/daemons/supervisor/grounds.cpp",
           "    GW_TRY(sys::pin_network(ground->get(), folder + name));\n", "", *_PROVED),
    Mutant("broken-is-cut", "ISO-10", "gateway/daemons/supervisor/prober.cpp",
           "if (told.insert(one.tenant).second)", "if (told.size() > 1000)", "supervisor_test", r"^ProvingTest\."),
    Mutant("unproven-is-not-held", "ISO-09", "gateway/probe/canary.cpp", "  if (!is_heard())\n", "  if (false)\n",
           "probe_outside_test sekisho-net-apply sekisho-isolation-probe", r"^Outside\."),
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

_DRIFT = (
    Mutant("flow-any-opening", "W6", _FLOW, "return role_ == Role::wan ? may_call(flow) : may_answer(flow);",
           "return role_ != Role::wan || may_call(flow);", *_FLOWS),
    Mutant("flow-any-permission", "W6", _FLOW, "return role_ == Role::wan ? may_call(flow) : may_answer(flow);",
           "return role_ == Role::wan || may_answer(flow);", *_FLOWS),
    Mutant("flow-of-another-segment", "W6", _FLOW, "if (lives_at(door->interface)) return true;", "return true;", *_FLOWS),
    Mutant("flow-from-outside", "ISO-04", _FLOW, "  if (std::binary_search(own_.begin(), own_.end(), to)) return false;\n", "",
           *_FLOWS),
    Mutant("flow-into-the-clinic", "W8", _FLOW,
           "  if (std::any_of(forbidden_.begin(), forbidden_.end(), covers)) return false;\n", "", *_FLOWS),
    Mutant("flows-go-on", "W6", _NET_APPLY,
           "  GW_TRY(net::end_strange_flows(work.kernel, plan, role, outcome.repairs));\n", "", *_FLOWS),
    Mutant("flows-end-while-it-narrows", "W6", _NET_APPLY,
           "  GW_TRY(outcome.listing, net::apply(work.kernel, plan, role, std::nullopt, outcome.repairs));\n",
           "  GW_TRY(outcome.listing, net::apply(work.kernel, plan, role, std::nullopt, outcome.repairs));\n"
           "  GW_TRY(net::end_strange_flows(work.kernel, plan, role, outcome.repairs));\n", *_FLOWS),
    Mutant("sockets-of-anybody-in-lan", "WLS-01", _SOCKET,
           "return role == Role::wan ? has_permission(plan.wan, socket) : has_opening(answering(plan, role), socket);",
           "return role != Role::wan || has_permission(plan.wan, socket);", *_SOCKETS),
    Mutant("sockets-of-anybody-in-wan", "ISO-04", _SOCKET, "return role == Role::wan ? has_permission(plan.wan, socket) :",
           "return role == Role::wan ? true :", *_SOCKETS),
    Mutant("packet-sockets-of-anybody", "ISO-04", _SOCKET, "place.kind == socket.kind && place.account == socket.account &&",
           "place.kind == socket.kind &&", *_SOCKETS),
    Mutant("sockets-stay-open", "ISO-04", "gateway/net/sockets.cpp", "    if (found.is_inet()) close_socket(diagnosis, found);\n",
           "    if (!found.is_inet()) close_socket(diagnosis, found);\n", *_SOCKETS),
    Mutant("neighbour-by-hand", "ISO-01", _NEIGHBOURS, "return (state & NUD_PERMANENT) != 0;", "return false;", *_NEIGHBOUR_TESTS),
    Mutant("neighbour-answered-for", "ISO-01", _NEIGHBOURS,
           "if ((flags & (NTF_PROXY | NTF_EXT_LEARNED)) != 0) return true;", "if (flags == NTF_PROXY) return false;",
           *_NEIGHBOUR_TESTS),
    Mutant("bridge-entry-by-hand", "ISO-03", _NEIGHBOURS, "return (state & NUD_NOARP) != 0 || !own;", "return !own && false;",
           *_NEIGHBOUR_TESTS),
    Mutant("neighbours-unheard-of", "ISO-01", "gateway/watch/kernel_news.cpp",
           "  GW_TRY(join_group(fd.get(), RTNLGRP_NEIGH));\n", "", "watchd_test sekisho-watchd", r"^WatchdTest\."),
)

_CAGE = ("cage_walls_test hostile_cage hostile_alone", r"^CageWalls\.")

_BORROWING = (
    Mutant("lease-in-the-clinic", "W8", "gateway/model/lease.cpp",
           "  if (is_the_clinics(lease, clinic)) return", "  if (clinic.size() > 1000 && is_the_clinics(lease, clinic)) return",
           "model_lease_test", r"^Lease\."),
    Mutant("lease-with-a-far-router", "W8", "gateway/model/lease.cpp",
           "is_a_hosts(gateway) && own.contains(gateway) &&", "is_a_hosts(gateway) &&", "model_lease_test", r"^Lease\."),
    Mutant("lease-believed-by-net-apply", "W8", "gateway/net/with_lease.cpp",
           "if (!lease || model::fault_of(*lease, plan.wan.forbidden)) return plan;", "if (!lease) return plan;",
           "net_with_lease_test", r"^WithLease\."),
    Mutant("client-let-out-anywhere", "W1", "gateway/net/plan.h",
           "if (!is_dialers(p) && !is_renewal(p)) io.fail();",
           "if (!is_dialers(p) && p.account != model::kDhcpAccount) io.fail();", "net_with_lease_test", r"^WithLease\."),
    Mutant("cage-without-landlock", "ISO-02", "gateway/sys/shut_in.cpp", "  GW_TRY(landlock(grants, Tcp::none));\n",
           "  static_cast<void>(grants);\n", *_CAGE),
    Mutant("cage-of-any-socket", "ISO-02", _TABLES,
           "{equals(0, AF_PACKET), equals_but_for(1, kSocketFlags, SOCK_DGRAM), equals(2, kEthIp)}",
           "{equals(0, AF_PACKET)}", *_CAGE),
    Mutant("client-changes-rules", "ISO-01", "gateway/daemons/supervisor/topology.cpp",
           "std::uint64_t{1} << CAP_NET_RAW |", "kNetAdmin | std::uint64_t{1} << CAP_NET_RAW |", "topology_test", r"^Topology\."),
)

_NAMES = (
    Mutant("amplification", "CAP-02", "gateway/names/answer.cpp",
           "return std::min<std::size_t>(payload, kMostAmplification * question_size);",
           "return payload + 0 * question_size;", *_ANSWERS),
    Mutant("answer-to-an-answer", "CAP-02", "gateway/names/request.cpp",
           " || (request.flags & dns::kResponse) != 0", "", *_ANSWERS),
    Mutant("foreign-name", "NET-10", "gateway/names/answer.cpp",
           "  if (found.kind == Finding::Kind::foreign) return only(Rcode::refused);\n", "", *_ANSWERS),
    Mutant("name-of-another-segment", "WLS-01", "gateway/model/name_table.cpp",
           "    if (!is_on(segment, listener.endpoint.address)) continue;\n", "", "model_name_table_test", r"^NameTableTest\."),
    Mutant("name-of-two-tenants", "ISO-02", "gateway/config/compile_served.cpp",
           "    if (!fresh && first->second != owner)", "    if (!fresh && first->second.empty())", "config_invalid_files_test config_compile_network_test",
           r"^(InvalidFiles|Network)\."),
)

_CHAINS = "chain_cases_test", r"^Chains/ChainCasesTest\."
_LISTS = "revocation_test", r"^(Lists/RevocationListTest|ListOctetsTest|RevokedChainTest|RevocationPolicyTest)\."
_ANSWERED = "revocation_test", r"^(Answers/OcspTest|AnswerOctetsTest)\."
_STAPLED = "handshake_chains_test", r"^StapledAnswerTest\."

_CHAIN_RULES = (
    Mutant("chain-without-strictness", "CRT-08", "gateway/pki/verifier.cpp",
           "X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_X509_STRICT", "X509_V_FLAG_PARTIAL_CHAIN", *_CHAINS),
    Mutant("negative-serial-number", "CRT-08", "gateway/pki/form.cpp",
           "ASN1_STRING_type(serial) == V_ASN1_NEG_INTEGER", "ASN1_STRING_type(serial) == V_ASN1_NULL", *_CHAINS),
    Mutant("generalized-time-before-2050", "CRT-08", "gateway/pki/validity.cpp", ' && text.substr(0, 4) >= "2050"', "", *_CHAINS),
    Mutant("rsa-exponent-of-one", "CRT-08", "gateway/pki/strength.cpp", " && !BN_is_one(exponent.get())", "", *_CHAINS),
    Mutant("leaf-for-any-purpose", "CRT-02", "gateway/pki/usage.cpp", " || (purposes & XKU_ANYEKU) != 0", "", *_CHAINS),
    Mutant("leaf-key-that-does-not-sign", "CRT-02", "gateway/pki/usage.cpp",
           "(key & KU_DIGITAL_SIGNATURE) == 0", "(key & ~0u) == 0", *_CHAINS),
    Mutant("wildcard-over-an-excluded-name", "SRV-01", "gateway/pki/name_constraints.cpp",
           "excluded.substr(dot + 1) == parent", "excluded == parent", *_CHAINS),
    Mutant("address-mask-with-holes", "SRV-01", "gateway/pki/name_constraints.cpp", "if (one && ended) return false;",
           "if (one && ended) return true;", *_CHAINS),
    Mutant("demanded-policy-missing", "CRT-08", "gateway/pki/chain_rules.cpp", "return policies_finding(chain);",
           "return {};", *_CHAINS),
)

_REVOCATION = (
    Mutant("revoked-under-a-soft-policy", "SRV-03", "gateway/pki/revocation.cpp",
           "if (std::holds_alternative<Revoked>(verdict)) return",
           "if (std::holds_alternative<Revoked>(verdict) && !policy.lets_doubt_pass(now)) return", *_LISTS),
    Mutant("list-of-any-signer", "SRV-03", "gateway/pki/revocation_list.cpp",
           "  if (!doubt && !is_signed_by(issuer)) doubt = Doubt::bad_signature;\n", "", *_LISTS),
    Mutant("stale-list", "SRV-03", "gateway/pki/revocation_list.cpp", "if (!ends || now > *ends)", "if (!ends)", *_LISTS),
    Mutant("list-for-the-leaf-alone", "SRV-03", "gateway/pki/revocation_list.cpp",
           "i + 1 < sk_X509_num(chain)", "i < 1", *_LISTS),
    Mutant("list-of-another-scope", "SRV-03", "gateway/pki/list_scope.cpp",
           "(scope.onlyCA > 0 && !is_authority)", "(scope.onlyCA > 0 && is_authority)", *_LISTS),
    Mutant("responder-for-other-things", "SRV-03", "gateway/pki/responder.cpp", " && (purposes & XKU_OCSP_SIGN) != 0", "", *_ANSWERED),
    Mutant("responder-of-anybody", "SRV-03", "gateway/pki/responder.cpp", "X509_verify(candidate, key) == 1",
           "X509_verify(candidate, key) < 2", *_ANSWERED),
    Mutant("answer-about-another", "SRV-03", "gateway/pki/ocsp.cpp", "return ours && OCSP_id_cmp(id, ours.get()) == 0;",
           "return ours != nullptr;", *_ANSWERED),
    Mutant("stapled-answer-without-effect", "SRV-03", "gateway/tls/stream.cpp",
           "return 0;  // bad_certificate_status_response", "return 1;  // bad_certificate_status_response", *_STAPLED),
    Mutant("promised-answer-missing", "SRV-03", "gateway/pki/verifier.cpp",
           "answers.stapled.empty() && promises_answer(leaf)", "answers.stapled.empty() && !promises_answer(leaf) && false", *_STAPLED),
)

_SIGNED = "keys_test", r"^(MaySign|Vault|Lane)"

_KEYS = (
    Mutant("signature-of-the-other-role", "CRT-01", "gateway/keys/may_sign.cpp", "  if (!use.allows(role)) return Leave::no;\n", "", *_SIGNED),
    Mutant("tls-1.2-signature-after-its-date", "CRT-01", "gateway/keys/may_sign.cpp", "return now < use.tls12_until ? Leave::yes : Leave::ended;", "return Leave::yes;", *_SIGNED),
    Mutant("signature-over-any-transcript", "CRT-01", "gateway/keys/may_sign.cpp",
           "as_text(message.subspan(kPadding, context.size())) == context", "context.size() != 0", *_SIGNED),
    Mutant("signature-with-more-behind", "CRT-01", "gateway/keys/may_sign.cpp",
           "message.size() == kHead + row.point", "message.size() >= kHead + row.point", *_SIGNED),
    Mutant("old-padding-in-tls-1.3", "CRT-08", "gateway/keys/may_sign.cpp",
           "return is_pkcs1(scheme) ? Leave::no : Leave::yes;", "return scheme == SignatureScheme{} ? Leave::yes : Leave::yes;", *_SIGNED),
    Mutant("keyd-signs-anything", "CRT-01", "gateway/keys/desk.cpp",
           "if (leave == Leave::no)", "if (leave == Leave::no && !held)", "data_path_test",
           r"^KeysElsewhere\."),
    Mutant("key-of-any-tenant", "ISO-02", "gateway/keys/vault.cpp", "ring->second.find({tenant, key})",
           "ring->second.find({tenant == \"tenant 1\" ? \"tenant 0\" : tenant, key})", *_SIGNED),
    Mutant("token-waited-for-for-ever", "CRT-01", "gateway/keys/borrowed_key.cpp", "    if (left.count() <= 0) return lose(\" does not answer\");\n", "",
           "tokend_test sekisho-tokend", r"^TokendTest\."),
    Mutant("forgotten-key-of-a-token-signs", "CRT-01", "gateway/token/desk.cpp", "  keys_.erase(forgotten.key);\n", "",
           "tokend_test sekisho-tokend", r"^TokendTest\."),
    Mutant("refused-pin-tried-by-the-next", "CRT-01", "gateway/daemons/supervisor/token_host.cpp", "if (tries_ < kMostTries) return file;",
           "return file;", _BOX, r"^e2e\.keys_in_a_token_serve_the_clinic$"),
    Mutant("refused-pin-tried-again", "CRT-01", "gateway/token/module.cpp",
           "  if (pin_refused_) return token_refusal(\"be used\", CKR_PIN_INCORRECT);\n", "",
           "tokend_test sekisho-tokend", r"^TokendTest\."),
    Mutant("pin-shown-to-any-token", "CRT-01", "gateway/token/module.cpp", "!token_.empty() && token_ != found.front().token", "false",
           "tokend_test sekisho-tokend", r"^TokendTest\."),
    Mutant("record-linked-to-nothing", "LOG-03", "gateway/audit/line.cpp", "std::vector<std::uint8_t> octets(before.begin(), before.end());",
           "std::vector<std::uint8_t> octets(before.begin(), before.begin());", "audit_test", r"^RecordLine\."),
    Mutant("changed-record-unseen", "LOG-03", "gateway/audit/verification.cpp", "link_of(*before_, entry.line) != entry.link", "entry.line.empty()",
           "audit_test", r"^VerificationTest\."),
    Mutant("rewritten-chain-unseen", "LOG-03", "gateway/audit/verification.cpp", "number != at_ || one.checkpoint.link != link_", "number != at_",
           "audit_test", r"^VerificationTest\."),
    Mutant("record-kept-twice", "LOG-09", "gateway/control/record_store.cpp", "records.subspan(known)", "records", "control_test", r"^RecordStoreTest\."),
    Mutant("removed-without-signature", "LOG-05", "gateway/control/prefix.cpp", "record.number >= last_signed_ || ", "", "control_test",
           r"^(Prefix|RetentionTest)\."),
    Mutant("cut-off-beginning-unseen", "LOG-05", "gateway/audit/verification.cpp", "    if (head->first > 1) unreceipted_ = head;\n", "",
           "audit_test", r"^VerificationTest\."),
    Mutant("reserve-never-given-back", "LOG-03", "gateway/control/record_store.cpp", "  GW_TRY(reserve_.release());\n", "", "full_disk_test",
           r"^FullDiskTest\."),
    Mutant("change-kept-unheard", "WLS-04", "gateway/changes/conduct.cpp",
           "      if (box.start == change.number) return move(change, Step::kept, kBox, {});\n", "", "changes_test", r"^ChangesInAnyOrder\."),
    Mutant("second-person-is-the-first", "ADM-12", "gateway/changes/changes.cpp", "if (by.name == change.by.name)", "if (by.name.empty())",
           "cli_commands_test", r"^ChangeCommands\."),
    Mutant("widening-unguarded", "ADM-12", "gateway/changes/changes.cpp", "change.widens && change.is_guarded && change.approved_by.empty()",
           "change.widens && change.state == State::refused", "cli_commands_test", r"^ChangeCommands\."),
    Mutant("formula-computed", "LOG-07", "gateway/base/csv.cpp", 'is_formula(text) ? "\\"\'" : "\\""', '"\\""', "audit_test", r"^Csv\."),
    Mutant("checkpoint-of-any-day", "LOG-03", "gateway/ca/may_sign.cpp", "is_of_now(checkpoint->time, asked)", "checkpoint->number != 0",
           "ca_site_test", r"^MaySignTest\."),
    Mutant("backup-of-any-day", "BAK-05", "gateway/ca/may_sign.cpp", "is_of_now(seal->head.made, asked)", "seal->head.number != 0",
           "ca_site_test", r"^MaySignTest\."),
    Mutant("backup-leaves-no-second-factor-in-use", "BAK-04", "gateway/backup/account_parts.cpp", "account.state == AccountState::active && !account.has_second_factor()",
           "account.state == AccountState::nobody", "backup_test", r"^AccountPartsTest\."),
    Mutant("backup-tried-is-any-file", "BAK-03", "gateway/backup/backups.cpp", "pki::sha256_of(octets) == digest && examine", "examine", "backup_test", r"^BackupsTest\."),
    Mutant("backup-without-a-daily", "BAK-01", "gateway/control/backup_office.cpp", "backups_->due().at <= clock_.civil_now()", "false", "control_test", r"^BackupOfficeTest\."),
    Mutant("keys-of-every-generation-stay", "CRT-01", "gateway/keys/vault.cpp", "while (rings_.size() > 2) drop(rings_.begin(), std::next(rings_.begin()), dropped);", "", *_SIGNED),
)

_CLOCK = "clock_watch_test", r"^(ClockWatchTest|FlooredClock)\."

_CLOCKS = (
    Mutant("clock-before-its-floor", "TIM-03", "gateway/base/floored_clock.h",
           "if (floor <= floor_) return;", "return;", *_CLOCK),
    Mutant("floor-that-stands-still", "TIM-03", "gateway/base/floored_clock.h",
           "floor_ + std::chrono::duration_cast<CivilTime::duration>(inner_.now() - told_)", "floor_", *_CLOCK),
    Mutant("checkpoint-of-a-leap", "TIM-03", "gateway/daemons/supervisor/clock_watch.cpp",
           "const bool steady = gained < kTolerance && -gained < kTolerance;",
           "const bool steady = gained < kTolerance * 100'000'000;", *_CLOCK),
    Mutant("checkpoint-of-a-wrong-clock", "TIM-03", "gateway/daemons/supervisor/clock_watch.cpp",
           "if (!right_ || passed < kEvery)", "if (passed < kEvery)", *_CLOCK),
    Mutant("tenants-at-1970", "TIM-03", "gateway/daemons/supervisor/box.cpp",
           "if (premises_.clock_watch.is_right(premises_.clock.civil_now())) return publish_first();",
           "return publish_first();", _BOX, r"^e2e\.clock_that_went_back_opens_nothing$"),
)

_REQUESTS = "ca_request_test", r"^RequestTest\."
_PROFILES = "ca_profile_test", r"^(Rules/ProfileContradictionTest|ProfileFiles|ProfileText)\."
_ISSUED = "ca_issue_test", r"^(IssueTest|Orders/MisfitTest|SerialTest)\."
_REGISTERED = "ca_records_test", r"^(RegisterTest|RegisterTextTest)\."
_ANSWERED_BY_US = "ca_records_test", r"^(AnswerTest|ListTest)\."
_BY_HAND = "cli_cert_test", r"^Cert\."

_ISSUING = (
    Mutant("request-without-possession", "CRT-08", "gateway/ca/request.cpp",
           "X509_REQ_verify(request, key.handle()) != 1", "X509_REQ_verify(request, key.handle()) > 1", *_REQUESTS),
    Mutant("request-signed-with-sha-1", "CRT-08", "gateway/ca/request.cpp",
           "if (!pki::is_strong_signature(", "if (false && !pki::is_strong_signature(", *_REQUESTS),
    Mutant("request-that-is-not-der", "CRT-08", "gateway/ca/request.cpp",
           "if (!is_der(request, *der)) return", "if (false && !is_der(request, *der)) return", *_REQUESTS),
    Mutant("request-with-a-weak-key", "CRT-08", "gateway/ca/public_key.cpp",
           "if (const pki::Finding found = pki::key_finding(out.key_.get()))", "if (const pki::Finding found{})", *_REQUESTS),
    Mutant("client-for-years", "CRT-02", "gateway/ca/profile.cpp", "p.longest > kLongestClient", "p.longest > 2 * kLongestClient", *_PROFILES),
    Mutant("certificate-for-both-sides", "CRT-02", "gateway/ca/profile.cpp", "p.purposes.size() != 1", "p.purposes.empty()", *_PROFILES),
    Mutant("certificate-for-no-side-by-name", "CRT-02", "gateway/ca/extensions.cpp",
           "if (!profile.purposes.empty())", "if (profile.purposes.size() > 1)", *_ISSUED),
    Mutant("longer-than-the-profile", "CRT-02", "gateway/ca/issue.cpp", " || order.life > profile.longest", "", *_ISSUED),
    Mutant("longer-than-the-issuer", "CRT-08", "gateway/ca/issue.cpp",
           "std::min(period.ends, issuer.not_after())", "period.ends", *_ISSUED),
    Mutant("issuer-that-has-ended", "CRT-08", "gateway/ca/issuer.cpp", " || now >= issuer.not_after_", "", *_ISSUED),
    Mutant("issuer-with-another-key", "CRT-08", "gateway/ca/issuer.cpp",
           "if (pki::public_key_of(certificate) != key.public_key())", "if (false)", *_ISSUED),
    Mutant("authority-below-a-site", "SRV-06", "gateway/ca/issue.cpp", "if (!fits_beneath(issuer, profile))", "if (false && !fits_beneath(issuer, profile))", *_ISSUED),
    Mutant("host-of-another-site", "SRV-06", "gateway/ca/issue.cpp", "if (!issuer.permits(certificate))", "if (false)", *_ISSUED),
    Mutant("site-without-bounds-for-addresses", "SRV-06", "gateway/ca/names.cpp",
           "if (territory.networks.empty())", "if (false)", *_ISSUED),
    Mutant("terminal-called-box", "CRT-07", "gateway/ca/names.cpp", "return urn && urn->terminal != kBox\n", "return urn\n", *_ISSUED),
    Mutant("signature-given-out-unchecked", "CRT-08", "gateway/ca/signed_form.cpp",
           "if (!verifies(half, what, signature))", "if (false && !verifies(half, what, signature))", *_ISSUED),
    Mutant("key-of-two-terminals", "CRT-07", "gateway/ca/register.cpp",
           "(rule == KeyRule::unused || other.name != entry.name)", "(rule == KeyRule::unused && other.name == entry.name)", *_REGISTERED),
    Mutant("second-certificate-of-a-terminal", "CRT-07", "gateway/ca/register.cpp",
           "before->standing == Standing::blocked || !before->has_ended(now)", "before->standing == Standing::blocked", *_REGISTERED),
    Mutant("renewed-while-blocked", "CRT-04", "gateway/ca/register.cpp",
           "if (before->standing == Standing::blocked) return", "if (false) return", *_REGISTERED),
    Mutant("overlap-without-end", "CRT-07", "gateway/ca/register.cpp", " || overlap > kLongestOverlap", "", *_REGISTERED),
    Mutant("overlap-of-a-revoked-terminal", "CRT-04", "gateway/ca/register.cpp",
           "(is_current(entry) || in_overlap(entry, now))", "is_current(entry)", *_REGISTERED),
    Mutant("register-that-was-cut", "CRT-07", "gateway/ca/register_text.cpp",
           "if (lines[count + 1] != tail(count))", "if (false && lines[count + 1] != tail(count))", *_REGISTERED),
    Mutant("answer-for-another-authority", "SRV-03", "gateway/ca/answer.cpp",
           "about.is_of(issuer) ? status_of", "true ? status_of", *_ANSWERED_BY_US),
    Mutant("key-that-all-may-read", "CRT-08", "gateway/cli/cert_csr.cpp", "kPrivate = 0600", "kPrivate = 0644", *_BY_HAND),
    Mutant("certificate-of-another-key", "CRT-08", "gateway/cli/cert_import.cpp",
           "if (pki::public_key_of(certificates.front().get()) == half)", "if (true)", *_BY_HAND),
    Mutant("certificate-nobody-believes", "CRT-08", "gateway/cli/cert_import.cpp",
           "return check_chain(call, *chain, code) ?", "return check_chain(call, *chain, code) || true ?", *_BY_HAND),
)

_JUDGED = "data_path_test", r"^JudgementTest\."
_ASKED = "data_path_test", r"^ResponderTest\."
_BLOCKED = "data_path_test", r"^CutTest\."

_JUDGEMENTS = (
    Mutant("never-judged-again", "CRT-04", "gateway/proxy/worker.cpp",
           "  if (somebody_waits_for_judgement_) judge_some();\n", "", *_JUDGED),
    Mutant("some-judged-and-the-rest-forgotten", "CRT-04", "gateway/proxy/worker.cpp",
           "somebody_waits_for_judgement_ = judged == kJudgedInATurn;", "somebody_waits_for_judgement_ = false;", *_JUDGED),
    Mutant("cloud-never-judged-again", "SRV-03", "gateway/proxy/session_decisions.cpp",
           "  if (up_) judge(*up_, contexts.upstream);\n", "", *_JUDGED),
    Mutant("old-verdict-in-a-new-generation", "CRT-04", "gateway/tls/stream.h",
           "return by == judged_by_ && heard_all ? holds_until_ : model::CivilSeconds::min();", "return holds_until_;", *_JUDGED),
    Mutant("verdict-past-the-certificate", "CRT-04", "gateway/pki/verifier.cpp",
           "    ends = std::min(ends, not_after_of(certificate));\n", "", *_JUDGED),
    Mutant("verdict-past-the-list", "SRV-03", "gateway/pki/verifier.cpp",
           "holds_until_ = std::min(ends, pki::holds_until(revocation, policy_));", "holds_until_ = ends;", *_JUDGED),
    Mutant("lists-not-used", "SRV-03", "gateway/tls/context.cpp",
           "      clock_(clock) {\n  verifier_.use(trust_.lists, trust_.policy);", "      clock_(clock) {", *_JUDGED),
    Mutant("trust-without-end", "SRV-01", "gateway/tls/context.cpp", "  if (trust_since_ <= today && today < trust_changes_) return;",
           "  if (trust_since_ <= model::CivilSeconds::max()) return;", *_JUDGED),
    Mutant("trust-that-leapt-stays", "SRV-01", "gateway/tls/context.cpp", "trust_since_ <= today && today < trust_changes_", "today < trust_changes_", *_JUDGED),
    Mutant("blocked-in-one-spelling", "CRT-04", "gateway/model/cut.cpp", "block.certificate == to_hex(shown->twin_fingerprint())", "false", *_BLOCKED),
    Mutant("blocked-by-an-old-name", "CRT-04", "gateway/proxy/session_decisions.cpp", "  facts_.terminal = snapshot.terminal(permission->terminal).name;\n  obey", "  obey", *_BLOCKED),
    Mutant("verdicts-outlive-trust", "SRV-01", "gateway/tls/context.cpp",
           "  use_anchors(today);\n  verifier_.use(trust_.lists, trust_.policy);\n", "  use_anchors(today);\n", *_JUDGED),
    Mutant("stapled-answer-for-ever", "SRV-03", "gateway/tls/context.cpp",
           "  if (!reason && verifier_.demands().ask_status())\n", "  if (!reason && false)\n", *_STAPLED),
    Mutant("responder-without-effect", "SRV-03", "gateway/tls/stream.cpp", "reason = judge_status(X509_STORE_CTX_get0_chain(chain));\n",
           "judge_status(X509_STORE_CTX_get0_chain(chain));\n", *_ASKED),
    Mutant("responder-asked-once-and-no-more", "SRV-03", "gateway/proxy/answer_book.cpp", "now >= entry.due &&", "entry.answers == 0 &&", *_ASKED),
    Mutant("responder-unheard-by-who-stands", "SRV-03", "gateway/proxy/worker.cpp",
           "[](Session& session) { session.expect_judgement(); }", "[](Session&) {}", *_ASKED),
    Mutant("blocked-certificate-at-the-door", "CRT-04", "gateway/proxy/session_decisions.cpp",
           "  if (around_.cut_off.blocks_certificate(terminal, identity.get())) return CloseReason::terminal_blocked;\n", "", *_BLOCKED),
    Mutant("blocked-certificate-of-a-session", "CRT-04", "gateway/proxy/session_decisions.cpp",
           "    end(CloseReason::terminal_blocked);\n", "    return;\n", *_BLOCKED),
    Mutant("block-of-one-is-of-all", "CRT-04", "gateway/model/cut.cpp",
           "if (block.certificate.empty()) return", "if (true) return", *_BLOCKED),
)

_SITE = "ca_site_test", r"^SiteTest\."
_RENEWED = "renewer_test sekisho-renewer sekisho-keyd", r"^RenewerTest\."
_ENROLLED = _BOX + " sekisho-registrar", r"^e2e\.terminals_ask_for_their_certificates_themselves$"

_TRADES = "ca_site_test", r"^MaySignTest\."

_ENROLMENTS = (
    Mutant("certificate-of-another-day", "CRT-07", "gateway/ca/may_sign.cpp",
           "         is_dated_now(X509_get0_notBefore(certificate), asked.now) &&\n", "", *_TRADES),
    Mutant("certificate-for-the-authoritys-own-key", "CRT-07", "gateway/ca/may_sign.cpp",
           "return subject_key && subject_key->der() != asked.half.der() && check_form", "return subject_key && check_form", *_TRADES),
    Mutant("certificate-with-what-it-likes", "CRT-07", "gateway/ca/may_sign.cpp",
           "         extensions_in(certificate) == extensions_of(profile, names, territory, subject_key, authority_key);", "         true;", *_TRADES),
    Mutant("list-without-end", "CRT-04", "gateway/ca/may_sign.cpp",
           "         lasts(X509_CRL_get0_lastUpdate(list.get()), X509_CRL_get0_nextUpdate(list.get()), kListLife);", "         true;", *_TRADES),
    Mutant("ticket-good-twice", "LAN-01", "gateway/ca/site.cpp", "  forget_tickets(desk);\n  const Enrolled* entry", "  const Enrolled* entry", *_SITE),
    Mutant("ticket-of-another-terminal", "LAN-01", "gateway/ca/site.cpp", "return one.name == desk.terminal() && one.word == digest;",
           "return one.word == digest;", *_SITE),
    Mutant("renewal-by-any-certificate", "LAN-01", "gateway/ca/site.cpp", "  GW_TRY(check_own_wish(desk));\n", "", *_SITE),
    Mutant("renewal-by-one-that-was-revoked", "CRT-04", "gateway/ca/site.cpp", "return one.standing == Standing::valid ||",
           "return one.standing == Standing::revoked || one.standing == Standing::valid ||", *_SITE),
    Mutant("certificate-for-the-blocked", "CRT-04", "gateway/enrol/desk.cpp",
           "if (all_blocked || (exchange.peer && cut_off_", "if (false && (exchange.peer && cut_off_", *_ENROLLED),
    Mutant("no-certificate-is-anybody", "NET-04", "gateway/tls/context.cpp",
           "kDemanded = SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT;", "kDemanded = SSL_VERIFY_PEER;", "data_path_test", r"^RefusalTest\."),
    Mutant("put-in-use-untried", "CRT-03", "gateway/oneshots/renewer/renewal.cpp", "  GW_TRY(try_next());\n", "", *_RENEWED),
    Mutant("in-use-before-it-is-checked", "CRT-03", "gateway/oneshots/renewer/renewal.cpp",
           "  if (tried) tried = check_next();\n", "", *_RENEWED),
    Mutant("answer-that-is-not-looked-at", "CRT-03", "gateway/oneshots/renewer/renewal.cpp",
           "  Result<> good = chain ? check_next() : Result<>(chain.error());\n", "  Result<> good = chain ? Result<>(Done{}) : Result<>(chain.error());\n", *_RENEWED),
    Mutant("key-asked-for-before-it-is-kept", "CRT-03", "gateway/oneshots/renewer/renewal.cpp",
           "  next_ = {std::move(made.key), {std::move(made.content), {}}};\n  return keep_next();", "  next_ = {std::move(made.key), {std::move(made.content), {}}};\n  return Done{};", *_RENEWED),
    Mutant("ended-exception-stops-the-box", "NET-02", "gateway/config/compile_exceptions.cpp",
           "    compilation.problems.warn(until.at, ErrorCode::config_exception_expired,", "    compilation.problems.add(until.at, ErrorCode::config_exception_expired,",
           "config_compile_service_test", r"^Service\."),
)

MUTANTS = (*TUNNELS, *_ENROLMENTS, *_JUDGEMENTS, *_CLOCKS, *_KEYS, *_ISSUING, *_CHAIN_RULES, *_REVOCATION, *_NAMES, *_KERNEL_RULES, *_SECCOMP, *_SECOND_PATH, *_BIRTH, *_DECISIONS, *_NETWORK, *_DRIFT, *_BORROWING, *_SEEN_BY_THE_BOX)
