"""What stands beside a number or a label: ^ marks the token that is asked about."""

import pytest

from conflict.intake import bulletin_context
from conflict.intake.bulletin_dates import join_dates
from conflict.intake.bulletin_segments import segments_of
from conflict.intake.bulletin_tokens import tokenise
from conflict.intake.labels import default_labels


def ask(question, text):
    """Answer a question of the module about the token at ^."""
    place = text.index("^")
    tokens = join_dates(tokenise(text.replace("^", ""), default_labels()), default_labels().months)
    (segment,) = (segment for segment in segments_of(tokens) if segment.tokens)
    at = next(at for at, token in enumerate(segment.tokens) if token.start >= place)
    if question == "ends_line":
        return bulletin_context.ends_line(segment.tokens, segment.tokens[at])
    if question == "strange_before":
        return bulletin_context.strange_before(segment.tokens, at, 0)
    return getattr(bulletin_context, question)(segment.tokens, at)


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        # Is the number one of something that is no loss?
        ("counts_something", "^17 %", True),
        ("counts_something", "^17 days", True),
        ("counts_something", "^17 km of the front", True),
        ("counts_something", "^17 tanks", False),
        ("counts_something", "tanks ^17", False),
        ("counts_something", "^17-day fight", True),
        ("counts_something", "^17-km front", True),
        ("counts_something", "^17 - day", False),
        ("counts_something", "^152-mm guns", True),
        ("counts_something", "^152 - mm guns", False),
        ("counts_something", "^17-fold", True),
        ("counts_something", "^17-", False),
        ("counts_something", "^17- days", True),
        ("counts_something", "^17- lost", False),
        ("counts_something", "^17 $", True),
        ("counts_something", "$^17", True),
        ("counts_something", "€^17", True),
        ("counts_something", "№^17", True),
        ("counts_something", "№ ^17", True),
        ("counts_something", "£^17", True),
        ("counts_something", "^17 €", True),
        ("counts_something", "^17 ₴", True),
        ("counts_something", "day ^1000", True),
        ("counts_something", "день ^1000", True),
        ("counts_something", "days ^17", True),
        ("counts_something", "on day ^1000 tanks", True),
        ("counts_something", "a ^17", False),
        ("counts_something", "^17", False),
        # What do the words before the number make of it?
        ("preceding_kind", "another ^17", "change"),
        ("preceding_kind", "another about ^17", "change"),
        ("preceding_kind", "a total of ^9382", "total"),
        ("preceding_kind", "total: ^9382", "total"),
        ("preceding_kind", "rose by ^17", "change"),
        ("preceding_kind", "rose to ^9382", "total"),
        ("preceding_kind", "rose from ^9365", "former"),
        ("preceding_kind", "by ^17", "unsure"),
        ("preceding_kind", "climbed by the the ^17", "change"),
        ("preceding_kind", "climbed by the the the ^17", None),
        ("preceding_kind", "climbed to the the ^9382", "total"),
        ("preceding_kind", "climbed to the the the ^9382", None),
        ("preceding_kind", "another the of the of the ^17", "change"),
        ("preceding_kind", "another the of the of the of ^17", None),
        ("preceding_kind", "climbed" + " the" * 14 + " by ^17", "change"),
        ("preceding_kind", "climbed" + " the" * 15 + " by ^17", "unsure"),
        ("preceding_kind", "daily total ^17", None),
        ("preceding_kind", "daily the of total ^17", None),
        ("preceding_kind", "daily the of the total ^17", "total"),
        ("listed_here", "^17 tanks -", False),
        ("listed_here", "tanks - ^17", True),
        ("is_label_at", "tanks ^and helicopters", True),
        ("is_label_at", "tanks ^and", False),
        ("has_own_number", "^tanks 9", True),
        ("has_own_number", "^tanks: 9", True),
        ("has_own_number", "^tanks:", False),
        ("has_own_number", "^tanks lost: 9", False),
        ("label_after", "^9 tanks", 1),
        ("label_after", "^9 units of the tanks", 4),
        ("label_after", "^9 brand tanks", None),
        ("label_after", "^9 and tanks", None),
        ("preceding_kind", "to ^9382", None),
        ("preceding_kind", "from ^9365", "unsure"),
        ("preceding_kind", "up to a total of ^9382", "total"),
        ("preceding_kind", "grew in all by some ^17", "change"),
        ("preceding_kind", "rose by as many as ^17", "change"),
        ("preceding_kind", "rose by as many tanks as ^17", None),
        ("preceding_kind", "minus ^17", "unsure"),
        ("preceding_kind", "fewer than ^17", "unsure"),
        ("preceding_kind", "fewer, ^17", None),
        ("preceding_kind", "another, ^17", None),
        ("preceding_kind", "another; ^17", None),
        ("preceding_kind", "another tanks ^17", None),
        ("preceding_kind", "another 9 of ^17", None),
        ("preceding_kind", "another (9) ^17", None),
        ("preceding_kind", "a daily total of ^17", None),
        ("preceding_kind", "past day: ^17", "change"),
        ("preceding_kind", "past day ^17", None),
        ("preceding_kind", "past day - ^17", "change"),
        ("preceding_kind", "tanks ^17", None),
        ("preceding_kind", "^17", None),
        ("preceding_kind", "in all one more, ^17", None),
        # Does an unknown word before it qualify the label?
        ("strange_before", "naval ^drones", True),
        ("strange_before", "crews of ^tanks", True),
        ("strange_before", "the ^tanks", False),
        ("strange_before", "Russia lost 9 naval ^drones", True),
        ("strange_before", "9382 ^tanks", False),
        ("strange_before", "aircraft, ^helicopters", True),
        ("strange_before", "aircraft, and ^helicopters", True),
        ("strange_before", "boats, naval ^drones", True),
        ("strange_before", "lost naval ^drones", True),
        ("strange_before", "naval lost ^drones", False),
        ("strange_before", "units of ^tanks", False),
        ("strange_before", "a unit naval ^drones", True),
        ("strange_before", "new naval and ^drones", True),
        ("strange_before", "^tanks", False),
        ("strange_before", "in total ^tanks", False),
        ("strange_before", "over the past day ^tanks", False),
        ("strange_before", "1/ ^tanks", False),
        ("strange_before", "a) ^tanks", False),
        ("strange_before", "T-72: ^tanks", False),
        # Does an unknown word stand behind it?
        ("strange_after", "^tanks destroyed", False),
        ("strange_after", "^tanks crews", True),
        ("strange_after", "^tanks", False),
        ("strange_after", "^tanks, crews", False),
        ("strange_after", "^tanks: 9", False),
        ("strange_after", "^tanks 9", False),
        # Does the number look like a figure?
        ("looks_listed", "tanks: ^17", True),
        ("looks_listed", "tanks - ^17", True),
        ("looks_listed", "tanks ^17", False),
        ("looks_listed", "tanks about ^17", True),
        ("looks_listed", "tanks over ^17", True),
        ("looks_listed", "tanks ^17 (+3)", True),
        ("looks_listed", "tanks ^17 (3)", False),
        ("looks_listed", "tanks of ^17", False),
        ("looks_listed", "^17", True),
        ("looks_listed", "tanks = ^17", True),
        ("looks_listed", "tanks | ^17", True),
        ("looks_listed", "tanks, ^17", False),
        # How sure is the text of the number?
        ("qualifier_before", "about ^17", "about"),
        ("qualifier_before", "nearly ^17", "about"),
        ("qualifier_before", "more than ^17", "more-than"),
        ("qualifier_before", "at least ^17", "at-least"),
        ("qualifier_before", "about a ^17", "about"),
        ("qualifier_before", "about an ^17", "about"),
        ("qualifier_before", "близько/ about ^17", "about"),
        ("qualifier_before", "about / ^17", "about"),
        ("qualifier_before", "≈^17", "about"),
        ("qualifier_before", ">^17", "more-than"),
        ("qualifier_before", "≥^17", "at-least"),
        ("qualifier_before", "> ^17", "more-than"),
        ("qualifier_before", "about the ^17", ""),
        ("qualifier_before", "about, ^17", ""),
        ("qualifier_before", "about 9 of ^17", ""),
        ("qualifier_before", "^17", ""),
        ("qualifier_before", "roughly a / a ^17", "about"),
        ("qualifier_before", "roughly a / a / ^17", ""),
        # Does a change with a sign follow?
        ("signed_follows", "tanks^, +17", True),
        ("signed_follows", "tanks ^9 +17", True),
        ("signed_follows", "tanks ^9 +17 ships", False),
        ("signed_follows", "tanks ^9 17", False),
        ("signed_follows", "tanks ^9", False),
        ("signed_follows", "tanks ^9 (+17)", False),
        # Does a label stand here, perhaps behind an and?
        ("is_label_at", "^tanks", True),
        ("is_label_at", "^and tanks", True),
        ("is_label_at", "^and 9", False),
        ("is_label_at", "^and", False),
        ("is_label_at", "^9", False),
        ("is_label_at", "^as well as tanks", True),
        ("is_label_at", "^and and tanks", False),
        # Which token is the label of the number?
        ("label_after", "^9 tanks", 1),
        ("label_after", "^9 units of tanks", 3),
        ("label_after", "^9 (+17) tanks", 2),
        ("label_after", "^9 and tanks", None),
        ("label_after", "^9, tanks", None),
        ("label_after", "^9 destroyed enemy tanks", 3),
        ("label_after", "^9 of the of the of tanks", None),
        ("label_after", "^9 the the the the tanks", 5),
        ("label_after", "^9 the the the the the tanks", None),
        ("label_after", "^9", None),
        ("label_after", "^9 lost, tanks", None),
        # Do a link and a number follow the label?
        ("linked_later", "^tank crews: 120", True),
        ("linked_later", "^tank crews - 120", True),
        ("linked_later", "^tank crews = 120", True),
        ("linked_later", "^tank crews and their men: 120", True),
        ("linked_later", "^tank and its whole big crew: 120", False),
        ("linked_later", "^tank and its whole big old crew: 120", False),
        ("linked_later", "^tank crews: about 120", True),
        ("linked_later", "^tank crews: ten", True),
        ("linked_later", "^tank crews: many", False),
        ("linked_later", "^tank, crews: 120", False),
        ("linked_later", "^tank crews", False),
        ("linked_later", "^tank: 120", True),
        # Where is the token behind the last number before it?
        ("last_number", "tanks 9 of ^these", 2),
        ("last_number", "9 tanks ^lost", 1),
        ("last_number", "^tanks", 0),
        ("last_number", "17 of 9 ^tanks", 3),
        ("last_number", "9 ^tanks", 1),
        ("last_number", "17 tanks 9 (3) the ^tanks", 3),
        # Does nothing but units and brackets follow?
        ("strange_before", "robot yesterday ^tanks", False),
        ("strange_before", "robot total ^tanks", False),
        ("strange_before", "robot втратила вже ^tanks", False),
        ("strange_before", "fifty ^tanks", True),
        ("strange_before", "helicopters , the of ^tanks", True),
        ("strange_before", "helicopters , the of the ^tanks", False),
        ("ends_line", "tanks ^17", True),
        ("ends_line", "tanks ^17 units", True),
        ("ends_line", "tanks ^17 (+3) units", True),
        ("ends_line", "tanks ^17, (+3)", True),
        ("ends_line", "tanks ^17 destroyed", False),
        ("ends_line", "tanks ^17 ships", False),
        ("ends_line", "tanks ^17 - 3", False),
    ],
)
def test_the_words_beside_a_token_are_read(question, text, answer):
    assert ask(question, text) == answer


