"""check_feeds(): whether the data in the code fits the model's inputs, outputs and loss.

Keras decides: an input is tried as a model of nothing but inputs, a loss by calling it on symbolic tensors.
"""

from collections.abc import Iterable, Iterator

import keras
from keras.src.backend import compute_output_spec

from app.architecture.feed import Feed
from app.architecture.spec import Architecture
from app.frozen import Shape
from app.problems import Problem
from app.report.explain.words import tidy_message, write_shape
from app.report.fitting import find_last_sequence, fit_input, fit_output
from app.report.model import Report, Tensor
from app.report.reshaping import advise_reshaping


def check_feeds(report: Report, feeds: Iterable[Feed]) -> tuple[Problem, ...]:
    """The problems of all feeds, equal ones once; none if the model does not build."""
    if report.status == "fails":
        return ()
    found = (problem for feed in feeds for problem in _check_feed(feed, report))
    return tuple({(problem.code, problem.happened): problem for problem in found}.values())


def _check_feed(feed: Feed, report: Report) -> Iterator[Problem]:
    inputs, outputs, model = report.inputs, report.outputs, report.architecture
    if len(feed.inputs) == len(inputs):
        for name, shape, wanted in zip(feed.names, feed.inputs, inputs, strict=True):
            if shape is not None:
                yield from _check_input(feed, name, shape, wanted, model)
    if feed.inputs and feed.targets:
        yield from _check_lengths(feed)
    if feed.loss and len(feed.targets) == len(outputs) == 1 and feed.targets[0] is not None:
        yield from _check_target(feed, feed.loss, feed.targets[0], outputs[0], model)


def _check_input(
    feed: Feed, name: str, shape: Shape, tensor: Tensor, model: Architecture
) -> Iterator[Problem]:
    given, wanted = (None, *shape[1:]), tensor.shape
    refusal = _refuse_input(given, wanted)
    if refusal is None and len(given) == len(wanted):
        return
    advice = advise_reshaping(name, shape, wanted)
    happened = f"{feed.call} gives the model {name} of the shape {write_shape(shape)}."
    if refusal is None:
        happened += " Keras 3 makes it fit by itself; Keras 2 stopped here."
    yield Problem(
        code="data-does-not-fit",
        severity="warning" if refusal is None else "error",
        line=feed.line,
        happened=happened,
        expected=f"The model wants {_write_wanted(wanted)}.",
        fix=advice,
        keras_message=refusal,
        repairs=fit_input(model, tensor.name, shape) if refusal else (),
    )


def _check_lengths(feed: Feed) -> Iterator[Problem]:
    """Whether there are as many targets as inputs, if both are known."""
    shapes = [shape for shape in (*feed.inputs, *feed.targets) if shape]
    lengths = list(dict.fromkeys(shape[0] for shape in shapes if shape[0] is not None))
    if len(lengths) > 1:
        counted = " and ".join(f"{length:,}" for length in lengths)
        yield Problem(
            code="data-lengths-differ",
            line=feed.line,
            happened=f"{feed.call} gives the model {counted} samples at once.",
            expected="Every input and every target has as many samples as the others: its first axis.",
            fix="Make windows, splits and labels together, so that each sample keeps its target.",
        )


def _check_target(
    feed: Feed, loss: str, target: Shape, tensor: Tensor, model: Architecture
) -> Iterator[Problem]:
    given, output = (None, *target[1:]), tensor.shape
    shapes = f"targets of the shape {write_shape(target)} with outputs of {write_shape(output)}"
    happened = f"{feed.call} compares {shapes} by {loss}."
    # Class numbers instead of one-hot vectors ask for another loss, not for another layer.
    is_other_loss = "categorical" in loss and len(given) != len(output)
    repairs = () if is_other_loss else fit_output(model, tensor.name, given, output)
    refusal = _refuse_target(loss, given, output)
    if refusal is not None:
        yield Problem(
            code="targets-do-not-fit",
            line=feed.line,
            happened=happened,
            expected=_say_expected(loss, output),
            fix=_advise_target(loss, given, output, model),
            keras_message=refusal,
            repairs=repairs,
        )
    elif not loss.lower().startswith("sparse") and not _same(given, output):
        yield Problem(
            code="targets-are-broadcast",
            severity="warning",
            line=feed.line,
            happened=f"{happened} They differ, and Keras repeats the smaller one until they fit, silently.",
            expected=_say_expected(loss, output),
            fix=_advise_target(loss, given, output, model),
            repairs=repairs,
        )


def _refuse_input(given: Shape, wanted: Shape) -> str | None:
    """Keras' message if data of the shape `given` does not fit an input of the shape `wanted`; else None."""
    with keras.StatelessScope():
        tensor = keras.KerasTensor(wanted)
        model = keras.Model(inputs := keras.Input(batch_shape=tensor.shape), keras.layers.Identity()(inputs))
        try:
            model(keras.KerasTensor(given))
        except Exception as error:
            return tidy_message(error)
    return None


def _refuse_target(loss: str, target: Shape, output: Shape) -> str | None:
    try:
        function = keras.losses.get(loss)
    except Exception:
        # A custom loss: it is not known what fits it.
        return None
    try:
        compute_output_spec(
            lambda true, predicted: function(true, predicted),
            keras.KerasTensor(target),
            keras.KerasTensor(output),
        )
    except Exception as error:
        return tidy_message(error)
    return None


def _same(target: Shape, output: Shape) -> bool:
    """Whether the shapes are equal, except for a last axis of 1, which Keras adds or removes."""
    shapes = [shape[:-1] if len(shape) > 1 and shape[-1] == 1 else shape for shape in (target, output)]
    if len(shapes[0]) != len(shapes[1]):
        return False
    return all(None in pair or pair[0] == pair[1] for pair in zip(*shapes, strict=True))


def _write_wanted(shape: Shape) -> str:
    return write_shape(shape).replace("None", "batch", 1)


def _say_expected(loss: str, output: Shape) -> str:
    wanted = output[:-1] if loss.lower().startswith("sparse") else output
    return f"For {loss} the targets are of the shape {_write_wanted(wanted)}."


def _advise_target(loss: str, target: Shape, output: Shape, model: Architecture) -> str:
    classes, is_sparse = output[-1], loss.lower().startswith("sparse")
    if is_sparse and len(target) == len(output):
        return "Use `categorical_crossentropy`, or give class numbers instead of one-hot vectors."
    if "categorical" in loss.lower() and not is_sparse and len(target) < len(output) + (target[-1] == 1):
        return f"Use `sparse_categorical_crossentropy`, or `to_categorical(y, {classes})`."
    if len(output) == 2 and len(target) == 1:
        return (
            f"Give the last layer one unit; or, for {classes} classes, use `sparse_categorical_crossentropy`."
        )
    if len(output) > len(target):
        if find_last_sequence(model):
            return "Take one step of the sequence: leave `return_sequences=True` out of the last such layer."
        return "Put Flatten() or GlobalAveragePooling1D() before the last layer: targets have no timesteps."
    if len(target) == len(output):
        return f"Give the last layer `units={target[-1]}`, or targets that are {classes} wide."
    return "Give every timestep an output (`return_sequences=True`), or every sample one target."
