"""The tables. Every invariant is a constraint or a trigger in the database, not only a check in Python."""

from conflict.models.articles import Article, Claim, Document, Question
from conflict.models.events import Actor, Event, EventActor, EventFigure, Place
from conflict.models.findings import Check, Finding
from conflict.models.ledger import Decision, Point, Version
from conflict.models.reports import LossEntry, ModelCount, Report
from conflict.models.sources import Category, Party, Source
from conflict.models.wars import War, WarEstimate

__all__ = [
    "Actor",
    "Article",
    "Category",
    "Check",
    "Claim",
    "Decision",
    "Document",
    "Event",
    "EventActor",
    "EventFigure",
    "Finding",
    "LossEntry",
    "ModelCount",
    "Party",
    "Place",
    "Point",
    "Question",
    "Report",
    "Source",
    "Version",
    "War",
    "WarEstimate",
]
