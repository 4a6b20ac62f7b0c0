"""The fleet board of configs/noc in a real browser, before the store: ten thousand boxes, the worst first, and nothing that takes long."""

from __future__ import annotations

import time
import unittest
from contextlib import ExitStack
from typing import Any

from lab import command
from lab.waiting import wait_for
from support.browser import SHOTS, Browser
from support.noc_box import Series, figure, remote_write
from support.noc_kit import OWN_PEOPLE, STORE
from support.noc_test import NocTest

_BOXES, _SILENT, _SHOWN = 10_000, 120, 200
_LONGEST = 1000  # milliseconds that the page may take for something that a person does, on a busy machine


def _fleet() -> list[Series]:
    boxes = [figure("sekisho_inventory", 1, site=f"clinic-{n:05}", customer=f"c{n % 40}", carrier=f"line-{n % 7}", phone=f"03-{n:05}") for n in range(_BOXES)]
    boxes += [figure("sekisho:silent", 1, site=f"clinic-{n:05}", carrier=f"line-{n % 7}") for n in range(5000, 5000 + _SILENT)]
    alerts = (("IsolationBroken", "page", "clinic-09999"), ("ClockOff", "ticket", "clinic-00007"), ("SpoolFills", "call", "clinic-00008"))
    boxes += [figure("ALERTS", 1, alertname=name, severity=severity, site=site, alertstate="firing") for name, severity, site in alerts]
    boxes.append(figure("ALERTS", 1, alertname="ManyBoxesSilent", severity="page", carrier="line-3", alertstate="firing"))
    boxes.append(figure("ALERTS", 1, alertname="Watchdog", severity="none", alertstate="firing"))
    one = {"site": "clinic-09999"}
    boxes += [figure("sekisho_build_info", 1, version="7.1", **one), figure("sekisho_isolation_proof_cases", 2, outcome="broken", **one),
              figure("sekisho_generation", 5, state="in_force", **one), figure("sekisho_generation", 4, state="adopted", **one)]
    return boxes


class BoardShowsTenThousandBoxesTest(NocTest):
    PROGRAMS = ("victoria-metrics",)

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.browser = Browser(str(cls.kit.namespace), "127.0.0.1", "board.noc.example", OWN_PEOPLE, None)
        stack.callback(cls.browser.stop)

    def setUp(self) -> None:
        SHOTS.mkdir(parents=True, exist_ok=True)
        path = self.kit.folder / "fleet.write"
        path.write_bytes(remote_write(_fleet()))
        command.run("curl", "-sSf", "-H", "Content-Encoding: snappy", "--data-binary", f"@{path}", f"http://127.0.0.1:{STORE}/api/v1/write",
                    namespace=self.kit.namespace)
        wait_for("the fleet", lambda: [one for one in self.kit.ask("count(sekisho_inventory)") if one["value"][1] == str(_BOXES)] or None, 30)
        self.browser.do("renew")
        self.browser.do("told")
        self.browser.do("goto", url=self.browser.origin)
        self.browser.sees(f"{_BOXES}台のうち")

    def _rows(self) -> list[list[str]]:
        script = "[...document.querySelectorAll('#rows tr')].map((row) => [...row.children].map((cell) => cell.textContent))"
        return list(self.browser.do("evaluate", script=script))

    def _counts(self) -> dict[str, str]:
        script = "Object.fromEntries([...document.querySelectorAll('.count')].map((one) => [one.lastChild.textContent, one.firstChild.textContent]))"
        return dict(self.browser.do("evaluate", script=script))

    def test_the_worst_come_first_and_all_are_counted(self) -> None:
        rows = self._rows()
        self.assertEqual(rows[0], ["緊急", "clinic-09999", "c39", "line-3", "03-09999", "IsolationBroken"])
        self.assertEqual([row[0] for row in rows[1:_SILENT + 3]], ["連絡なし"] * _SILENT + ["要連絡", "後日"])
        self.assertEqual((rows[_SILENT + 3][0], len(rows)), ("正常", _SHOWN))
        self.assertEqual(self._counts(), {"全て": "10000", "緊急": "1", "連絡なし": "120", "要連絡": "1", "後日": "1", "正常": "9877"})
        self.browser.sees("回線事業者 line-3 の障害の疑い")

    def test_a_box_is_searched_for_and_shown(self) -> None:
        self.browser.fill("施設・顧客", "09999 line-3")
        self.browser.sees("1台が該当")
        self.browser.click("clinic-09999")
        self.browser.do("shows", role="heading", name="clinic-09999")
        facts = self.browser.text("#facts")
        for words in ("7.1", "in_force 5", "adopted 4", "分離の破れ", "不明", f"最後の連絡\n{time.localtime().tm_year}"):
            self.assertIn(words, facts)
        self.assertEqual(self.browser.do("evaluate", script="document.activeElement.id"), "detail")
        self.browser.click("閉じる")
        self.browser.fill("施設・顧客", "")
        self.browser.do("click", role="button", name="連絡なし", exact=False)
        self.browser.sees(f"{_SILENT}台が該当")

    def test_nothing_takes_long(self) -> None:
        script = """(async () => {
          const search = document.getElementById('search'), took = [];
          for (const text of ['c', 'clinic-0', 'clinic-09', 'no such', '']) {
            const begun = performance.now();
            search.value = text;
            search.dispatchEvent(new Event('input'));
            await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
            took.push(performance.now() - begun);
          }
          const { ask, askFleet } = await import('/store.js'), { fleetOf } = await import('/fleet.js');
          const answers = await askFleet(), begun = performance.now();
          fleetOf(...answers);
          took.push(performance.now() - begun);
          return Math.max(...took);
        })()"""
        self.assertLess(float(self.browser.do("evaluate", script=script)), _LONGEST)
        for _ in range(3):
            self.browser.click("さらに表示")
        self.assertEqual(len(self._rows()), 4 * _SHOWN)

    def test_a_store_that_is_gone_is_said_and_what_is_shown_stays(self) -> None:
        self.browser.do("clock")
        self.browser.do("goto", url=f"{self.browser.origin}/?again")
        self.browser.sees("IsolationBroken")
        self.kit.stop_one("victoria-metrics")
        self.addCleanup(self.kit.start, "victoria-metrics")
        self.browser.do("pass", seconds=31)
        self.browser.sees("データを取得できません(HTTP 502)")
        self.browser.sees("IsolationBroken")

    maxDiff = None

    def test_it_is_for_everybody_and_asks_nobody_else(self) -> None:
        wrong: list[Any] = []
        for word, language in (("English", "en"), ("日本語", "ja")):
            self.browser.click(word)
            self.browser.click("clinic-09999")
            for width in (1440, 360):
                self.browser.do("size", width=width)
                self.browser.do("shot", path=str(SHOTS / f"noc-board-{language}-{width}.png"), whole=False)
                wrong += self.browser.do("axe")
                wide = self.browser.do("evaluate", script="document.documentElement.scrollWidth - document.documentElement.clientWidth")
                wrong += [f"{width}: {wide} pixels beside the screen"] if wide > 0 else []
            self.browser.do("size", width=1440)
        self.browser.do("goto", url=f"{self.browser.origin}/help.html#N-03")
        wrong += self.browser.do("axe")
        told = self.browser.do("told")
        self.assertEqual(wrong + told["console"] + [one for one in told["requests"] if not one.startswith(self.browser.origin)], [])
        header = self.kit.curl(OWN_PEOPLE, "/", "-D", "-") or ""
        self.assertIn("default-src 'none'; script-src 'self'", header)


if __name__ == "__main__":
    unittest.main()
