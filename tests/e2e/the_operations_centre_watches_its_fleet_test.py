"""The whole of configs/noc over two boxes and a fleet: half an hour without a line and a restart in the dark lose no record, the gap in the figures is counted,
whoever claims to be another is not believed, and a silent box, walls that were passed, a certificate that ends and a carrier's outage are each
told once and once more when they are over. Everything that the kit counts in time goes twelve times as fast, as do the boxes' rounds."""

import os
import time
import unittest
from contextlib import ExitStack
from pathlib import Path

from authority import Authority, Leaf
from lab import command, namespaces
from lab.box import Programs
from lab.lab import Lab
from lab.waiting import wait_for
from support import two_sites
from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.mail_end import MailEnd
from support.noc_box import NocBox, Office, answers, certify_centre, figure, remote_write
from support.noc_end import Message, NocEnd, messages_in
from support.noc_fleet import Fleet
from support.noc_kit import Kit
from support.site import KARTE, Site

_HURRY, _ROUND = 12, 5.5  # seconds: every box's five and a tenth
_DARK = 30 * 60 / _HURRY
_CLOUD, _PORT = "203.0.113.20", 9000
_CARRIED = [f"x-{number}" for number in range(6)]
_DAY = 86400


def _called(site: Site, name: str) -> Site:
    changed = site.changed()
    changed.tree["site"] = name
    return changed


