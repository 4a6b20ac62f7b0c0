"""UPD-01: in the part of the day that the site chose, an image that waits is tried by itself: the box starts anew, judges it, keeps it,
and has written down why it did."""

import datetime
import unittest

from support.appliance_test import START_SECONDS
from support.site import Site
from support.update_test import WatchedUpdateTest

_JST = datetime.timezone(datetime.timedelta(hours=9))
_HOURS = 6


class NewImageIsTriedInTheWindow(WatchedUpdateTest):
    @classmethod
    def shape(cls, site: Site) -> None:
        super().shape(site)
        now = datetime.datetime.now(_JST)
        end = now + datetime.timedelta(hours=_HOURS)
        site.tree["update"] = {"window": f"{now:%H:%M}-{end:%H:%M}"}

    def test_box_starts_anew_by_itself_and_keeps_the_image(self) -> None:
        self.installs(self.stick("lab"), "update of slot b waiting")
        self.box.wait_until_it_ends(START_SECONDS)
        self.starts_anew("started from slot b, which is on trial")
        self.box.wait_for("update of slot b kept", START_SECONDS)
        self.is_whole("b")
        told = self.box.shell().run("sekisho log list --event update.restart --output json")
        self.assertIn(f"the window {self.site['update']['window']} is open", told)


if __name__ == "__main__":
    unittest.main()
