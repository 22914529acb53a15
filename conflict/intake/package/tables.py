"""All tables of the package; each is described in ``ledger_tables`` or ``event_tables``."""

from __future__ import annotations

from conflict.intake.package.event_tables import (
    ACTORS,
    CLAIMS,
    EVENT_ACTORS,
    EVENT_FIGURES,
    EVENTS,
    PLACES,
    QUESTIONS,
    WAR_ESTIMATES,
    WARS,
)
from conflict.intake.package.ledger_tables import (
    CATEGORIES,
    CHECKS,
    DECISIONS,
    DOCUMENTS,
    ENTRIES,
    FINDING_TABLE,
    LOSSES,
    MODEL_COUNTS,
    PARTIES,
    POINTS,
    REPORTS,
    SOURCES,
    VERSIONS,
)

TABLES = (
    LOSSES,
    CATEGORIES,
    SOURCES,
    PARTIES,
    DOCUMENTS,
    VERSIONS,
    REPORTS,
    ENTRIES,
    MODEL_COUNTS,
    POINTS,
    DECISIONS,
    PLACES,
    ACTORS,
    EVENTS,
    EVENT_ACTORS,
    EVENT_FIGURES,
    QUESTIONS,
    CLAIMS,
    WARS,
    WAR_ESTIMATES,
    FINDING_TABLE,
    CHECKS,
)
"""In the order in which a restoration can write them: what is referred to comes first."""

BY_NAME = {table.name: table for table in TABLES}
