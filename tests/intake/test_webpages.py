"""A downloaded page as text, and what it states of itself."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from conflict.intake.languages import language_code, language_of
from conflict.intake.webpages import LARGEST_PAGE, Page, PageError, read_html, read_page, text_of_html


def test_text_keeps_a_line_for_each_paragraph_item_row_and_break():
    page = "<p>One<br>two   three</p><ul><li>tanks — 9382 <b>(+17)</b></li><li>РСЗВ</li></ul>"
    page += "<table><tr><td>a</td><td>b</td></tr></table>"
    lines = [line for line in text_of_html(page).split("\n") if line]
    assert lines == ["One", "two three", "tanks — 9382 (+17)", "РСЗВ", "a  b"]
    assert "\n\n\n" not in text_of_html(page)


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>9382</script>",
        "<style>9382</style>",
        "<noscript>9382</noscript>",
        "<template>9382</template>",
        "<!-- 9382 -->",
        "<nav>9382</nav>",
        "<img alt=9382>",
        "<svg><text>9382</text></svg>",
        "<textarea>9382</textarea>",
    ],
)
def test_what_no_reader_reads_is_no_text(hidden: str):
    assert text_of_html(f"<p>before</p>{hidden}<p>after</p>") == "before\n\nafter"


def test_only_the_article_is_read_where_one_is_marked():
    assert text_of_html("<p>menu</p><article><header>Head</header><p>It</p></article><p>more</p>") == "Head\n\nIt"


def test_markup_in_the_text_stays_text():
    assert text_of_html("<p>&lt;b&gt; &amp;lt; x</p>") == "<b> &lt; x"


def test_what_a_page_states_is_taken_from_open_graph_first():
    page = read_html(
        '<html lang="uk"><title>T</title><meta property="og:title" content="A &quot;b&quot;">'
        '<meta property="og:title" content="second"><meta property="og:site_name" content="P">'
        '<meta property="article:published_time" content="2024-11-19T00:30:00+02:00"><p>x'
    )
    assert (page.title, page.publisher, page.language, page.published) == (
        'A "b"',
        "P",
        "uk",
        dt.date(2024, 11, 19),
    )


def test_what_a_page_states_is_taken_from_linked_data_else():
    page = read_html(
        "<title>T</title><script type='application/ld+json'>{broken</script>"
        '<script type="application/ld+json">{"@graph": [{"@type": "Organization"}, {"headline": "H </p>", '
        '"datePublished": "2024-11-19", "inLanguage": "en-GB", "publisher": {"name": "P"}}]}</script><p>x'
    )
    assert (page.title, page.publisher, page.language) == ("H </p>", "P", "en-GB")
    assert page.published == dt.date(2024, 11, 19)


@pytest.mark.parametrize(
    "stated",
    [
        '<meta property="article:published_time" content="yesterday">',
        '<meta property="article:published_time" content="2024-02-30">',
        '<meta property="article:published_time" content="19.11.2024">',
        '<meta property="article:published_time" content="٢٠٢٤-١١-١٩">',
        '<script type="application/ld+json">{"datePublished": 20241119, "headline": ["x"]}</script>',
        '<script type="application/ld+json">[[[1]]]</script>',
        f'<script type="application/ld+json">{"[" * 50_000}</script>',
        f'<meta property="og:title" content="{"x" * 301}">',
        '<html lang="<b>">',
    ],
)
def test_what_is_not_stated_in_so_many_words_stays_empty(stated: str):
    assert read_html(stated + "<p>x</p>") == Page(text="x")


@pytest.mark.parametrize(
    ("body", "kind", "fault"),
    [
        (b"%PDF", "application/pdf", "only web pages"),
        (b"\xff", "text/html; charset=utf-8", "is not utf-8"),
        (b"x", "text/html; charset=klingon", "which is not known"),
        (b"x" * (LARGEST_PAGE + 1), "text/plain", "bytes"),
        (b"<b>" * 20_001, "text/html", "elements"),
        (b"<" * 100_001, "text/html", "elements"),
    ],
)
def test_what_is_no_page_is_refused_with_a_sentence(body: bytes, kind: str, fault: str):
    with pytest.raises(PageError, match=fault):
        read_page(body, kind)


def test_characters_are_read_as_the_page_says():
    assert read_page("танків".encode("cp1251"), "text/plain; charset=windows-1251").text == "танків"
    assert read_page('<meta charset="windows-1251"><p>танків'.encode("cp1251"), "text/html").text == "танків"
    assert read_page("\ufeffтанків".encode(), "text/plain").text == "танків"


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        (b"<b>Tanks</b>: 1\r\rShips: 2\r\n", "text/plain; charset=utf-8", "<b>Tanks</b>: 1\n\nShips: 2"),
        (b"Tanks: 1\r\nShips: 2", "", "Tanks: 1\nShips: 2"),
        (b"<p>Tanks: 1<p>Ships: 2", "", "Tanks: 1\n\nShips: 2"),
        (b"Tanks: 1\r\nShips: 2", "text/html", "Tanks: 1 Ships: 2"),
    ],
)
def test_text_without_tags_or_said_to_be_plain_keeps_its_lines(body: bytes, kind: str, text: str):
    assert read_page(body, kind).text == text


def test_what_is_set_as_it_stands_keeps_its_blanks_and_all_else_does_not():
    assert text_of_html("<p>a  b</p><pre>c  d\n\te</pre><p>f  g</p>") == "a b\n\nc  d\ne\n\nf g"
    assert text_of_html("<table><tr><th>a<td>b") == "a  b"
    assert text_of_html("<nav>1<header>2</header>3</nav><p>a\u2003") == "a\u2003"


@pytest.mark.parametrize("element", ["style", "svg", "math", "noscript", "iframe", "textarea"])
def test_what_lies_in_an_element_of_another_kind_is_no_statement_of_the_page(element: str):
    data = '<script type="application/ld+json">{"headline": "Theirs"}</script>'
    page = read_html(f"<p>x</p><{element}><title>Theirs</title>{data}</{element}><title>Ours</title>")
    assert page.title == "Ours"


def test_a_title_in_several_pieces_is_whole_and_scripts_of_another_kind_say_nothing():
    assert read_html("<title>A &amp; B &lt; C</title><p>x").title == "A & B < C"
    assert (
        read_html('<script>{"headline": "H"}</script><script type="x">{"headline": "H"}</script><p>x').title == ""
    )
    assert (
        read_html('<script type="application/ld+json">{"headline": "H"}</script><p>{"headline": "I"}').title == "H"
    )


@pytest.mark.parametrize(("letters", "title"), [(300, 300), (301, 0)])
def test_a_title_has_three_hundred_letters_at_most(letters: int, title: int):
    assert len(read_html(f"<title>{'x' * letters}</title><p>x").title) == title


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        (b"\xd0", "text/html", "Byte 0 of the page is not utf-8: it cannot be read as text."),
        (b"x" * 30 + b"\xff", "text/plain", "Byte 30 of the page is not utf-8: it cannot be read as text."),
        (
            b"x",
            "text/plain; charset=latin-99",
            "The page says that its characters are latin-99, which is not known.",
        ),
        (b"x", "a" * 61, f"The address gives {'a' * 60}; only web pages and plain text can be read."),
    ],
)
def test_a_refusal_is_one_sentence(body: bytes, kind: str, said: str):
    with pytest.raises(PageError) as refused:
        read_page(body, kind)
    assert str(refused.value) == said


@pytest.mark.parametrize("kind", ["text/html", "application/xhtml+xml", "TEXT/HTML; charset=utf-8"])
def test_html_is_read_under_either_of_its_names(kind: str):
    assert read_page(b"<p>x<p>y", kind).text == "x\n\ny"


def test_lines_of_what_is_set_as_it_stands_are_kept_around_another_such_piece():
    assert text_of_html("<pre>a\n<pre>b</pre>\nc  d\ne</pre> f\ng").split() == ["a", "b", "c", "d", "e", "f", "g"]
    assert "c  d\ne" in text_of_html("<pre>a\n<pre>b</pre>\nc  d\ne</pre> f\ng")


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ('<meta property="og:locale" content="uk_UA">', Page(text="x", language="uk-UA")),
        ('<meta itemprop="datePublished" content="2024-11-19">', Page(text="x", published=dt.date(2024, 11, 19))),
        ('<meta name="DatePublished" content="2024-11-19">', Page(text="x", published=dt.date(2024, 11, 19))),
        ('<script type="application/ld+json">{"headline": "H"}</script>', Page(text="x", title="H")),
        (
            '<script type="application/ld+json">[{"name": "N"}, {"datePublished": "2024-11-19"}]</script>',
            Page(text="x", published=dt.date(2024, 11, 19)),
        ),
    ],
)
def test_one_statement_is_enough_and_stands_for_itself(stated: str, expected: Page):
    assert read_html(stated + "<p>x</p>") == expected


def test_a_page_of_the_largest_size_is_read():
    assert len(read_page(b"x" * LARGEST_PAGE, "text/plain").text) == LARGEST_PAGE


def test_the_title_is_the_first_of_the_page_itself():
    page = read_html("<iframe><title>Theirs</title></iframe><title>Ours &amp; more</title><title>Second</title>")
    assert page.title == "Ours & more"


@pytest.mark.parametrize(
    ("stated", "publisher"), [('[{"name": "P"}, {"name": "Q"}]', "P"), ("[]", ""), ('"P"', ""), ("[7]", "")]
)
def test_the_first_publisher_of_several_counts(stated: str, publisher: str):
    data = f'{{"headline": "H", "publisher": {stated}}}'
    assert read_html(f'<script type="application/ld+json">{data}</script>').publisher == publisher


@pytest.mark.parametrize("evil", ["<div>", "<b><p>", "<table><b>", "<!", "<meta content='", "&#"])
def test_a_hostile_page_takes_no_long_time(evil: str):
    begun = time.monotonic()
    read_html(evil * 9_900)
    assert time.monotonic() - begun < 15


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Tanks: 9,382", "en"),
        ("особового складу, літаків", "uk"),
        ("личного состава, вертолёты, боевые машины", "ru"),
        ("9,382 (+17)", ""),
        ("танк", ""),
    ],
)
def test_letters_tell_the_language_or_nothing(text: str, language: str):
    assert language_of(text) == language


def test_language_codes_take_one_form():
    assert [language_code(code) for code in ("en_gb", "UK", "<x>", "", "x" * 20)] == ["en-GB", "uk", "", "", ""]
