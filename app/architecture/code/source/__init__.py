"""From pasted text to a syntax tree: finds the code in a page, and repairs what pasting broke."""
