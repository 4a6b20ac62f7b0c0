"""A service that was allowed TLS 1.2 until a day is closed on the day after, with its sessions; all others go on, and the box is
published and restarted as before (NET-02)."""

import ssl
import subprocess
import unittest
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

from lab import command
from support.cloud_end import CloudEnd
from support.dated_box_test import DatedBoxTest, Session, from_now
from support.site import DICOM, HL7, IMAGING, RAW, Site, TenantSpec

_THE_DAY_AFTER = timedelta(days=2)


def _exception(last_day: datetime) -> dict[str, str]:
    return {"name": "HIGH-12", "until": last_day.strftime("%Y-%m-%d"), "reason": "an old analyser", "approver": "security"}


class EndedExceptionClosesOneService(DatedBoxTest):
    TENANTS = (TenantSpec("karte", "10.11.1.1", (RAW, HL7, DICOM)), IMAGING)
    clouds: dict[tuple[str, str], CloudEnd]

    @classmethod
    def shape(cls, site: Site) -> Site:
        return cls._with_exceptions(site, from_now(days=1))

    @staticmethod
    def _with_exceptions(site: Site, last_day: datetime) -> Site:
        """Toward the terminals of one service, and toward the cloud of the next; the third has none."""
        changed = site.changed()
        services = changed.tenant("karte")["services"]
        services[0]["downstream"]["profile"] = services[1]["upstream"]["profile"] = _exception(last_day)
        return changed

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.clouds = {(spec.name, service.name): cls.cloud_end(stack, spec.name, service.name)
                      for spec in cls.TENANTS for service in spec.services}

    # --- what is seen

    def _session(self, service: str, tenant: str = "karte", context: ssl.SSLContext | None = None) -> Session:
        near = self.open(self.terminal(tenant), self.door(tenant, service), context)
        return near, self.clouds[tenant, service].accept_of(near)

    def _old_session(self) -> Session:
        """Of a terminal that knows TLS 1.2 alone."""
        context = self.terminal().context(self.door())
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_2
        return self._session("raw", context=context)

    def _others_are_served(self) -> None:
        self.stands(self._session("dicom"))
        self.stands(self._session("raw", "imaging"))

    def _is_closed(self, service: str) -> None:
        mark = self.lab.box.records.mark()
        with self.assertRaises(OSError):
            self.open(door=self.door(service=service)).receive()
        self.lab.box.records.wait(mark, event="session.refused", reason="policy_exception_ended", service=service)

    def _is_usable_and_warned_of(self, config: Path) -> None:
        check = [*self.clock.through(), self.lab.options.programs.path("sekisho"), "config", "check", str(config)]
        checked = command.run(*check)
        self.assertEqual(checked.count("config.exception.expired"), 2, checked)
        self.assertEqual(subprocess.run([*check, "--strict"], capture_output=True).returncode, 2)

    # --- the life of an exception

    def test_its_sessions_end_and_no_others(self) -> None:
        ending = [self._old_session(), self._session("raw"), self._session("hl7")]
        others = [self._session("dicom"), self._session("raw", "imaging")]
        for session in ending + others:
            self.stands(session)
        self.clock.goes_ahead(_THE_DAY_AFTER)
        for session in ending:
            self.ends_in_time(session, "policy_exception_ended")
        self._is_closed("raw")
        self._is_closed("hl7")
        self._others_are_served()
        for session in others:
            self.stands(session)
        closed = self.records("session.closed")
        self.assertEqual([record["reason"] for record in closed], ["policy_exception_ended"] * len(ending))

    def test_box_is_published_and_started_after_it(self) -> None:
        other = self._session("dicom")
        self.clock.goes_ahead(_THE_DAY_AFTER)
        self._is_usable_and_warned_of(self.lab.options.config)
        again = self.lab.box.order("config", "republish")
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertIn("the exception has ended", again.stderr)
        self.wait_record("configuration.published")
        self.stands(other)
        self.lab.box.stop()
        self.lab.box.start()
        self._others_are_served()
        self._is_closed("raw")

    def test_new_day_opens_it_again(self) -> None:
        self.addCleanup(self.publish, self.site)
        self.clock.goes_ahead(_THE_DAY_AFTER)
        self._is_closed("raw")
        self.publish(self._with_exceptions(self.site, from_now(days=3)))
        self.stands(self._old_session())
        self.stands(self._session("hl7"))


if __name__ == "__main__":
    unittest.main()
