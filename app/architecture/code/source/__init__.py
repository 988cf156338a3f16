"""From pasted text to a syntax tree: finds the code in a page, and repairs what pasting broke.

- Code in a page: `passage`, `passages`, `joining`, `sentences`, `prefixes`, `alternatives`.
- Repairs: `repairs`, `brackets`, `python_2`; then the tree: `syntax`.
- What the tree is about: `mentions`, `uncalled`.
"""
