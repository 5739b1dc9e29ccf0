// An improvement only: the page works without it.
"use strict";

document.documentElement.classList.add("has-script");

async function copy(field) {
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    // No clipboard without https: the older way works on the selected text.
    field.select();
    document.execCommand("copy");
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await copy(document.getElementById(button.dataset.copy));
  const status = button.parentElement.querySelector("[data-copied]");
  status.textContent = status.dataset.copied;
});

// What the doctor opened stays open when the answer is replaced.
const opened = new Set();

document.addEventListener("click", (event) => {
  const details = event.target.closest("details[data-keep] > summary")?.parentElement;
  if (!details) return;
  // The click comes before the change.
  if (details.open) opened.delete(details.dataset.keep);
  else opened.add(details.dataset.keep);
});

document.addEventListener("htmx:afterSwap", () => {
  for (const details of document.querySelectorAll("details[data-keep]")) {
    if (opened.has(details.dataset.keep)) details.open = true;
  }
});

// An answer that could not be fetched must not look as if it belonged to the form.
function stale(isStale) {
  document.getElementById("answer-stale").hidden = !isStale;
}

document.addEventListener("htmx:responseError", () => stale(true));
document.addEventListener("htmx:sendError", () => stale(true));
document.addEventListener("htmx:afterSwap", () => stale(false));
