// Connects lines of code with layers in the pictures: pointing at one highlights the other.

import { Decoration, EditorView, StateEffect, StateField, syntaxTree } from "./codemirror.js";

const light = StateEffect.define();
const lit = Decoration.line({ class: "cm-lit" });

const litLines = StateField.define({
  create: () => Decoration.none,
  update(lines, transaction) {
    const shown = transaction.effects.find((effect) => effect.is(light));
    if (!shown) return lines.map(transaction.changes);
    const { doc } = transaction.state;
    const starts = shown.value.filter(({ last }) => last <= doc.lines).flatMap(({ first, last }) => listStarts(doc, first, last));
    return Decoration.set(starts.map((start) => lit.range(start)), true);
  },
  provide: (field) => EditorView.decorations.from(field),
});

const listStarts = (doc, first, last) => Array.from({ length: last - first + 1 }, (_, place) => doc.line(first + place).from);

// The lines of each layer: from the one where it is made to the end of that call.
function listLayers(view) {
  const layers = Object.entries(JSON.parse(document.getElementById("code").dataset.layers));
  const others = new Set(layers.map(([, line]) => line));
  return layers
    .filter(([, line]) => line <= view.state.doc.lines)
    .map(([name, first]) => ({ name, first, last: findEnd(view.state, first, others) }));
}

// The last line of the longest call that begins on the line and makes no other line's layer.
function findEnd(state, first, others) {
  const { from, to } = state.doc.line(first);
  let last = first;
  syntaxTree(state).iterate({
    from,
    to,
    enter: (node) => {
      if (node.name !== "CallExpression" || node.from < from || node.from > to) return;
      const end = state.doc.lineAt(node.to).number;
      const alone = ![...others].some((other) => other > first && other <= end);
      if (alone) last = Math.max(last, end);
    },
  });
  return last;
}

let hovered = null;

// Highlights the layers of the line under the pointer, else of the caret's line.
export function showLayers(view) {
  const { state } = view;
  const line = hovered ?? (view.hasFocus ? state.doc.lineAt(state.selection.main.head).number : null);
  const here = line === null ? [] : listLayers(view).filter(({ first, last }) => first <= line && line <= last);
  lightUp(new Set(here.map(({ name }) => name)));
}

function lightUp(names) {
  for (const mark of document.querySelectorAll(".picture [data-layer]")) mark.classList.toggle("lit", names.has(mark.dataset.layer));
}

function hover(view, line) {
  if (hovered === line) return;
  hovered = line;
  showLayers(view);
}

// A position to the right of a short line belongs to that line.
const lineAt = (view, { clientY }) => view.state.doc.lineAt(view.lineBlockAtHeight(clientY - view.documentTop).from).number;

// The other direction: the layer under the pointer, in any picture.
export function followPictures(view) {
  let shown;
  document.addEventListener("pointerover", (event) => {
    const name = event.target.closest?.(".picture [data-layer]")?.dataset.layer;
    if (name === shown) return;
    shown = name;
    const lines = listLayers(view).filter((layer) => layer.name === name);
    view.dispatch({ effects: light.of(lines) });
    if (name === undefined) showLayers(view);
    else lightUp(new Set(lines.map((layer) => layer.name)));
  });
}

export const followLayers = [
  litLines,
  EditorView.domEventHandlers({
    mousemove: (event, view) => hover(view, lineAt(view, event)),
    mouseleave: (_, view) => hover(view, null),
  }),
  EditorView.updateListener.of((update) => {
    if (update.selectionSet || update.focusChanged || update.docChanged) showLayers(update.view);
  }),
];
