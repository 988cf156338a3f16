// The editor over the code's textarea. It is in a shadow tree, where it may add style sheets (the page's policy allows
// none), and which morphing does not touch.

import {
  Annotation, EditorState, EditorView, LanguageSupport, bracketMatching, defaultKeymap, highlightActiveLine, highlightActiveLineGutter,
  history, historyKeymap, indentOnInput, indentUnit, indentWithTab, keymap, lineNumbers, lintGutter, nextDiagnostic, pythonLanguage,
} from "./codemirror.js";
import { changes, markInserted, showInserted } from "./changes.js";
import { followLayers, followPictures, showLayers } from "./layers.js";
import { looks } from "./looks.js";
import { showMarks } from "./marks.js";

const LINES_ABOVE = 3;
const answered = Annotation.define();

// Begins with the text `before`, so that what has been changed since is marked; unless somebody is typing.
export function openOver(textarea, before) {
  const host = document.getElementById("code-editor");
  const doc = document.activeElement === textarea ? textarea.value : before;
  const view = new EditorView({ parent: host.attachShadow({ mode: "open" }), state: makeState(textarea, doc) });
  // The textarea sends the input event, once.
  host.shadowRoot.addEventListener("input", (event) => event.stopPropagation());
  host.hidden = false;
  if (document.activeElement === textarea) takeFocus(view, textarea);
  let isPlaced = view.hasFocus;
  host.shadowRoot.addEventListener("paste", () => { isPlaced = false; });
  const refresh = () => {
    takeText(view, textarea);
    showMarks(view);
    showLayers(view);
  };
  // Scrolls to the piece of code that is shown, once after a page of text was opened or pasted.
  const place = () => {
    const { start } = textarea.dataset;
    if (!isPlaced && start) showFrom(view, lineOf(view, Number(start)));
    isPlaced = true;
  };
  refresh();
  place();
  followPictures(view);
  document.addEventListener("htmx:after:swap", ({ detail }) => {
    refresh();
    if (detail.ctx?.target?.id === "workspace") place();
  });
  return { selectLine: (number) => selectLine(view, number) };
}

function makeState(textarea, doc) {
  return EditorState.create({
    doc,
    extensions: [
      new LanguageSupport(pythonLanguage),
      EditorState.tabSize.of(4),
      indentUnit.of("    "),
      history(),
      lineNumbers(),
      lintGutter(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      bracketMatching(),
      indentOnInput(),
      keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab, { key: "F8", run: nextDiagnostic }]),
      EditorView.contentAttributes.of({
        "aria-label": "Keras code. Tab indents; Escape, then Tab, leaves the box.",
        autocapitalize: "off",
      }),
      EditorView.domEventHandlers({
        beforeinput: (event, view) => typeOver(view, event),
        // A dropped file is opened by the page, not inserted as text.
        drop: (event) => event.dataTransfer.types.includes("Files"),
      }),
      EditorView.updateListener.of((update) => tellForm(update, textarea)),
      EditorView.updateListener.of(showPasted),
      followLayers,
      changes,
      looks,
    ],
  });
}

// Otherwise Chromium writes the colour of the selection as an inline style, which the page's policy forbids.
function typeOver(view, { inputType, data }) {
  const typed = inputType === "insertText" && data && !view.composing && !view.state.selection.main.empty;
  if (typed) view.dispatch(view.state.replaceSelection(data), { userEvent: "input.type", scrollIntoView: true });
  return Boolean(typed);
}

function tellForm(update, textarea) {
  if (!update.docChanged || update.transactions.some((transaction) => transaction.annotation(answered))) return;
  textarea.value = update.state.doc.toString();
  textarea.dispatchEvent(new Event("input", { bubbles: true }));
}

// After pasting, shows the starts of the lines rather than the caret at the end; once there is an answer, the piece
// that is shown. The editor itself scrolls to the caret, so this is done a frame later.
function showPasted({ view, transactions }) {
  if (transactions.some(isPasteOfLines)) requestAnimationFrame(() => view.scrollDOM.scrollTo({ left: 0 }));
}

function isPasteOfLines(transaction) {
  let lines = 0;
  const isInput = ["input.paste", "input.type"].some((kind) => transaction.isUserEvent(kind));
  if (isInput) transaction.changes.iterChanges((from, to, start, end, inserted) => { lines = Math.max(lines, inserted.lines); });
  return lines > 1;
}

// Puts the answer's text into the editor, unless somebody is typing; with the smallest change, to keep the caret.
function takeText(view, textarea) {
  const [old, now] = [view.state.doc.toString(), textarea.value];
  if (old === now) return;
  if (view.hasFocus) {
    textarea.value = old;
    return;
  }
  let from = 0;
  while (from < Math.min(old.length, now.length) && old[from] === now[from]) from += 1;
  let same = 0;
  while (same < Math.min(old.length, now.length) - from && old.at(-1 - same) === now.at(-1 - same)) same += 1;
  const inserted = now.slice(from, now.length - same);
  const effects = markInserted(now, from, from + inserted.length);
  view.dispatch({ changes: { from, to: old.length - same, insert: inserted }, effects, annotations: answered.of(true) });
  if (effects.length) showInserted(view, from, inserted);
}

function takeFocus(view, textarea) {
  view.dispatch({ selection: { anchor: textarea.selectionStart, head: textarea.selectionEnd }, scrollIntoView: true });
  view.focus();
}

const lineOf = (view, number) => view.state.doc.line(Math.min(number, view.state.doc.lines));

// Scrolls only the box, not the page; after the heights of its lines have been measured.
function showFrom(view, line) {
  view.requestMeasure({
    read: () => view.lineBlockAt(line.from).top - LINES_ABOVE * view.defaultLineHeight,
    write: (top) => view.scrollDOM.scrollTo({ top }),
  });
}

function selectLine(view, number) {
  const line = lineOf(view, number);
  view.focus();
  view.dispatch({ selection: { anchor: line.from, head: line.to } });
  showFrom(view, line);
  view.dom.scrollIntoView({ block: "nearest" });
}
