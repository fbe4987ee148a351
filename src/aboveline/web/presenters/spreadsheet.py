"""Text as it may stand in a file that a spreadsheet opens."""

#: a spreadsheet runs text that begins so as a formula
RISKY = ("=", "+", "-", "@", "\t", "\r")


def inert(cell: object) -> object:
    """A cell that cannot run as a formula; nothing becomes empty, and numbers stay numbers."""
    if isinstance(cell, str) and cell.startswith(RISKY):
        return f"'{cell}"
    return "" if cell is None else cell
