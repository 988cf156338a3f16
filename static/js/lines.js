// Links to lines of the code: the line is selected in the code box, and scrolled to a few lines below the top.

import { openEditor } from "./code.js";

const ABOVE = 3;

document.addEventListener("click", async (event) => {
  const place = event.target.closest("[data-line]");
  const code = place && document.querySelector(place.hash);
  if (!code) return;
  event.preventDefault();
  const number = Number(place.dataset.line);
  const tab = document.getElementById("tab-code");
  if (tab) tab.checked = true;
  const editor = tab && (await openEditor());
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
