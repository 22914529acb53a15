// What can be done with a chart beyond looking at it. Buttons stand hidden until the browser can do what they say.

function offer(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll?.("button[data-copy]") ?? []) button.hidden = false;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("button[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
  const words = button.textContent;
  button.setAttribute("aria-live", "polite");
  button.textContent = button.dataset.done;
  setTimeout(() => (button.textContent = words), 2000);
});

document.addEventListener("htmx:load", ({ detail }) => offer(detail.elt));
document.addEventListener("htmx:historyRestore", () => offer(document));
offer(document);
