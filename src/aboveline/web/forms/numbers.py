"""Numbers that a page of ours sends back, read without trust: a browser may send anything."""

DIGITS = 9


def number_sent(text: str) -> int:
    """A whole number of plain figures, at most nine of them; 0 where it is anything else."""
    return int(text) if is_number(text) else 0


def is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= DIGITS
