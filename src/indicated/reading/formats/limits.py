"""How much of a file is read. Each limit is far above any chart that a person would read, and keeps one file from
taking the machine's memory or minutes of its time.
"""

from __future__ import annotations

RAW = 50_000_000
"""Bytes of one file: a chart of 2,000 scanned pages is below it."""

TEXT = 5_000_000
"""Characters of text that one case may have: about a million words."""

MEMBERS = 10_000
"""Files in a Word file: one with hundreds of pictures has about a thousand."""

INFLATED = 50_000_000
"""Bytes that one part of a Word file may unfold to: 5 MB of text, each word in its own run, is below it."""

UNFOLDED = 150_000_000
"""Bytes that the parts of a Word file which are read may unfold to together: three of the largest."""

RATIO = 200
"""How many times its packed size a part may unfold to: the XML of real documents packs 5 to 50 times, a bomb 1,000."""

RATIO_FROM = 20_000_000
"""Bytes below which the ratio is no concern: a note that repeats one paragraph packs as well as a bomb."""

XML_DEPTH = 200
"""Elements within elements: a table in a table in a text box is at 40."""

XML_ELEMENTS = 2_000_000
"""Elements of one XML file: each takes about 200 bytes of memory."""

RTF_DEPTH = 1_000
"""Groups within groups in RTF: word processors write about 20."""

HTML_DEPTH = 10_000
"""Elements within elements in HTML; deeper ones are read as if they stood in the one above."""

HTML_TABLES = 20
"""Tables within tables in HTML; deeper ones are read as rows of the one above."""

PDF_PAGES = 2_000
"""Pages of one PDF."""

PDF_STREAM = 20_000_000
"""Bytes that one part of a PDF other than a picture may unfold to: a page of text has 10 to 100 thousand."""

PDF_RATIO_FROM = 2_000_000
"""The same for a part of a PDF, which is one page, a font or a table of the file."""

PDF_PICTURE = 250_000_000
"""Bytes that one picture in a PDF may unfold to: A3 scanned in colour at 600 dots an inch has 210 million."""

PDF_UNFOLDED = 5_000_000_000
"""Bytes that all parts of a PDF may unfold to together: 200 pages scanned in colour at 300 dots an inch."""

PDF_PIECES = 200_000
"""Pieces of text, lines and pictures on one page of a PDF: a page has 50 to 5,000, a drawing in lines 50,000."""

PDF_ALL_PIECES = 5_000_000
"""The same of all its pages: 2,000 pages have a million or two."""

PDF_LETTERS = 200_000
"""Characters on one page of a PDF: a page full of small print has 15,000."""

OCR_PAGES = 100
"""Pictures of text recognised in one case: each takes 2 to 20 seconds."""

PIXELS = 40_000_000
"""Pixels of one rendered page: A3 at 300 dots an inch has 17 million."""

PICTURE = 150_000_000
"""Pixels of one picture, by itself or within a page: A3 scanned at 600 dots an inch has 70 million."""

ATTACHMENTS = 200
"""Documents attached to the resources of one file."""

RESOURCES = 100_000
"""FHIR resources of one case."""
