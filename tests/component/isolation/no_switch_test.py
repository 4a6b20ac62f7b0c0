"""No build flag, environment variable or option switches isolation off (architecture 1.2, W7)."""

from __future__ import annotations

import re
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "architecture"))
import repository  # noqa: E402

_ENVIRONMENT = re.compile(r"\b(?:secure_)?getenv\b|\benviron\b")
_CONDITION = re.compile(r"^\s*#\s*(?:if|ifdef|ifndef|elif)\b(.*)$", re.MULTILINE)
# What a source may ask of its compiler: which calls and machines there are, and whether a sanitizer needs room.
_ALLOWED = re.compile(r"(?:\s|\|\||defined|[()]|__NR_\w+|__SANITIZE_\w+__|__x86_64__|__aarch64__)*")
_OPTION = re.compile(r'"(--[\w-]+)"')
_OPTIONS = "gateway/daemons/supervisor/options.cpp"
_KNOWN = {"--config", "--run-dir", "--state-dir", "--programs", "--packs", "--profiles", "--log", "--tpm", "--token-module", "--token-pin", "--token-data",
          "--token-environment"}
_BENCH = "--here"  # loads no kernel rules, moves no interface, and says so in the records and aloud (gateway/doc/lab.md)


def conditions(code: str) -> list[str]:
    return [found.strip() for found in _CONDITION.findall(repository.bare(code)) if not _ALLOWED.fullmatch(found)]


# What udhcpc learnt is in the environment of the program it runs (decisions/0017). That one is born behind the
# client's walls, puts up its own before it looks, and has one message to say.
_TOLD_BY_ENVIRONMENT = "gateway/oneshots/dhcp_lease/main.cpp"


# What people call themselves may ask in which language to answer, who calls, whether he wants colours, and where he keeps what is
# his. Nothing else, and no wall hangs on it.
_OF_ITS_CALLER = {"gateway/daemons/supervisor/service_notice.cpp": {"NOTIFY_SOCKET", "WATCHDOG_USEC"},  # where systemd waits to hear that it serves, and lives
                  "gateway/base/language.cpp": {"LC_ALL", "LC_MESSAGES", "LANG"}, "gateway/cli/log_keep.cpp": {"SUDO_USER"},
                  "gateway/cli/output.cpp": {"NO_COLOR"}, "gateway/cli/session_file.cpp": {"SUDO_UID", "XDG_RUNTIME_DIR"}}
_VARIABLE = re.compile(r'"([A-Z][A-Z_]+)"')


class IsolationHasNoSwitch(unittest.TestCase):
    def test_no_program_reads_its_environment(self) -> None:
        found = [name for name in repository.cpp_files("gateway") if _ENVIRONMENT.search(repository.bare(repository.read(name)))]
        self.assertEqual(found, sorted([*_OF_ITS_CALLER, _TOLD_BY_ENVIRONMENT]))

    def test_whoever_asks_for_its_caller_asks_for_nothing_else(self) -> None:
        for name, variables in _OF_ITS_CALLER.items():
            self.assertEqual(set(_VARIABLE.findall(repository.read(name))), variables, name)

    def test_the_one_that_does_is_shut_in_before(self) -> None:
        code = repository.bare(repository.read(_TOLD_BY_ENVIRONMENT))
        body = code[code.index("Result<> run("):]
        self.assertLess(body.index("shut_in("), body.index("variables()"))
        self.assertNotIn("environ", body)

    def test_no_build_makes_another_product(self) -> None:
        found = {name: odd for name in repository.cpp_files("gateway") if (odd := conditions(repository.read(name)))}
        self.assertEqual(found, {})

    def test_supervisor_has_no_option_but_the_bench_that_says_what_it_is(self) -> None:
        self.assertEqual(set(_OPTION.findall(repository.read(_OPTIONS))) - _KNOWN, {_BENCH})

    def test_switch_is_noticed(self) -> None:
        self.assertEqual(conditions("#ifdef GW_NO_SECCOMP\n#endif\n"), ["GW_NO_SECCOMP"])
        self.assertEqual(conditions("#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)\n#ifdef __NR_poll\n"), [])
        self.assertIsNotNone(_ENVIRONMENT.search('if (std::getenv("NO_WALLS"))'))


if __name__ == "__main__":
    unittest.main()
