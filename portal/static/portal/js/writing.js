// Writing an idea: the draft saves itself, similar ideas appear beside the title. The page works without this file.

const form = document.querySelector("[data-idea-form]");
const EVERY = 10_000;
const PAUSE = 600;
const KEPT = ["title", "text", "place"];

let draft = form.dataset.draft;
let changed = false;
let saving = null;

const said = document.querySelector("[data-saved]");
const shared = document.querySelector("#shared");
const isShared = () => sessionStorage.getItem("shared-computer") === "yes";
const place = () => `idea:${form.dataset.person}:${draft || "new"}`;
const field = (name) => form.elements.namedItem(name);
const words = () => Object.fromEntries(KEPT.map((name) => [name, field(name).value]));

// A copy on this device bridges the time until the server has the words; portal.js removes it at sign-out.
function keepHere() {
  try {
    if (!isShared()) localStorage.setItem(place(), JSON.stringify(words()));
  } catch {
    // Private windows and full disks have no room; the server's draft remains.
  }
}

function forgetHere() {
  localStorage.removeItem(place());
}

async function save() {
  if (!changed || !KEPT.some((name) => field(name).value.trim())) return;
  changed = false;
  const data = new FormData(form);
  data.set("action", "autosave");
  data.delete("file"); // a chosen file goes with the next button
  try {
    const answer = await fetch(form.getAttribute("action") || location.pathname, {
      method: "POST",
      body: data,
      redirect: "manual",
    });
    const told = answer.type === "opaqueredirect" ? {} : await answer.json();
    said.textContent = told.said ?? form.dataset.unsaved;
    if (answer.ok) adopt(told);
    else changed = answer.status !== 409; // in 409 only the person can decide: the button shows both
  } catch {
    changed = true;
    said.textContent = form.dataset.unsaved;
  }
}

function adopt({ version, url }) {
  if (!changed) forgetHere();
  field("version").value = version;
  form.setAttribute("action", url);
  draft = url.match(/\d+/)[0];
  history.replaceState(null, "", url);
}

function saveOnce() {
  saving ??= save().finally(() => (saving = null));
  return saving;
}

form.addEventListener("input", (event) => {
  if (event.target === shared) return;
  changed = true;
  keepHere();
});
setInterval(saveOnce, EVERY);

form.addEventListener("submit", async (event) => {
  if (saving) {
    event.preventDefault();
    await saving;
    form.requestSubmit(event.submitter);
    return;
  }
  changed = false;
  if (["submit", "save"].includes(event.submitter?.value)) forgetHere();
});

// A shared computer keeps nothing.
document.querySelector("[data-shared-computer]").hidden = false;
shared.checked = isShared();
shared.addEventListener("change", () => {
  sessionStorage.setItem("shared-computer", shared.checked ? "yes" : "no");
  if (shared.checked) forgetHere();
});

// Words that did not reach the server are offered again.
const offer = document.querySelector("[data-local-copy]");
const copy = JSON.parse(localStorage.getItem(place()) ?? "null");
if (copy && KEPT.some((name) => copy[name] && copy[name] !== field(name).value)) offer.hidden = false;
offer.querySelector("[data-put-back]").addEventListener("click", () => {
  for (const name of KEPT) field(name).value = copy[name] ?? "";
  changed = true;
  offer.hidden = true;
  field("title").focus();
});
offer.querySelector("[data-throw-away]").addEventListener("click", () => {
  forgetHere();
  offer.hidden = true;
  field("title").focus();
});

// Similar ideas, a moment after the last key; the button that asks for them is not needed then.
const beside = document.querySelector("[data-similar]");
let waiting;
document.querySelector("[data-look-up]").hidden = true;
field("title").addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(lookUp, PAUSE);
});

async function lookUp() {
  const title = field("title").value;
  const address = `${form.dataset.similarUrl}?${new URLSearchParams({ titel: title })}`;
  try {
    const answer = await fetch(address, { redirect: "manual" });
    const list = answer.ok ? await answer.text() : "";
    if (title === field("title").value) beside.innerHTML = list;
  } catch {
    // Without a connection there are no suggestions.
  }
}
