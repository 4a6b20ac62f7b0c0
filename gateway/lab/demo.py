"""The demo: a site with two clinics, real services, real traffic, and an account of what passed and what did not."""

from __future__ import annotations

import secrets
import shutil
import signal
from contextlib import ExitStack
from pathlib import Path
from typing import Callable

from . import cloud, demo_traffic, people, pki
from .account import Account
from .box import Programs
from .claim import Claim
from .doorway import Doorway
from .lab import Lab, LabOptions
from .stage import Stage

_SITE = Path(__file__).resolve().parents[2] / "configs" / "sites" / "demo.yaml"
_LABEL = "abcd-efgh-jkmn-npqr"  # the secret on the box's label
_SERVICES = {("karte", "emr"): "https", ("karte", "hl7"): "hl7", ("karte", "portal"): "https",
             ("imaging", "archive"): "https"}


def _prepare(programs: Programs, folder: Path) -> tuple[LabOptions, pki.Pki]:
    """A copy of the demo's configuration with a PKI of its own beside it."""
    people.put_label(folder, _LABEL)
    config = folder / "site" / _SITE.name
    config.parent.mkdir()
    shutil.copy(_SITE, config)
    keys = pki.prepare(programs, config)
    return LabOptions(config, programs, names=cloud.names_of(programs.show(config))), keys


def _build(stack: ExitStack, programs: Programs, prefix: str) -> Stage:
    claim = stack.enter_context(Claim(prefix))
    options, keys = _prepare(programs, claim.folder)
    lab = stack.enter_context(Lab(options, claim))
    first = people.take_over(lab.box, _LABEL, "first", secrets.token_urlsafe(12))
    services = stack.enter_context(cloud.Cloud(lab, keys, claim.folder))
    for (tenant, service), module in _SERVICES.items():
        services.start(module, tenant, service)
    return Stage(lab, keys, claim.folder, services.start_archive("imaging", "dicom"), first)


def _open_pages(stage: Stage) -> str:
    """Where they are to be found; the door stays open as long as the demo."""
    management = stage.lab.site["management"]
    try:
        Doorway(stage.lab.namespace("office"), management["address"], management["port"])
    except OSError:
        return (f"https://{management['address']}:{management['port']}/ in the namespace {stage.lab.namespace('office')}; "
                f"port {management['port']} of this machine is somebody else's")
    return f"https://localhost:{management['port']}/"


def _stay(stage: Stage) -> None:
    print("\nThe box stays up; Ctrl-C takes everything down.")
    print(f"  pages       {_open_pages(stage)}   (their authority: {stage.keys.management_ca()})")
    print(f"  sign in     {stage.first.name}, password {stage.first.password}, authenticator key {stage.first.secret}")
    print("  namespaces  " + "  ".join(stage.lab.description()["namespaces"].values()))
    print(f"  records     {stage.lab.box.log}")
    sekisho = stage.lab.options.programs.path("sekisho")
    print(f"  ask it      {sekisho} status --socket {stage.lab.box.control}", flush=True)
    signal.pause()


def run(programs: Programs, prefix: str, stay: bool) -> int:
    """0 if everything went as it must."""
    account = Account()
    with ExitStack() as stack:
        stage = _build(stack, programs, prefix)
        acts: list[Callable[[Stage, Account], None]] = [demo_traffic.passes, demo_traffic.refused,
                                                        demo_traffic.walled_off, demo_traffic.pages]
        for act in acts:
            act(stage, account)
        print(account.verdict(), flush=True)
        if stay:
            _stay(stage)
    return 0 if account.good else 1
