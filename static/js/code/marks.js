// What the page says of a line of the code is marked in the code as well: each link to a line tells what it says there.

import { setDiagnostics } from "./codemirror.js";

export function showMarks(view) {
  // What is said beside a fault is said of an older text.
  const fault = document.querySelector("#fault .fault");
  const places = (fault ?? document).querySelectorAll("[data-line][data-says]");
  const marks = [...places].map(({ dataset }) => locate(view.state.doc, dataset));
  view.dispatch(setDiagnostics(view.state, marks));
}

// From the column to the end of the word there; without a column all that is written on the line.
function locate(doc, { line, column, severity, says }) {
  const { from: start, to: end, text } = doc.line(Math.min(Number(line), doc.lines));
  if (!column) return { from: start + text.search(/\S|$/), to: end, severity, message: says };
  const from = Math.min(start + Number(column) - 1, end);
  const word = /^(\w+|.?)/.exec(text.slice(from - start))[0];
  return { from, to: from + word.length, severity, message: says };
}
