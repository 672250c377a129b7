"""Small signs on a line: formality, the opening of a reply, a name that follows a quotation."""

from __future__ import annotations

import re

from pipeline.extraction.lines import Line
from pipeline.extraction.persons import (
    is_official,
    named_pattern,
    without_contact,
)
from pipeline.extraction.roster import Roster
from pipeline.extraction.sentences import sentences
from pipeline.extraction.speakers import Introduction, introduction
from pipeline.extraction.vocabulary import UPPER, alternation, holding, opening

_PAGE = re.compile(r"(?:trang\s*)?\d{1,3}\s*(?:/\s*\d{1,3})?$|[-–]\s*\d+\s*[-–]$", re.I)
_SIGNED = re.compile(
    rf"\W*[{UPPER}][^,.;:]{{1,40}},\s*(?i:ngày\s+\S+\s+tháng\s+\S+\s+năm)\s+\d{{4}}\W*"
)
_CONCLUSION = re.compile(
    r"\W*(?:(?:ông|bà|đồng chí|đ/c)\s[^.:;]{2,60}?\s|(?:trưởng|chủ|bí)\s\S+\s)?kết luận(?:\s+(?:hội nghị|cuộc họp|buổi\s+\S+(?:\s+\S+)?|của chủ (?:trì|tọa)|chung))?\s*[:,]",
    re.I,
)
_BARE = re.compile(r"[\W_]*$")


def is_formality(text: str, *, strict: bool) -> bool:
    """Tell whether a paragraph is formality by its first words.

    Parameters
    ----------
    text
        The paragraph without its label.
    strict
        Only words that no opinion begins with count.
    """
    if (
        _SIGNED.fullmatch(text)
        or _PAGE.match(text.strip())
        or _BARE.match(text)
        or is_contact(text)
    ):
        return True
    if re.match(r"\W*kính gửi", text, re.I) and len(text) > 100:
        return False
    if opening("formalities.openings").match(text):
        return True
    if not strict and opening("formalities.loose_openings").match(text):
        return True
    return (
        bool(holding("formalities.anywhere").search(re.sub("phản ảnh", "", text)))
        and len(text) < 200
    )


def is_contact(text: str) -> bool:
    """Tell whether a short line only says where to write or call: a number or an address.

    A speaker who leaves a number, or a request that names one, is no contact.
    """
    reach = re.search(r"\b[\w.]+@[\w.]+\b|(?:\+84|\b0)[\d. ]{8,13}\d|\b1[89]00[\d. ]{3,}", text)
    named = holding("formalities.contact_words").search(text)
    return bool(reach and named) and len(text) < 140 and not _says_more(text)


def _says_more(text: str) -> bool:
    """Tell whether a clause follows a speaker or the number, or a request opens the line."""
    bare = without_contact(text)
    found = introduction(text)
    if found and not found.speaker.collective and len(bare[found.start :].split()) >= 3:
        return not is_name_of_list(text, found)
    close = re.search(r":\s+(?=(?:[^\W\d]+\s+){3})", bare)
    lead = bare[: close.end()] if close else ""
    if lead != text[: len(lead)] and re.search(r"\w", lead):
        return not opening("speakers.contacts").match(text)
    invites = holding("formalities.contact_invitations").search(text)
    return bool(opening("splitting.plain_requests").match(text)) and not invites


def is_kind_of_document(line: Line) -> bool:
    """Tell whether a line is the head of a title: "BIÊN BẢN", "BÁO CÁO", "DANH SÁCH ..."."""
    kind = opening("header.kinds").match(line.text)
    plain = not line.mark and not line.text.rstrip().endswith((":", ".", ";"))
    return bool(kind) and plain and (line.text.isupper() or line.bold or len(line.text) < 25)


def is_order(line: Line) -> bool:
    """Tell whether a line is the title of a plan or an order, which asks nobody."""
    text = line.text
    named = not line.mark and opening("header.orders").match(text)
    return bool(named) and (text.isupper() or line.bold or len(text) < 25)


def goes_on_title(line: Line) -> bool:
    """Tell whether a line after the head of a title still belongs to it."""
    text = line.text.rstrip()
    if not text or line.mark or len(text) >= 200 or text.endswith((":", ".", ";")):
        return False
    return not is_formality(text, strict=False) and not re.match(r"[^:(]{2,40}:\s", text)


