// Marks in the code the lines that the page links to, with what the page says about them.

import { setDiagnostics } from "./codemirror.js";

export function showMarks(view) {
  // Messages beside a fault are about an older text.
  const fault = document.querySelector("#fault .fault");
  const places = (fault ?? document).querySelectorAll("[data-line][data-says]");
  const marks = [...places].map(({ dataset }) => locate(view.state.doc, dataset));
  view.dispatch(setDiagnostics(view.state, marks));
}

// From the column to the end of the word; without a column the whole text of the line.
function locate(doc, { line, column, severity, says }) {
  const { from: start, to: end, text } = doc.line(Math.min(Number(line), doc.lines));
  if (!column) return { from: start + text.search(/\S|$/), to: end, severity, message: says };
  const from = Math.min(start + Number(column) - 1, end);
  const word = /^(\w+|.?)/.exec(text.slice(from - start))[0];
  return { from, to: from + word.length, severity, message: says };
}
