// Sets the text of an element only if it differs: writing the same text would still make the browser recalculate styles.

export function writeText(element, text) {
  if (element.textContent !== String(text)) element.textContent = text;
}
