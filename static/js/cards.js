// The arrow keys move from one layer's name to the next; Tab would stop at every field between.

const NAMES = ".card-body > summary";

document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !event.target.matches(NAMES)) return;
  event.preventDefault();
  const names = [...document.querySelectorAll(NAMES)];
  names[names.indexOf(event.target) + step]?.focus();
});
