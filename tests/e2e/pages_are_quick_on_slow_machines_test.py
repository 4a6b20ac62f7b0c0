"""The pages are there at once on a slow machine, and stay quick with very many connections. Alone on its machine, since it measures."""

import unittest

from support.browser_test import BrowserTest


class PagesAreQuickOnSlowMachines(BrowserTest):
    def test_the_first_sight_comes_within_a_second(self) -> None:
        self.assertLess(min(self._first_sight() for _ in range(8)), 1000)  # what else the machine does is not the pages' doing

    def _first_sight(self) -> float:
        """Milliseconds until the largest thing on the page was there, in a browser that has nothing of it yet."""
        self.browser.do("renew")
        self.browser.do("throttle", rate=4)
        self.browser.open()
        self.browser.sees("サインインする")
        return float(self.browser.do("evaluate", script="""new Promise((resolve) => {
          new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime)).observe({ type: 'largest-contentful-paint', buffered: true }); })"""))

    def test_ten_thousand_connections_scroll_without_a_long_task(self) -> None:
        self.comes_in()
        rows = [{"tenant": "karte", "session": at, "terminal": f"desk-{at % 300}", "service": "raw", "rule": "use-raw", "source": f"10.11.{at % 250}.{at % 199}",
                 "began": "2026-11-29T00:00:00Z", "bytes_up": at * 1000, "bytes_down": at} for at in range(1, 10_001)]
        self.browser.do("untold")  # the box does not tell so much by itself
        self.browser.do("answer", pattern="**/api/v1/connections*", json={"connections": rows, "all": 10_000, "is_cut": False, "silent": []})
        self.browser.do("reload")
        self.browser.go("connections")
        self.browser.sees("10,000件を表示しています")
        longest = self.browser.do("evaluate", script="""new Promise((resolve) => {
          let longest = 0, at = 0;
          new PerformanceObserver((list) => list.getEntries().forEach((one) => { longest = Math.max(longest, one.duration); })).observe({ type: 'longtask' });
          const part = document.querySelector('.long');
          const step = () => { part.scrollTop = (at += 9000); if (at < 430000) requestAnimationFrame(step); else setTimeout(() => resolve(longest), 500); };
          step(); })""")
        self.assertLess(longest, 100)
        self.assertLess(self.browser.do("count", selector=".long tbody tr"), 60)


if __name__ == "__main__":
    unittest.main()
