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

// <span data-unread="/address/">: once a minute, while the page is looked at, the number of unread messages anew.
// [data-news] appears as soon as it has grown.
const unread = document.querySelector("[data-unread]");
const EVERY = 60_000;

async function countAgain(clock) {
  if (document.hidden) return;
  const answer = await fetch(unread.dataset.unread, { redirect: "manual" }).catch(() => null);
  if (answer?.type === "opaqueredirect") clearInterval(clock); // signed out meanwhile
  if (!answer?.ok) return;
  const words = (await answer.text()).trim();
  if (words === unread.innerHTML.trim()) return;
  unread.innerHTML = words;
  document.querySelector("[data-news]")?.removeAttribute("hidden");
}

if (unread) {
  const clock = setInterval(() => countAgain(clock), EVERY);
}

// <a data-reads="form">: who opens a message has read it; the form beside it does the same by hand.
for (const link of document.querySelectorAll("[data-reads]")) {
  const form = document.getElementById(link.dataset.reads);
  const read = () => fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual", keepalive: true });
  link.addEventListener("click", read);
  link.addEventListener("auxclick", (press) => press.button === 1 && read());
}

// <form data-read-now>: who sees the page has read it; without this script the button says so.
for (const form of document.querySelectorAll("[data-read-now]")) {
  fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual", keepalive: true });
  form.hidden = true;
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

// <form data-keep-pen="id of a field">: whoever types there shows once a minute that they still write (act=keep).
for (const form of document.querySelectorAll("[data-keep-pen]")) {
  let last = Date.now();
  document.getElementById(form.dataset.keepPen)?.addEventListener("input", () => {
    if (Date.now() - last < 60_000) return;
    last = Date.now();
    const sign = new FormData(form);
    sign.set("act", "keep");
    fetch(form.action, { method: "POST", body: sign, redirect: "manual" });
  });
}
