"""Packets are recorded from the page, heads alone, taken along and read by tcpdump: both ends of a real session, and not one octet that they
sent each other (DEM-03). Who recorded, where and why stays in the records; nobody else may, and whatever happens the box goes on."""

import hashlib
import os
import re
import signal
import subprocess
import unittest
from pathlib import Path
from typing import Any

from lab.waiting import wait_for
from support.administrator import Json
from support.browser_test import BrowserTest

_NAMED = re.compile(r"^sekisho-[0-9a-f]{12}\.pcap$")
_PORT = 9000


class PacketsAreRecordedWhenSomebodyAsks(BrowserTest):
    def _shown(self) -> Json:
        return self.comes(self.first).ask("GET", "/captures").json

    def _asked(self, **wish: Any) -> Any:
        return self.comes(self.first).ask("POST", "/captures", {"interface": "lan0", "seconds": 20, "reason": "the vendor asked"} | wish)

    def _over(self) -> Json:
        return wait_for("the recording to end", lambda: None if (said := self._shown())["under_way"] else said, 40)

    def _stopped(self) -> Json:
        self.assertEqual(self.first.ask("POST", "/captures/stop").status, 204)
        return self._over()

    def _talk(self, words: bytes) -> None:
        near, far = self.open(), self.cloud.accept()
        near.send(words)
        self.assertEqual(far.receive_exactly(len(words)), words)
        far.send(words)
        self.assertEqual(near.receive_exactly(len(words)), words)
        near.close()
        far.close()

    @staticmethod
    def _read(file: Path, *what: str) -> list[str]:
        done = subprocess.run(["tcpdump", "-nn", "-tt", "-r", str(file), *what], check=True, capture_output=True, text=True)
        return done.stdout.splitlines()

    def _taken(self) -> Path:
        file = self.folder.parent / "taken.pcap"
        name = self.browser.download("ファイルを持ち出す", file)
        self.assertRegex(name, _NAMED)
        return file

    def test_a_session_is_recorded_from_the_page_and_taken_along(self) -> None:
        self.comes_in()
        self.browser.go("diagnosis")
        self.browser.sees("ヘッダーだけを記録し")
        self.browser.click("記録を始める")
        self.browser.sees("理由を書いてください。")
        self.browser.do("pick", label="差込口", value="lan0")
        self.browser.fill("ポート番号", "９０００")
        self.browser.fill("理由", "保守業者の依頼")
        self.browser.click("記録を始める")
        self.browser.sees("lan0 の通信を記録しています")
        self._talk(b"nobody may read this " * 400)
        self.browser.click("記録を停止する")
        self.browser.sees("個のパケットを記録しました")
        self.assertEqual(self.looks_right("capture"), [])
        file = self._taken()
        both = [self._read(file, "src", "port", str(_PORT)), self._read(file, "dst", "port", str(_PORT))]
        self.assertTrue(all(len(lines) > 5 for lines in both), both)
        self.assertEqual(self._read(file, "not", "tcp", "port", str(_PORT)), [])
        self.assertTrue(any("Flags [S]" in line for line in both[1]))
        self._holds_heads_alone(file)
        self.wait_record("capture.made", result="taken along")
        record, taken = self.records("capture.made")
        self.assertEqual([record[one] for one in ("administrator", "role", "interface", "detail", "reason", "object")],
                         ["first", "clinic_admin", "lan0", "port 9000", "保守業者の依頼", "stopped by first"])
        self.assertEqual((taken["administrator"], taken["result"], taken["sha256"]), ("first", "taken along", record["sha256"]))
        self.assertEqual(record["sha256"], hashlib.sha256(file.read_bytes()).hexdigest())
        self.assertEqual(record["count"], len(self._read(file)))
        self.is_quiet()

    def _holds_heads_alone(self, file: Path) -> None:
        """Each frame in it ends with the head of TCP."""
        octets, at, frames = file.read_bytes(), 24, 0
        while at < len(octets):
            kept, whole = (int.from_bytes(octets[at + place:at + place + 4], "little") for place in (8, 12))
            frame = octets[at + 16:at + 16 + kept]
            ip = 4 * (frame[14] & 15)
            self.assertEqual(kept, 14 + ip + 4 * (frame[14 + ip + 12] >> 4))
            self.assertEqual(whole, 14 + int.from_bytes(frame[16:18], "big"), "as long as IP says")
            at, frames = at + 16 + kept, frames + 1
        self.assertGreater(frames, 10)

    def test_one_at_a_time_of_what_there_is_by_whoever_may(self) -> None:
        self.assertEqual(self._asked(interface="lan7").code, "capture.unsuitable")
        self.assertEqual(self._asked(host="10.11.1").code, "capture.unsuitable")
        self.assertEqual(self._asked(seconds=600).status, 422)
        self.assertEqual(self._asked().status, 202)
        self.assertEqual(self._asked().code, "capture.under_way")
        self.assertTrue(self._shown()["under_way"])
        self._stopped()
        self.assertEqual(self.first.ask("POST", "/captures/stop").code, "capture.unsuitable")
        for role in ("viewer", "approver", "auditor"):
            other = self.made(f"other-{role.replace('_', '-')}", role)
            for method, path in (("POST", "/captures"), ("GET", "/captures"), ("GET", "/captures/file"), ("POST", "/captures/stop")):
                body = {"interface": "lan0", "seconds": 1, "reason": "x"} if (method, path) == ("POST", "/captures") else None
                self.assertEqual(other.ask(method, path, body).status, 403, (role, method, path))

    def test_it_ends_by_itself_and_of_one_host_it_holds_nobody_else(self) -> None:
        self.assertEqual(self._asked(interface="wan0", seconds=3, host="203.0.113.20").status, 202)
        self._talk(b"hello")
        said = self._over()
        self.assertGreater(said["frames"], 5)
        self.comes_in()
        self.browser.go("diagnosis")
        self.browser.sees("個のパケットを記録しました")
        self.assertEqual(self._read(self._taken(), "not", "host", "203.0.113.20"), [])

    def test_a_recorder_that_is_killed_leaves_a_word_and_no_file(self) -> None:
        self.assertEqual(self._asked().status, 202)
        recorder = subprocess.run(["pgrep", "--parent", str(self.lab.box.pid), "--full", "packet-capture"], check=True, capture_output=True, text=True)
        os.kill(int(recorder.stdout), signal.SIGKILL)
        said = self._over()
        self.assertIn("the recorder ended (signal 9)", said["problem"])
        self.assertNotIn("size", said)
        self.assertEqual(self.first.ask("GET", "/captures/file").code, "capture.unsuitable")
        self.assertIn("the recorder ended (signal 9)", self.wait_record("capture.made")["result"])
        self._talk(b"and on")


if __name__ == "__main__":
    unittest.main()
