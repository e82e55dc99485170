// A map where somebody asks for it. Before its button is pressed nothing is loaded: no program, no picture, no foreign host.

const NEAR = 15;
const NEAREST = 18;
const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const STEP = 10; // pixels; with Shift one

let program;

// Leaflet and its styles, once a page, from our own files.
function leaflet({ script, styles }) {
  program ??= Promise.all([
    added("link", { rel: "stylesheet", href: styles }),
    added("script", { src: script }),
  ]).then(() => window.L);
  return program;
}

function added(name, properties) {
  const element = Object.assign(document.createElement(name), properties);
  document.head.append(element);
  return new Promise((done, failed) => {
    element.addEventListener("load", done);
    element.addEventListener("error", failed);
  });
}

// Two numbers as the server reads them, or null.
function numbers(latitude, longitude) {
  const pair = [latitude, longitude].map((text) => text.trim().replace(",", ".").replace("−", "-"));
  const found = pair.map(Number);
  const good = pair.every(Boolean) && found.every(Number.isFinite) && Math.abs(found[0]) <= 85;
  return good && Math.abs(found[1]) <= 180 ? found : null;
}

const part = (place, name) => place.querySelector(`[data-map-${name}]`);

for (const place of document.querySelectorAll("[data-map]")) {
  const fields = place.closest("[data-point-fields]");
  const picker = fields && picking(fields);
  part(place, "offer").hidden = false;
  part(place, "show").addEventListener("click", async () => {
    try {
      open(place, await leaflet(place.dataset), picker);
    } catch {
      program = undefined;
      part(place, "said").textContent = place.dataset.failed;
    }
  });
}

function open(place, L, picker) {
  const { tiles, label, point, corners, closer, further, failed } = place.dataset;
  const canvas = part(place, "canvas");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  part(place, "offer").hidden = true;
  canvas.hidden = part(place, "credit").hidden = false;
  canvas.setAttribute("role", "region");
  canvas.setAttribute("aria-label", label);
  const map = L.map(canvas, {
    attributionControl: false, // it stands below, in our own words
    zoomControl: false,
    scrollWheelZoom: Boolean(picker),
    zoomAnimation: !still,
    fadeAnimation: !still,
    inertia: !still,
  });
  L.control.zoom({ zoomInTitle: closer, zoomOutTitle: further }).addTo(map);
  const start = picker ? picker.read() : numbers(...point.split(","));
  if (start) map.setView(start, NEAR);
  else {
    const [south, west, north, east] = corners.split(",").map(Number);
    map.fitBounds([[south, west], [north, east]], { maxZoom: NEAR });
  }
  L.tileLayer(tiles, { maxZoom: NEAREST })
    .once("tileerror", () => (part(place, "said").textContent = failed))
    .addTo(map);
  const options = { icon: pin(place, L), alt: "" };
  if (picker) picker.on(map, L, options, place);
  else L.marker(start, { ...options, interactive: false, keyboard: false }).addTo(map);
  canvas.focus();
}

function pin(place, L) {
  const html = part(place, "pin").content.firstElementChild.cloneNode(true);
  return L.divIcon({ html, className: "map__pin", iconSize: [44, 44], iconAnchor: [22, 38] });
}

// The two fields of a form: they are the truth, the map reads and fills them.
function picking(fields) {
  const entries = ["latitude", "longitude"].map((name) => fields.querySelector(`[name=${name}]`));
  const clear = part(fields, "clear");
  const read = () => numbers(...entries.map((entry) => entry.value));
  const showClear = () => (clear.hidden = !entries.some((entry) => entry.value));
  let writing = false;
  let moved = () => {}; // what the map does about fields that somebody filled

  function write(values) {
    writing = true;
    entries.forEach((entry, index) => {
      entry.value = values[index];
      entry.dispatchEvent(new Event("input", { bubbles: true })); // so that the draft saves itself
    });
    writing = false;
  }

  // Both numbers pasted into the first field go where they belong.
  entries[0].addEventListener("input", () => {
    const pair = entries[0].value.trim().match(/^(-?\d{1,3}\.\d+)\s*[,;\s]\s*(-?\d{1,3}\.\d+)$/);
    if (pair && !entries[1].value) write(pair.slice(1));
  });
  for (const entry of entries) {
    entry.addEventListener("input", () => {
      showClear();
      if (!writing) moved();
    });
  }
  clear.querySelector("button").addEventListener("click", () => {
    write(["", ""]);
    moved();
    entries[0].focus();
  });
  showClear();

  function on(map, L, options, place) {
    const said = part(place, "said");
    const marker = L.marker(map.getCenter(), { ...options, draggable: true });

    function show(point) {
      if (!point) return marker.remove();
      marker.setLatLng(point);
      if (!map.hasLayer(marker)) name(marker.addTo(map).getElement());
    }

    function name(element) {
      element.setAttribute("aria-label", place.dataset.marker);
      element.addEventListener("keydown", (event) => {
        const way = STEPS[event.key];
        if (!way) return;
        event.preventDefault();
        event.stopPropagation();
        const step = event.shiftKey ? 1 : STEP;
        put(map.unproject(map.project(marker.getLatLng()).add(way.map((one) => one * step))));
      });
    }

    function put(point) {
      const { lat, lng } = point.wrap();
      const values = [lat.toFixed(5), lng.toFixed(5)];
      write(values);
      show(values.map(Number));
      if (!map.getBounds().contains(marker.getLatLng())) map.panTo(marker.getLatLng());
      said.textContent = values.join(", ");
    }

    moved = () => {
      const point = read();
      show(point);
      if (point) map.panTo(point);
      else said.textContent = "";
    };
    map.on("click", (event) => put(event.latlng));
    marker.on("dragend", () => put(marker.getLatLng()));
    part(fields, "middle").addEventListener("click", () => put(map.getCenter()));
    part(fields, "tools").hidden = false;
    show(read());
  }

  return { read, on };
}
