// Says which repair was made, until the next change.

let made = null;

document.addEventListener("click", (event) => {
  const repair = event.target.closest("[data-done]");
  if (repair) made = repair.dataset.done;
});

document.addEventListener("htmx:after:swap", ({ detail }) => {
  if (detail.ctx?.target?.id !== "workspace") return;
  const done = document.getElementById("done");
  if (!done) return;
  if (made) document.getElementById("done-words").textContent = `Done: ${made[0].toLowerCase()}${made.slice(1)}.`;
  done.hidden = !made;
  made = null;
});
