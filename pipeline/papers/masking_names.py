"""Finds names of persons in a text: after titles, by surnames, in any letter case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.papers.masking_words import MaskingWords
from pipeline.topics.text import fold

_WORD = re.compile(r"[^\W\d_]+(?:['’`][^\W\d_]+)*")
_INITIALS = re.compile(r"(?<![\w.])(?:[A-ZĐ]\.\s?){2,}[A-ZĐ]?(?![\w])")
_ABBREVIATED = {"TP", "QL", "TL", "UBND", "HĐND", "TX", "TT", "TDP", "QĐ", "NĐ", "CP"}
_UNITS = {"xã", "phường", "thôn", "bản", "tổ", "tdp", "ubnd", "trấn", "huyện", "tỉnh"}
_HIGHLAND = re.compile(r"(?:y|h|[hkyr]['’`]\w+|am[aíi]|ami)$")
_SENTENCE_ENDS = '.!?:;\n•-–("“'
_BEFORE_HOUSE = {"sn", "số", "nhà", "chỉ", "ngõ", "ngách", "hẻm"}
_HOUSE = re.compile(r"\s*:?\s*(?:số\s+)?\d+[A-Za-z]?(?:/\d+)*\s+")
_NOT_LAST = {"trường", "trấn", "xã", "hóa", "hoá", "phòng", "bản", "ủy", "phần", "lực", "minh"}
"""Words that make a compound of the middle before them: "quản lý thị trường"."""
_LONGEST, _LONGEST_TITLE = 6, 3
_SHORT_INITIAL = 2


@dataclass(frozen=True)
class Word:
    """One word of a text; `gap` is what stands between the word before and this one."""

    text: str
    start: int
    end: int
    gap: str

    @property
    def low(self) -> str:
        """Return the word in lower case."""
        return self.text.lower()

    @property
    def is_capital(self) -> bool:
        """Tell whether it begins with a capital letter."""
        return self.text[:1].isupper()


def find_names(text: str, words: MaskingWords, known: Iterable[str] = ()) -> list[tuple[int, int]]:
    """Return where names of persons stand in a text, as pairs of start and end.

    Parameters
    ----------
    text
        Any text, with or without diacritics and capitals.
    words
        Titles, surnames and what is no name.
    known
        Names known from elsewhere, such as the speaker's.
    """
    tokens = _tokens(text)
    if fold(text) == text.lower():
        words = words.bare
    found = [span for name in known for span in _known(text, name)]
    found += [match.span() for match in _INITIALS.finditer(text) if not _is_abbreviation(match)]
    position = 0
    while position < len(tokens):
        end, is_name = _name_at(tokens, position, words)
        if is_name:
            found.append((tokens[position].start, _with_dot(text, tokens[end - 1])))
        position = end
    return found


def _tokens(text: str) -> list[Word]:
    tokens, last = [], 0
    for match in _WORD.finditer(text):
        if len(match.group()) == 1 and text[match.start() - 1 : match.start()].isdigit():
            continue  # "26B" is a house, "1Nguyễn" a number glued to a name
        tokens.append(Word(match.group(), match.start(), match.end(), text[last : match.start()]))
        last = match.end()
    return tokens


def _known(text: str, name: str) -> list[tuple[int, int]]:
    pattern = r"\s+".join(re.escape(part) for part in name.split())
    return [m.span() for m in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE)]


def _is_abbreviation(match: re.Match[str]) -> bool:
    return re.sub(r"[.\s]", "", match.group()) in _ABBREVIATED


def _with_dot(text: str, last: Word) -> int:
    """The dot of an initial belongs to the name ("ông T.")."""
    initial = len(last.text) == 1 and last.text.isupper() and text[last.end : last.end + 1] == "."
    return last.end + 1 if initial else last.end


def _name_at(tokens: Sequence[Word], at: int, words: MaskingWords) -> tuple[int, bool]:
    """Return where the run of words from `at` ends, and whether it is a name."""
    title = _title_before(tokens, at, words.titles)
    if not tokens[at].is_capital:
        end = _lower_name(tokens, at, words, titled=bool(title))
        return max(end, at + 1), end > at
    end = _capital_run(tokens, at)
    if _is_no_name(tokens, at, end, words, titled=bool(title)):
        return at + 1, False
    if title:
        return end, True
    tied = not tokens[at].gap.strip() and _after(tokens, at, words.not_before)
    if tied or _is_street(tokens, at):
        # "Trường Võ Thị Sáu" is no person, but "Chủ tịch UBND xã Phạm Đình Tuyên" is one.
        unit = tokens[at - 1].low in _UNITS
        is_name = unit and _sure(tokens, at, end, words) and not _place(tokens, at, end, words)
        return end, is_name
    weak = _title_before(tokens, at, words.weak_titles) and not _place(tokens, at, end, words)
    if weak or _is_full_name(tokens, at, end, words) or _goes_on(tokens, at, words):
        return end, True
    if _is_given_name(tokens, at, end, words):
        return end, True
    return at + 1, False


def _is_street(tokens: Sequence[Word], at: int) -> bool:
    """Tell whether a house number stands before: "số nhà 45 Nguyễn Viết Xuân"."""
    return at > 0 and tokens[at - 1].low in _BEFORE_HOUSE and bool(_HOUSE.fullmatch(tokens[at].gap))


def _capital_run(tokens: Sequence[Word], at: int) -> int:
    end = at + 1
    while end < len(tokens) and end - at < _LONGEST and tokens[end].is_capital:
        if not _joined(tokens[end - 1], tokens[end].gap):
            break
        end += 1
    return end


def _joined(before: Word, gap: str) -> bool:
    """Two words are one name if spaces part them, or an initial's dot."""
    if before.text.isupper() and len(before.text) <= _SHORT_INITIAL or before.low == "ng":
        return gap.strip() in {"", ".", "-", "'", "’"}
    return bool(gap) and not gap.strip()


