"""From pasted text to a syntax tree: finds the code in a page, and repairs what pasting broke.

- Finding code: `passage`, `passages`, `sentences` (lines of words), `joining` (pieces that need each other).
- Parsing: `syntax`, `repairs`, `prefixes` (of pasted lines), `brackets`, `python_2`.
- Looking over code: `mentions` (of layers), `uncalled` (functions that make models), `alternatives`
  (two inputs in a row).
"""
