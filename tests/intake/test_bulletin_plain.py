"""A text in plain characters is as long as it was printed: every place in it is a place in the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict.intake.bulletin_plain import normalise

MARKUP, REST, UNSEEN, CHANGED = "\x01", "\x02", "\x03", "\x04"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Tanks — 9 382", "tanks - 9 382"),
        ("«Град» “Buk”", '"град" "buk"'),
        ("［1］{2}", "(1)(2)"),
        ("a\tb│c", "a|b|c"),
        ("İstanbul STRASSE ẞ", "istanbul strasse ß"),
        ("a\r\nb\x85c", "a\n\nb\nc"),
        ("п’ять", "п'ять"),
        ("~ 300, ~300", "≈ 300, ≈300"),
        ("~~300~~", f"{MARKUP}{MARKUP}300{MARKUP}{MARKUP}"),
        ("*17*", f"{MARKUP}17{MARKUP}"),
        ("9\u200b3", f"9{UNSEEN}3"),
        ("9\u200e3", f"9{CHANGED}3"),
        ("9\u202e3", "9\x053"),
    ],
)
def test_characters_of_one_kind_become_one(text, plain):
    assert normalise(text) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("1️⃣ tanks", "    tanks"),
        ("a\n  2️⃣ tanks", "a\n      tanks"),
        ("tanks 1️⃣", f"tanks 1{MARKUP}{CHANGED}"),  # no number of a line
        ("1\u20e3 tanks", "   tanks"),
    ],
)
def test_a_keycap_numbers_a_line_at_its_beginning_alone(text, plain):
    assert normalise(text) == plain


@pytest.mark.parametrize(
    "address",
    [
        "https://mod.gov.ua/17",
        "http://x.example/?tanks=17",
        "www.x.example/17",
        "t.me/GeneralStaffZSU/9382",
        "@General_Staff_17",
        "press17@mod.gov.ua",
        "press.17+a@mod-17.gov.ua",
    ],
)
@pytest.mark.parametrize(("before", "after"), [("", ""), ("tanks ", " 9,382"), ("(", ")")])
def test_addresses_become_blanks(address, before, after):
    assert normalise(before + address + after) == before + " " * len(address) + after


@pytest.mark.parametrize("text", ["seat.me/17", "@17", "a @ b", "www/17", "t.me"])
def test_what_is_no_address_stays(text):
    assert normalise(text) == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<b>17</b>", "___17____"),
        ("17<br>18", "17$___18"),
        ("17<BR/>18", "17$____18"),
        ("17<p class='x'>18", "17$" + "_" * 12 + "18"),
        ("17</li>18", "17$____18"),
        ("17</td><td>18", "17¦____¦___18"),
        ("17<th>18", "17¦___18"),
        ("17<!-- 19 -->18", "17" + "_" * 11 + "18"),
        ("17 < 18 > 16", "17 < 18 > 16"),
    ],
)
def test_tags_end_lines_part_cells_or_are_markup(text, plain):
    assert normalise(text) == plain.replace("$", "\n").replace("¦", "|").replace("_", MARKUP)


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("&nbsp;", " "),
        ("&#160;", " "),
        ("&plus;", "+"),
        ("&#43;", "+"),
        ("&#x2B;", "+"),
        ("&ndash;", "-"),
        ("&lt;", " "),
        ("&gt;", " "),
        ("&#10;", " "),
        ("&unknown;", " "),
        ("&fjlig;", " "),  # two letters
    ],
)
def test_an_entity_is_its_character_and_nothing_that_would_be_markup(text, letter):
    assert normalise(f"9{text}3") == "9" + letter + REST * (len(text) - 1) + "3"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("їжак й", "їжак й"),
        ("и\u0306", f"й{UNSEEN}"),
        ("Е\u0308", f"ё{UNSEEN}"),
        ("и\u0306\u0301", f"й{UNSEEN}{UNSEEN}"),
        ("а\u0301", f"а{UNSEEN}"),
        ("а\u0301\u0301", f"а{UNSEEN}{UNSEEN}"),
        ("9\u0301", f"9{CHANGED}"),
        ("9\u0301\u0302", f"9{CHANGED}{CHANGED}"),
    ],
)
def test_accents_are_composed_or_unseen_and_change_a_digit(text, plain):
    assert normalise(text) == plain


@given(
    st.text(alphabet=st.characters() | st.sampled_from("<>/b&;#9a @.:wtme~*\u20e3\ufe0f\u0306и\r\n"), max_size=60)
)
def test_every_text_keeps_its_length(text):
    assert len(normalise(text)) == len(text)
