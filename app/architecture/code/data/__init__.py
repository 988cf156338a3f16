"""Arrays and datasets in the code. Only their shapes are known.

- Arrays: `arrays`, `tokens`, `sample_data`; tables of pandas: `tables`; tf.data: `datasets`.
- NumPy's functions, by name in `numpy_names`: `numpy_functions`, `array_functions`, `axes`, `joins`, `parts`,
  `reductions`, `random_numbers`; as methods: `array_methods`.
- Others: `scalers` of scikit-learn, `vocabularies` of layers.
"""
