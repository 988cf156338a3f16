"""Contexts: the values that each page and fragment gets, one class per template."""

from typing import ClassVar, Literal, get_args

from app.architecture.form import Card, HoleField, SequencesForm
from app.architecture.gallery import Example
from app.architecture.sequences import Sequences
from app.drawing import Whole
from app.frozen import Frozen
from app.pipeline import DrawnValues, Visualisation
from app.problems import Problem
from app.report import LayerReport
from app.report.compare import Comparison
from app.web.faults import Fault, RepairLink
from app.web.lesson import Lesson
from app.web.pieces import Choice

Tab = Literal["layers", "code"]

Part = Literal["table", "cells", "units", "data", "files"]
"""Folded parts below the pictures, which are sent when they are opened. "Masks with your data" is not one of
them, as somebody may be typing in its fields; nor is "Values", which asks for its numbers itself."""


class Context(Frozen):
    """The values for a template; `template` is its path below templates/."""

    template: ClassVar[str]


class FaultFragment(Context):
    """Where the page says what could not be read; empty if all is well."""

    template = "faults.html"

    fault: Fault | None
    has_pictures: bool
    """Whether the pictures beside it are those of an older answer."""


class FailurePage(Context):
    """A request that cannot be answered, as a page."""

    template = "failure.html"

    fault: Fault


class Editor(Frozen):
    """The two ways to edit the same model; `tab` is the one that the visitor used."""

    tab: Tab
    front: Tab
    """The tab that is open; an example opens with its layers."""
    code: str
    model: str
    cards: tuple[Card, ...]
    """Empty if there are too many layers for cards."""
    too_many: int = 0
    """The number of layers if there are too many for cards, else 0."""
    outputs: tuple[str, ...]
    kinds: tuple[str, ...]
    """Every kind that can be added."""
    common_kinds: tuple[str, ...]
    timesteps: int
    stride: int
    """How many rows later the next window over a table begins."""
    unfolded: bool
    """Whether each timestep is drawn."""
    piece: int | None
    """The piece of code that the visitor chose, if the code is a page of text."""
    shown_model: int | None
    """The model that the visitor chose, if the code makes several."""
    sequences: Sequences | None
    sequences_form: SequencesForm
    holes: tuple[HoleField, ...]
    """The values that the code needs and does not set."""
    told: tuple[Problem, ...]
    """Notes on what became of the visitor's own code when a layer was changed."""
    begun: str = ""
    """The name of the example that the page began with."""
    rows: dict[str, LayerReport]
    """What Keras answered for each card's layer, by its name, if it was asked."""

    @property
    def lines(self) -> dict[str, int]:
        """The line of the code that makes each layer, by the layer's name, if it is known."""
        return {name: row.line for name, row in self.rows.items() if row.line is not None}


class ProblemCard(Frozen):
    """A problem with links to its repairs."""

    problem: Problem
    repairs: tuple[RepairLink, ...]


class Answer(Frozen):
    """What the page shows of an answer."""

    visualisation: Visualisation
    problems: tuple[ProblemCard, ...]
    notes: tuple[Problem, ...]
    """Warnings: what was read otherwise than it was written, and what looks suspicious."""
    meant: tuple[Problem, ...] = ()
    """Further notes, folded into one: the code is a part of a program, and what is meant is clear."""
    data_href: str | None = None
    """The page that runs the model on the sequences in its own code; None if it was run on them."""
    runs_data: bool = False
    """Whether the sequences are those in its own code."""
    offers_masks: bool
    """Whether there is a place to type sequences."""
    offers_values: bool
    """Whether the model can be run for its numbers."""
    headline: str
    """A name for the model, if no lesson gives the page its title."""
    announcement: str
    """The outcome in one sentence, for screen readers."""
    unknown_timesteps: bool
    """Whether the number of timesteps drawn is the visitor's choice and not the model's."""
    windows: bool
    """Whether windows over a table are drawn."""
    steps: int
    """How many timesteps the time cursor can visit."""
    state: str
    """The encoded question; too long for a link if `link` is None."""
    link: str | None
    picture: str | None
    """The full address of the picture, to embed elsewhere."""
    opened: frozenset[str] | None
    """The folded parts that are open in the page, if a script says so."""

    @property
    def later(self) -> tuple[Part, ...]:
        """The folded parts that are left out; a script asks for them later if there is a link to them."""
        if self.opened is None or self.link is None:
            return ()
        return tuple(part for part in get_args(Part) if part not in self.opened)


