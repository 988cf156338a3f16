// Corrects what morphing gets wrong: keeps what the visitor is typing, and shows what the server has normalised.
// Only htmx talks to the server; nothing here decides what a model is.

const TYPED = "input:not([type=hidden], [type=file]), textarea, select";

// In the capture phase, so that it is done before htmx handles the input and reads the form.
document.addEventListener(
  "input",
  (event) => {
    // A debounced answer to an older text must not overwrite what was typed since.
    event.target.form?.dispatchEvent(new Event("htmx:abort"));
    const axis = event.target.closest(".field-axis");
    if (axis) chooseOne(axis, event.target);
    if (event.target.id === "timesteps") keepWithin(event.target);
  },
  { capture: true },
);

// The server limits this number; the field shows what is drawn.
function keepWithin(number) {
  if (number.validity.rangeUnderflow) number.value = number.min;
  else if (number.validity.rangeOverflow) number.value = number.max;
}

// Ticking "any length" empties the number beside it, and typing a number unticks it.
const lastSizes = new Map();

function chooseOne(axis, changed) {
  const number = axis.querySelector("input[type=number]");
  const any = axis.querySelector("input[type=checkbox]");
  if (changed === number) any.checked = false;
  else number.value = any.checked ? "" : (lastSizes.get(number.id) ?? document.getElementById("layers-timesteps").value);
  if (number.value) lastSizes.set(number.id, number.value);
}

function showDefaults(root) {
  for (const control of root.querySelectorAll(TYPED)) {
    if (control === document.activeElement || control.closest("[hx-morph-skip]")) continue;
    if (control.type === "checkbox" || control.type === "radio") control.checked = control.defaultChecked;
    else if (control.localName === "select") {
      const chosen = [...control.options].findIndex((option) => option.defaultSelected);
      if (chosen >= 0 && control.selectedIndex !== chosen) control.selectedIndex = chosen;
    } else if (control.value !== control.defaultValue) control.value = control.defaultValue;
  }
}

// While the text cannot be read, buttons must not act on the last text that could be.
function holdBack() {
  const unread = document.querySelector("#fault .unread") !== null;
  const share = document.querySelector("#share .primary");
  if (share) share.disabled = unread;
  for (const repairs of document.querySelectorAll("#problems .repairs")) repairs.inert = unread;
}

document.addEventListener("htmx:after:swap", () => {
  holdBack();
  const workspace = document.getElementById("workspace");
  if (!workspace || workspace.querySelector(".fault")) return;
  showDefaults(workspace);
  document.title = `${document.getElementById("headline").textContent} · Kerascope`;
});

// A note takes room from the fields; the field in use is scrolled into view.
const told = document.getElementById("told");
if (told) {
  new ResizeObserver(() => {
    const field = document.activeElement;
    if (field.closest("#editing")) field.scrollIntoView({ block: "nearest" });
  }).observe(told);
}

// If no answer comes, everything stays as it is, and a message says so.
function tell(text) {
  const fault = document.getElementById("fault");
  if (!fault) return;
  const notice = document.createElement("div");
  notice.className = "notice error fault";
  const words = document.createElement("p");
  words.textContent = text;
  notice.append(words);
  fault.replaceChildren(notice);
  // The message was about the text before.
  document.getElementById("sequences-fault")?.replaceChildren();
}

// What an answer has nothing newer for stays as it is.
window.htmx.registerExtension("kept", {
  htmx_before_morph_node: (old, { newNode }) => !newNode.matches?.("[data-kept]"),
});

// A folded part belongs to the current answer, so it is loaded again when it is opened.
const isFolded = (ctx) => ctx.request.action.startsWith("/parts/");

document.addEventListener("htmx:response:error", (event) => {
  const { ctx } = event.detail;
  if (isFolded(ctx)) return;
  const { status } = ctx.response;
  if (status === 503) tell("The server is busy or this takes too long to build. What you wrote is kept; change it or try again in a moment.");
  else if (status >= 500) tell("The server failed. What you wrote is kept; try again in a moment.");
});
document.addEventListener("htmx:error", (event) => {
  if (event.detail.ctx && !isFolded(event.detail.ctx)) tell("The server cannot be reached. What you wrote is kept; it will be read at your next change.");
});

// On a narrow screen the shapes come first, and the layers are folded.
function foldForNarrowScreens() {
  if (!matchMedia("(max-width: 959px)").matches) return;
  for (const folded of document.querySelectorAll(".card-body")) folded.open = false;
}

foldForNarrowScreens();
if (document.getElementById("waiting")) document.addEventListener("htmx:after:swap", foldForNarrowScreens, { once: true });
