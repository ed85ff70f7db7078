"""C-CDA documents: who the patient is, then each section's narrative under its title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicated.model.text import Document, Place
from indicated.reading.formats.blocks import Blocks, one_line, squashed
from indicated.reading.formats.dates import age, day
from indicated.reading.formats.xml import local

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

NAMESPACE = "{urn:hl7-org:v3}"
_CELLS = ("td", "th")
_STATEMENTS = frozenset(("observation", "act", "substanceAdministration", "procedure", "encounter", "supply"))
_COMPONENTS = (*_STATEMENTS, "organizer", "component", "entry", "entryRelationship")


def document_of(root: Element, name: str) -> Document:
    """The document of a C-CDA file. Each section is a place, named by its title."""
    parts: list[tuple[str, str]] = [("recordTarget", _patient(root))]
    parts += [(title or "section", _section(title, section)) for title, section in _sections(root)]
    text, places = "", []
    for place, told in parts:
        if told:
            text += "\n\n" if text else ""
            places.append(Place(len(text), place))
            text += told
    return Document(name, text, tuple(places))


def attached(root: Element) -> tuple[str, str]:
    """The base64 text of a body that is not XML, and its type; empty when there is none."""
    told = root.find("./{*}component/{*}nonXMLBody/{*}text")
    if told is None or not told.text:
        return "", ""
    return told.text, told.get("mediaType", "")


def _patient(root: Element) -> str:
    """Sex, and the age on the day of the document where both days are told."""
    person = root.find("./{*}recordTarget/{*}patientRole/{*}patient")
    if person is None:
        return ""
    sex = person.find("./{*}administrativeGenderCode")
    born = _value(person.find("./{*}birthTime"))
    told = _value(root.find("./{*}effectiveTime"))
    lines = []
    named = {"F": "female", "M": "male"}.get(sex.get("code", ""), "") if sex is not None else ""
    if named:
        lines.append(f"Sex: {named}")
    first, last = day(born), day(told)
    if first and last and age(first, last):
        lines.append(f"Patient is {age(first, last)} (on {last}, by the birth date {first})")
    elif born:
        lines.append(f"Birth date: {first or born}")
    return "\n".join(lines)


def _value(element: Element | None) -> str:
    return element.get("value", "") if element is not None else ""


def _sections(within: Element) -> Iterator[tuple[str, Element]]:
    """Every section with its title, in order, sections within sections after the one they stand in."""
    for child in within:
        if local(child.tag) == "section":
            title = child.find("./{*}title")
            yield squashed("".join(title.itertext())) if title is not None else "", child
        if local(child.tag) in ("component", "structuredBody", "section"):
            yield from _sections(child)


def _section(title: str, section: Element) -> str:
    """The title as a heading and the narrative; the entries where there is no narrative."""
    blocks = Blocks()
    narrative = section.find("./{*}text")
    if narrative is not None:
        _narrative(narrative, blocks)
    body = blocks.text()
    if not body:
        body = "\n".join(_entries(section))
    heading = title if not title or title.endswith((":", ".", "?")) else f"{title}:"
    return f"{heading}\n{body}".strip() if body else ""


def _narrative(within: Element, blocks: Blocks) -> None:
    loose: list[str] = [within.text or ""]
    for child in within:
        name = local(child.tag)
        if name in ("paragraph", "caption", "table", "list", "footnote", "linkHtml") or _holds_blocks(child):
            blocks.paragraph(_inline("".join(loose)))
            loose.clear()
            _block(child, name, blocks)
        elif name == "br":
            loose.append("\n")
        elif child.get("revised") != "delete":
            loose.append(_text(child))
        loose.append(child.tail or "")
    blocks.paragraph(_inline("".join(loose)))


def _holds_blocks(element: Element) -> bool:
    return any(local(child.tag) in ("table", "list", "paragraph") for child in element)


def _block(element: Element, name: str, blocks: Blocks) -> None:
    if name == "table":
        for row in element.iter():
            if local(row.tag) == "tr":
                blocks.row(one_line(_text(cell).split("\n")) for cell in row if local(cell.tag) in _CELLS)
            elif local(row.tag) == "caption":
                blocks.paragraph(_inline(_text(row)))
    elif name == "list":
        for item in element:
            if local(item.tag) == "caption":
                blocks.paragraph(_inline(_text(item)))
            elif _holds_blocks(item):
                _narrative(item, blocks)
            elif local(item.tag) == "item" and _text(item).strip():
                blocks.line(f"- {one_line(_text(item).split(chr(10)))}")
    else:
        _narrative(element, blocks)


def _text(element: Element) -> str:
    """The text within an element; paragraphs, items and line breaks as line ends."""
    parts = [element.text or ""]
    for child in element:
        name = local(child.tag)
        apart = name in ("br", "paragraph", "item", "list", "table", "tr")
        if child.get("revised") != "delete":
            parts.append(f"\n{_text(child)}\n" if apart else _text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _inline(text: str) -> str:
    return "\n".join(line for line in map(squashed, text.split("\n")) if line)


def _entries(within: Element) -> Iterator[str]:
    """A line for each coded statement: what, its value, its day. Statements that are denied say `No`."""
    for child in within:
        name = local(child.tag)
        if name in _STATEMENTS:
            yield from _statement(child)
        if name in _COMPONENTS:
            yield from _entries(child)


def _statement(statement: Element) -> Iterator[str]:
    coded = statement.find("./{*}consumable/{*}manufacturedProduct/{*}manufacturedMaterial/{*}code")
    coded = coded if coded is not None else statement.find("./{*}code")
    value = statement.find("./{*}value")
    words = [_display(one) for one in (coded, value) if one is not None]
    if value is not None and value.get("value") and not _display(value):
        words.append(f"{value.get('value')} {value.get('unit', '')}".strip())
    told = [word for word in words if word]
    on = day(_value(statement.find("./{*}effectiveTime")))
    if told:
        denied = "No " if statement.get("negationInd") == "true" else ""
        yield f"- {denied}{': '.join(told)}" + (f" ({on})" if on else "")


def _display(element: Element) -> str:
    if element.get("displayName"):
        return element.get("displayName", "")
    original = element.find("./{*}originalText")
    return squashed(original.text or "") if original is not None else ""
