// The code box is a textarea, which the form sends. CodeMirror, loaded when the Code tab is first shown, covers it:
// it copies what is typed into the textarea, and shows what an answer has written there.

let opening = null;

// The text now, and before the last answer that changed it: what was changed is marked when the editor is opened.
const read = () => document.getElementById("code")?.value;
let text = read();
let before = text;

document.addEventListener("htmx:after:swap", () => {
  if (opening || read() === text) return;
  [before, text] = [text, read()];
});

// The editor, with `selectLine(number)`; null if it cannot be loaded, and the textarea is used alone.
export function openEditor() {
  opening ??= import("./code/editor.js").then(({ openOver }) => openOver(document.getElementById("code"), before), () => null);
  return opening;
}

const openWhenShown = () => document.getElementById("tab-code")?.checked && openEditor();

document.addEventListener("change", openWhenShown);
openWhenShown();

// Text that is pasted beside all fields can only be meant for the code box.
document.addEventListener("paste", (event) => {
  const textarea = document.getElementById("code");
  const text = event.clipboardData.getData("text/plain");
  if (!textarea || !text || event.target.closest("input, textarea, .code-editor")) return;
  document.getElementById("tab-code").checked = true;
  openWhenShown();
  textarea.value = text;
  textarea.dispatchEvent(new Event("input", { bubbles: true }));
});
