"""place_overview(): a small map of a large picture, on which the page shows which part is visible."""

from app.drawing.scene import Box, Group, Mark, Scene, flatten

WIDEST, HIGHEST = 96.0, 560.0
"""In px. The map fills this, but is never narrower than a finger can hit."""

NARROWEST, LEAST = 24.0, 1.0
LANDMARKS = frozenset({"card", "failed", "blocked", "operation", "opaque", "frame", "fold"})
"""The looks of the boxes on a map."""


def place_overview(scene: Scene) -> Scene:
    """The layers of the picture as boxes without words."""
    down = min(WIDEST / scene.width, HIGHEST / scene.height)
    across = max(down, NARROWEST / scene.width)
    marks = tuple(
        Box(mark.x * across, mark.y * down, mark.width * across, max(LEAST, mark.height * down), mark.look, 0)
        for mark in flatten(scene.marks)
        if isinstance(mark, Box) and mark.look in LANDMARKS
    )
    return Scene(scene.width * across, scene.height * down, marks, f"Overview of {scene.title}")


def anchor_layers(scene: Scene) -> Scene:
    """The picture with an id at each layer, as a target for links; may be on a page only once."""
    return scene._replace(marks=_anchor(scene.marks, set()))


def _anchor(marks: tuple[Mark, ...], taken: set[str]) -> tuple[Mark, ...]:
    return tuple(_anchor_group(mark, taken) if isinstance(mark, Group) else mark for mark in marks)


def _anchor_group(group: Group, taken: set[str]) -> Group:
    anchor = f"at-{group.layer}" if group.kind == "layer" and group.layer not in {"", *taken} else ""
    taken.add(group.layer)
    return group._replace(marks=_anchor(group.marks, taken), anchor=anchor)
