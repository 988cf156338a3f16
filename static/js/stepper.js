// The time cursor: which timestep of the unrolled picture is looked at. The picture marks its parts with
// data-step (counted from 0); the one that is looked at gets the class `now`. Nothing is asked of the server.

const PACE = 900;

let now = null;
let playing = null;

const picture = () => document.getElementById("picture-time");

function listSteps() {
  const marked = picture()?.querySelectorAll("[data-step]") ?? [];
  return [...new Set([...marked].map((mark) => Number(mark.dataset.step)))].sort((a, b) => a - b);
}

function show() {
  const stepper = document.getElementById("stepper");
  if (!stepper) return;
  const steps = listSteps();
  if (now !== null && !steps.includes(now)) now = null;
  for (const mark of picture().querySelectorAll("[data-step]")) {
    mark.classList.toggle("now", Number(mark.dataset.step) === now);
  }
  const last = steps.at(-1) + 1;
  stepper.hidden = steps.length < 2;
  stepper.querySelector("output").textContent = now === null ? `${last} timestep${last === 1 ? "" : "s"}` : `t = ${now + 1} of ${last}`;
  // Not `disabled`: a button that has the focus would lose it.
  for (const [go, end] of [["first", now === null], ["back", now === null], ["on", now === steps.at(-1)]]) {
    stepper.querySelector(`[data-go=${go}]`).ariaDisabled = String(end);
  }
  const play = stepper.querySelector("[data-go=play]");
  play.classList.toggle("playing", playing !== null);
  play.lastElementChild.textContent = playing ? "Stand still" : "Walk through time";
}

function stop() {
  clearInterval(playing);
  playing = null;
}

function move(places) {
  const steps = listSteps();
  const place = now === null ? -1 : steps.indexOf(now);
  now = steps[Math.min(steps.length - 1, place + places)] ?? null;
  if (now === steps.at(-1)) stop();
}

const GO = {
  first: () => (stop(), (now = listSteps()[0])),
  back: () => (stop(), move(-1)),
  on: () => (stop(), move(1)),
  play: () => {
    if (playing) return stop();
    if (now === listSteps().at(-1)) now = null;
    move(1);
    // Who wants less motion takes the steps one by one.
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) playing = setInterval(() => (move(1), show()), PACE);
  },
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("#stepper [data-go]");
  if (!button || button.ariaDisabled === "true") return;
  GO[button.dataset.go]();
  show();
});

document.addEventListener("htmx:after:swap", show);
show();
