// Starts Swagger UI. A file of its own, as the page's Content-Security-Policy allows no inline script.
SwaggerUIBundle({
  url: "/api/openapi.json",
  dom_id: "#documentation",
  deepLinking: true,
  tryItOutEnabled: true,
  // Every schema is behind its request already: at the end they are a list of names.
  defaultModelsExpandDepth: 0,
  // Their validator would be asked over the internet.
  validatorUrl: null,
});

// Swagger UI has a dark theme of its own, by a class on the root element.
const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");
const follow = () => {
  root.classList.toggle("dark-mode", (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark");
};
new MutationObserver(follow).observe(root, { attributeFilter: ["data-theme"] });
system.addEventListener("change", follow);
follow();
