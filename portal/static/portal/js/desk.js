// Single keys for the office: [data-key] opens, [data-step] lists are walked. Every page works without this file.
// Keys can be switched off (WCAG 2.1.4), never work while somebody types, and leave all modifiers to the browser.

const STORE = "desk-keys";
const TYPING = "input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]";
const STEPS = { j: 1, k: -1 };

const box = document.querySelector("[data-keys]");
const toggle = box.querySelector("[data-keys-switch]");
const keyed = [...document.querySelectorAll("[data-key]")];
const rows = [...document.querySelectorAll("[data-step]")];

// Private windows have no store; the switch then holds for this page.
function remembered() {
  try {
    return localStorage.getItem(STORE) !== "off";
  } catch {
    return true;
  }
}

function remember(on) {
  try {
    localStorage.setItem(STORE, on ? "on" : "off");
  } catch {
    // See above.
  }
}

function show(on) {
  document.querySelectorAll("kbd.key").forEach((hint) => (hint.hidden = !on));
  for (const element of keyed) {
    const target = element.querySelector("summary") ?? element;
    if (on) target.setAttribute("aria-keyshortcuts", element.dataset.key);
    else target.removeAttribute("aria-keyshortcuts");
  }
}

// Nothing is sent by a key: a folded act opens at its first field, a button waits for Enter, a link is followed.
function go(element) {
  if (element.matches("a")) return element.click();
  if (element.matches("details")) element.open = true;
  const target = element.matches("details") ? element.querySelector(".form :is(input:not([type=hidden]), select, textarea)") : element;
  target.focus();
  target.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const here = rows.indexOf(document.activeElement);
  const next = here < 0 ? 0 : here + by;
  rows[Math.min(Math.max(next, 0), rows.length - 1)].focus();
}

document.addEventListener("keydown", (event) => {
  const isOurs = !event.defaultPrevented && !event.repeat && !event.isComposing;
  const isPlain = !(event.ctrlKey || event.altKey || event.metaKey || event.shiftKey);
  if (!toggle.checked || !isOurs || !isPlain || event.target.closest?.(TYPING)) return;
  const key = event.key.toLowerCase();
  const element = keyed.find(({ dataset }) => dataset.key.toLowerCase() === key);
  if (element) go(element);
  else if (key in STEPS && rows.length) step(STEPS[key]);
  else return;
  event.preventDefault();
});

toggle.addEventListener("change", () => {
  remember(toggle.checked);
  show(toggle.checked);
});
toggle.checked = remembered();
show(toggle.checked);
box.hidden = false;