def concludes(text: str) -> bool:
    """Tell whether a paragraph gives the conclusion: "Kết luận: ...", "Kết luận hội nghị, ..."."""
    return bool(_CONCLUSION.match(text))


def hosts(text: str) -> bool:
    """Tell whether one who only leads the talk speaks: "MC: Xin mời câu hỏi tiếp theo." """
    host = re.match(rf"\W*{alternation('speakers.hosts')}(?:\s[^:.;?]{{1,40}})?:\s", text, re.I)
    return bool(host) and not re.search(
        rf"{named_pattern()}[^.:]{{0,80}}(?:hỏi|phản ánh|gửi)[^.:]{{0,20}}:", text[host.end() :]
    )


def has_several_voices(text: str, found: Introduction) -> bool:
    """Tell whether further persons are introduced after the first one in a paragraph."""
    for start, _ in sentences(text):
        other = introduction(text[start:]) if start > found.start else None
        named = other and not other.speaker.collective and not other.speaker.official
        if named and (other.colon or len(other.speaker.name.split()) > 2):
            return other.speaker.name != found.speaker.name
    return False


def is_quotable(text: str) -> bool:
    """Tell whether a paragraph may be somebody's words: a whole sentence or a quotation."""
    return len(text) >= 30 and text.rstrip().endswith((".", "!", "?", "…", "”", '"', "./."))


def answers_many(text: str) -> bool:
    """Tell whether a reply is addressed to all: "Trả lời bà con, chủ tịch nói ..."."""
    if re.search(r"(?:một số|các|những|toàn bộ|nhiều) (?:ý kiến|kiến nghị|nội dung)", text[:160]):
        return True
    return bool(
        re.match(
            r"\W*(?:trả lời|giải trình|tiếp thu)[^.:;]{0,40}?"
            + alternation("replies.answered_many"),
            text,
            re.I,
        )
    )


def opens_reply(line: Line, roster: Roster, *, after_turn: bool) -> str:
    """Return the sign that opens a reply ("marker", "official", "body") or ""."""
    text = line.text
    if after_turn and presides(text):
        return "chair"
    if after_turn and re.match(r"\s*(?:->|=>|→|⇒|>>)", text):
        return "marker"
    if re.match(rf"\W*{alternation('replies.openings')}\s*(?:[:.,;–-]|$|\(|của\b)", text, re.I):
        return "marker"
    if after_turn and re.match(rf"\W*{alternation('fields.reply')}\s*:", text, re.I):
        return "marker"
    if after_turn and not line.mark and is_person_of_list(text) and is_official(text):
        return "official"
    if after_turn and _answers_before_colon(text):
        return "official"
    found = introduction(text)
    if found and after_turn and not found.colon and _answers(text, found, roster):
        return "official"
    if found and found.colon and _says_reply(text[: found.start]):
        return "official"
    body = re.match(
        rf"\W*(?:(?:thay mặt|đại diện)\s+)?(?:lãnh đạo\s+)?{alternation('speakers.bodies')}[^.:;]{{0,110}}?"
        rf"{alternation('replies.sure_verbs')}", text, re.I,
    )  # fmt: skip
    return "body" if body and after_turn else ""


def _answers_before_colon(text: str) -> bool:
    """`BQL chợ trả lời: ...`: whoever it is, a verb of answering stands before the colon."""
    head = re.match(r"\W*([^:.;“”]{2,60}):\s", text)
    if not head or opening("speakers.groups", "speakers.titles").match(head.group(1)):
        return False
    verb = re.search(
        rf"\s{alternation('replies.sure_verbs')}(?:\s\S+){{0,4}}\s*$", head.group(1), re.I
    )
    return bool(verb) and not re.search(r"(?<!\w)(?:chưa|không)(?!\w)", head.group(1), re.I)


def _answers(text: str, found: Introduction, roster: Roster) -> bool:
    official = found.speaker.official or roster.knows(found.speaker.name)
    return official or _says_reply(text[: found.start])


def _says_reply(lead: str) -> bool:
    return bool(holding("replies.sure_verbs").search(lead))


