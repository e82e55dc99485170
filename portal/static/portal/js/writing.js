// Writing an idea: the draft saves itself, similar ideas appear beside the title. The page works without this file.

const form = document.querySelector("[data-idea-form]");
const EVERY = 10_000;
const PAUSE = 600;
const KEPT = ["title", "text", "place", "latitude", "longitude"].filter((name) => form.elements.namedItem(name));

let draft = form.dataset.draft;
let changed = false;
let saving = null;
let sending = false;

const said = document.querySelector("[data-saved]");
const shared = document.querySelector("#shared");
const place = () => `idea:${form.dataset.person}:${draft || "new"}`;
const field = (name) => form.elements.namedItem(name);
const words = () => Object.fromEntries(KEPT.map((name) => [name, field(name).value]));

// Private windows and full disks have no room; the server's draft remains.
function onThisDevice(step) {
  try {
    return step(localStorage);
  } catch {
    return null;
  }
}

// A copy on this device lives as long as the server lacks the words; portal.js removes it at sign-out.
const isShared = () => onThisDevice((device) => device.getItem("shared-computer")) === "yes";
const copied = () => onThisDevice((device) => JSON.parse(device.getItem(place())));
const forgetHere = () => onThisDevice((device) => device.removeItem(place()));

function keepHere() {
  if (!isShared()) onThisDevice((device) => device.setItem(place(), JSON.stringify(words())));
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
    const told = answer.type === "opaqueredirect" ? { said: form.dataset.signedOut } : await answer.json();
    said.textContent = told.said;
    if (answer.ok) adopt(told);
    else changed = answer.status !== 409; // in 409 only the person can decide: the button shows both
  } catch {
    changed = true;
    said.textContent = form.dataset.unsaved;
  }
}

function adopt({ version, url }) {
  forgetHere();
  field("version").value = version;
  form.setAttribute("action", url);
  draft = url.match(/\d+/)[0];
  if (changed) keepHere();
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

// First the words reach the server, then the page goes: whatever becomes of the way there, nothing is lost.
form.addEventListener("submit", saveFirst);

async function saveFirst(event) {
  event.preventDefault();
  if (sending) return; // the second click of two
  sending = true;
  await saving;
  changed = true;
  await saveOnce();
  changed = false;
  form.removeEventListener("submit", saveFirst);
  form.requestSubmit(event.submitter);
}

// A shared computer keeps nothing, whoever writes on it.
document.querySelector("[data-shared-computer]").hidden = false;
shared.checked = isShared();
shared.addEventListener("change", () => {
  onThisDevice((device) => device.setItem("shared-computer", shared.checked ? "yes" : "no"));
  if (shared.checked) forgetAll();
});

function forgetAll() {
  onThisDevice((device) => {
    const copies = Object.keys(device).filter((name) => name.startsWith("idea:"));
    copies.forEach((name) => device.removeItem(name));
  });
}

// Words that did not reach the server are offered again.
const offer = document.querySelector("[data-local-copy]");
const copy = copied();
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
document.querySelector("[data-look-up]").closest("p").hidden = true;
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
