"""Fills the Word templates of `data/papers`, which an office may edit in Word."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

from pipeline.errors import DataError
from pipeline.papers.stable import stable_zip
from pipeline.resources import data_dir

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def fill_template(name: str, fields: dict[str, Any]) -> bytes:
    """Return the Word file that the template `data/papers/<name>` gives with `fields`.

    Text of the minutes is escaped: whatever it holds, it stays text.

    Parameters
    ----------
    name
        File name of the template.
    fields
        What the template may name between `{{` and `}}`.

    Raises
    ------
    DataError
        The template is missing, is no Word file, names a field that does not
        exist (the message names it), or holds a broken tag.
    """
    import jinja2
    import jinja2.sandbox
    from docxtpl import DocxTemplate

    path = data_dir() / "papers" / name
    rules = jinja2.sandbox.SandboxedEnvironment(undefined=jinja2.StrictUndefined, autoescape=True)
    try:
        template = DocxTemplate(path)
        template.render(_printable(fields), jinja_env=rules, autoescape=True)
        content = io.BytesIO()
        template.save(content)
    except jinja2.UndefinedError as error:
        raise DataError(
            f"{path}: the template names an unknown field ({error.message}). Known fields: "
            f"{', '.join(sorted(fields))}. Correct the name in Word; docs/papers.md explains each."
        ) from error
    except (jinja2.TemplateError, SyntaxError, TypeError) as error:  # lxml's errors too
        raise DataError(
            f"{path}: a tag of the template is broken ({error}). Correct it in Word, or "
            "take the template that came with the program."
        ) from error
    except (OSError, KeyError, ValueError, _not_a_package()) as error:
        raise DataError(
            f"{path}: cannot be opened as a Word file (.docx): {error}. Save it again from Word "
            "as .docx, or take the template that came with the program."
        ) from error
    return stable_zip(content.getvalue())


def _printable(value: Any) -> Any:
    """Word files are XML, which has no place for the control characters that scans leave."""
    if isinstance(value, str):
        return _NOT_XML.sub("", value)
    if isinstance(value, dict):
        return {key: _printable(one) for key, one in value.items()}
    return [_printable(one) for one in value] if isinstance(value, list) else value


def _not_a_package() -> type[Exception]:
    from zipfile import BadZipFile

    return BadZipFile


def write_document(path: Path, name: str, fields: dict[str, Any]) -> None:
    """Write the filled template `name` to `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(fill_template(name, fields))
