// Starts Swagger UI. A file of its own, as the page's Content-Security-Policy allows no inline script.
SwaggerUIBundle({
  url: "/api/openapi.json",
  dom_id: "#documentation",
  deepLinking: true,
  tryItOutEnabled: true,
  // Every schema is shown with its request already.
  defaultModelsExpandDepth: 0,
  // Swagger UI's validator is on the internet.
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
