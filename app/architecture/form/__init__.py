"""The page's form: an Architecture written as cards with fields, and submitted fields read back.

- Written: `cards`, `card`, `groups`, `widgets` (one control per type of argument), `starts` (of a new layer).
- Read back: `read`, `fields`, `arguments`, `actions` (buttons).
- Both: `holes`, `sequences`, `handed` (tensors passed by keyword).
"""

from app.architecture.form.card import Card
from app.architecture.form.cards import count_nodes, number_nodes, write_cards, write_outputs
from app.architecture.form.groups import COMMON_KINDS, COMMON_OPERATIONS, LAYER_KINDS
from app.architecture.form.holes import HoleField, write_holes
from app.architecture.form.read import is_step, read_form, read_keys
from app.architecture.form.sequences import SequencesForm, fill_sequences, is_of_sequences, keep_sequences

__all__ = [
    "COMMON_KINDS",
    "COMMON_OPERATIONS",
    "LAYER_KINDS",
    "Card",
    "HoleField",
    "SequencesForm",
    "count_nodes",
    "fill_sequences",
    "is_of_sequences",
    "is_step",
    "keep_sequences",
    "number_nodes",
    "read_form",
    "read_keys",
    "write_cards",
    "write_holes",
    "write_outputs",
]
