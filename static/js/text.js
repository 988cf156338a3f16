// The same text written again would be a change to the page all the same, and cost a calculation of its styles.

export function writeText(element, text) {
  if (element.textContent !== String(text)) element.textContent = text;
}
