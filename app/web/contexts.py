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
from app.web.pieces import Piece

Tab = Literal["layers", "code"]

Part = Literal["table", "cells", "units", "data", "files"]
"""What is folded below the pictures, and waits until it is opened.

Masks with your data is none: somebody may be typing in its fields. Nor is Values, which asks for its
numbers itself.
"""


class Context(Frozen):
    """The values for a template; `template` is its path below templates/."""

    template: ClassVar[str]


class FaultFragment(Context):
    """Where the page says what could not be read; empty if all is well."""

    template = "faults.html"

    fault: Fault | None
    has_pictures: bool
    """Whether the pictures beside it show something older."""


class FailurePage(Context):
    """A request that cannot be answered, as a page."""

    template = "failure.html"

    fault: Fault


class Editor(Frozen):
    """The two ways to edit the same model; `tab` is the one that the visitor used."""

    tab: Tab
    front: Tab
    """The one that is in sight: an example's code comes as layers."""
    code: str
    model: str
    cards: tuple[Card, ...]
    """Empty where there are more layers than cards are of use for."""
    too_many: int = 0
    """The number of layers, where it is that."""
    outputs: tuple[str, ...]
    kinds: tuple[str, ...]
    """Everything that can be added."""
    common_kinds: tuple[str, ...]
    timesteps: int
    stride: int
    """How many rows later the next window over a table begins."""
    piece: int | None
    """The piece of code that the visitor chose, where the code is a page of text."""
    sequences: Sequences | None
    sequences_form: SequencesForm
    holes: tuple[HoleField, ...]
    """What the code needs and does not say."""
    told: tuple[Problem, ...]
    """What became of the visitor's own code when a layer was changed, where it is not just that change."""
    begun: str = ""
    """The name of the example that the page began with."""
    rows: dict[str, LayerReport]
    """What Keras makes of each card's layer, by its name, where it was asked."""

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
    """What was read otherwise than it was written, and what looks suspicious."""
    headline: str
    """What the model is, where no lesson gives the page its title."""
    announcement: str
    """The outcome in one sentence, read out to those who do not see the pictures change."""
    unknown_timesteps: bool
    """Whether the number of timesteps drawn is the visitor's choice and not the model's."""
    windows: bool
    """Whether windows over a table are drawn."""
    steps: int
    """How many timesteps the time cursor can walk."""
    state: str
    """The question as it travels; longer than a link may be where `link` is None."""
    link: str | None
    picture: str | None
    """The whole address of the picture, to embed elsewhere."""
    opened: frozenset[str] | None
    """The folded parts that the visitor sees open, where a script tells."""

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
    pieces: tuple[Piece, ...] = ()
    """The pieces of code of a page of text, where several were found."""
    state: str
    """The question as it travels, for the button that shares it."""
    lesson: Lesson | None = None
    alike: Example | None = None
    """The example of the same layers, where the model is not known to be one."""
    origin: Example | None = None
    """The example that the page began with, where the model has its code and its question no more."""
    fault: Fault | None = None
    has_pictures: bool = True
    waiting: str = ""
    """The address at which the answer will be, while it is being made."""
    preview: str | None = None
    """The address of the picture that chats show beside a link to the page; None where it fits no link."""

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
    """What an ending is put behind: the address without the example that the model was made of."""


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
    """Empty where there is no model yet."""
    kept: str
    """The short name of the model that stays where nothing else is chosen."""
    typed: str
    """What was typed and is no model."""
    code: str
    fault: Fault | None


class ComparePage(Context):
    """Two models side by side, and what differs; if a side cannot be shown, the form says why."""

    template = "compare.html"

    fields: tuple[CompareField, CompareField]
    left: Side | None
    right: Side | None
    comparison: Comparison | None
    examples: tuple[Example, ...]
