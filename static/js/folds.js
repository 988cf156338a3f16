// Remembers which folded parts are open, by their ids, and opens the same ones on the next page.

const KEY = "open-parts";

const opened = recall();

function recall() {
  try {
    return new Set(JSON.parse(localStorage.getItem(KEY)));
  } catch {
    return new Set();
  }
}

function remember() {
  try {
    localStorage.setItem(KEY, JSON.stringify([...opened]));
  } catch {
    // Storage may be forbidden: then it is remembered as long as the page is open.
  }
}

function unfold() {
  for (const part of document.querySelectorAll(".part:not([open])")) part.open = opened.has(part.id);
}

document.addEventListener("click", (event) => {
  const part = event.target.closest(".part > summary")?.parentElement;
  if (!part) return;
  // The browser changes `open` only after this event.
  if (part.open) opened.delete(part.id);
  else opened.add(part.id);
  remember();
});

// An answer brings what is open; the rest is asked for when it is opened.
document.addEventListener("htmx:config:request", (event) => {
  // The first answer of a page brings all, and opens what its example is about.
  if (event.target.id === "waiting") return;
  const seen = [...document.querySelectorAll(".part[open]")].map((part) => part.id);
  event.detail.ctx.request.headers["Open-Parts"] = [...new Set([...opened, ...seen])].join(" ");
});

// The target of a link is unfolded.
function showTarget(hash) {
  const part = hash && document.getElementById(hash.slice(1))?.closest(".part");
  if (part) part.open = true;
}

document.addEventListener("click", (event) => showTarget(event.target.closest('a[href^="#"]')?.hash));

// A link whose answer is seen in folded parts names them: they are opened when it has come, and the first is scrolled to.
let shown = [];

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-shows]");
  if (link) shown = link.dataset.shows.split(" ");
});

function showAnswered() {
  const parts = shown.splice(0).map((id) => document.getElementById(id)).filter(Boolean);
  for (const part of parts) part.open = true;
  parts[0]?.querySelector("summary").focus({ preventScroll: true });
  parts[0]?.scrollIntoView({ block: "start" });
}

document.addEventListener("htmx:after:swap", ({ detail }) => {
  unfold();
  if (detail.ctx?.target?.id === "workspace") showAnswered();
});
unfold();
showTarget(location.hash);
