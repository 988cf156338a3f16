"""From what was pasted to a syntax tree: the pieces of code in a page, and repairs of what pasting broke."""
