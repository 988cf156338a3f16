"""Pictures of numbers: data brought into shape, typed sequences with their masks, and the values of a run."""
