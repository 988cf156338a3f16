"""Benchmarks: what Kerascope promises about speed and memory, measured on this machine by `make bench`."""

import os

# As the builders have it: a quiet Keras on the CPU.
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
