"""The builder processes, which hold Keras: `pool.py` is the web process's side, `builder.py` theirs."""
