"""Reads Vietnamese number words, as in "ngày hai mươi lăm tháng ba"."""

from __future__ import annotations

_DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5,
    "lăm": 5, "nhăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "chạp": 12,
}  # fmt: skip
_FILLERS = {"linh", "lẻ"}


def number_of_words(text: str) -> int | None:
    """Return the number that Vietnamese words name, below ten thousand, else None.

    Examples
    --------
    >>> number_of_words("hai mươi lăm"), number_of_words("hai nghìn không trăm hai mươi lăm")
    (25, 2025)
    """
    total = last = 0
    words = [word for word in text.lower().split() if word not in _FILLERS]
    if not words:
        return None
    for word in words:
        if word in _DIGITS:
            last = _DIGITS[word]
        elif word == "mười":
            total, last = total + 10, 0
        elif word == "mươi":
            total, last = total + 10 * last, 0
        elif word == "trăm":
            total, last = total + 100 * last, 0
        elif word in ("nghìn", "ngàn"):
            total, last = 1000 * (total + last), 0
        else:
            return None
    return total + last
