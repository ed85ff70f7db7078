"""From a determination to sentences with proof, an article for an audience, and its renderings.

The package is also the function `indicated.explain(...)`: Python puts a package in its parent under its own name, over
a function of that name, so the package answers to a call as the function does.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indicated.model.determination import Determination


class _Explain(ModuleType):
    """The package, callable."""

    def __call__(
        self,
        determination: Determination,
        *,
        audience: str = "clinician",
        format: str = "markdown",  # noqa: A002  (the public surface's word)
        language: str = "en",
    ) -> str:
        """The answer for an audience as `text`, `markdown`, `html` or `json`."""
        from indicated import explained

        return explained(determination, audience, format, language)


sys.modules[__name__].__class__ = _Explain
