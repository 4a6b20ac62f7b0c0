"""A DICOM archive: Orthanc with its own DICOM TLS, and its REST interface for whoever wants to look inside."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from .. import command
from ..command import LabError
from ..waiting import wait_for

REST_PORT = 8042


class Archive:
    """Listens on all of the namespace's addresses at `port`; REST on REST_PORT of the same namespace."""

    def __init__(self, namespace: str | None, port: int, certificate: Path, client_ca: Path, folder: Path) -> None:
        self._namespace = namespace
        folder.mkdir(parents=True, exist_ok=True)
        settings = folder / "orthanc.json"
        settings.write_text(json.dumps(_settings(port, certificate, client_ca, folder)))
        with open(folder / "orthanc.log", "wb") as log:
            self._process = command.start(["Orthanc", str(settings)], namespace, log, log)
        wait_for("Orthanc", lambda: self._answers() is not None, 30)

    def _answers(self) -> Any:
        try:
            return self.ask("system")
        except LabError:
            return None

    def ask_bytes(self, path: str) -> bytes:
        url = f"http://127.0.0.1:{REST_PORT}/{path}"
        done = subprocess.run(command.inside(self._namespace, ["curl", "-sf", url]), capture_output=True)
        if done.returncode != 0:
            raise LabError(f"Orthanc does not answer {path}")
        return done.stdout

    def ask(self, path: str) -> Any:
        """What Orthanc's REST interface says under a path."""
        return json.loads(self.ask_bytes(path))

    def stop(self) -> None:
        command.stop(self._process, patience=0.5)  # slow to say goodbye, and what it holds is thrown away


def _settings(port: int, certificate: Path, client_ca: Path, folder: Path) -> dict[str, Any]:
    return {
        "Name": "Sekisho lab", "Plugins": [],
        "StorageDirectory": str(folder / "db"), "IndexDirectory": str(folder / "db"),
        "HttpPort": REST_PORT, "RemoteAccessAllowed": False, "AuthenticationEnabled": False,
        "DicomAet": "ARCHIVE", "DicomPort": port, "DicomCheckCalledAet": False,
        "DicomAlwaysAllowEcho": True, "DicomAlwaysAllowStore": True, "UnknownSopClassAccepted": True,
        "DicomTlsEnabled": True, "DicomTlsCertificate": str(certificate),
        "DicomTlsPrivateKey": str(certificate.with_suffix(".key")),
        "DicomTlsTrustedCertificates": str(client_ca), "DicomTlsRemoteCertificateRequired": True,
    }
