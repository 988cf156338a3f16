"""Python's statements, expressions, functions and values, as far as the reader understands them.

- Statements: `statements`, `assignment`, `branches`, `imports`, `jumps`, `patience`, `matching`,
  `decorators`.
- Expressions: `expressions`, `operators`, `comprehensions`, `formatting`, `containers`, `constants`.
- Names and attributes: `lookup`, `attributes`, `methods`, `reflection`, `records`.
- Calls: `calls`, `functions`, `unknown_calls`, `builtin_functions`, `standard_library`.
- Numbers chosen elsewhere: `options` (of the command line), `searched` (by a tuner).
"""
