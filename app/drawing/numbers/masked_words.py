"""describe_masks(): what every layer makes of the typed sequences, in words."""

from collections.abc import Iterable, Iterator

from app.drawing.numbers.masked_rows import MaskedRow, list_masked_rows
from app.drawing.words import clean_text, has_lost_mask, write_name, write_plural
from app.flow.masked import MaskedLayer, MaskTrace
from app.report import Report

LOOKS = (
    ("shade-2", "a timestep that counts"),
    ("padding", "a timestep that the mask marks as padding"),
    ("cell", "a timestep that a recurrent layer reads"),
    ("leaked", "counts, and other numbers in the padding change it"),
)
MEASURED = "Keras ran the model twice, the second time with other numbers in the masked timesteps."


def has_padding(rows: Iterable[MaskedRow], sequence: int) -> bool:
    """Whether a mask marks any timestep of a sequence as padding."""
    return any(row.layer.mask is not None and not all(row.layer.mask[sequence]) for row in rows)


def is_leaked(layer: MaskedLayer, sequence: int, step: int) -> bool:
    """Whether an unmasked timestep changes if the numbers in the padding change."""
    counts = layer.mask is None or layer.mask[sequence][step]
    return counts and layer.changed[sequence][step]


def say_effect(layer: MaskedLayer, sequence: int) -> str:
    """Whether the numbers in the padding matter to this layer."""
    leaked = any(is_leaked(layer, sequence, step) for step in range(len(layer.changed[sequence])))
    return f"other numbers in the padding change {'this' if leaked else 'nothing'}"


def list_codes(trace: MaskTrace) -> tuple[str, ...]:
    """The calls that pad the sequences; one if all inputs read the same."""
    codes = {one.code for one in trace.inputs}
    return tuple(codes) if len(codes) == 1 else tuple(f"{one.input} = {one.code}" for one in trace.inputs)


def describe_masks(report: Report, trace: MaskTrace) -> str:
    """Sequence by sequence, layer by layer."""
    if trace.refused:
        return clean_text(trace.refused)
    rows = list_masked_rows(report, trace)
    codes = list_codes(trace)
    said = [f"The sequences are padded by {code}." for code in codes]
    for sequence in range(len(trace.tokens)):
        padded = has_padding(rows, sequence)
        for one in trace.inputs[: len(codes)]:
            of = f" of {write_name(one.input)}" if len(codes) > 1 else ""
            said.append(f"Sequence {sequence + 1}{of} is {', '.join(map(str, one.tokens[sequence]))}.")
        said += [
            f"{row.name}: {'; '.join(_describe(row.layer, sequence, row.is_behind and padded))}."
            for row in rows
            if row.layer.mask is not None or (row.is_behind and padded)
        ]
    reports = [row.report for row in rows]
    lost = [report.problem.happened for report in reports if has_lost_mask(report) and report.problem]
    return clean_text(" ".join([*said, *lost, MEASURED] if any(row.is_behind for row in rows) else said))


def _describe(layer: MaskedLayer, sequence: int, behind: bool) -> Iterator[str]:
    if layer.mask is not None:
        masked = [step + 1 for step, counts in enumerate(layer.mask[sequence]) if not counts]
        if masked:
            noun = write_plural(len(masked), "timestep").split(" ", 1)[1]
            yield f"the mask marks {noun} {', '.join(map(str, masked))} as padding"
        else:
            yield "the mask marks no timestep as padding"
    if behind:
        yield say_effect(layer, sequence)
