"""What the API's description says of groups and addresses, for the catalogue of translations.

The sentences are the docstrings of the addresses, where no tool that gathers texts finds them: a test holds both
equal.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop

GROUPS = (
    gettext_noop("Figures"),
    gettext_noop("Reports"),
    gettext_noop("Versions"),
    gettext_noop("Reference"),
    gettext_noop("Events and articles"),
    gettext_noop("Findings"),
    gettext_noop("Search"),
    gettext_noop("Compatible faces"),
)

ADDRESSES = (
    gettext_noop(
        "Every accepted figure, one in a row, as CSV. Categories in the source's order, each from its "
        "first day to its last. An empty cell is “not stated”. With a limit it comes in pages; "
        "without one it is streamed whole. With a measure its values are given instead, under the "
        "names of `Value`."
    ),
    gettext_noop(
        "Every accepted figure, one in an object, as JSON: the same rows and names as the CSV. With a "
        "measure its values are given instead, under the names of `Value`."
    ),
    gettext_noop(
        "One category's course in its compact form. Day by day from `start` with `null` where the "
        "source stated nothing, or by `dates` where most days have no figure. A change is that of a "
        "single day: `null` where the day before has no total."
    ),
    gettext_noop(
        "The readings that count, newest day first: which source stated something of which day, read from where."
    ),
    gettext_noop(
        "One day: the figures that the ledger accepts, and every reading of every source, superseded ones too."
    ),
    gettext_noop("Every version, newest first; of those up to one where `version` is given."),
    gettext_noop("One version and what it changed, old beside new, by category and day, in pages."),
    gettext_noop("Every category in the source's order, with what it counts and since when."),
    gettext_noop("Every source, with what its figures mean. Figures of different sources are never added up."),
    gettext_noop(
        "The events that the timeline shows under the same query, oldest first. Edited outside the versions."
    ),
    gettext_noop(
        "The articles, newest first, those without a date last. Summaries are ours, originals are linked."
    ),
    gettext_noop("The claims, article by article, each with who says so and how sure that is."),
    gettext_noop("The findings that stand, newest day first; `state=passed` gives those whose cause is gone."),
    gettext_noop(
        "Articles, claims, events, reports, categories, actors and places that hold every word, titles first."
    ),
    gettext_noop(
        "`russia_losses_equipment.json` of the dataset of Petro Ivaniuk: the same keys in the same order."
    ),
    gettext_noop(
        "`russia_losses_personnel.json` of the dataset of Petro Ivaniuk: the same keys in the same order."
    ),
    gettext_noop(
        "`russian-losses.json` of the dataset Orc Losses: newest day first, `null` where nothing is stated."
    ),
)
