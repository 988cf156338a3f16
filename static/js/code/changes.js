// Marks the words that an answer has changed in the code, until somebody types; and brings them into view in the box.

import { Decoration, EditorView, StateEffect, StateField } from "./codemirror.js";

const MOST_LINES = 3;
const ROOM = 24;

const mark = StateEffect.define();
const marked = Decoration.mark({ class: "cm-changed" });

export const changes = StateField.define({
  create: () => Decoration.none,
  update(words, { docChanged, effects }) {
    const made = effects.find((effect) => effect.is(mark));
    if (made) return Decoration.set([marked.range(made.value.from, made.value.to)]);
    return docChanged ? Decoration.none : words;
  },
  provide: (field) => EditorView.decorations.from(field),
});

// The effects that mark what was inserted into a text, in whole words; none for code that is another, or where words
// were only taken out.
export function markInserted(text, from, to) {
  if (from === to || text.slice(from, to).split("\n").length > MOST_LINES) return [];
  while (isInWord(text, from)) from -= 1;
  while (isInWord(text, to)) to += 1;
  return [mark.of({ from, to })];
}

const isInWord = (text, place) => /^\w\w$/.test(text.slice(Math.max(0, place - 1), place + 1));

// Scrolls only the box, not the page.
export function showInserted(view, from, inserted) {
  const line = view.lineBlockAt(from);
  const { scrollTop, clientHeight } = view.scrollDOM;
  if (line.top < scrollTop || line.bottom > scrollTop + clientHeight) view.scrollDOM.scrollTop = line.top - clientHeight / 3;
  view.requestMeasure({
    read: () => [view.coordsAtPos(from), view.coordsAtPos(from + inserted.length), view.scrollDOM.getBoundingClientRect()],
    write: ([start, end, box]) => {
      if (end && end.right > box.right - ROOM) view.scrollDOM.scrollLeft += Math.min(end.right - box.right + ROOM, start.left - box.left - box.width / 3);
    },
  });
}