def presides(text: str) -> bool:
    """Tell whether the chair speaks: "Chủ trì trả lời (đ/c A): ...", "Chủ tọa: Tiếp thu ..."."""
    chair = re.match(
        rf"\W*{alternation('header.chair_words')}([^:.;]{{0,60}}):\s+(?=\S)", text, re.I
    )
    return bool(chair) and (_says_reply(chair.group(1)) or len(text) - chair.end() > 60)


def is_bare_reply_opener(line: Line) -> bool:
    """Tell whether a line holds just "Trả lời:" with nothing that makes it a heading."""
    text = line.text.strip(" :.-–")
    return line.mark in ("", "bullet") and bool(
        re.fullmatch(alternation("replies.openings"), text, re.I)
    )


def is_name_of_list(text: str, found: Introduction) -> bool:
    """`- Bà Lục Thị Kim Oanh: Phó Giám đốc ...;` belongs to a list of names."""
    rest = text[found.start :].strip()
    if rest.endswith((".", "?")) and len(rest.split()) > 8:
        return False
    if re.match(r"\(?(?:có|theo) danh sách|\(?\d+\s+(?:người|đại biểu|hộ)\b", rest, re.I):
        return True
    person = re.match(rf"{named_pattern()}\s*[(,–-]", rest)
    if person and is_official(rest[:120]):
        return True
    grassroots = len(rest.split()) <= 8 and not rest.endswith(".")
    offices = ("speakers.official_roles", *(("speakers.grassroots",) if grassroots else ()))
    return len(rest) < 120 and bool(
        opening(*offices).match(rest)
        or re.match(rf"{alternation('speakers.list_offices')}\b", rest, re.I)
    )


def is_person_of_list(text: str) -> bool:
    """Tell whether a line only names a person and an office: "Ông A – Trưởng phòng B;"."""
    named = re.match(rf"\W*{named_pattern()}\s*(?:[-–,(])\s*", text)
    if not named or len(text) > 140 or ":" in text:
        return False
    return bool(opening("speakers.official_roles").match(text, named.end()))


def asks_higher_level(text: str, found: Introduction) -> bool:
    """An official of a lower level who asks a higher one raises an opinion."""
    above = alternation("speakers.higher_levels")
    said = f"{found.verb} {text[found.start : found.start + 60]}"
    return bool(
        re.match(rf"(?:có ý kiến\s*|nêu\s*)?\W*(?:đề nghị|kiến nghị)\W+{above}\b", said, re.I)
    )


def may_be_matter(text: str) -> bool:
    """Tell whether a plain paragraph under a heading of opinions may be an opinion."""
    if re.match(r"\W*(?:sáng|chiều|tối|ngày|hôm)\s+(?:\d|ngày|nay)", text, re.I):
        return False
    if re.match(
        r"[^.?!]{0,60}(?<!\w)(?:tiếp nhận|nhận)\s+(?:được\s+)?\d+\s+"
        rf"{alternation('formalities.received')}\b",
        text,
        re.I,
    ):
        return False
    asks = holding("splitting.plain_requests").search(text)
    return bool(asks or opening("splitting.requests").match(text)) or len(text) >= 40


def is_headline(text: str) -> bool:
    """Tell whether the first line of a document is its headline, not a sentence."""
    return 0 < len(text) < 130 and not text.rstrip().endswith((".", ":", ";", "?", "!", "…", "”"))


def refers_back(text: str) -> bool:
    """Tell whether a paragraph answers opinions that it names: "Về ý kiến của ông Ba: ..."."""
    return bool(
        re.match(
            rf"\W*(?:về|đối với|trả lời)\s+(?:các\s+)?{alternation('replies.referred')}\s+(?:của|số|thứ|mà)\s",
            text,
            re.I,
        )
    )


def invites_answers(text: str) -> bool:
    """Tell whether the chair asks others to answer: "Bí thư đề nghị các ngành trả lời từng việc"."""
    offices = ("speakers.official_roles", "speakers.presiding_roles", "header.chair_words")
    asked = re.search(
        rf"(?<!\w){alternation('replies.invitations')}\s[^.;:]{{0,80}}?{alternation('replies.sure_verbs')}", text, re.I
    )  # fmt: skip
    return bool(asked and len(text) < 200 and holding(*offices).search(text[: asked.end()]))


def opens_with_reply_word(text: str) -> bool:
    """Tell whether a head names an answer: "Trả lời chung", "Kết quả"."""
    return bool(opening("replies.openings").match(text))
