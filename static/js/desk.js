// The desks where texts are read. Every page works without this; the server decides what is written, and writes once.

// A form is sent once: a second click before the answer comes does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-once]");
  if (!form) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-once]")) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }
});

// What was pasted before this page's scripts were there, or is restored on coming back, is read as if typed now.
window.addEventListener("load", () => {
  const text = document.querySelector("form.reading fieldset.paste textarea");
  if (text?.value && !document.getElementById("read-title")) text.dispatchEvent(new Event("input", { bubbles: true }));
});

// The implicit button of a form is its first one. Enter in a box of a figure is no wish to fetch or to publish.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches?.("form.reading input:not([type=submit])")) event.preventDefault();
});

// "Make a claim of the selected words": a new claim with what is selected in the text that was read.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-claim-of]");
  const text = button && document.getElementById(button.dataset.claimOf);
  if (!text) return;
  const words = text.value.slice(text.selectionStart, text.selectionEnd).trim();
  const add = document.querySelector("#claims-group .add-row a");
  if (!words || !add) {
    text.focus();
    return;
  }
  add.click();
  const claims = document.querySelectorAll("#claims-group .inline-related:not(.empty-form)");
  const claim = claims[claims.length - 1];
  claim.querySelector("textarea[name$='-text']").value = words;
  claim.querySelector("input[name$='-quoted']").checked = true;
  claim.querySelector("input[name$='-speaker']").focus();
});
