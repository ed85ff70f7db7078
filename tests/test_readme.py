"""What the README shows is what the program does."""

from __future__ import annotations

import re

import indicated
from tests.readme import README, SAMPLE, demo

TEXT = README.read_text("utf-8")


def test_the_sample_is_the_real_output():
    """When content changed: `python -m tests.readme`."""
    found = SAMPLE.search(TEXT)
    assert found is not None
    assert found[2] == demo()


def test_the_python_sample_runs(capsys):
    [code] = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    exec(compile(code, "README.md", "exec"), {"indicated": indicated})
    assert "Next step" in capsys.readouterr().out


def test_every_link_leads_to_a_file():
    for target in re.findall(r"\]\(([^)#:]+)\)", TEXT):
        assert (README.parent / target).is_file(), target
