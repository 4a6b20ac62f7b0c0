"""Who stands at the box administers it without a browser: he signs in on the command line with two factors, may do there what his role
says, and is signed out for good; root is nobody's role (ADM-04, ADM-05, ADM-06)."""

import json
import os
import pty
import re
import select
import stat
import subprocess
import unittest
from contextlib import ExitStack
from pathlib import Path

from lab import people
from lab.waiting import wait_for
from support.administrator import Administrator, Json
from support.box_test import BoxTest
from support.site import KARTE, Site

_LABEL = "abcd-efgh-jkmn-npqr"
_NOT_PERMITTED = 77
_NOT_ANSWERING = 69


class AdministratorsAtTheBoxUseTheCommandLine(BoxTest):
    TENANTS = (KARTE,)
    WRONG_CERTIFICATES = False

    first: Administrator

    @classmethod
    def shape(cls, site: Site) -> Site:
        people.put_label(cls.folder.parent, _LABEL)
        return site

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        runtime = cls.folder / "runtime"
        runtime.mkdir(mode=0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        stack.callback(os.environ.pop, "XDG_RUNTIME_DIR")
        cls.first = cls.person("first")
        claimed = wait_for("controld", lambda: cls.lab.box.order("box", "claim", "first", "--person", "院長", typed=f"{_LABEL}\n"), 30)
        assert claimed.returncode == 0, claimed
        cls.enrol(cls.first, _LABEL)

    @staticmethod
    def person(name: str) -> Administrator:
        """Who has an authenticator app and a password, and no browser."""
        return Administrator("", "", "", Path(), name)

    @classmethod
    def enrol(cls, who: Administrator, word: str) -> None:
        offer = cls.lab.box.order("enrolment", "begin", who.name, "--output", "json", typed=f"{word}\n")
        assert offer.returncode == 0, offer
        who.secret = json.loads(offer.stdout)["totp_secret"]
        done = cls.lab.box.order("enrolment", "finish", who.name, "--output", "json",
                                 typed=f"{word}\n{who.password}\n{who.next_code()}\n")
        assert done.returncode == 0, done
        who.recovery = json.loads(done.stdout)["codes"]

    def says(self, *words: str, ends: int = 0, typed: str | None = None) -> str:
        done = self.lab.box.order(*words, typed=typed)
        self.assertEqual(done.returncode, ends, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def json_of(self, *words: str) -> Json:
        return json.loads(self.says(*words, "--output", "json"))

    def comes(self, who: Administrator) -> None:
        self.says("session", "open", who.name, typed=f"{who.password}\n{who.recovery.pop()}\n")

    def test_root_alone_is_no_administrator(self) -> None:
        self.lab.box.order("session", "close")
        self.assertIn("sign in first: sekisho session open NAME", self.says("accounts", "list", ends=_NOT_PERMITTED))

    def test_who_signs_in_at_a_terminal_is_asked_and_nothing_he_types_is_shown(self) -> None:
        shown = self._on_a_terminal([f"{self.first.password}\n", f"{self.first.next_code()}\n"], "session", "open", "first")
        self.assertIn("password: ", shown)
        self.assertIn("first is signed in.", shown)
        self.assertNotIn(self.first.password, shown)
        kept = [path for path in Path(os.environ["XDG_RUNTIME_DIR"]).rglob("*") if path.is_file()]
        self.assertEqual([stat.S_IMODE(path.stat().st_mode) for path in kept], [0o600])
        self.assertEqual(self.json_of("session", "show")["role"], "clinic_admin")

    def _on_a_terminal(self, answers: list[str], *words: str) -> str:
        """What is seen on it; each answer is typed when something is asked for."""
        ours, theirs = pty.openpty()
        with subprocess.Popen(self.lab.box.typed_out(*words), stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True,
                              start_new_session=True) as program:
            os.close(theirs)
            shown = ""
            while select.select([ours], [], [], 20)[0]:
                try:
                    piece = os.read(ours, 4096).decode()
                except OSError:  # the terminal's other end is closed
                    break
                shown += piece
                if answers and re.search(r": $", shown):
                    os.write(ours, answers.pop(0).encode())
            self.assertEqual(program.wait(20), 0, shown)
        os.close(ours)
        return shown

    def test_an_account_is_made_used_and_held_to_its_role(self) -> None:
        self.comes(self.first)
        made = self.json_of("accounts", "create", "watcher", "--person", "助手", "--role", "viewer")
        table = self.says("accounts", "list")
        self.assertRegex(table, r"(?m)^name +person +role ")
        self.assertRegex(table, r"(?m)^watcher +助手 +viewer ")
        watcher = self.person("watcher")
        self.enrol(watcher, made["code"])
        self.comes(watcher)
        self.assertIn("The role does not allow it. (account.forbidden", self.says("accounts", "disable", "first", ends=_NOT_PERMITTED))
        self.says("session", "close")
        self.comes(self.first)
        self.says("accounts", "disable", "watcher")
        signed = [record for record in self.json_of("records", "find", "--event", "account.signed_in")["records"]
                  if record.get("administrator") == "watcher"]
        self.assertEqual(len(signed), 1)

    def test_a_session_is_closed_for_good(self) -> None:
        self.comes(self.first)
        kept = next(path for path in Path(os.environ["XDG_RUNTIME_DIR"]).rglob("*") if path.is_file())
        text = kept.read_text()
        self.says("session", "close")
        self.assertFalse(kept.exists())
        kept.touch(0o600)
        kept.write_text(text)
        self.assertIn("account.session_ended", self.says("session", "show", ends=_NOT_PERMITTED))

    def test_a_controld_that_is_killed_signs_everybody_out(self) -> None:
        self.comes(self.first)
        self.lab.box.strike("controld")
        ended = wait_for("controld to be back", self._answer_of_a_box_that_answers, 30)
        self.assertEqual(ended, _NOT_PERMITTED)
        self.comes(self.first)

    def _answer_of_a_box_that_answers(self) -> int | None:
        code = self.lab.box.order("session", "show").returncode
        return None if code in (0, 1, _NOT_ANSWERING) else code


if __name__ == "__main__":
    unittest.main()
