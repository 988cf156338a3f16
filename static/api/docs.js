// A file of its own, since the page's policy allows no script inside it.
SwaggerUIBundle({
  url: "/api/openapi.json",
  dom_id: "#documentation",
  deepLinking: true,
  tryItOutEnabled: true,
  // Their validator would be asked over the internet.
  validatorUrl: null,
});
