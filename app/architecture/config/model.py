"""read_config(): a whole model, as saved by Keras 3, Keras 2 or tf.keras."""

from collections.abc import Mapping

from pydantic import JsonValue, ValidationError

from app.architecture.bytecode import refuse_bytecode
from app.architecture.config.functional import read_functional
from app.architecture.config.layer import OLD_MODELS
from app.architecture.config.sequential import read_sequential
from app.architecture.config.values import JsonEntry, quote, read_object
from app.architecture.freezing import freeze_layers
from app.architecture.spec import MAX_NESTING, MAX_NODES, TOO_DEEP, Architecture
from app.frozen import JsonObject, Shape, read_shape
from app.problems import ArchitectureError, ConfigError, UnknownLayer


def read_config(config: JsonObject) -> Architecture:
    """The architecture in `json.loads(model.to_json())`.

    Custom layers become opaque nodes. Raises ConfigError if it is no such configuration, LambdaBytecode if it
    holds compiled code, UnknownLayer for an unknown class of Keras.
    """
    refuse_bytecode(config)
    try:
        architecture = ConfigReader().read(config)
        return architecture if _is_trained(config) else freeze_layers(architecture)
    except (UnknownLayer, ConfigError):
        raise
    except ArchitectureError as error:
        raise ConfigError(error.detail) from None
    except ValidationError as error:
        raise ConfigError(f"The configuration does not hold together: {error.errors()[0]['msg']}.") from None


class ConfigReader:
    """Reads a model and the models nested in it, and limits how much it reads."""

    def __init__(self) -> None:
        self._depth = 0
        self._layers = 0

    def read(self, entry: JsonEntry) -> Architecture:
        """The model of an entry `{"class_name": …, "config": …}`. Raises ConfigError, or UnknownLayer."""
        if self._depth > MAX_NESTING:
            raise ConfigError(TOO_DEEP)
        self._depth += 1
        try:
            return self._read_model(entry)
        finally:
            self._depth -= 1

    def _read_model(self, entry: JsonEntry) -> Architecture:
        class_name, config = entry.get("class_name"), entry.get("config")
        if class_name == "Sequential":
            # Keras 1 and early Keras 2 wrote the bare list of layers.
            whole = {"layers": config} if isinstance(config, list) else _read_model_config(config)
            return read_sequential(whole, self._list_layers(whole), _find_built_shape(entry), self.read)
        if isinstance(class_name, str) and _is_functional(class_name, config):
            whole = _read_model_config(config)
            return read_functional(whole, self._list_layers(whole), self.read)
        raise ConfigError(
            "This is not what `model.to_json()` gives for a Sequential or functional model: "
            f"its `class_name` is {quote(class_name)}."
        )

    def _list_layers(self, config: Mapping[str, JsonValue]) -> list[JsonEntry]:
        layers = config.get("layers")
        if not isinstance(layers, list) or not layers:
            raise ConfigError("The model has no `layers`.")
        self._layers += len(layers)
        if self._layers > MAX_NODES:
            raise ConfigError(f"The model has {self._layers:,} layers; at most {MAX_NODES:,} are read.")
        return [read_object(entry, "A layer") for entry in layers]


def _is_functional(class_name: str, config: JsonValue) -> bool:
    """Whether it is a functional model; one of a class of somebody's own says so in its configuration."""
    own = isinstance(config, dict) and config.keys() >= {"layers", "input_layers", "output_layers"}
    return own or OLD_MODELS.get(class_name, class_name) == "Functional"


def _read_model_config(config: JsonValue) -> JsonEntry:
    return read_object(config, "The model's `config`")


def _is_trained(entry: JsonEntry) -> bool:
    config = entry.get("config")
    return not isinstance(config, dict) or config.get("trainable") is not False


def _find_built_shape(entry: JsonEntry) -> Shape | None:
    """The shape that was passed to build(), if any."""
    built = entry.get("build_config")
    return read_shape(built.get("input_shape")) if isinstance(built, dict) else None
