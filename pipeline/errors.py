"""The errors of this package, one tree:

    YkienError
    ├── ReadError         a document or table cannot be read
    ├── DataError         topics, agencies, rules, units or labelled rows are wrong
    ├── ModelError        a model cannot be trusted, loaded, trained or promoted
    ├── MissingPartError  an optional library or program is not installed
    └── OutputError       papers or tables cannot be written

Every message says what is wrong, where, and what to do, in that order.
"""

from __future__ import annotations


class YkienError(Exception):
    """Anything this package refuses to do, with a message a person can act on."""


class ReadError(YkienError):
    """A document or table cannot be read."""


class DataError(YkienError):
    """Data that an office or analyst keeps is wrong; `problems` lists each place."""

    def __init__(self, message: str, *, problems: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems

    def __reduce__(self) -> tuple:
        return _rebuild_data_error, (self.args[0], self.problems)


class ModelError(YkienError):
    """A model cannot be trusted, loaded, trained or promoted."""


class MissingPartError(YkienError):
    """An optional library or program is not installed; the message names the command."""


class OutputError(YkienError):
    """Papers or tables cannot be written."""


def _rebuild_data_error(message: str, problems: tuple[str, ...]) -> DataError:
    return DataError(message, problems=problems)
