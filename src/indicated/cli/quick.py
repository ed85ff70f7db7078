"""What makes one run of the command short. For the process of the command line only, never for a library's caller."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from types import ModuleType
from typing import Any, NoReturn


def start() -> None:
    """Before anything else: no collecting of cycles, and msgspec in the short way."""
    gc.disable()  # reading and deciding leave no cycles behind; looking for some takes 8 ms
    _import_msgspec()


def leave(status: int) -> NoReturn:
    """End at once with all output written: freeing every object one by one would take 10 ms."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # closed, or none at all
            stream.flush()
    os._exit(status)


class _Platform(ModuleType):
    """As much of the module platform as uuid asks for when it is imported."""

    @staticmethod
    def system() -> str:
        """The name of the system, as on the platforms where uuid asks for it."""
        return os.uname().sysname


class _Later(ModuleType):
    """A module that is loaded when something of it is first asked for."""

    def __getattr__(self, name: str) -> Any:
        from importlib import import_module

        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def _import_msgspec() -> None:
    """msgspec, without three modules of which it hardly uses a thing.

    Told that there is no typing_extensions it takes the same functions from typing, which has them since Python 3.11:
    that saves 9 ms. Its uuid loads all of platform to ask for the name of the system: another 1.5 ms. For schemas,
    which no run of the command makes, it loads textwrap: 1 ms.
    """
    if "msgspec" in sys.modules or "typing_extensions" in sys.modules:
        return
    stand_ins: dict[str, ModuleType | None] = {"typing_extensions": None, "textwrap": _Later("textwrap")}
    if hasattr(os, "uname"):
        stand_ins["platform"] = _Platform("platform")
    placed = {name: module for name, module in stand_ins.items() if name not in sys.modules}
    sys.modules.update(placed)  # type: ignore[arg-type]
    try:
        import msgspec  # noqa: F401  (imported for those after it)
    finally:
        for name, module in placed.items():
            if sys.modules[name] is module:
                del sys.modules[name]
