// The theme of the editor. Its colours are the page's custom properties, which shadow trees inherit.

import { EditorView, HighlightStyle, syntaxHighlighting, tags } from "./codemirror.js";

const frame = EditorView.theme({
  "&": { height: "100%", color: "var(--k-ink)", fontSize: "13px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55" },
  ".cm-content": { padding: "12px 0", caretColor: "var(--k-ink)" },
  ".cm-line": { padding: "0 14px 0 4px" },
  ".cm-gutters": { border: "0", backgroundColor: "var(--k-card)", color: "var(--k-muted)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--k-batch-tint) 55%, transparent)" },
  ".cm-activeLineGutter": { color: "var(--k-ink)" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 6px 0 4px" },
  ".cm-gutter-lint": { width: "18px" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "4px 2px 0 4px" },
  ".cm-lit": { backgroundColor: "var(--k-timesteps-tint)" },
  ".cm-changed": { borderRadius: "3px", backgroundColor: "color-mix(in srgb, var(--accent) 20%, transparent)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--k-timesteps-tint)", outline: "1px solid var(--k-timesteps-edge)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--k-error-tint)", outline: "1px solid var(--k-error-edge)" },
  ".cm-tooltip": {
    maxWidth: "min(440px, calc(100vw - 32px))", border: "1px solid var(--k-rule)", borderRadius: "8px", backgroundColor: "var(--k-surface)",
    color: "var(--k-ink)", boxShadow: "var(--shadow)", overflow: "hidden",
  },
  ".cm-diagnostic": { padding: "7px 12px", fontFamily: "var(--font)", fontSize: "13.5px", lineHeight: "1.45", whiteSpace: "normal" },
  ".cm-diagnostic-error": { borderLeft: "4px solid var(--k-error-edge)" },
  ".cm-diagnostic-warning": { borderLeft: "4px solid var(--k-warning-edge)" },
  ".cm-lintRange": { backgroundImage: "none", textDecorationLine: "underline", textDecorationStyle: "wavy", textUnderlineOffset: "3px" },
  ".cm-lintRange-error": { textDecorationColor: "var(--k-error-edge)" },
  ".cm-lintRange-warning": { textDecorationColor: "var(--k-warning-edge)" },
});

const words = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: "var(--k-units-ink)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--k-filters-ink)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--k-features-ink)" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.definition(tags.className)], color: "var(--k-timesteps-ink)" },
  { tag: tags.comment, color: "var(--k-muted)", fontStyle: "italic" },
]);

export const looks = [frame, syntaxHighlighting(words)];
