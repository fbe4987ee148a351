"""What the font of our PDFs can show."""

from aboveline.rendering.font_coverage import covered, missing_letters, showable


def test_the_letters_of_english_welsh_and_their_neighbours_are_there() -> None:
    assert missing_letters("“Ŵyth ŷd” — £1,250 ½ ‘…’ • Łódź Ђорђе Αθήνα é ñ ß \ufffd") == ""


def test_letters_without_a_glyph_are_named_and_replaced() -> None:
    assert missing_letters("漢b字a漢") == "字漢"
    assert showable("漢a") == "\ufffda"


def test_the_map_is_neither_empty_nor_everything() -> None:
    assert 600 < len(covered()) < 10_000
