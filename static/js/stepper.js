// The time cursor: which timestep of the unrolled picture is looked at. The picture marks its parts with
// data-step (counted from 0); the one that is looked at gets the class `now`. Nothing is asked of the server; the
// place is in the link.

import { tellMoments } from "./moments.js";
import { pinNames } from "./names.js";
import { writeText } from "./text.js";

const PACE = 900;
const PAUSE_BEFORE_LINK = 250;

let now = readPlace();
let playing = null;
let linking = null;
let dragging = false;
let measuring = 0;

const picture = () => document.querySelector("#picture-time .picture");

function listSteps() {
  const marked = picture()?.querySelectorAll("[data-step]") ?? [];
  return [...new Set([...marked].map((mark) => Number(mark.dataset.step)))].sort((a, b) => a - b);
}

// ── Where it stands ────────────────────────────────────────────────────────

function show() {
  const stepper = document.getElementById("stepper");
  if (!stepper) return;
  const steps = listSteps();
  if (now !== null && !steps.includes(now)) now = null;
  lightUp();
  showControls(stepper, steps);
  tellMoments(now);
  // Widths are read when the page is laid out anyway, so that a keystroke costs no extra layout.
  cancelAnimationFrame(measuring);
  measuring = requestAnimationFrame(fitWidth);
}

// A picture that fits leaves sideways strokes of a finger to the cursor; one that does not is scrolled by them.
function fitWidth() {
  const scroll = picture()?.closest(".scroll");
  if (!scroll) return;
  const strokes = scroll.scrollWidth > scroll.clientWidth ? "" : "pan-y pinch-zoom";
  if (scroll.style.touchAction !== strokes) scroll.style.touchAction = strokes;
  pinNames(picture());
}

function reveal() {
  const mark = picture().querySelector(".step.now");
  if (!mark || dragging) return;
  const scroll = picture().closest(".scroll");
  const { left, right } = mark.getBoundingClientRect();
  const seen = scroll.getBoundingClientRect();
  const names = scroll.querySelector(".pinned")?.getBoundingClientRect().right ?? seen.left;
  if (left >= names && right <= seen.right) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scroll.scrollBy({ left: (left + right - seen.left - seen.right) / 2, behavior: calm ? "auto" : "smooth" });
}

function lightUp() {
  // The numbers and the masks of sequences stand in the same timesteps.
  for (const mark of document.querySelectorAll(":is(#picture-time, #units, #masks, #values) [data-step]")) mark.classList.toggle("now", Number(mark.dataset.step) === now);
  const rows = new Map([...document.querySelectorAll("#moments [data-last]")].map((row) => [row.dataset.layer, Number(row.dataset.last)]));
  let last = null;
  for (const mark of picture().querySelectorAll(".result")) {
    // What follows without timesteps of its own is there as soon as what it reads.
    last = rows.get(mark.dataset.layer) ?? last;
    mark.classList.toggle("now", now !== null && last === now);
  }
}

// Where the model takes any number of timesteps, those of the picture are only drawn.
const drawn = () => (document.getElementById("timesteps") ? " drawn" : "");

const place = (steps) => (now === null ? "" : `t = ${(now + 1).toLocaleString("en")} of ${(steps.at(-1) + 1).toLocaleString("en")}${drawn()}`);

function showControls(stepper, steps) {
  const last = steps.at(-1) + 1;
  stepper.hidden = steps.length < 2;
  writeText(stepper.querySelector("output"), place(steps) || `${last.toLocaleString("en")} timestep${last === 1 ? "" : "s"}${drawn()}`);
  const range = stepper.querySelector("input");
  range.max = steps.length - 1;
  range.value = now === null ? 0 : steps.indexOf(now);
  range.ariaValueText = place(steps) || "no timestep chosen";
  // Not `disabled`: a button that has the focus would lose it.
  for (const [go, end] of [["first", now === null], ["back", now === null], ["on", now === steps.at(-1)]]) {
    stepper.querySelector(`[data-go=${go}]`).ariaDisabled = String(end);
  }
  const play = stepper.querySelector("[data-go=play]");
  play.classList.toggle("playing", playing !== null);
  play.title = playing ? "Stand still" : "Walk through time";
  writeText(play.querySelector(".unseen"), play.title);
}

