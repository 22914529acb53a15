// Manners of every page: a wait is shown, a change is announced, a failure is said, light and dark can be switched, and the
// keyboard has short ways.
// Words come from the page (templates/web/keys.html), so that they are in its language.

// Asked for when they are needed: going back puts another body in place of the one that was there at first.
const announcement = () => document.getElementById("announcement");
const keySheet = () => document.getElementById("keys");

// -- Waiting: shown after 150 ms, so that a quick answer does not flicker ------------------------------------------------

const waits = new Map();
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  const place = detail.target;
  waits.set(detail.xhr, {
    place,
    timer: setTimeout(() => {
      place.setAttribute("aria-busy", "true");
      document.documentElement.classList.add("is-waiting");
    }, 150),
  });
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const wait = waits.get(detail.xhr);
  if (!wait) return;
  clearTimeout(wait.timer);
  wait.place.removeAttribute("aria-busy");
  waits.delete(detail.xhr);
  if (!waits.size) document.documentElement.classList.remove("is-waiting");
});

// -- Saying what changed, and what went wrong -------------------------------------------------------------------------------

function say(words, { failure = false } = {}) {
  const said = announcement();
  if (!said) return;
  said.textContent = "";
  said.classList.toggle("failure", failure);
  // An empty region first: else the same words twice would be read once.
  requestAnimationFrame(() => (said.textContent = words));
}
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const place = detail.elt;
  if (place.querySelector('[role="status"], [role="alert"]')) return; // it speaks for itself
  say(place.querySelector("[data-announce]")?.dataset.announce ?? document.title.split(" · ")[0]);
});
for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(failure, () => say(announcement()?.dataset.failure ?? "", { failure: true }));
}

// -- Light or dark ------------------------------------------------------------------------------------------------------------
// start.js has applied what is kept. A choice that equals the system's is forgotten: the page follows the system again.

const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");
const dark = () => (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";

function nameSwitch() {
  for (const button of document.querySelectorAll("[data-theme-switch]")) {
    button.hidden = false;
    button.textContent = dark() ? button.dataset.light : button.dataset.dark;
  }
}

function show(theme) {
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  document.dispatchEvent(new Event("ledger:theme"));
  nameSwitch();
}

system.addEventListener("change", nameSwitch);
window.addEventListener("storage", ({ key, newValue }) => {
  if (key === "theme") show(newValue);
});
document.addEventListener("click", ({ target }) => {
  if (!target.closest?.("[data-theme-switch]")) return;
  const chosen = dark() ? "light" : "dark";
  const wanted = (chosen === "dark") === system.matches ? null : chosen;
  try {
    if (wanted) localStorage.setItem("theme", wanted);
    else localStorage.removeItem("theme");
  } catch {
    /* see start.js */
  }
  show(wanted);
});

// -- The keyboard ---------------------------------------------------------------------------------------------------------------
// Single letters can be turned off on the sheet itself, for those who speak to their machine.

const OFF = "keys-off";
const stored = {
  get off() {
    try {
      return localStorage.getItem(OFF) === "yes";
    } catch {
      return false;
    }
  },
  set off(value) {
    try {
      if (value) localStorage.setItem(OFF, "yes");
      else localStorage.removeItem(OFF);
    } catch {
      /* without storage they are on again on the next page */
    }
  },
};
let before = ""; // "g" was pressed, and the next letter chooses a part of the site
let forget = 0;

function open() {
  const sheet = keySheet();
  if (!sheet || sheet.open) return;
  sheet.querySelector("[data-keys-on]").checked = !stored.off;
  sheet.showModal();
}

function follow(link) {
  if (link) link.click();
  return Boolean(link);
}

function press(key) {
  if (before === "g") {
    before = "";
    return follow(document.querySelector(`[data-key="${CSS.escape(key)}"]`));
  }
  if (key === "g") {
    before = "g";
    clearTimeout(forget);
    forget = setTimeout(() => (before = ""), 1500);
    return true;
  }
  if (key === "/") {
    const box = document.querySelector('input[type="search"]');
    if (box) box.focus();
    return Boolean(box) || follow(document.querySelector('[data-key="s"]'));
  }
  if (key === "[") return follow(document.querySelector('main a[rel~="prev"]'));
  if (key === "]") return follow(document.querySelector('main a[rel~="next"]'));
  if (key === "d") return follow(document.querySelector("[data-theme-switch]"));
  return false;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || keySheet()?.open) return;
  if (event.target.closest?.("input, select, textarea, [contenteditable]")) return;
  if (stored.off) return;
  if (event.key === "?") open();
  else if (!press(event.key)) return;
  event.preventDefault();
});
document.addEventListener("click", ({ target }) => {
  if (target.closest?.("[data-keys-open]")) open();
});
document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-keys-on]")) stored.off = !target.checked;
});

// -- What only a script can do is offered where one runs --------------------------------------------------------------------------

function offer() {
  nameSwitch();
  for (const button of document.querySelectorAll("[data-keys-open]")) button.hidden = false;
}
offer();
document.addEventListener("htmx:historyRestore", offer);
