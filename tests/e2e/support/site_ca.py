"""The site's own authority, as an operator founds it."""

from __future__ import annotations

from pathlib import Path

from .box_test import BoxTest


def found_for(test: type[BoxTest], tenant: str = "karte") -> Path:
    """The authority's certificate. From then on it is trusted beside the tenant's own, by the file `next.yaml`."""
    authority = test.folder / "site-ca.pem"
    done = test.lab.box.order("ca", "make", str(authority), "--reason", "installation")
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    site = test.site.changed()
    anchors = site.tenant(tenant)["terminal_anchors"]
    site.tenant(tenant)["terminal_anchors"] = [anchors, {"file": authority.name, "until": "2099-01-01T00:00:00Z"}]
    publication = test.lab.box.publish(site.write(test.folder / "next.yaml"))
    if not publication.accepted:
        raise AssertionError(publication.text)
    return authority
