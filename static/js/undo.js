// Undo and redo for changes of layers. The address holds the whole state, so an earlier state is requested again.
// Other text fields and the code box keep the browser's own undo.

const PAUSE = 1000;
const OWN_UNDO = "textarea, .code-editor, [type=search], [type=text]:not(.card *)";

const steps = { undo: [], redo: [] };
let here = location.pathname + location.search;
let changing = null;
let last = { field: null, time: 0 };

function show() {
  for (const button of document.querySelectorAll("[data-undo]")) button.disabled = !steps[button.dataset.undo].length;
}

// A state that is too long for an address cannot be restored.
function keep(way) {
  if (here !== null) steps[way].push(here);
}

document.addEventListener("input", (event) => { changing = event.target.id; }, true);
document.addEventListener("submit", () => { changing = null; }, true);

// Changes in one field without a pause are one step.
document.addEventListener("htmx:after:history:update", (event) => {
  const { path } = event.detail.history;
  if (path === here) return;
  const now = performance.now();
  if (changing === null || changing !== last.field || now - last.time > PAUSE) keep("undo");
  last = { field: changing, time: now };
  changing = null;
  steps.redo.length = 0;
  here = path === "/" ? null : path;
  show();
});

async function go(way) {
  if (!steps[way].length) return;
  keep(way === "undo" ? "redo" : "undo");
  here = steps[way].pop();
  last.field = null;
  show();
  document.getElementById("layers").dispatchEvent(new Event("htmx:abort"));
  // A focused field would keep its text when morphed.
  const { id } = document.activeElement;
  document.activeElement.blur();
  await window.htmx.ajax("GET", here, { target: "#workspace", swap: "outerMorph", replace: here });
  const again = document.getElementById(id);
  (again?.disabled ? document.querySelector("[data-undo]:enabled") : again)?.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-undo]");
  if (button) go(button.dataset.undo);
});

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
  if (!document.getElementById("tab-layers")?.checked || event.target.closest(OWN_UNDO)) return;
  event.preventDefault();
  go(event.shiftKey ? "redo" : "undo");
});

// Back and Forward count as changes, too.
document.addEventListener("htmx:before:history:restore", (event) => {
  keep("undo");
  steps.redo.length = 0;
  here = event.detail.path;
  show();
});
