"""Keras source code: read_code() interprets it without running it, write_code() writes it.

- Reading: `read`, `interpreter`, `choosing` (one of several models), `assemble` (from what was read to an
  Architecture), `origins`, `spelling`.
- Values of names: `values`; layers, tensors and models: `built`.
- Limits and errors: `budget`, `refusal`, `faults` (lines that are not understood), `notes`.
- Writing: `write`.
"""

from app.architecture.code.read import read_code
from app.architecture.code.write import write_code, write_numbered

__all__ = ["read_code", "write_code", "write_numbered"]
