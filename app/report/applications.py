"""find_application(): the architecture of a model of keras.applications, from Keras itself; cached."""

import functools
import json
from collections import defaultdict
from collections.abc import Sequence
from types import MappingProxyType

import keras
from keras.src.backend.common import global_state

from app.architecture.code.interpreter import Application
from app.architecture.code.layers.applications import APPLICATIONS
from app.architecture.config import read_config
from app.frozen import JsonObject

LONGEST_MESSAGE = 400


def find_application(name: str, positional: Sequence[object], keywords: JsonObject) -> Application | str:
    """The model of that name with these plain arguments; Keras' message if it raises.

    No weights are made or downloaded. Raises KeyError for an unknown name.
    """
    if name not in APPLICATIONS:
        raise KeyError(name)
    return _ask_keras(name, json.dumps(positional), json.dumps(keywords, sort_keys=True))


@functools.lru_cache(maxsize=16)
def _ask_keras(name: str, positional: str, keywords: str) -> Application | str:
    function = getattr(keras.applications, name)
    before = global_state.get_global_attribute("object_name_uids")
    counted: defaultdict[str, int] = defaultdict(int)
    global_state.set_global_attribute("object_name_uids", counted)
    try:
        with keras.StatelessScope(initialize_variables=False):
            model = function(*json.loads(positional), **{**json.loads(keywords), "weights": None})
            config = json.loads(model.to_json())
    except (TypeError, ValueError) as error:
        return str(error)[:LONGEST_MESSAGE]
    finally:
        global_state.set_global_attribute("object_name_uids", before)
    architecture = read_config(config).model_copy(update={"name": model.name})
    return Application(architecture, MappingProxyType(counted))
