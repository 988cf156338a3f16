"""Keras in the code that is read: constructing layers and models, and calling them on tensors.

- Names: `names` (what a path stands for), `naming` and `counting` (of unnamed layers), `legacy`,
  `gone_sources` (classes that Keras had).
- Constructing: `construct`, `arguments`, `conversion`, `inputs`, `shapes`, `types`, `data_formats`,
  `lambdas`, `applications`.
- Calling: `graph`, `tensors`, `operations`, `layer_functions`, `merging`, `wrappers`, `tensor_makers`.
- Models: `models`, `shared`, `regrowing` (copies of graphs), `feeding` (data and loss), `measuring` (shapes
  so far).
"""
