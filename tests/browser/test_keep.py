"""static/js/keep.js in Chromium: after a swap all is as the answer says, and what was the same still is."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched

SCRIPT = (Path(__file__).resolve().parents[2] / "static" / "js" / "keep.js").read_text(encoding="utf-8")
RANDOM_SWAPS = """(times) => {
  let seed = 7;
  const below = (most) => (seed = (seed * 48271) % 2147483647) % most;
  const kinds = ["p", "ul", "li", "a", "details", "input", "select", "option", "svg", "textarea", "template"];
  const make = (deep) => Array.from({ length: below(5) }, () => {
    if (below(3) === 0) return below(2) ? "words" : "<!-- said -->";
    const kind = kinds[below(kinds.length)];
    const id = below(3) ? "" : ` id="n${below(6)}"`;
    const more = ["", " class='one'", " hidden", " value='3'", " checked", " open", " data-a='1'"][below(7)];
    return `<${kind}${id}${more}>${deep ? make(deep - 1) : ""}</${kind}>`;
  }).join("");
  const faults = [];
  for (let time = 0; time < times; time++) {
    const [before, after] = [0, 1].map(() => `<div id="part" class="c${below(2)}">${make(4)}</div>`);
    const place = document.createElement("div");
    const answer = document.createElement("template");
    place.innerHTML = before;
    document.body.replaceChildren(place);
    answer.innerHTML = after;
    const meant = answer.content.firstElementChild.cloneNode(true);
    const done = extension.handleSwap("keep", place.firstElementChild, answer.content);
    const got = place.firstElementChild;
    const opened = [got, meant].flatMap((part) => [...part.querySelectorAll("details")]);
    for (const one of opened) one.removeAttribute("open");
    if (done[0] !== got || !got.isEqualNode(meant)) faults.push([before, after, got.outerHTML]);
  }
  return faults;
}"""


def test_after_any_swap_all_is_as_the_answer_says(page: Page) -> None:
    page.goto("about:blank")
    page.evaluate("() => { window.htmx = { defineExtension: (name, made) => (window.extension = made) } }")
    page.add_script_tag(content=SCRIPT)
    assert page.evaluate(RANDOM_SWAPS, 400) == []


def test_what_a_template_holds_goes_with_the_answer(page: Page) -> None:
    page.goto("about:blank")
    page.evaluate("() => { window.htmx = { defineExtension: (name, made) => (window.extension = made) } }")
    page.add_script_tag(content=SCRIPT)
    held = page.evaluate("""() => {
      const [before, answer] = [1, 2].map((held) => Object.assign(document.createElement("template"), {
        innerHTML: `<div id="part"><figure><template data-figure>${held}</template></figure></div>` }).content);
      document.body.append(before);
      const [part] = extension.handleSwap("keep", document.getElementById("part"), answer);
      return part.querySelector("template").innerHTML;
    }""")
    assert held == "2"


def test_what_stands_keeps_its_place_its_focus_and_what_the_reader_opened(watched: Watched, site: str) -> None:
    page = watched.page
    page.goto(f"{site}/losses/?category=tanks")
    page.get_by_text("Embed", exact=True).click()
    parts = "['#range-1', '.chart-box', '#id_from', '#table']"
    page.evaluate(f"window.before = {parts}.map((s) => document.querySelector(s))")
    page.locator("#range-1").click()
    expect(page).to_have_url(re.compile("from="))
    expect(page.locator("#range-1")).to_have_attribute("aria-current", "true")
    expect(page.locator("#range-1")).to_be_focused()
    expect(page.locator("#embed-code")).to_be_visible()
    assert page.evaluate(f"{parts}.every((s, n) => before[n] === document.querySelector(s))")
    # What is no attribute follows as well: the day in the form, and all days again.
    assert page.input_value("#id_from") == page.url.partition("from=")[2][:10]
    page.locator("#range-5").click()
    expect(page.locator("#range-5")).to_have_attribute("aria-current", "true")
    expect(page.locator("#id_from")).to_have_value("")
    assert watched.complaints == []


def test_a_choice_follows_the_answer_when_it_is_a_control(watched: Watched, site: str) -> None:
    page = watched.page
    page.goto(f"{site}/losses/?category=tanks")
    page.select_option("#id_measure", "index")  # the form then asks for one day more, in the middle of it
    expect(page.locator("#id_base")).to_be_visible()
    page.select_option("#id_measure", "total")
    expect(page.locator("#id_base")).to_have_count(0)
    expect(page.locator("#id_measure")).to_have_value("total")
    page.go_back()
    expect(page.locator("#id_measure")).to_have_value("index")
    assert watched.complaints == []
