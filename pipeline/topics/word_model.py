"""Evaluates underthesea's word model by look-ups in tables, with exactly its results.

The model is a linear chain: for each token, the weights of 43 attributes of the
token and its neighbours are added up (CRFsuite, Okazaki 2007). underthesea
writes out all 43 as strings and looks each of them up, for every token of every
text. Here what a token, a pair or a triple of neighbours adds is summed once,
when the tables are made, so that a token costs a dozen additions.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence
from functools import partial

_HEADER = struct.Struct("<4sI4s9I")
_FEATURE_BYTES = 20
_BEGIN, _END = "B-W", "I-W"
_PAIRS = ("T[0,1]", "T[1,2]", "T[-2,-1]", "T[-1,0]")
_TRIPLES = ("T[0,2]", "T[-2,0]", "T[-1,1]")
TEMPLATES = frozenset(
    [f"T[{at}]{kind}" for at in range(-2, 3) for kind in ("", ".lower", ".istitle", ".is_in_dict")]
    + [f"T[{at}].isdigit" for at in (-1, 0, 1)]
    + [f"{pair}{kind}" for pair in _PAIRS for kind in ("", ".lower", ".is_in_dict")]
    + [f"{triple}{kind}" for triple in _TRIPLES for kind in ("", ".is_in_dict")]
    + ["T[0,1].istitle", "T[0,2].istitle"]
)
"""The attributes that this module knows; a model with others is left to underthesea."""


_MOST_TOKENS = 100_000


class UnknownModel(Exception):
    """The model is of another make than this module knows."""


class WordModel:
    """Which tokens go on with the word before them.

    Parameters
    ----------
    content
        Bytes of a CRFsuite model with the labels B-W and I-W.
    templates
        The attributes that underthesea makes for each token.
    dictionary
        Words, the parts of each joined by blanks, for the attribute `is_in_dict`.
    attributes
        Gives the attributes that underthesea makes of a text of one token.

    Raises
    ------
    UnknownModel
        The model, its labels or its attributes are not those this module knows.
    """

    def __init__(
        self,
        content: bytes,
        templates: Iterable[str],
        dictionary: Iterable[str],
        attributes: Callable[[str], Sequence[str]],
    ) -> None:
        if set(templates) != TEMPLATES:
            raise UnknownModel("attributes")
        self._weights, self._moves = read_weights(content)
        self._attributes = attributes
        self._tokens: dict[str, tuple] = {}
        self._make_edges()
        self._make_tables(set(dictionary))

    def goes_on(self, tokens: Sequence[str]) -> list[bool]:
        """Return, for each token, whether it belongs to the word before it.

        Parameters
        ----------
        tokens
            None of them empty, in small letters.

        Raises
        ------
        UnknownModel
            A token is in other letters.
        """
        return self._best_path(self._scores(tokens))

    def _scores(self, tokens: Sequence[str]) -> list[float]:
        """Return how much more each token goes on with a word than begins one."""
        size = len(tokens)
        known = [self._tokens.get(token) or self._learn(token) for token in tokens]
        # Two places of padding on both sides take what falls outside the text.
        scores = [0.0] * (size + 4)
        for at, (_, _, after2, after, here, before, before2) in enumerate(known, 2):
            scores[at - 2] += before2
            scores[at - 1] += before
            scores[at] += here
            scores[at + 1] += after
            scores[at + 2] += after2
        self._add_pairs(known, scores)
        self._add_triples(known, scores)
        self._add_edges(scores)
        return scores[2:-2]

    def _add_edges(self, scores: list[float]) -> None:
        if len(scores) == 5:
            scores[2] += self._alone
            return
        scores[2] += self._first[0]
        scores[3] += self._first[1]
        scores[-3] += self._last[0]
        scores[-4] += self._last[1]

    def _add_pairs(self, known: list[tuple], scores: list[float]) -> None:
        pairs, unknown = self._pairs, self._unknown_pair
        title, plain = self._pair_title
        for at in range(len(known) - 1):
            (one, one_title, *_), (two, two_title, *_) = known[at], known[at + 1]
            before, here, after, after2 = pairs.get(f"{one} {two}", unknown)
            scores[at + 1] += before
            scores[at + 2] += here + (title if one_title and two_title else plain)
            scores[at + 3] += after
            scores[at + 4] += after2

    def _add_triples(self, known: list[tuple], scores: list[float]) -> None:
        triples, unknown = self._triples, self._unknown_triple
        title, plain = self._triple_title
        for at in range(len(known) - 2):
            one, two, three = known[at : at + 3]
            here, after, after2 = triples.get(f"{one[0]} {two[0]} {three[0]}", unknown)
            scores[at + 2] += here + (title if one[1] and two[1] and three[1] else plain)
            scores[at + 3] += after
            scores[at + 4] += after2

    def _best_path(self, scores: list[float]) -> list[bool]:
        """Viterbi's algorithm for two labels, on the difference of their scores."""
        stay, leave, enter, keep = self._moves
        lead = scores[0]
        origins = []
        for score in scores[1:]:
            from_on, to_on = lead + leave > stay, lead + keep > enter
            origins.append((from_on, to_on))
            lead = score + (lead + keep if to_on else enter) - (lead + leave if from_on else stay)
        on = lead > 0
        path = [on]
        for origin in reversed(origins):
            on = origin[on]
            path.append(on)
        path.reverse()
        return path

    def _learn(self, token: str) -> tuple:
        """Ask underthesea once for the attributes of a token and add up their weights."""
        values = {}
        for attribute in self._attributes(token):
            name, _, value = attribute.partition("=")
            values[name] = value
        lower, title = values["T[0].lower"], values["T[0].istitle"] == "True"
        sums = []
        for at in (-2, -1, 0, 1, 2):
            kinds = ["", ".lower", ".istitle", ".is_in_dict"] + [".isdigit"] * (abs(at) < 2)
            sums.append(self._sum(f"T[{at}]{kind}={values[f'T[0]{kind}']}" for kind in kinds))
        if lower != token:
            raise UnknownModel(f"{token!r} is not in small letters")
        if len(self._tokens) >= _MOST_TOKENS:
            self._tokens.clear()
        self._tokens[token] = learned = (token, title, *sums)
        return learned

    def _sum(self, attributes: Iterable[str]) -> float:
        return sum(self._weights.get(attribute, 0.0) for attribute in attributes)

    def _make_edges(self) -> None:
        """Sum the attributes that reach beyond the text, at its first and last two tokens."""

        def outside(word: str, places: tuple[int, ...], spans: tuple[str, ...]) -> float:
            names = [
                name
                for name in TEMPLATES
                if name.split(".")[0] in {*(f"T[{at}]" for at in places), *spans}
            ]
            return self._sum(f"{name}={word}" for name in names)

        begin, end = partial(outside, "BOS"), partial(outside, "EOS")
        left = ("T[-2,-1]", "T[-1,0]", "T[-2,0]", "T[-1,1]")
        self._first = (begin((-2, -1), left), begin((-2,), ("T[-2,-1]", "T[-2,0]")))
        right = ("T[0,1]", "T[1,2]", "T[0,2]")
        self._last = (end((1, 2), (*right, "T[-1,1]")), end((2,), ("T[1,2]", "T[0,2]")))
        self._alone = self._first[0] + end((1, 2), right)

    def _make_tables(self, dictionary: set[str]) -> None:
        """Sum what each pair and triple that the model or the dictionary knows adds."""
        texts: dict[int, set[str]] = {2: set(), 3: set()}
        for attribute in self._weights:
            name, _, text = attribute.partition("=")
            if name.split(".")[0] in _PAIRS:
                texts[2].add(text)
            elif name in _TRIPLES:
                texts[3].add(text)
        for text in dictionary:
            if text.count(" ") in (1, 2):
                texts[text.count(" ") + 1].add(text)
        self._pairs = {text: self._pair(text, text in dictionary) for text in texts[2]}
        self._triples = {text: self._triple(text, text in dictionary) for text in texts[3]}
        # A blank stands for a text that neither the model nor the dictionary knows.
        self._unknown_pair, self._unknown_triple = self._pair(" ", False), self._triple(" ", False)
        self._pair_title = self._titles("T[0,1]")
        self._triple_title = self._titles("T[0,2]")

    def _titles(self, name: str) -> tuple[float, float]:
        return tuple(self._sum([f"{name}.istitle={value}"]) for value in (True, False))

    def _pair(self, text: str, known: bool) -> tuple[float, ...]:
        return tuple(
            self._sum((f"{name}={text}", f"{name}.lower={text}", f"{name}.is_in_dict={known}"))
            for name in ("T[1,2]", "T[0,1]", "T[-1,0]", "T[-2,-1]")
        )

    def _triple(self, text: str, known: bool) -> tuple[float, ...]:
        return tuple(
            self._sum((f"{name}={text}", f"{name}.is_in_dict={known}"))
            for name in ("T[0,2]", "T[-1,1]", "T[-2,0]")
        )


