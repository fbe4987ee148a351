"""Controls of the walk over all pages: what it must find, and what it must leave alone."""

import pytest

from tests.pseudo_language import around_places, untranslated


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<p>⟦Marked⟧</p>", []),
        ("<p>⟦Marked⟧ planted</p>", ["planted"]),
        ('<a aria-label="planted">⟦Marked⟧</a>', ["planted"]),
        ('<form data-saved="planted words" data-key="id">⟦Marked⟧</form>', ["planted words"]),
        ("<svg><title>planted</title></svg>", ["planted"]),
        ("<script>let a = 1</script><code>a --b</code><textarea>typed</textarea>", []),
        ('<div lang="en"><p>a document</p></div>⟦Marked⟧', []),
        ("<p>⟦Looks like ⟧planted⟦.⟧</p>", ["planted"]),
        ("<p>12 – 30%</p>", []),
    ],
)
def test_what_stands_outside_of_every_message(page, found):
    assert untranslated(page) == found


@pytest.mark.parametrize("page", ["<p>⟦cut</p>", "<p>off⟧</p>"])
def test_a_message_that_was_cut_is_told(page):
    with pytest.raises(ValueError, match="a message"):
        untranslated(page)


def test_places_of_a_message_stay_outside():
    assert around_places("Row {row}, %(who)s: {{x}} 5%%") == "⟦Row ⟧{row}⟦, ⟧%(who)s⟦: ⟧{{⟦x⟧}}⟦ 5⟧%%"
