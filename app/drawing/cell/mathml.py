"""write_mathml(): an equation as MathML, which browsers typeset without any script."""

import re
from functools import lru_cache
from html import escape

TOKEN = re.compile(
    r"(?P<name>[^\W\d_]{2,}(?:_\w+)*)|(?P<letter>[^\W\d_])(?P<tilde>\u0303)?(?P<prime>′)?"
    r"(?:_(?:\{(?P<long>[^}]*)\}|(?P<short>\w)))?|(?P<number>\d+)|(?P<sign>[^\s\w])"
)


@lru_cache(256)
def write_mathml(equation: str) -> str:
    """An equation such as `h_t = o ⊙ tanh(c_t)` as a <math> element; the signs are those of EQUATIONS."""
    return f"<math>{_write_row(equation)}</math>"


def _write_row(text: str) -> str:
    return "".join(_write_token(match) for match in TOKEN.finditer(text))


def _write_token(match: re.Match[str]) -> str:
    if match["name"]:
        return f"<mi>{escape(match['name'])}</mi>"
    if match["number"]:
        return f"<mn>{match['number']}</mn>"
    if match["sign"]:
        # Brackets would otherwise stretch with their content.
        fixed = ' stretchy="false"' if match["sign"] in "()" else ""
        return f"<mo{fixed}>{escape(match['sign'])}</mo>"
    # Without the variant browsers use mathematical italics, of which many fonts lack the h.
    letter = f'<mi mathvariant="normal">{escape(match["letter"])}</mi>'
    if match["tilde"]:
        letter = f'<mover accent="true">{letter}<mo>˜</mo></mover>'
    index = match["long"] or match["short"]
    below = f"<mrow>{_write_row(index)}</mrow>" if index else ""
    if match["prime"]:
        return f"<msubsup>{letter}{below or '<mrow></mrow>'}<mo>′</mo></msubsup>"
    return f"<msub>{letter}{below}</msub>" if below else letter
