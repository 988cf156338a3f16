"""write_editor(): the left side of the page, where one model can be changed as cards or as code."""

from collections.abc import Mapping
from typing import NamedTuple

from app.architecture import Architecture, Question
from app.architecture.code.rewriting import TOLD
from app.architecture.form import (
    COMMON_KINDS,
    COMMON_OPERATIONS,
    LAYER_KINDS,
    SequencesForm,
    count_nodes,
    fill_sequences,
    number_nodes,
    write_cards,
    write_holes,
    write_outputs,
)
from app.architecture.gallery import Example
from app.architecture.spec import INPUT
from app.flow.entries import list_timed
from app.report import Report
from app.web.contexts import Editor, Tab

MOST_CARDS = 60
"""A longer model is edited as code: nobody finds a layer among more cards than these."""

Keys = Mapping[str, int]
"""The number by which the page knows each layer's card, by the layer's name."""


class Shown(NamedTuple):
    """The model in the editor: its layers, its code, and its report where Keras has been asked."""

    architecture: Architecture | None
    code: str
    report: Report | None = None


def write_editor(
    question: Question,
    shown: Shown,
    begun: Example | None,
    front: Tab | None = None,
    keys: Keys | None = None,
    typed: SequencesForm | None = None,
) -> Editor:
    """The editor of `question`, with the model `shown` in it.

    `begun` is the example that the page began with. `front` is the tab that is open; by default the one that
    the visitor wrote in. `keys` are those of the cards that are on the page already. `typed` are sequences
    that could not be read, to be shown as they were typed.
    """
    architecture, code, report = shown
    count = count_nodes(architecture) if architecture else 0
    too_many = count if count > MOST_CARDS else 0
    numbered = number_nodes(architecture, keys or {}) if architecture and not too_many else {}
    return Editor(
        tab=find_tab(question),
        front=front or find_tab(question),
        code=code,
        model=architecture.name if architecture else "",
        cards=write_cards(architecture, numbered) if architecture and not too_many else (),
        too_many=too_many,
        outputs=write_outputs(architecture, numbered) if architecture and not too_many else (),
        kinds=(*LAYER_KINDS, *COMMON_OPERATIONS),
        common_kinds=(*COMMON_KINDS, INPUT),
        timesteps=question.timesteps,
        stride=question.stride,
        unfolded=question.unfolded,
        piece=question.piece,
        shown_model=question.shown_model,
        sequences=question.sequences,
        sequences_form=typed or fill_sequences(question.sequences, list_timed(report) if report else ()),
        holes=write_holes(report.holes if report else ()),
        told=tuple(problem for problem in (report.problems if report else ()) if problem.code in TOLD),
        begun=begun.slug if begun else "",
        rows={row.name: row for row in report.rows} if report else {},
    )


def find_tab(question: Question) -> Tab:
    """The tab in which the visitor wrote the question."""
    return "layers" if question.code is None else "code"


def choose_front(question: Question, example: Example | None, by_layers: bool) -> Tab:
    """The tab to open: an example that nobody has changed opens with its layers.

    So does code that was changed in its layers (`by_layers`).
    """
    if by_layers or (example and question.code == example.code):
        return "layers"
    return find_tab(question)
