"""Reading a bulletin and an article in Chromium: paste, check, correct, publish, and see it on the public page."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from conflict.models import Article, Category, Claim, Report, Version
from tests.browser.conftest import Watched
from tests.make import D, make_record, publish_records

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

READ = "/admin/conflict/report/read/"
FOUNDING = Path(__file__).resolve().parents[3] / "shared" / "articles" / "losses-2024-11-19.txt"

# The figures of the founding article, in words of our own and one of the printed layouts.
BULLETIN = """Losses of the enemy, General Staff, as of 19 November 2024
personnel - about 724,050 (+1,610) persons
tanks - 9,382 (+17)
armored combat vehicles - 19,092 (+33)
artillery systems - 20,632 (+46)
MLRS - 1,252
anti-aircraft warfare systems - 999
aircraft - 369
helicopters - 329
operational-tactical level UAVs - 19,111 (+38)
cruise missiles - 2,754 (+1)
ships/boats - 28
submarines - 1
vehicles and fuel tanks - 29,548 (+120)
special equipment - 3,672 (+17)
"""
TOTALS = {
    "personnel": 724050,
    "tanks": 9382,
    "armoured-vehicles": 19092,
    "artillery": 20632,
    "mlrs": 1252,
    "air-defence": 999,
    "aircraft": 369,
    "helicopters": 329,
    "uavs": 19111,
    "cruise-missiles": 2754,
    "ships": 28,
    "submarines": 1,
    "vehicles": 29548,
    "special-equipment": 3672,
}
CHANGES = {
    "personnel": 1610,
    "tanks": 17,
    "armoured-vehicles": 33,
    "artillery": 46,
    "uavs": 38,
    "cruise-missiles": 1,
    "vehicles": 120,
    "special-equipment": 17,
}
UKRAINIAN = """Загальні бойові втрати противника станом на 19.11.2024
танків — 9 382 (+17) од
артилерійських систем — 20 632 (+46) од
"""


def sign_in(page: Page, live_server: Any, user: Any) -> None:
    client = Client()
    client.force_login(user)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


@pytest.fixture
def monday(transactional_db: None) -> None:
    """The reference of the fixtures, and the totals of 18 November 2024."""
    call_command("loaddata", "reference", verbosity=0)
    before = {slug: total - CHANGES.get(slug, 0) for slug, total in TOTALS.items()}
    publish_records(
        make_record(D(2024, 11, 18), "monday", **{slug.replace("-", "_"): n for slug, n in before.items()})
    )


@pytest.fixture
def desk(watched: Watched, monday: None, live_server: Any, django_user_model: Any) -> Page:
    """A page signed in as a member of the editors of the fixtures, on the desk."""
    user = django_user_model.objects.create_user("olena", password="a password for tests", is_staff=True)
    user.groups.add(Group.objects.get(name="editors"))
    sign_in(watched.page, live_server, user)
    watched.page.goto(f"{live_server.url}/admin/")
    watched.page.get_by_role("link", name="Read a bulletin").first.click()
    return watched.page


def paste(desk: Page, text: str) -> None:
    desk.get_by_label("text of the bulletin").fill(text)
    expect(desk.locator("#read-title")).to_contain_text("19 November 2024, day 1,000")


def test_founding_figures_are_pasted_one_cell_is_corrected_and_readers_see_it(
    desk: Page, live_server: Any
) -> None:
    began = time.monotonic()
    paste(desk, BULLETIN)
    for slug, total in TOTALS.items():
        expect(desk.locator(f"[name={slug}-total]")).to_have_value(f"{total:,}")
        change = f"{CHANGES[slug]:+,}" if slug in CHANGES else ""
        expect(desk.locator(f"[name={slug}-change]")).to_have_value(change)
    expect(desk.locator("#sum")).to_contain_text("14 categories stated, 8 printed changes agree")
    expect(desk.locator(".problems")).to_have_count(0)

    desk.get_by_label("Tanks: total", exact=True).fill("9,383")
    expect(desk.locator("#verdict-tanks")).to_have_text("differs by −1")
    expect(desk.locator("#hand-tanks")).to_contain_text("the text prints 9,382 (+17)")
    expect(desk.locator("#doubts")).to_contain_text("a change of +17 is printed")
    expect(
        desk.get_by_label("Tanks: total", exact=True)
    ).to_be_focused()  # only what follows from it was exchanged
    desk.get_by_label("reason").fill("The ministry says by telephone that one more is counted.")
    desk.get_by_role("button", name="Publish").click()

    expect(desk.locator(".messagelist")).to_contain_text("Version 2 is made")
    assert time.monotonic() - began < 60
    desk.get_by_role("link", name="See the day as readers see it.").click()
    assert desk.url == f"{live_server.url}/reports/2024-11-19/"
    expect(desk.locator("#accepted-tanks")).to_contain_text("9,383")
    expect(desk.locator("#accepted-vehicles")).to_contain_text("29,548")
    printed = desk.locator("pre.printed")
    expect(printed.locator("mark", has_text="724,050")).to_have_count(1)
    expect(printed.locator("mark", has_text="9,382")).to_have_count(0)
    expect(desk.locator("main")).to_contain_text("Set by hand, other than this text prints")
    expect(desk.locator(".steps")).to_contain_text("olena")
    printed.get_by_role("link", name="20,632").click()
    assert desk.url.endswith("#accepted-artillery")


@pytest.mark.skipif(not FOUNDING.exists(), reason="../shared/articles is not here")
def test_founding_article_itself_gives_all_its_figures(desk: Page) -> None:
    paste(desk, FOUNDING.read_text(encoding="utf-8"))
    for slug, total in TOTALS.items():
        expect(desk.locator(f"[name={slug}-total]")).to_have_value(f"{total:,}")
    expect(desk.locator("[name=personnel-qualifier]")).to_have_value("about")
    expect(desk.locator("[name=mlrs-change]")).to_have_value("")


def test_double_click_publishes_once_and_the_same_text_is_there_already(desk: Page, live_server: Any) -> None:
    paste(desk, BULLETIN)
    desk.get_by_role("button", name="Publish").dblclick()
    expect(desk.locator(".messagelist")).to_contain_text("Version 2 is made")
    assert Version.objects.count() == 2
    desk.get_by_role("link", name="Read another bulletin").click()
    paste(desk, BULLETIN)
    expect(desk.locator("#reading")).to_contain_text("This text is there already (published, revision 1)")


def test_second_of_two_people_is_told_and_keeps_what_was_typed(
    desk: Page, live_server: Any, django_user_model: Any, browser: Browser
) -> None:
    paste(desk, BULLETIN)
    desk.get_by_label("Tanks: total", exact=True).fill("9,383")
    expect(desk.locator("#hand-tanks")).not_to_be_empty()

    with browser.new_context() as context:
        other = context.new_page()
        sign_in(other, live_server, django_user_model.objects.create_superuser("taras"))
        other.goto(live_server.url + READ)
        paste(other, BULLETIN)
        other.get_by_role("button", name="Publish").click()
        expect(other.locator(".messagelist")).to_contain_text("Version 2 is made")

    desk.get_by_role("button", name="Save as draft").click()
    expect(desk.locator(".errornote")).to_contain_text("this document has a report of that day already")
    expect(desk.get_by_label("Tanks: total", exact=True)).to_have_value("9,383")
    expect(desk.locator("#row-tanks")).to_contain_text("they saved: 9,382 (+17)")


def test_two_languages_stand_beside_each_other_on_the_public_page(desk: Page, live_server: Any) -> None:
    for text in (BULLETIN, UKRAINIAN):
        desk.goto(live_server.url + READ)
        paste(desk, text)
        desk.get_by_role("button", name="Publish").click()
        expect(desk.locator(".messagelist")).to_contain_text("is made")
    desk.set_viewport_size({"width": 1440, "height": 900})
    desk.goto(f"{live_server.url}/reports/2024-11-19/")
    boxes = [desk.locator(f"pre[lang={language}]").bounding_box() for language in ("en", "uk")]
    assert boxes[0] is not None and boxes[1] is not None
    assert boxes[0]["y"] == boxes[1]["y"] and boxes[0]["x"] != boxes[1]["x"]
    desk.set_viewport_size({"width": 390, "height": 900})
    assert desk.evaluate("document.documentElement.scrollWidth") == 390


def test_a_new_category_with_labels_is_read_at_once(desk: Page) -> None:
    Category.objects.create(slug="trebuchets", name="Trebuchets", order=99, labels={"en": ["trebuchets"]})
    paste(desk, BULLETIN + "trebuchets - 12 (+1)\n")
    expect(desk.locator("[name=trebuchets-total]")).to_have_value("12")


def test_a_pasted_script_stays_text(desk: Page) -> None:
    paste(desk, BULLETIN + "<img src=x onerror=alert(1)><script>alert(1)</script> tanks\n")
    expect(desk.locator(".as-printed")).to_contain_text("<img src=x onerror=alert(1)>")
    assert desk.locator(".as-printed img, .as-printed script").count() == 0


@pytest.mark.sweep
@pytest.mark.parametrize("width", [1440, 390])
def test_desk_fits_the_width_and_is_worked_by_keyboard(desk: Page, live_server: Any, width: int) -> None:
    desk.set_viewport_size({"width": width, "height": 900})
    paste(desk, BULLETIN + "trebuchets: 12 units (+1)\n" + "x" * 400)
    assert desk.evaluate("document.documentElement.scrollWidth") == width
    desk.get_by_label("text of the bulletin").focus()
    for _ in range(120):
        desk.keyboard.press("Tab")
        if desk.evaluate("document.activeElement.name") == "_publish":
            break
    desk.keyboard.press("Enter")
    expect(desk.locator(".messagelist")).to_contain_text("Version 2 is made")


def test_desk_works_without_scripts(
    desk: Page, live_server: Any, browser: Browser, django_user_model: Any
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        sign_in(page, live_server, django_user_model.objects.get(username="olena"))
        page.goto(live_server.url + READ)
        page.get_by_label("text of the bulletin").fill(BULLETIN)
        page.get_by_role("button", name="Read").click()
        page.get_by_label("Tanks: total", exact=True).fill("9383")
        page.get_by_label("Tanks: change as printed", exact=True).fill("18")
        page.get_by_role("button", name="Publish").click()
        expect(page.locator(".messagelist")).to_contain_text("Version 2 is made")
    assert Report.objects.published().get(date=D(2024, 11, 19)).entries.get(category__slug="tanks").total == 9383


def test_words_of_an_article_become_a_claim_that_its_page_marks(desk: Page, live_server: Any) -> None:
    desk.goto(f"{live_server.url}/admin/conflict/article/read/")
    desk.get_by_label("address").fill("https://example.org/piece")
    desk.get_by_label("or its text").fill("The minister said: “It will end in spring”, and left.")
    desk.get_by_role("button", name="Read").click()
    desk.get_by_label("title", exact=True).or_(desk.locator("#id_title")).first.fill("A piece")
    desk.locator("#id_text").fill("A minister says that it will end in spring. “It will end in spring.”")
    text = desk.locator("#text-read")
    text.evaluate("(box) => { const at = box.value.indexOf('It will'); box.setSelectionRange(at, at + 21); }")
    desk.get_by_role("button", name="Make a claim of the selected words").click()
    expect(desk.locator("#id_claims-0-text")).to_have_value("It will end in spring")
    expect(desk.locator("#id_claims-0-quoted")).to_be_checked()
    expect(desk.locator("#id_claims-0-speaker")).to_be_focused()
    desk.keyboard.type("The minister")
    desk.locator("#id_claims-0-certainty").select_option("reported")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messagelist")).to_contain_text(re.compile("added successfully"))
    article = Article.objects.get(title="A piece")
    assert (Claim.objects.get().document_id, article.sha256 != "") == (article.pk, True)
    desk.goto(live_server.url + article.get_absolute_url())
    desk.locator("#summary a").click()
    assert desk.url.endswith("#claim-1")
