"""Writes the generated pages: python3 tests/architecture/documents.py"""

from __future__ import annotations

import controls_page
import events_page
import messages_page
import repository
import services_page
import state_page

PAGES = {
    "gateway/doc/controls.md": controls_page.page,
    "gateway/doc/events.md": events_page.page,
    "gateway/doc/messages.md": messages_page.page,
    "gateway/doc/services.md": services_page.page,
    "gateway/doc/state.md": state_page.page,
}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (repository.ROOT / name).write_text(page(), encoding="utf-8")
