"""The manual is complete and current."""

from __future__ import annotations

import typing

from indicated.model import rule as language
from tests.spec.manual import MANUAL, chapters, paragraphs, rendered


def test_the_manual_in_the_docs_is_the_one_the_tests_make():
    """If this fails, run `python -m tests.spec.manual`."""
    assert MANUAL.read_text(encoding="utf-8") == rendered()


def test_every_chapter_has_a_title_and_every_paragraph_says_what_is_true():
    for chapter in chapters():
        assert chapter.title
        assert all(test.__doc__ for test in paragraphs(chapter)), chapter.__name__


def test_every_key_of_the_language_has_its_chapter():
    titles = " ".join(chapter.title for chapter in chapters())
    keys = [str(kind.__struct_config__.tag) for kind in typing.get_args(language.Rule)]
    assert [key for key in keys if f"`{key}`" not in titles] == []


def test_a_paragraph_that_says_something_false_fails():
    """The checker does check: a wrong expectation is refused."""
    import pytest

    from tests.spec.shown import Spec

    with pytest.raises(AssertionError):
        Spec()(rule="has: dx.dm", expect="not met")
    with pytest.raises(AssertionError):
        Spec()(rule="has: dx.dm", expect="unknown: dx.jdm is not documented")
    with pytest.raises(AssertionError):
        Spec().decisions("finding | policy met\nsupported | physician_review")