def test_only_what_lies_behind_the_beginning_qualifies_a_label():
    tokens = segments_of(tokenise("naval drones", default_labels()))[0].tokens
    assert bulletin_context.strange_before(tokens, 1, 0)
    assert not bulletin_context.strange_before(tokens, 1, 1)


def test_an_unknown_label_takes_its_number_with_it():
    (segment, *_) = segments_of(tokenise("tank crews of the enemy: 120 and 9", default_labels()))
    bulletin_context.report_unknown(segment.tokens, 0, segment)
    ((token, reason, listed),) = segment.leftovers
    assert (token.text, token.kind, token.why) == ("120", "bad", "an unknown label")
    assert (reason, listed) == ("an unknown label", True)
    assert [other.kind for other in segment.tokens if other.text == "9"] == ["number"]


@pytest.mark.parametrize("word", ["total", "rose", "to", "by", "another"])
def test_a_label_reaches_its_number_over_a_word_that_leads_to_one(word):
    tokens = tokenise(f"tanks the {word} 9382", default_labels())
    assert bulletin_context.reaching(tokens, 1, 3)
    assert not bulletin_context.reaching(tokens, 1, 2)


@pytest.mark.parametrize(
    ("letter", "listed", "stray"),
    [
        ("l", False, True),
        ("l", True, True),
        ("з", False, False),
        ("з", True, True),
        ("с", True, False),
        ("lo", True, False),
    ],
)
def test_a_letter_may_stand_for_a_digit(letter, listed, stray):
    token = tokenise(letter, default_labels())[0]
    assert bulletin_context.is_stray_letter(token, listed=listed) is stray
