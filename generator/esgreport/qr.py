"""Addresses as QR codes, for readers of paper. The only door to `segno`."""

from __future__ import annotations

MOST_CHARACTERS = 300  # of an address; more make a code that cameras do not read well
QUIET = 4  # modules of plain ground that a reader's camera needs around the code


def qr_path(address: str) -> tuple[int, str]:
    """How many modules a code is wide, its quiet ground included, and its dark ones as the path of a drawing."""
    import segno

    rows = segno.make_qr(address, error="m").matrix
    moves = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end]:
                end += 1
            if end > x:
                moves.append(f"M{x + QUIET} {y + QUIET}h{end - x}v1h-{end - x}z")
            x = end + 1
    return len(rows) + 2 * QUIET, "".join(moves)
