"""Tables of any length get topics and routes, chunk by chunk, in memory that stays flat.

    table ─► chunks ─► tasks ─► answers ─► spool ─► output
            source    engine   processes          writing
                               or cluster

Each chunk's answers are kept in `<out>.part/` as they come; a run that was
killed asks only for those that are missing. The output appears whole at the end.
"""

from __future__ import annotations

from pipeline.stream.classify import ClassifyOptions, ClassifyResult, classify_file

__all__ = ["ClassifyOptions", "ClassifyResult", "classify_file"]
