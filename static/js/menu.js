// The menu of examples closes as menus do: at a click outside, and at Escape.

const menu = document.getElementById("menu");

document.addEventListener("click", (event) => {
  if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