def _is_no_name(
    tokens: Sequence[Word], at: int, end: int, words: MaskingWords, *, titled: bool
) -> bool:
    """Office words and peoples are no names; after a title some of them are ("anh Quân")."""
    ahead = tuple(token.low for token in tokens[at : at + 3])
    if at and (tokens[at - 1].low, tokens[at].low) in words.not_names:
        return True
    two = ahead[:2] if len(ahead) > 1 else ()
    if titled and two not in words.not_names and ahead[0] in words.given_too:
        return False
    if any(ahead[:size] in words.not_names for size in (2, 3) if len(ahead) >= size):
        return True
    if ahead[:1] in words.not_names:
        return not _sure(tokens, at, end, words)
    # In a heading all letters are capitals: only a surname tells a name there.
    heading = at > 0 and tokens[at - 1].text.isupper() and len(tokens[at].text) > 1
    surname = tokens[at].low in words.surnames | words.weak_surnames
    return heading and tokens[at].text.isupper() and not surname


def _sure(tokens: Sequence[Word], at: int, end: int, words: MaskingWords) -> bool:
    """A surname and a name's middle word make a name even of "Công Thị Hoa"."""
    known = words.surnames | words.weak_surnames
    return end - at > 2 and tokens[at].low in known and tokens[at + 1].low in words.middles


def _place(tokens: Sequence[Word], at: int, end: int, words: MaskingWords) -> bool:
    run = tuple(fold(token.text).lower() for token in tokens[at:end])
    return any(run[:size] in words.places for size in range(2, len(run) + 1)) or run in words.places


def _is_full_name(tokens: Sequence[Word], at: int, end: int, words: MaskingWords) -> bool:
    if end - at < 2:
        return False
    if _HIGHLAND.match(tokens[at].low):  # Ê Đê, Gia Rai: "Y Bluk Niê", "H'Loan Êban"
        return not _place(tokens, at, end, words)
    sure = _sure(tokens, at, end, words)
    if tokens[at].low in words.surnames:
        return sure or not _place(tokens, at, end, words)
    return tokens[at].low in words.weak_surnames and sure


