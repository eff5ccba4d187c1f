"""Text on paper: a font for Latin, Greek and Cyrillic, and an honest mark for what it has no letters for."""

import io
import re
import unicodedata
from functools import cache
from xml.sax.saxutils import escape

import pymupdf_fonts
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD = "Noto Sans", "Noto Sans Bold"
_FILES = {REGULAR: "notos", BOLD: "notosbo"}  # the package's own names; only its font data is used
LACKING = "?"
_SPACES = re.compile(r"[ \t\r\n\f\v]+")  # not those that must not break, as between an amount and its sign


@cache
def signs() -> frozenset[int]:
    """The code points that both weights can print; the fonts are registered from then on."""
    known = []
    for name, file in _FILES.items():
        font = TTFont(name, io.BytesIO(pymupdf_fonts.myfont(file)))
        pdfmetrics.registerFont(font)
        known.append(frozenset(font.face.charToGlyph))
    return known[0] & known[1]


class PrintedText:
    """What a document prints; remembers whether anything had to be replaced."""

    def __init__(self) -> None:
        self.lacks = False
        self._signs = signs()

    def line(self, text: str) -> str:
        """`text` on one line: each sign that cannot be printed is a question mark."""
        composed = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()
        # Marks of direction and joiners are seen by nobody, with or without them
        return "".join(self._sign(sign) for sign in composed if unicodedata.category(sign) not in ("Cf", "Cc"))

    def markup(self, text: str) -> str:
        """`line`, as a reportlab paragraph takes it."""
        return escape(self.line(text))

    def _sign(self, sign: str) -> str:
        if ord(sign) in self._signs:
            return sign
        self.lacks = True
        return LACKING
