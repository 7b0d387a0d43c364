"use strict";

/* Starts Swagger UI. A file of its own, because the page's content security policy allows no inline scripts. */

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const paint = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", paint);
paint();

const place = document.getElementById("docs");

SwaggerUIBundle({
  url: place.dataset.openapi,
  domNode: place,
  deepLinking: true,
  persistAuthorization: true,
  validatorUrl: null,
  docExpansion: "list",
  filter: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  displayOperationId: false,
  defaultModelsExpandDepth: 0,
  defaultModelRendering: "example",
  operationsSorter: null,
  syntaxHighlight: { theme: "nord" },
  layout: "BaseLayout",
});
