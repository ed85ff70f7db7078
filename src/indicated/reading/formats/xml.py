"""XML with entities off and depth bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from indicated.reading.formats.errors import Damaged, TooBig, UnsafeXml
from indicated.reading.formats.limits import XML_DEPTH, XML_ELEMENTS

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def parse(raw: bytes, name: str) -> Element:
    """The root element. UnsafeXml where a document type or an entity is declared, TooBig beyond the limits, Damaged
    where it is no XML.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    parser = DefusedXMLParser(target=_bounded(name), forbid_dtd=True)
    try:
        parser.feed(raw)
        root: Element = parser.close()
    except DefusedXmlException:
        raise UnsafeXml(
            f"{name} declares a document type or entities, which are not read; export it again without them"
        ) from None
    except ParseError as error:
        line, column = getattr(error, "position", (0, 0))
        raise Damaged(f"{name}:{line}: not well-formed XML at column {column + 1}; export the file again") from None
    except (LookupError, ValueError):
        raise Damaged(f"{name} names an encoding that is not its own; export it again as UTF-8") from None
    return root


def _bounded(name: str) -> Any:
    """A tree builder that stops at the limits."""
    from xml.etree.ElementTree import TreeBuilder

    class Bounded(TreeBuilder):
        depth = count = 0

        def start(self, tag: Any, attrs: Any, /) -> Any:
            self.depth += 1
            self.count += 1
            if self.depth > XML_DEPTH or self.count > XML_ELEMENTS:
                raise TooBig(
                    f"{name} has more than {XML_DEPTH} elements within each other or {XML_ELEMENTS:,} in all, as no "
                    f"chart has; export the notes that matter"
                )
            return super().start(tag, attrs)

        def end(self, tag: Any, /) -> Any:
            self.depth -= 1
            return super().end(tag)

    return Bounded()


def local(tag: object) -> str:
    """The name of an element without its namespace; empty for a comment."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
