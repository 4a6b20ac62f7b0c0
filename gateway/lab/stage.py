"""Where the demo plays: a lab, its keys, and the cloud's services."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .lab import Lab
from .people import FirstAdministrator
from .pki import Pki
from .services.archive import Archive


@dataclass(frozen=True)
class Stage:
    """What every act of the demo needs."""

    lab: Lab
    keys: Pki
    folder: Path
    archive: Archive
    first: FirstAdministrator
