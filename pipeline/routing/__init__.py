"""Topics become agencies: who leads, who coordinates, who stands above, and by when.

>>> routing = load_routing()
>>> route_opinion("Cột điện trước nhà nghiêng", "planning", routing).lead
'p-kthtdt'
"""

from __future__ import annotations

from pipeline.routing.agencies import Agency
from pipeline.routing.checking import load_routing
from pipeline.routing.deadlines import Deadline, WorkCalendar, meeting_steps
from pipeline.routing.evaluation import RoutingReport, evaluate_routing
from pipeline.routing.knowledge import Routing
from pipeline.routing.office import Office
from pipeline.routing.places import Mention, Unit
from pipeline.routing.route import BEYOND, Route, route_opinion
from pipeline.routing.rows import route_table
from pipeline.routing.rules import Rule

__all__ = [
    "BEYOND",
    "Agency",
    "Deadline",
    "Mention",
    "Office",
    "Route",
    "Routing",
    "RoutingReport",
    "Rule",
    "Unit",
    "WorkCalendar",
    "evaluate_routing",
    "load_routing",
    "meeting_steps",
    "route_opinion",
    "route_table",
]
