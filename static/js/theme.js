// The theme that the visitor chose, set before the first paint: a module would come too late and flash.
// Without a choice the system's theme holds, by media query; without this script, always.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const current = () => root.dataset.theme ?? (system.matches ? "dark" : "light");

  try {
    const chosen = localStorage.getItem("theme");
    if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  } catch {
    // Storage may be forbidden: then the choice lasts as long as the page.
  }
  root.classList.add("scripted");

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme-switch");
    button.addEventListener("click", () => {
      root.dataset.theme = current() === "dark" ? "light" : "dark";
      try {
        localStorage.setItem("theme", root.dataset.theme);
      } catch {
        // As above.
      }
    });
  });
})();
