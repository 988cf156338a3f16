"""What the process that builders are forked from loads first: from then on it looks for no garbage.

Keras and TensorFlow make some million objects while they are loaded, and all of them stay. To look through
them again and again took a quarter of the time. Builders look for garbage once they are forked.
"""

import gc

gc.disable()
