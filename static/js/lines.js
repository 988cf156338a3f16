// A line that is spoken of is shown: selected in the code box, a few lines below its upper edge.

import { openEditor } from "./code.js";

const ABOVE = 3;

document.addEventListener("click", async (event) => {
  const place = event.target.closest("[data-line]");
  const code = document.getElementById("code");
  if (!place || !code) return;
  event.preventDefault();
  document.getElementById("tab-code").checked = true;
  const number = Number(place.dataset.line);
  const editor = await openEditor();
  if (editor) editor.selectLine(number);
  else selectLine(code, number);
});

function selectLine(code, number) {
  const lines = code.value.split("\n");
  const start = lines.slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
  code.focus();
  code.setSelectionRange(start, start + (lines[number - 1] ?? "").length);
  code.scrollTop = (number - 1 - ABOVE) * Number.parseFloat(getComputedStyle(code).lineHeight);
  code.scrollIntoView({ block: "nearest" });
}
