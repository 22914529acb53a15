"""The quicker axe of these tests finds what the package's own finds, and names it."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.axe import ALL_AND_BEST_PRACTICE, QUICK, faults

pytestmark = pytest.mark.browser

KINDS = "['violations', 'passes', 'incomplete', 'inapplicable']"
EVERYTHING = f"""async (options) => {{
  const found = await axe.run(options);
  return {KINDS}.map((kind) => JSON.stringify(found[kind].map(({{ id, nodes }}) => [id, nodes])));
}}"""
SPOIL = """() => document.querySelectorAll('p, td, th, a, text').forEach((e, n) => {
  if (n % 3 === 0) e.style.color = `hsl(${n} 20% ${40 + n % 40}%)`;
  if (n % 5 === 0) e.style.backgroundColor = `rgb(${n % 255} 200 180 / ${n % 4 / 3})`;
  if (n % 7 === 0) e.style.opacity = 0.6;
  if (n % 11 === 0) e.removeAttribute('href');
})"""


@pytest.mark.sweep
def test_it_finds_and_measures_to_the_letter_what_the_package_finds(site: str, page: Page) -> None:
    page.goto(f"{site}/reports/2024-11-19/")
    page.evaluate(SPOIL)
    found = []
    for script in (AXE_SCRIPT, QUICK % AXE_SCRIPT):
        page.evaluate(f"delete window.axe; {script}; true")
        found.append(page.evaluate(EVERYTHING, ALL_AND_BEST_PRACTICE))
    assert found[1] == found[0]
    assert "color-contrast" in found[0][0]


def test_a_fault_is_named_with_its_places(page: Page) -> None:
    page.set_content("<html lang=en><title>A page</title><main><h1>One</h1><p style='color:#bbb'>faint</p></main>")
    (fault,) = faults(page, ALL_AND_BEST_PRACTICE)
    assert fault == 'color-contrast: <p style="color:#bbb">faint</p> (1)'
