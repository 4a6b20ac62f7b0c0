"""Two hundred boxes with certificates of their own in one process before the kit: each is heard under its own name, and all its figures are there. tests/bench/noc_fleet.py does the same with ten thousand, and measures."""

from __future__ import annotations

import unittest
from contextlib import ExitStack

from lab.waiting import wait_for
from support.noc_crowd import SERIES, Crowd, connections_of_the_edge, name_of
from support.noc_test import NocTest

_BOXES, _RECORD_EVERY = 200, 20


class TwoHundredBoxesAreHeardTest(NocTest):
    PROGRAMS = ("victoria-metrics",)

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.crowd = Crowd(cls.kit, cls.office, _BOXES)
        stack.callback(cls.crowd.close)

    def test_each_is_heard_under_its_own_name_with_all_that_it_tells(self) -> None:
        for _ in range(2):
            done = self.crowd.round(_BOXES, 100, _RECORD_EVERY)
            self.assertEqual((done.boxes, done.failed), (_BOXES, []))
        self.assertEqual(connections_of_the_edge(self.kit.namespace), _BOXES)
        query = f'count(count by (site) ({{__name__=~"sekisho_.+",site=~"crowd-.+",__name__!="sekisho_inventory"}}) == {SERIES})'
        wait_for("every figure of every box", lambda: [one for one in self.kit.ask(query) if one["value"][1] == str(_BOXES)] or None, 30)
        self.assertEqual(self.kit.ask('{__name__=~"sekisho_.+",site="crowd"}'), [], "what a box claims to be")
        records = self.kit.folder / "log/records"
        wanted = {f"{name_of(number)}.log" for number in range(0, _BOXES, _RECORD_EVERY)}
        wait_for("the records", lambda: {path.name for path in records.iterdir()} == wanted, 30)


if __name__ == "__main__":
    unittest.main()
