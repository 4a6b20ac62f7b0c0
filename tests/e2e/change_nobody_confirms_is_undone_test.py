"""A change is undone unless somebody confirms it in time, whoever of the box is dead or silent meanwhile (WLS-04)."""

import json
import os
import signal
import unittest
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.tls_pipe import TlsPipe

_UNDONE = 60


class ChangeNobodyConfirmsIsUndone(BoxTest):
    cloud: CloudEnd
    other_cloud: CloudEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack, "karte")
        cls.other_cloud = cls.cloud_end(stack, "imaging")

    def _order(self, *words: str) -> dict[str, Any]:
        done = self.lab.box.order(*words, "--output", "json")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return json.loads(done.stdout)

    def _without_imaging(self) -> Path:
        changed = self.site.changed()
        changed.tree["tenants"] = [t for t in changed.tree["tenants"] if t["name"] == "karte"]
        return changed.write(self.folder / "without_imaging.yaml")

    def _apply(self) -> str:
        applied = self._order("config", "apply", str(self._without_imaging()), "--reason", "imaging moves out",
                              "--within", "30s")
        self.assertEqual(applied["change"]["state"], "applied")
        return applied["token"]

    def _untouched(self) -> tuple[TlsPipe, TlsPipe]:
        return self.open(), self.cloud.accept()

    def _moves(self, session: tuple[TlsPipe, TlsPipe]) -> None:
        session[0].send(b"there")
        self.assertEqual(session[1].receive_exactly(5), b"there")

    def _imaging_is_served(self) -> None:
        near = self.open(self.terminal("imaging"), self.door("imaging"))
        near.send(b"image")
        self.assertEqual(self.other_cloud.accept().receive_exactly(5), b"image")

    def test_it_is_undone_and_sessions_that_it_does_not_concern_notice_nothing(self) -> None:
        standing = self._untouched()
        token = self._apply()
        with self.assertRaises(OSError):
            self.open(self.terminal("imaging"), self.door("imaging"))
        self.wait_record("change.rolled_back", _UNDONE, reason="nobody confirmed it in time")
        self._moves(standing)
        self.lab.box.wait_until_serving()
        self._imaging_is_served()
        self.assertNotEqual(self.lab.box.order("config", "confirm", token).returncode, 0, "it is too late")
        shown = self._order("config", "change", "2")
        self.assertIn("tenant imaging is removed", shown["changes"])
        self.assertEqual((shown["state"], shown["reason"]), ("rolled_back", "imaging moves out"))
        self.assertGreaterEqual(shown["effect"]["sessions_stay"], 1)

    def test_it_is_undone_although_nobody_keeps_watch_over_it(self) -> None:
        standing = self._untouched()
        self._apply()
        silent = self.lab.box.own_pid("controld")
        os.kill(silent, signal.SIGSTOP)
        self.addCleanup(os.kill, silent, signal.SIGCONT)
        self.wait_record("change.undone_alone", _UNDONE)
        self._moves(standing)
        self.lab.box.wait_until_serving()
        self._imaging_is_served()
        os.kill(silent, signal.SIGCONT)
        self.wait_record("change.rolled_back")

    def test_power_comes_back_to_what_was_confirmed_and_the_change_has_the_rest_of_its_time(self) -> None:
        token = self._apply()
        self.lab.box.kill()
        self.lab.box.start()
        self.wait_record("configuration.published", 20, generation=2)
        confirmed = self._order("config", "confirm", token)
        self.assertEqual(confirmed["state"], "confirmed")
        self.lab.box.kill()
        self.lab.box.start()
        names = {p["tenant"] for p in self.lab.box.status()["processes"]}
        self.assertNotIn("imaging", names, "the box starts with what was confirmed, not with its file")
        self.assertEqual(self._order("config", "change")["state"], "confirmed")
        earlier = self._order("config", "rollback", "1", "--reason", "imaging moves back in")
        self._order("config", "confirm", earlier["token"])
        self._imaging_is_served()


if __name__ == "__main__":
    unittest.main()
