"""Data in the code: arrays, tables and datasets. Only their shapes are known.

- Arrays: `arrays` (the rules), `numpy_names` (which function has which), `array_methods`.
- Functions of NumPy: `numpy_functions` (making and reshaping), `random_numbers`, `array_functions` (number by
  number), `axes`, `joins`, `parts`, `reductions`.
- Other data: `tables` (of pandas), `datasets` (of tf.data), `sample_data` (of Keras), `scalers`.
- Texts: `tokens`, `vocabularies`.
"""
