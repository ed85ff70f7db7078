"""Compile the content into the wheel, so that `indicated` works anywhere, offline."""

from __future__ import annotations

import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ContentHook(BuildHookInterface):  # type: ignore[misc]
    """Puts `_release.bin`, made from `content/`, into the package. A problem in the content fails the build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before files are collected: into the wheel, or beside the sources of an editable install.

        An editable install is made to mend content in, so it does not fail on a problem: the first use names it.
        """
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from indicated import release
        from indicated.content.compile import compile_folder, refresh, write
        from indicated.content.problem import BrokenContent

        sys.path.remove(str(root / "src"))
        if version == "editable":
            with suppress(BrokenContent):
                refresh()
            return
        self._folder = tempfile.TemporaryDirectory()
        compiled = Path(self._folder.name) / Path(release.COMPILED).name
        write(compile_folder(root / "content"), compiled)
        build_data["force_include"][str(compiled)] = f"indicated/{compiled.name}"
        build_data["force_include"][str(root / "examples")] = "indicated/examples"  # for the pages

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove the temporary file."""
        folder = getattr(self, "_folder", None)
        if folder is not None:
            folder.cleanup()
