// The reader's choice between light and dark, before anything is painted: the page is read on when this has run, so that
// no browser shows the other one first. Without a choice the system decides, and a choice that equals the system's is
// forgotten, so that the page follows the system again.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const kept = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // storage can be forbidden: then the choice lasts as long as the page
    }
  };
  const keep = (theme) => {
    try {
      if (theme) localStorage.setItem("theme", theme);
      else localStorage.removeItem("theme");
    } catch {
      /* see above */
    }
  };
  const show = (theme) => {
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
    document.dispatchEvent(new Event("ledger:theme"));
  };
  const dark = () => (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
  const name = () => {
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      button.hidden = false;
      button.textContent = dark() ? button.dataset.light : button.dataset.dark;
    }
  };
  if (["light", "dark"].includes(kept())) root.dataset.theme = kept();
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", name);
  else name();
  system.addEventListener("change", name);
  window.addEventListener("storage", ({ key }) => {
    if (key !== "theme") return;
    show(kept());
    name();
  });
  document.addEventListener("click", ({ target }) => {
    if (!target.closest?.("[data-theme-switch]")) return;
    const chosen = dark() ? "light" : "dark";
    const wanted = (chosen === "dark") === system.matches ? null : chosen;
    keep(wanted);
    show(wanted);
    name();
  });
})();
