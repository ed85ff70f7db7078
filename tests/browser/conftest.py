"""The pages in the machine's own Chromium, over a server in a thread. Skipped, with the reason, where there is none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.browser.running import running

CHROMIUM = next(
    (one for one in ("/usr/bin/chromium", shutil.which("chromium-browser")) if one and Path(one).exists()), ""
)


@pytest.fixture(scope="session")
def chromium():
    if not CHROMIUM:
        pytest.skip("there is no Chromium on this machine")
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def served(chromium, tmp_path_factory):
    """The address of a server with the examples loaded."""
    del chromium  # without a browser nobody needs it
    pytest.importorskip("uvicorn", reason="the extra 'web' is not installed")
    from indicated.store.base import open_store
    from indicated.web.app import create
    from indicated.web.demo import load
    from indicated.web.site import Site

    site = Site(
        store=open_store(f"sqlite:///{tmp_path_factory.mktemp('store')}/cases.db"),
        secret=b"only for tests",
        parts=True,
        per_minute=100_000,
    )
    load(site)
    with running(create(site)) as address:
        yield address


@pytest.fixture
def open_page(chromium, served):
    """Opens pages; what a browser complains of fails the test."""
    contexts, complaints = [], []

    def opened(path="/", *, width=1440, theme="light", script=True):
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=theme,
            java_script_enabled=script,
            base_url=served,
            bypass_csp=False,
            reduced_motion="reduce",
        )
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    # a refusal is told in the page, and the browser also logs its status
    assert [one for one in complaints if not one.startswith("Failed to load resource")] == []
