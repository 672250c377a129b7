"""A `Document` becomes `Minutes`: meeting, opinions, replies, and a ledger that balances."""

from pipeline.extraction.evaluation import ExtractionEvaluation, evaluate_extraction
from pipeline.extraction.extract import extract_minutes
from pipeline.extraction.header import MISSING
from pipeline.extraction.minutes import LedgerEntry, Meeting, Minutes, Opinion, Span
from pipeline.extraction.tabulation import ledger_table, meeting_table, opinion_table
from pipeline.extraction.unit_tagger import UnitTagger, load_tagger

__all__ = [
    "MISSING",
    "ExtractionEvaluation",
    "LedgerEntry",
    "Meeting",
    "Minutes",
    "Opinion",
    "Span",
    "UnitTagger",
    "evaluate_extraction",
    "extract_minutes",
    "ledger_table",
    "load_tagger",
    "meeting_table",
    "opinion_table",
]