// ── How it moves ───────────────────────────────────────────────────────────

function stop() {
  clearInterval(playing);
  playing = null;
}

function go(step) {
  now = step;
  show();
  reveal();
  clearTimeout(linking);
  linking = setTimeout(writePlace, PAUSE_BEFORE_LINK);
}

function move(places) {
  const steps = listSteps();
  const found = now === null ? -1 : steps.indexOf(now);
  const next = steps[Math.min(steps.length - 1, found + places)] ?? null;
  if (next === steps.at(-1)) stop();
  go(next);
}

const GO = {
  first: () => (stop(), go(listSteps()[0])),
  back: () => (stop(), move(-1)),
  on: () => (stop(), move(1)),
  play: () => {
    if (playing) return stop(), show();
    if (now === listSteps().at(-1)) now = null;
    // Who wants less motion takes the steps one by one.
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) playing = setInterval(() => move(1), PACE);
    move(1);
  },
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("#stepper [data-go]");
  if (button && button.ariaDisabled !== "true") GO[button.dataset.go]();
});

// A button that was pressed has the focus; the range obeys its own keys. Escape: no timestep is chosen any more.
const KEYS = { ArrowLeft: GO.back, ArrowDown: GO.back, ArrowRight: GO.on, ArrowUp: GO.on, Home: GO.first };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (KEYS[event.key] && event.target.closest("#stepper button")) {
    event.preventDefault();
    KEYS[event.key]();
  } else if (event.key === "Escape" && now !== null && (event.target === document.body || event.target.closest("#time"))) {
    stop();
    go(null);
  }
});

document.addEventListener("input", (event) => {
  if (event.target.id !== "step-range") return;
  stop();
  go(listSteps()[Number(event.target.value)]);
});

// ── By hand, on the picture ────────────────────────────────────────────────

// The step whose column is nearest, of the row that has most of them.
function stepAt(x) {
  const rows = Map.groupBy(picture().querySelectorAll(".step[data-step]"), (mark) => mark.dataset.layer);
  const [row] = [...rows.values()].sort((a, b) => b.length - a.length);
  const distance = (mark) => {
    const { left, right } = (mark.querySelector("rect, circle") ?? mark).getBoundingClientRect();
    return Math.abs(x - (left + right) / 2);
  };
  const nearest = row.reduce((best, mark) => (distance(mark) < distance(best) ? mark : best));
  return Number(nearest.dataset.step);
}

function follow(event) {
  const step = stepAt(event.clientX);
  if (step !== now) go(step);
}

document.addEventListener("pointerdown", (event) => {
  if (event.button !== 0 || !event.target.closest("#picture-time .picture") || listSteps().length < 2) return;
  dragging = true;
  stop();
  follow(event);
});
document.addEventListener("pointermove", (event) => {
  if (dragging) follow(event);
});
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => (dragging = false));

// ── In the link: #t=2 is the second timestep ───────────────────────────────

function readPlace() {
  const step = /^#t=(\d+)$/.exec(location.hash);
  return step ? Number(step[1]) - 1 : null;
}

function writePlace() {
  const hash = now === null ? "" : `#t=${now + 1}`;
  if (location.hash !== hash) history.replaceState(history.state, "", location.pathname + location.search + hash);
}

addEventListener("hashchange", () => {
  now = readPlace();
  show();
});

document.addEventListener("htmx:after:swap", () => {
  show();
  const link = document.getElementById("share-url");
  if (link && now !== null && !link.value.includes("#")) {
    link.value += `#t=${now + 1}`;
    link.select();
  }
  // The answer came with an address of its own.
  clearTimeout(linking);
  linking = setTimeout(writePlace, PAUSE_BEFORE_LINK);
});

show();
if (now !== null && picture()) {
  document.getElementById("time").scrollIntoView();
  reveal();
}
