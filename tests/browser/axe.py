"""axe's rules, put into a page once and asked for nothing but what breaks them: a fifth of the usual time."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
ALL_AND_BEST_PRACTICE = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
# What passes is described as far as one example a rule: whoever asks for violations alone gets every one of them.
ASK = """async (options) => (await axe.run({ ...options, resultTypes: ['violations'] })).violations.map(
  ({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((n) => n.html.slice(0, 150)).join(' ')} (${nodes.length})`)"""


# The same axe, quicker: its colours keep their six parts in WeakMaps, for which the collector of garbage pays, and
# it reads the text of one colour thousands of times.
QUICK = """(() => {
  class Kept {
    #key = Symbol();
    has(object) { return Object.hasOwn(object, this.#key); }
    get(object) { return object[this.#key]; }
    set(object, value) { object[this.#key] = value; return this; }
    add(object) { return this.set(object, true); }
    delete(object) { return delete object[this.#key]; }
  }
  (function (WeakMap, WeakSet) { %s }).call(window, Kept, Kept);
  const colour = axe.commons.color.Color.prototype;
  const read = colour.parseString;
  const known = new Map();
  colour.parseString = function (text) {
    const parts = known.get(text);
    if (parts) [this.r, this.g, this.b, this.alpha] = parts;
    else known.set(text, [read.call(this, text).r, this.g, this.b, this.alpha]);
    return this;
  };
})()"""


def faults(page: Page, rules: dict[str, Any] | None = None) -> list[str]:
    """Name each rule that the page breaks now, with its first places and their number."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(QUICK % AXE_SCRIPT)
    found: list[str] = page.evaluate(ASK, rules or {})
    return found
