// What can be done with a chart beyond looking at it. Buttons stand hidden until the browser can do what they say.

const DEEDS = {
  copy: { can: () => navigator.clipboard, do: (button) => copy(button, whole(button.dataset.copy)) },
  copyFrom: { can: () => navigator.clipboard, do: (button) => copy(button, document.getElementById(button.dataset.copyFrom).value) },
  share: { can: () => navigator.share, do: ({ dataset }) => navigator.share({ title: dataset.title, url: whole(dataset.share) }) },
  fullscreen: { can: () => document.fullscreenEnabled, do: fill },
};

const whole = (address) => new URL(address, location.href).href;
const deedOf = (button) => Object.keys(DEEDS).find((deed) => deed in button.dataset);

function offer(root) {
  for (const button of root.querySelectorAll?.(".actions button") ?? []) {
    if (DEEDS[deedOf(button)]?.can()) button.hidden = false;
  }
}

async function copy(button, text) {
  await navigator.clipboard.writeText(text);
  const words = button.textContent;
  button.setAttribute("aria-live", "polite");
  button.textContent = button.dataset.done;
  setTimeout(() => (button.textContent = words), 2000);
}

function fill(button) {
  if (document.fullscreenElement) return document.exitFullscreen();
  return button.closest(".panels-all, figure").requestFullscreen();
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.(".actions button");
  const deed = button && DEEDS[deedOf(button)];
  if (!deed) return;
  try {
    await deed.do(button);
  } catch (problem) {
    if (problem.name !== "AbortError") throw problem; // the reader closed the sheet
  }
});

document.addEventListener("htmx:load", ({ detail }) => offer(detail.elt));
document.addEventListener("htmx:historyRestore", () => offer(document));
offer(document);
