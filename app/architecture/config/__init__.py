"""Configurations: the JSON of a whole model, read as an Architecture.

- The model: `model` (where it begins), `sequential`, `functional`, `names`.
- Layers: `layer`, `functions` (of TensorFlow), `transposed` (products of matrices), `objects` (among
  arguments), `left_out` (what is not read).
- Calls: `calls`, `references` (to tensors), `arrays` (constants), `values`.
"""

from app.architecture.config.model import read_config

__all__ = ["read_config"]
