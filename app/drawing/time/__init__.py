"""The model unrolled along its timesteps; `unroll` places it row by row.

- The picture: `strip`, `columns`, `tracks`, `rails`, `labels`, `legend`, `order`, `repeated`.
- Rows: `lanes`, `walks`, `cell_row`, `cells`, `first_states`, `ends`.
- What feeds a row: `sources`, `others`, `bundles`.
- The time cursor and typed sequences: `moments`, `typed`.
"""
