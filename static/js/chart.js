// Large pictures: search, zoom and drag, with a map that shows which part is visible. Elements are looked up at
// every event, as a change of the model replaces the picture.

const STEP = 1.3;
const LEAST = 0.05;
const MOST = 3;

const charts = () => document.querySelectorAll(".chart");
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const part = (chart, name) => chart.querySelector(name);

// ── Where one is ───────────────────────────────────────────────────────────

function showPlace(chart) {
  const view = part(chart, ".scroll");
  const map = part(chart, ".chart-overview > svg").getBoundingClientRect();
  const here = part(chart, ".chart-here").style;
  for (const [start, size, scroll, whole, seen, length] of [
    ["top", "height", view.scrollTop, view.scrollHeight, view.clientHeight, map.height],
    ["left", "width", view.scrollLeft, view.scrollWidth, view.clientWidth, map.width],
  ]) {
    here[start] = `${(scroll / whole) * length}px`;
    here[size] = `${Math.min(1, seen / whole) * length}px`;
  }
}

function goTo(chart, event) {
  const view = part(chart, ".scroll");
  const map = part(chart, ".chart-overview > svg").getBoundingClientRect();
  view.scrollTo({
    top: ((event.clientY - map.top) / map.height) * view.scrollHeight - view.clientHeight / 2,
    left: ((event.clientX - map.left) / map.width) * view.scrollWidth - view.clientWidth / 2,
  });
}

// ── How large it is ────────────────────────────────────────────────────────

function findWidth(chart, zoom) {
  const frame = part(chart, ".picture-frame");
  const own = part(frame, ".picture").viewBox.baseVal.width;
  const now = part(frame, ".picture").getBoundingClientRect().width;
  const { clientWidth } = part(chart, ".scroll");
  const wanted = { in: now * STEP, out: now / STEP, fit: clientWidth - 26 }[zoom];
  return Math.max(own * LEAST, Math.min(own * MOST, wanted));
}

function resize(chart, zoom) {
  const view = part(chart, ".scroll");
  const frame = part(chart, ".picture-frame");
  const middle = (view.scrollTop + view.clientHeight / 2) / view.scrollHeight;
  const width = findWidth(chart, zoom);
  frame.classList.add("sized");
  frame.style.width = `${width}px`;
  view.scrollTop = middle * view.scrollHeight - view.clientHeight / 2;
  showPlace(chart);
}

// ── Finding a layer ────────────────────────────────────────────────────────

function listFound(chart, words) {
  if (!words) return [];
  const layers = [...chart.querySelectorAll(".scroll .layer[data-layer]")];
  return layers.filter((layer) => `${layer.dataset.layer} ${layer.textContent}`.toLowerCase().includes(words));
}

function find(chart, step) {
  const input = part(chart, "input[type=search]");
  const output = part(chart, "output");
  const found = listFound(chart, input.value.trim().toLowerCase());
  const last = found.findIndex((layer) => layer.classList.contains("found"));
  for (const layer of chart.querySelectorAll(".found")) layer.classList.remove("found");
  if (!found.length) {
    output.textContent = input.value.trim() && "not drawn here";
    return;
  }
  // Without a current hit, backwards goes to the last one.
  const from = last < 0 && step < 0 ? 0 : last;
  const place = step ? (from + step + found.length) % found.length : 0;
  output.textContent = `${place + 1} of ${found.length}`;
  found[place].classList.add("found");
  found[place].scrollIntoView({ block: "center", inline: "center", behavior: calm() ? "auto" : "smooth" });
}

// ── By hand ────────────────────────────────────────────────────────────────

let grabbed = null;

document.addEventListener("pointerdown", (event) => {
  const chart = event.target.closest(".chart");
  if (!chart || event.button !== 0) return;
  if (event.target.closest(".chart-overview")) {
    grabbed = { chart, map: true };
    goTo(chart, event);
    event.preventDefault();
  } else if (event.pointerType === "mouse" && event.target.closest(".scroll .picture")) {
    // Touch scrolls without a script.
    grabbed = { chart, map: false };
    part(chart, ".scroll").classList.add("grabbed");
  }
});
document.addEventListener("pointermove", (event) => {
  if (!grabbed) return;
  if (grabbed.map) goTo(grabbed.chart, event);
  else part(grabbed.chart, ".scroll").scrollBy(-event.movementX, -event.movementY);
});
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => {
    if (grabbed) part(grabbed.chart, ".scroll").classList.remove("grabbed");
    grabbed = null;
  });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-zoom]");
  if (button) resize(button.closest(".chart"), button.dataset.zoom);
});
document.addEventListener("input", (event) => {
  const chart = event.target.closest(".chart");
  if (chart && event.target.type === "search") find(chart, 0);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches(".chart input[type=search]")) return;
  event.preventDefault();
  find(event.target.closest(".chart"), event.shiftKey ? -1 : 1);
});
// Scroll events do not bubble, so they are handled in the capture phase.
document.addEventListener("scroll", (event) => event.target.closest?.(".chart") && showPlace(event.target.closest(".chart")), true);

const show = () => charts().forEach(showPlace);
for (const moment of ["htmx:after:swap", "toggle"]) document.addEventListener(moment, show, true);
addEventListener("resize", show);
show();
