"""fold_steps(): which timesteps of a long axis are listed, so that a million are drawn as easily as ten."""

LONGEST = 64
"""The longest axis of which every timestep is listed."""

FIRST = 3
"""How many timesteps at the start of a longer axis are listed, besides its last one."""


def fold_steps(timesteps: int) -> tuple[int, ...]:
    """All timesteps of a short axis; the first three and the last of a longer one."""
    if timesteps <= LONGEST:
        return tuple(range(timesteps))
    return (*range(FIRST), timesteps - 1)
