"""Which characters the font of our PDFs can show. A PDF that shows an empty box for a letter is refused by PDF/UA."""

import struct
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

_FONTS = ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf")
_UNICODE_BMP = (3, 1)
#: blanks, which need no glyph, and the replacement mark, which typst draws from its own last font
_ALWAYS = {0x09, 0x0A, 0x0D, 0x20, 0xA0, 0xFFFD}


@lru_cache(maxsize=1)
def covered() -> frozenset[int]:
    """Return the code points that both weights of the font have a glyph for."""
    folder = resources.files("aboveline.rendering") / "fonts"
    regular, bold = (frozenset(_characters((folder / name).read_bytes())) for name in _FONTS)
    return (regular & bold) | _ALWAYS


def missing_letters(text: str) -> str:
    """Return each character of a text that the font cannot show, once, in order of code point."""
    return "".join(sorted({c for c in text if ord(c) not in covered()}))


def showable(text: str) -> str:
    """Return the text with a replacement mark for each character that the font cannot show."""
    return "".join(c if ord(c) in covered() else "\ufffd" for c in text)


def _characters(font: bytes) -> Iterator[int]:
    """Read the font's character map, format 4 (OpenType specification, "cmap")."""
    count = struct.unpack_from(">H", font, 4)[0]
    tables = (struct.unpack_from(">4sLLL", font, 12 + 16 * index) for index in range(count))
    start = next(offset for tag, _, offset, _ in tables if tag == b"cmap")
    subtables = struct.unpack_from(">H", font, start + 2)[0]
    records = (struct.unpack_from(">HHL", font, start + 4 + 8 * index) for index in range(subtables))
    at = start + next(offset for platform, encoding, offset in records if (platform, encoding) == _UNICODE_BMP)
    segments = struct.unpack_from(">H", font, at + 6)[0] // 2

    def column(number: int, form: str) -> tuple[int, ...]:
        # four columns of one number a segment, with two spare bytes after the first
        return struct.unpack_from(f">{segments}{form}", font, at + 14 + 2 * segments * number + (2 if number else 0))

    ends, starts, deltas, offsets = column(0, "H"), column(1, "H"), column(2, "h"), column(3, "H")
    base = at + 16 + 6 * segments
    for index, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offsets[index]:
                place = base + 2 * index + offsets[index] + 2 * (code - first)
                glyph = struct.unpack_from(">H", font, place)[0]
                if not glyph:
                    continue
            if (glyph + deltas[index]) % 65536:
                yield code
