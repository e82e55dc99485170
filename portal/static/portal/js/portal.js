// Niceties. Every page works without this file.

// Who sent a form that needs another look starts at the summary, also with a screen reader.
document.querySelector("[data-focus]")?.focus();

// <button data-copy="#id" data-copied="Copied" hidden>: copies the text or value of another element.
for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.querySelector(button.dataset.copy);
  if (!source || !navigator.clipboard) continue;

  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
    (button.querySelector(".kern-label") ?? button).textContent = button.dataset.copied;
  });
}

// Who signs out leaves no copies of unsent ideas on the device (writing.js makes them).
for (const form of document.querySelectorAll('form[action$="/logout/"]')) {
  form.addEventListener("submit", () => {
    const copies = Object.keys(localStorage).filter((name) => name.startsWith("idea:"));
    copies.forEach((name) => localStorage.removeItem(name));
  });
}

// <details data-later="address">: when it is opened, what the page there marks with data-part takes the place of the link.
for (const folded of document.querySelectorAll("[data-later]")) {
  folded.addEventListener("toggle", async () => {
    if (!folded.open || folded.dataset.loaded) return;
    folded.dataset.loaded = "yes";
    try {
      const answer = await fetch(folded.dataset.later);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const part = page.querySelector("[data-part]");
      if (answer.ok && part) folded.querySelector("summary + *").replaceChildren(part);
    } catch {
      delete folded.dataset.loaded; // the link is still there, and the next opening tries again
    }
  });
}
