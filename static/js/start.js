// What must come before the first picture, and then the page first, its scripts after.
//
// The reader's choice between light and dark is made before the page is read on, so that no browser shows the other one
// first. Without a choice the system decides; so it does in a frame for other sites, which has no switch and defers this
// script. The switch itself is in manners.js.
//
// Nothing else that the first picture needs is a script, so the scripts that a page names as
// <script type="text/later" src="..."> are fetched once it has been painted, and run in their order. A classic one says
// data-classic. Until then links and forms are plain links and forms; a choice made in between is told once more.
//
// What the first picture does not need is text until then as well: <noscript class="later"> is not read by a browser that
// runs scripts, and is there for one that does not.

(() => {
  const root = document.documentElement;
  let choice = null;
  const remember = ({ target }) => (choice = target);

  function keepTheme() {
    try {
      const theme = localStorage.getItem("theme");
      if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    } catch {
      /* storage can be forbidden: then a choice lasts as long as the page */
    }
  }

  function unfold() {
    for (const later of document.querySelectorAll("noscript.later")) {
      const { parentNode, textContent } = later;
      later.replaceWith(document.createRange().createContextualFragment(textContent));
      parentNode.normalize(); // as if it had been there: keep.js compares node by node
    }
  }

  function start() {
    unfold();
    const named = [...document.querySelectorAll('script[type="text/later"]')];
    let waiting = named.length;
    const arrived = () => {
      if ((waiting -= 1) > 0) return;
      document.removeEventListener("change", remember, true);
      root.dataset.started = "";
      if (choice?.isConnected) choice.dispatchEvent(new Event("change", { bubbles: true }));
    };
    for (const { src, dataset } of named) {
      const script = document.createElement("script");
      if (!("classic" in dataset)) script.type = "module";
      script.async = false; // in order
      script.onload = script.onerror = arrived;
      script.src = src;
      document.head.append(script);
    }
  }

  // The address may lead to what was not there.
  function goThere() {
    unfold();
    if (!document.querySelector(":target")) location.replace(location.hash);
  }

  function whenRead(then) {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", then, { once: true });
    else then();
  }

  // Two frames on: the first is only begun when it calls, and what starts then holds up its picture. Frames come only
  // where the page is seen; behind another tab nothing has to be painted first. Not before the load event: htmx waits for
  // one that an early script would have missed.
  function whenPainted() {
    if (document.hidden) start();
    else requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(start)));
  }

  if (!document.currentScript.defer) keepTheme();
  document.addEventListener("change", remember, true);
  if (location.hash) whenRead(goThere);
  if (document.readyState === "complete") whenPainted();
  else window.addEventListener("load", whenPainted, { once: true });
})();
