// The reader's choice between light and dark, before anything is painted: the page is read on when this has run, so that
// no browser shows the other one first. Without a choice the system decides. The switch itself is in manners.js.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  /* storage can be forbidden: then a choice lasts as long as the page */
}