class WorkspaceFragment(Context):
    """The editor and the pictures beside it: what one keystroke changes."""

    template = "fragments/workspace.html"

    editor: Editor
    answer: Answer | None
    pieces: tuple[Choice, ...] = ()
    """The pieces of code in a page of text, if there are several."""
    made: tuple[Choice, ...] = ()
    """The models that the code makes, if there are several."""
    state: str
    """The encoded question, for the button that shares it."""
    lesson: Lesson | None = None
    alike: Example | None = None
    """An example with the same layers, if the model is not known to be one."""
    alike_in_all: bool = False
    """Whether that example has the same numbers, too, so that its answer is about this very model."""
    origin: Example | None = None
    """The example that the page began with, if its code is still there but its question no longer fits."""
    fault: Fault | None = None
    has_pictures: bool = True
    waiting: str = ""
    """The address at which the answer will be, while it is being made."""
    preview: str | None = None
    """The address of the card that chats show beside a link; None if the state is too long."""

    @property
    def example(self) -> Example | None:
        """The example that the model is of."""
        return self.lesson.example if self.lesson else self.origin


class WorkspacePage(WorkspaceFragment):
    """The whole page around the workspace."""

    template = "workspace.html"


class PartsFragment(Context):
    """Folded parts of the workspace that were asked for; `stride` and `tab` are those of the editor."""

    template = "parts.html"

    parts: tuple[str, ...]
    answer: Answer
    stride: int
    tab: Tab


class ValuesFragment(Context):
    """The numbers in a run of the model; `state` is the encoded question.

    Either `drawn` or `fault` is set: `fault` says why there are no numbers now, but may be later.
    """

    template = "fragments/values-drawn.html"

    drawn: DrawnValues | None
    state: str
    fault: Fault | None = None


class ValuesPage(ValuesFragment):
    """The same as a page, for browsers without scripts."""

    template = "values.html"


class LayersPage(Context):
    """Every layer of a large model, with nothing folded; `state` is the encoded question."""

    template = "layers.html"

    whole: Whole
    state: str


class ExamplesPage(Context):
    """The gallery as cards, each with its shapes."""

    template = "examples.html"

    examples: tuple[Example, ...]


class OpenPage(Context):
    """Where a model is pasted or uploaded; `text` is pasted text that could not be read."""

    template = "open.html"

    text: str = ""
    fault: Fault | None = None


class ShareFragment(Context):
    """The short link, ready to be copied; None before it was asked for."""

    template = "fragments/share-link.html"

    url: str | None
    file: str = ""
    """The address to which a file suffix is added: without the example that the model was made of."""


class SharedPage(ShareFragment):
    """The same as a page, for browsers without scripts."""

    template = "shared.html"


class Side(Frozen):
    """One of two models: its title and its page."""

    title: str
    href: str
    visualisation: Visualisation


class CompareField(Frozen):
    """The fields of one side: the current model, and controls to choose another."""

    name: str
    title: str
    """Empty if there is no model yet."""
    kept: str
    """The short name of the model that stays if no other is chosen."""
    typed: str
    """Text that was typed and is no model."""
    code: str
    fault: Fault | None


class ComparePage(Context):
    """Two models side by side, and what differs; if a side cannot be shown, the form says why."""

    template = "compare.html"

    fields: tuple[CompareField, CompareField]
    left: Side | None
    right: Side | None
    comparison: Comparison | None
    link: str
    """The address of the comparison, if it is short."""
    examples: tuple[Example, ...]