def _is_given_name(tokens: Sequence[Word], at: int, end: int, words: MaskingWords) -> bool:
    """A given name alone, in the middle of a sentence: "tôi gặp Tuấn địa chính"."""
    gap = tokens[at].gap.strip()
    begins = at == 0 or (gap and gap[-1] in _SENTENCE_ENDS)
    if begins or end - at > 1 or tokens[at].low not in words.given_names:
        return False
    return not (tokens[at - 1].is_capital and _joined(tokens[at - 1], tokens[at].gap))


def _goes_on(tokens: Sequence[Word], at: int, words: MaskingWords) -> bool:
    """ "Ông Páo, Lử và Dợ": a single name goes on a list that a title opened."""
    gap = tokens[at].gap.strip()
    single = at + 1 == len(tokens) or not tokens[at + 1].is_capital
    if at < 1 or not single or tokens[at].low not in words.surnames:
        return False
    if gap in {",", "-", "–"}:
        return bool(_title_before(tokens, at - 1, words.titles))
    linked = tokens[at - 1].low in {"và", "với"} and at > 1
    return linked and bool(_title_before(tokens, at - 2, words.titles))


def _title_before(
    tokens: Sequence[Word], at: int, titles: frozenset[tuple[str, ...]]
) -> tuple[str, ...]:
    """Return the title that ends just before word `at`, with nothing but space between."""
    signs = tokens[at].gap.strip() if at else "."
    # A dot ends a sentence, but not after the short titles "Ô." and "B.".
    if signs and not (signs == "." and len(tokens[at - 1].text) == 1):
        return ()
    if at > 1 and tokens[at - 2].low == "đ" and tokens[at - 1].gap == "/":
        return ("đ/c",)
    return _after(tokens, at, titles)


def _after(tokens: Sequence[Word], at: int, phrases: frozenset[tuple[str, ...]]) -> tuple[str, ...]:
    for size in range(_LONGEST_TITLE, 0, -1):
        if at >= size:
            phrase = tuple(token.low for token in tokens[at - size : at])
            if phrase in phrases:
                return phrase
    return ()


def _lower_name(tokens: Sequence[Word], at: int, words: MaskingWords, *, titled: bool) -> int:
    """Names typed without capitals: "lý a phừ", "ông páo ở bản trên"."""
    first = tokens[at].low
    three = at + 2 < len(tokens) and tokens[at + 2].low not in _NOT_LAST
    known = words.surnames | words.weak_surnames if titled else words.surnames
    if first in known and three and tokens[at + 1].low in words.sure_middles:
        return at + 3 if _joined_all(tokens, at, at + 3) else at
    plain = titled and tokens[at - 1].low in words.plain_titles and tokens[at].gap.strip() == ""
    if not plain or first in words.not_after_title:
        return at
    if first in words.surnames and _stops(tokens, at + 2, words) and at + 1 < len(tokens):
        second = tokens[at + 1].low
        return at + 2 if second not in words.follow | words.not_after_title else at + 1
    if first in words.surnames and _stops(tokens, at + 3, words) and at + 2 < len(tokens):
        return at + 3 if tokens[at + 1].low in words.middles else at
    name = first in words.given_names or first in words.surnames
    follows = at + 1 < len(tokens) and not tokens[at + 1].gap.strip(" ,:(\xa0")
    # "chị cười." ends a sentence with a verb: there only a known name is one.
    return at + 1 if _stops(tokens, at + 1, words) and (name or follows) else at


def _joined_all(tokens: Sequence[Word], at: int, end: int) -> bool:
    return all(_joined(tokens[i - 1], tokens[i].gap) for i in range(at + 1, end))


def _stops(tokens: Sequence[Word], at: int, words: MaskingWords) -> bool:
    """Tell whether a name may end before word `at`: a sign, the end, or a word that follows."""
    if at >= len(tokens):
        return at == len(tokens)
    return bool(tokens[at].gap.strip()) or tokens[at].low in words.follow
