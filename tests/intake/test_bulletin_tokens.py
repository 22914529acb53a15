"""A bulletin's text as tokens: what is a number, a date, a label, an end, and which numbers are not trusted."""

from itertools import pairwise

import pytest

from conflict.intake.bulletin_tokens import mark_broken_numbers, tokenise
from conflict.intake.labels import default_labels

WHY = {
    "together": "several numbers run together",
    "letters": "letters and digits run together",
    "word": "a number word that is not read",
    "digits": "digits other than 0-9",
    "broken": "a number broken by the end of a line",
    "no date": "a date that does not exist",
    "separators": "a number whose separators are not thousands",
    "invisible": "an invisible character beside a number",
    "within": "an invisible character within a number",
    "markup": "markup between a sign and its number",
    "dot": "a dot within a number of a text that does not part all its thousands by dots",
}


def told(token):
    """§ ends a sentence, $ a line; <tanks> is a label, @06:00 a time, ! a number that is not trusted and why.

    A number word is 1w, a rounded number 17000/1000, and a number tied to the letters before it 72~.
    """
    tied = "~" if token.tied else ""
    if token.kind == "end":
        return "$" if token.newline else "§"
    if token.kind == "bad":
        (why,) = (short for short, long in WHY.items() if long == token.why)
        return f"!{token.text}[{why}]{tied}"
    if token.kind == "number":
        return f"{token.value}{'w' if token.spelled else ''}{tied}"
    if token.kind == "rounded":
        return f"{token.rounded.value}/{token.rounded.step}"
    if token.kind == "label":
        return f"<{token.meanings[0].what}>"
    return {"date": str(token.date), "time": f"@{token.text}"}.get(token.kind, token.text)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Tanks: 9,382. Ships: 28", "<tanks> : 9382 § <ships> : 28"),
        ("Tanks: 9,382 Ships", "<tanks> : 9382 <ships>"),
        ("Nov. 19 tanks", "nov 19 <tanks>"),
        ("19 Nov. 2024 tanks", "19 nov 2024 <tanks>"),
        ("Mr. Smith", "mr § smith"),
        ("a. Then", "a . then"),
        ("od. Tanks", "od § <tanks>"),
        ("1. Tanks: 9", "1 . <tanks> : 9"),
        ("12. Tanks: 9", "12 . <tanks> : 9"),
        ("123. Tanks: 9", "123 § <tanks> : 9"),
        ("No. 9 tanks", "no . 9 <tanks>"),
        ("Tanks! Ships? 9… Now", "<tanks> § <ships> § 9 § now"),
        ("It ended. then", "it ended . then"),
        ("It ended. 9 tanks", "it ended § 9 <tanks>"),
        ("24 hours 9 tanks", "hours 9 <tanks>"),
        ("24-hours tanks", "hours <tanks>"),
        ("24 год tanks", "год <tanks>"),
        ("12 hours tanks", "12 hours <tanks>"),
        ("one tank", "1w <tanks>"),
        ("fifty tanks", "!fifty[word] <tanks>"),
        ("one two tanks", "!one[together] !two[together] <tanks>"),
        ("9 one tanks", "!9[together] !one[together] <tanks>"),
        ("17 thousand tanks", "17000/1000 <tanks>"),
        ("one thousand tanks", "1000/1000 <tanks>"),
        ("fifty thousand tanks", "!0 thousand[word] <tanks>"),
        ("17.5 thousand tanks", "17500/100 <tanks>"),
        ("1.02 million soldiers", "1020000/10000 <personnel>"),
        ("17 thousand thousand", "!17 thousand thousand[word]"),
        ("a thousand tanks", "a thousand <tanks>"),
        ("17k tanks", "17000/1000 <tanks>"),
        ("17 kk tanks", "17 kk <tanks>"),
        ("9382од", "9382 од"),
        ("9382x", "!9382[letters] x"),
        ("T-72 tanks", "t - 72~ <tanks>"),
        ("T72 tanks", "t !72[letters]~ <tanks>"),
        ("9.T-72", "9 . t - 72~"),
        ("tanks9", "<tanks> !9[letters]~"),
        ("tanks,9", "<tanks> , !9[letters]"),
        ("tanks.9", "<tanks> . !9[letters]"),
        ("9, 382 tanks", "!9[together] , !382[together] <tanks>"),
        ("9. 382 tanks", "!9[together] . !382[together] <tanks>"),
        ("9 - 382 tanks", "!9[together] - !382[together] <tanks>"),
        ("9-382 tanks", "!9-382[together] <tanks>"),
        ("9+17 tanks", "!9[together] + !17[together] <tanks>"),
        ("9 / 17 tanks", "9 / 17 <tanks>"),
        ("9; 17 tanks", "9 ; 17 <tanks>"),
        ("9 (17) tanks", "9 ( 17 ) <tanks>"),
        ("9 | 17 tanks", "9 | 17 <tanks>"),
        ("1. 252 aircraft", "!1[together] . !252[together] <aircraft>"),
        ("1. 9 aircraft", "1 . 9 <aircraft>"),
        ("1) 252 aircraft", "!1[together] ) !252[together] <aircraft>"),
        ("tanks 9,\n382", "<tanks> !9[broken] , $ !382[broken]"),
        ("tanks 9,\n38", "<tanks> 9 , $ 38"),
        ("tanks 9\n382", "<tanks> 9 $ 382"),
        ("one - two tanks", "!one[together] - !two[together] <tanks>"),
        ("1st tank", "@1 <tanks>"),
        ("2nd of tanks", "@2 of <tanks>"),
        ("19th tank", "@19 <tanks>"),
        ("19-го tanks", "@19 <tanks>"),
        ("5-ти tanks", "@5 <tanks>"),
        ("1000-й day", "@1000 day"),
        ("tanks ½", "<tanks> !½[digits]"),
        ("tanks Ⅷ", "<tanks> !ⅷ[digits]"),
        ("tanks ② ", "<tanks> !②[digits]"),
        ("19.11.2024 tanks", "2024-11-19 <tanks>"),
        ("31.02.2024 tanks", "!31.02.2024[no date] <tanks>"),
        ("2024-11-19 tanks", "2024-11-19 <tanks>"),
        ("2024-11-19-1 tanks", "!2024-11-19-1[together] <tanks>"),
        ("06:00 tanks", "@06:00 <tanks>"),
        ("06:00:30 tanks", "@06:00:30 <tanks>"),
        ("26:00 tanks", "!26:00[separators] <tanks>"),
        ("9:38 200 tanks", "@9:38 200 <tanks>"),
        ("19 November 2024 200 tanks", "19 november !2024[together] !200[together] <tanks>"),
        ("November 19 2024 tanks", "november !19[together] !2024[together] <tanks>"),
        ("November 1 202 tanks", "november 1202 <tanks>"),
        ("листопада 2024 200 tanks", "листопада !2024[together] !200[together] <tanks>"),
        ("air defense systems", "<air-defence>"),
        ("air-defense systems", "<air-defence>"),
        ("air/defense systems", "<air-defence>"),
        ("anti-aircraft warfare systems", "<air-defence>"),
        ("о. с. 9", "<personnel> 9"),
        ("о.\u200bс. 9", "<personnel> 9"),
        ("tan\u00adks 9", "<tanks> 9"),
        ("tanks ٣", "<tanks> !٣[digits]"),
        ("tanks ٩٣ 9", "<tanks> !٩٣ 9[digits]"),
        ("9.382 tanks, 19.092 ships", "9382 <tanks> , 19092 <ships>"),
        ("9.382 tanks, 19.09 ships", "!9.382[dot] <tanks> , !19.09[separators] <ships>"),
        ("tanks \u202e9 and 17\nships 3", "<tanks> !9[invisible] and !17[invisible] $ <ships> 3"),
        ("tanks \u20609", "<tanks> !9[invisible]"),
        ("tanks 9\u200b82", "<tanks> !9\x0382[within]"),
        ("tanks: -*17", "<tanks> : - !17[markup]"),
        ("tanks: +*17", "<tanks> : + !17[markup]"),
        ("9;382 tanks", "!9[together] ; !382[together] <tanks>"),
        ("9(3) tanks", "9 ( 3 ) <tanks>"),
        ("19.11.99 tanks", "2099-11-19 <tanks>"),
        ('Lost."Then', "lost § then"),
        ("men. Then", "men § then"),
        ("(men.) Then", "( men ) then"),
        ("9 T72 tanks", "!9[letters] t !72[letters]~ <tanks>"),
        ("9,T72 tanks", "!9[letters] , t !72[letters]~ <tanks>"),
        ("9  T72 tanks", "9 t !72[letters]~ <tanks>"),
        ("9 T-72 tanks", "9 t - 72~ <tanks>"),
        ("tanks (+17 од.) 9", "<tanks> ( + 17 од ) 9"),
        ("tanks (+17 units.) Then", "<tanks> ( + 17 units § ) then"),
        ("9km 9од 9k", "9 km 9 од 9000/1000"),
        ("9 + 17 tanks", "9 + 17 <tanks>"),
        ("9, one tanks", "!9[together] , !one[together] <tanks>"),
    ],
)
def test_a_text_is_parted_into_words_numbers_dates_and_ends(text, tokens):
    found = tokenise(text, default_labels())
    mark_broken_numbers(found)
    assert found[-1].newline
    assert " ".join(map(told, found[:-1])) == tokens
    assert all(token.start < token.end for token in found[:-1])
    assert all(left.end <= right.start for left, right in pairwise(found))
