"""The processes that hold Keras: `pool.py` is their outside, `builder.py` their inside."""