class TheOperationsCentreWatchesItsFleet(BoxTest):
    WRONG_CERTIFICATES = False
    TENANTS = (KARTE,)
    sites: dict[str, Lab]

    @classmethod
    def shape(cls, site: Site) -> Site:
        return _called(site.with_ipv6(), "north")

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.other = two_sites.OtherBox(stack, Programs(Path(os.environ["GW_BIN"])), _called(two_sites.elsewhere(cls.site), "south"), f"e2n{os.getpid()}-")
        cls.other.trust_cloud_of(cls.keys, "karte", "raw")
        cls.sites = {"north": cls.lab, "south": cls.other.start()}
        cls.ends = [lab.namespace("cloud") for lab in cls.sites.values()]
        for end in cls.ends:
            namespaces.add_address(end, "lo", f"{NocEnd.ADDRESS}/32")
        two_sites.join(*cls.sites.values(), [_CLOUD, NocEnd.ADDRESS])
        boxes = two_sites.client_authorities(cls.folder, cls.keys, cls.other.keys, "karte", "raw")
        cls.cloud = CloudEnd(cls.ends[0], _CLOUD, _PORT, cls.keys.tenant("karte").cloud("raw"), str(boxes))
        stack.callback(cls.cloud.close)
        cls._open_centre(stack)
        for (name, lab), folder, site in zip(cls.sites.items(), (cls.folder, cls.other.folder), (cls.site, _called(two_sites.elsewhere(cls.site), "south"))):
            cls._enrol(name, folder)
            published = lab.box.publish(NocEnd.told_by(site).write(folder / "told.yaml"))
            assert published.accepted, published.text

    @classmethod
    def _open_centre(cls, stack: ExitStack) -> None:
        cls.kit = Kit(cls.folder.parent / "noc", cls.ends[0], _HURRY)
        stack.callback(cls.kit.stop)
        cls.kit.always_in_care_hours()
        cls.office = Office(cls.kit, cls.folder.parent / "enrolled")
        cls.mail = MailEnd(cls.ends[0])
        stack.callback(cls.mail.close)
        certify_centre(cls.kit, f"DNS:edge.noc.example,DNS:{NocEnd.FIGURES},DNS:{NocEnd.RECORDS}")
        for name in _CARRIED:
            cls.office.enrol(name, carrier="line-x", customer="clinic-x")
        for name in ("passed", "ending"):
            cls.office.enrol(name, carrier="line-y", customer="clinic-y")
        for name in ("north", "south"):
            cls.office.enrol(name, carrier="line-n", customer=f"clinic-{name}")
        for program in ("victoria-metrics", "prometheus-alertmanager"):
            cls.kit.start(program)
        cls.kit.start_edge()
        cls.kit.start_records()
        wait_for("the centre", lambda: answers(cls.kit, 443) and answers(cls.kit, 6514), 30)
        cls.fleet = Fleet(cls.kit, cls.office, [*_CARRIED, "passed", "ending"])
        stack.callback(cls.fleet.close)

    @classmethod
    def _enrol(cls, name: str, folder: Path) -> None:
        place = folder / "pki/noc"
        place.mkdir(parents=True)
        for kind in ("pem", "key"):
            (place / f"box.{kind}").write_bytes((cls.office.boxes / f"{name}.{kind}").read_bytes())
        (place / "centre-ca.pem").write_bytes((cls.kit.folder / "centre-ca.pem").read_bytes())

    # --- what came

    def _messages(self, name: str) -> list[Message]:
        return messages_in(self.kit.folder / f"log/records/{name}.log")

    def _blocked(self, name: str, reason: str) -> bool:
        return sum(reason in message.line for message in self._messages(name)) >= 2

    def _figure(self, query: str, seconds: float = 60) -> None:
        wait_for(query, lambda: self.kit.ask(query) or None, seconds)

    def _mail(self, subject: str, seconds: float = 90) -> None:
        wait_for(f"{subject}; there are {self.mail.subjects()}", lambda: subject in self.mail.subjects(), seconds)

    def _block(self, name: str, reason: str) -> None:
        """Something that people do to a box."""
        for word in ("block", "unblock"):
            done = self.sites[name].box.order("terminal", word, "karte/desk-2", "--reason", reason)
            self.assertEqual(done.returncode, 0, done.stderr)

    def _whole(self, name: str) -> None:
        """Every number came, and every record is the one that the box itself has, with the same link."""
        path = self.folder / f"{name}.jsonl"
        done = self.sites[name].box.order("log", "export", str(path))
        self.assertEqual(done.returncode, 0, done.stderr)
        own, messages = set(path.read_text().splitlines()), self._messages(name)
        self.assertEqual([m.line for m in messages if f'{m.line[:-1]},"link":"{m.link}"}}' not in own], [])
        for stream in ("audit", "events"):
            numbers = {message.number for message in messages if message.stream == stream}
            self.assertEqual(numbers, set(range(1, max(numbers, default=0) + 1)), f"there is a gap in {stream} of {name}")

    # --- what happens

    def test_whoever_claims_to_be_another_is_not_believed(self) -> None:
        liar = NocBox(self.kit, self.office.boxes, "x-0")
        self.addCleanup(liar.hang_up)
        forged = remote_write([figure("sekisho_forged", 1, site="north", customer="clinic-north")])
        self.assertEqual(liar.post("/api/v1/write?extra_label=site=north&extra_label=customer=clinic-north", forged), 204)
        self._figure('sekisho_forged{site="x-0",customer="clinic-x"}')
        self.assertEqual(self.kit.ask('sekisho_forged{site!="x-0"}'), [])
        name = "north.box.noc.example.evil.example"
        Authority(self.kit.folder / "lib/authority/authority-1").issue(Leaf(self.office.boxes / name, "client", name, f"DNS:{name}"))
        wrong = NocBox(self.kit, self.office.boxes, name)
        self.addCleanup(wrong.hang_up)
        self.assertEqual(wrong.tell(figure("sekisho_forged", 1)), 403)
        wrong.record(b"<108>1 2026-11-30T00:00:00Z wrong sekisho - x - -")
        self.assertFalse((self.kit.folder / "log/records/wrong.log").exists())

    def test_what_happens_is_told_once_and_nothing_is_lost(self) -> None:
        self._both_are_heard()
        self.kit.start("vmalert")  # from now on somebody is called
        self.fleet.tells("ending", figure("sekisho_certificate_expiry_timestamp_seconds", time.time() + 10 * _DAY, name="emr", tenant="karte"))
        self.fleet.tells("passed", figure("sekisho_isolation_proof_cases", 1, outcome="broken"))
        self.fleet.hush(*_CARRIED)
        dark = time.time()
        command.run("ip", "address", "del", f"{NocEnd.ADDRESS}/32", "dev", "lo", namespace=self.ends[0])
        self.lab.box.kill()
        self._mail("【緊急】passed: 分離が破れている")
        self.fleet.tells("passed", figure("sekisho_isolation_proof_cases", 0, outcome="broken"))
        self._block("south", "in the dark")
        self._mail("【緊急】line-x: 回線障害の疑い")
        self.fleet.speak_again(*_CARRIED)
        self._mail("【連絡】south: 装置から連絡がない")
        self.lab.box.start()
        started = time.time()
        self._block("north", "after the restart")
        wait_for("half an hour in the dark", lambda: time.time() - dark >= _DARK, _DARK)
        light = time.time()
        namespaces.add_address(self.ends[0], "lo", f"{NocEnd.ADDRESS}/32")
        self._mail("【後日】ending: 証明書の期限が近い")
        self.fleet.tells("ending", figure("sekisho_certificate_expiry_timestamp_seconds", time.time() + 90 * _DAY, name="emr", tenant="karte"))
        wait_for("the records of the dark", lambda: self._blocked("south", "in the dark") and self._blocked("north", "after the restart"), 90)
        for name in self.sites:
            self._whole(name)
        self._gaps(dark, started, light)
        for subject in ("passed: 分離が破れている", "line-x: 回線障害の疑い", "north: 装置から連絡がない", "south: 装置から連絡がない", "ending: 証明書の期限が近い"):
            self._mail(f"【復旧】{subject}")
        self.assertEqual(sorted(self.mail.subjects()), sorted(
            ["【緊急】passed: 分離が破れている", "【緊急】line-x: 回線障害の疑い", "【後日】ending: 証明書の期限が近い", "【連絡】north: 装置から連絡がない",
             "【連絡】south: 装置から連絡がない"] + [f"【復旧】{one}" for one in (
                 "passed: 分離が破れている", "line-x: 回線障害の疑い", "ending: 証明書の期限が近い", "north: 装置から連絡がない", "south: 装置から連絡がない")]))
        self.assertEqual(self.fleet.refused, [])

    def _both_are_heard(self) -> None:
        for name, lab in self.sites.items():
            self._block(name, "in the light")
        near = self.open()
        far = self.cloud.accept()
        near.send(b"x" * 5000)
        far.receive_exactly(5000)
        near.finish_sending()
        far.finish_sending()
        self._figure('sekisho_session_bytes_total{direction="up",site="north",customer="clinic-north"} >= 5000')
        self._figure('sekisho_build_info{site="south",customer="clinic-south"}')
        for name in self.sites:
            wait_for(f"the records of {name}", lambda: self._blocked(name, "in the light"), 60)

    def _gaps(self, dark: float, started: float, light: float) -> None:
        """South went on counting in the dark; north has one gap, as long as it was off, and neither gave anything up."""
        for name, wanted in (("south", 0), ("north", 1)):
            def came() -> bool:
                return self._in_the_dark(name, dark, light)[-1:] >= [light - 2 * _ROUND]
            wait_for(f"the figures of {name} in the dark", came, 120)
            times = self._in_the_dark(name, dark - 2 * _ROUND, light)
            gaps = [later - earlier for earlier, later in zip(times, times[1:]) if later - earlier > 1.8 * _ROUND]
            self.assertEqual(len(gaps), wanted, (name, gaps))
            self.assertEqual([gap for gap in gaps if gap > started - dark + 3 * _ROUND], [])
            missed = sum(round(gap / _ROUND) - 1 for gap in gaps)
            print(f"{name}: {(light - dark) * _HURRY / 60:.0f} minutes in the dark, {len(times)} rounds told, {missed} missed")
            self.assertGreaterEqual(len(times) + missed, round((light - dark) / _ROUND) - 2, "every round of the dark was told or is counted as missed")
            self.assertEqual(self.kit.ask(f'sekisho_spool_dropped_total{{site="{name}"}} > 0'), [])

    def _in_the_dark(self, name: str, begin: float, end: float) -> list[float]:
        return [one for one in self.kit.times(f'sekisho_build_info{{site="{name}"}}') if begin <= one <= end]


if __name__ == "__main__":
    unittest.main()