def read_weights(content: bytes) -> tuple[dict[str, float], tuple[float, float, float, float]]:
    """Return what each attribute adds to "goes on" over "begins", and the moves.

    Parameters
    ----------
    content
        Bytes of a CRFsuite model file.

    Returns
    -------
    (dict, tuple)
        `{attribute: difference of weights}`, and the weights of the moves
        begin-begin, on-begin, begin-on, on-on.

    Raises
    ------
    UnknownModel
        Another format or other labels.
    """
    import numpy as np

    if len(content) < _HEADER.size:
        raise UnknownModel("length")
    magic, _, kind, _, _, n_labels, _, features, labels, names, _, _ = _HEADER.unpack_from(content)
    if (magic, kind, n_labels) != (b"lCRF", b"FOMC", 2):
        raise UnknownModel("format")
    words = _strings(content, labels)
    if sorted(words) != [_BEGIN, _END]:
        raise UnknownModel("labels")
    (count,) = struct.unpack_from("<I", content, features + 8)
    table = np.frombuffer(
        content,
        np.dtype([("type", "<u4"), ("from", "<u4"), ("to", "<u4"), ("weight", "<f8")]),
        count,
        features + 12,
    )
    goes_on = table["to"] == words.index(_END)
    signed = np.where(goes_on, table["weight"], -table["weight"])
    state = table["type"] == 0
    attributes = _strings(content, names)
    sums = np.bincount(table["from"][state], signed[state], len(attributes))
    moves = np.zeros((2, 2))
    comes_on = table["from"] == words.index(_END)
    np.add.at(
        moves,
        (comes_on[~state].astype(int), goes_on[~state].astype(int)),
        table["weight"][~state],
    )
    return (
        dict(zip(attributes, sums.tolist(), strict=True)),
        (float(moves[0, 0]), float(moves[1, 0]), float(moves[0, 1]), float(moves[1, 1])),
    )


def _strings(content: bytes, start: int) -> list[str]:
    """Return the strings of a table of CRFsuite (a constant quark database) by number."""
    mark, _, _, _, count, back = struct.unpack_from("<4s5I", content, start)
    if mark != b"CQDB":
        raise UnknownModel("strings")
    found = []
    for offset in struct.unpack_from(f"<{count}I", content, start + back):
        (size,) = struct.unpack_from("<I", content, start + offset + 4)
        begin = start + offset + 8
        found.append(content[begin : begin + size - 1].decode("utf-8"))
    return found
