"""Answers what a style of a Word document makes of a paragraph: font, bold, numbering."""

from __future__ import annotations

from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LONGEST_CHAIN = 20


def value(node: Any, path: str, attribute: str = "val") -> str | None:
    """Return an attribute of the first element at `path` ("pPr/numPr/numId"), else None."""
    found = node.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(W + attribute, "")


class Styles:
    """The styles of one document; an unknown style says nothing."""

    def __init__(self, root: Any | None) -> None:
        self._styles: dict[str, Any] = {}
        self._defaults: Any | None = None
        self.default_paragraph = ""
        if root is None:
            return
        self._defaults = root.find(f"{W}docDefaults/{W}rPrDefault")
        for style in root.iter(W + "style"):
            name = style.get(W + "styleId", "")
            self._styles[name] = style
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
                self.default_paragraph = name

    def _chain(self, name: str | None) -> list[Any]:
        chain: list[Any] = []
        while name in self._styles and len(chain) < _LONGEST_CHAIN:
            chain.append(self._styles[name])
            name = value(chain[-1], "basedOn")
        return chain

    def font(self, run_properties: Any | None, paragraph_style: str | None) -> str:
        """Return the font of a run: its own, or its style's, or the document's."""
        for properties in self._run_properties(run_properties, paragraph_style):
            fonts = properties.find(W + "rFonts")
            if fonts is not None:
                name = fonts.get(W + "ascii") or fonts.get(W + "hAnsi")
                if name:
                    return name
        return ""

    def is_bold(self, run_properties: Any | None, paragraph_style: str | None) -> bool:
        """Tell whether a run is bold, by itself or through its style."""
        for properties in self._run_properties(run_properties, paragraph_style):
            found = value(properties, "b")
            if found is not None:
                return found not in ("0", "false", "off")
        return False

    def is_heading(self, paragraph_style: str | None) -> bool:
        """Tell whether a paragraph style is one of Word's headings or the title."""
        for style in self._chain(paragraph_style):
            name = (value(style, "name") or "").lower()
            if name.startswith("heading") or name == "title":
                return True
        return False

    def numbering(self, paragraph_style: str | None) -> tuple[str | None, str | None]:
        """Return the list and level that a paragraph style brings, (None, None) if none."""
        for style in self._chain(paragraph_style or self.default_paragraph):
            number = value(style, "pPr/numPr/numId")
            if number is not None:
                return number, value(style, "pPr/numPr/ilvl")
        return None, None

    def _run_properties(self, own: Any | None, paragraph_style: str | None) -> list[Any]:
        found = [] if own is None else [own]
        if own is not None:
            found += self._of_chain(value(own, "rStyle"))
        found += self._of_chain(paragraph_style or self.default_paragraph)
        if self._defaults is not None:
            found += self._defaults.findall(W + "rPr")
        return found

    def _of_chain(self, name: str | None) -> list[Any]:
        properties = [style.find(W + "rPr") for style in self._chain(name)]
        return [each for each in properties if each is not None]
