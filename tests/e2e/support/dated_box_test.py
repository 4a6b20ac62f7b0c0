"""The fixture of what depends on the day: a box whose clock the test moves while it runs."""

from __future__ import annotations

import time
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone
from typing import Any

from lab.records import Record

from .box_test import BoxTest
from .moved_clock import MovedClock
from .site import Site
from .tls_pipe import TlsPipe

AT_MOST = 5.0  # seconds until whoever would be let in no more has lost its session
Session = tuple[TlsPipe, TlsPipe]  # the terminal's end and the cloud's


def from_now(**later: float) -> datetime:
    """By the machine's clock, in whole seconds: `days=3`, `hours=1` ..."""
    return datetime.now(timezone.utc).replace(microsecond=0) + timedelta(**later)


def written(moment: datetime) -> str:
    """As a configuration has it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class DatedBoxTest(BoxTest):
    """Only the box's clock moves: terminals and clouds live in the machine's time, and the test PKI lasts for a month."""

    WRONG_CERTIFICATES = False
    clock: MovedClock

    @classmethod
    def through(cls, stack: ExitStack) -> tuple[str, ...]:
        cls.clock = MovedClock(stack)
        return cls.clock.through()

    def setUp(self) -> None:
        self.clock.goes_right()
        super().setUp()

    # --- what is done to the box

    def publish(self, site: Site) -> str:
        """What the operator was told."""
        publication = self.lab.box.publish(site.write(self.folder / "next.yaml"))
        self.assertTrue(publication.accepted, publication.text)
        return publication.text

    # --- what is seen of it

    def stands(self, session: Session) -> None:
        """Octets go both ways."""
        for one, other in (session, session[::-1]):
            one.send(b"there")
            self.assertEqual(other.receive_exactly(5), b"there")

    def ends_in_time(self, session: Session, reason: str, **fields: Any) -> Record:
        """The box ends it from now on, for that reason."""
        began = time.monotonic()
        session[0].plain.settimeout(AT_MOST)
        self.ends(session[0])
        self.assertLess(time.monotonic() - began, AT_MOST)
        return self.wait_record("session.closed", reason=reason, **fields)
