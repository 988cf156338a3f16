"""Before any test: a quiet Keras on the CPU, the same random examples in every run, and little garbage."""

import gc
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("fuzz", max_examples=20_000, deadline=None, database=None, print_blob=True)
settings.load_profile("repeatable")


def pytest_collection_finish() -> None:
    """Keep what is there already out of collections: Keras asks for one wherever a session is cleared."""
    gc.collect()
    gc.freeze()
