"""Python 2: what Python 3 writes otherwise is read as it was meant, and the note says so."""

import pytest

from app.architecture.code import read_code

MODEL = "\nmodel = Sequential()\nmodel.add(Dense(units, input_dim=4))\n"

WRITTEN = {
    "units = 3\nprint units, 'units'": "print statements",
    "units = 3\nif units: print 'yes'\nelse: print 'no'": "print statements",
    "units = 3; print units": "print statements",
    "units = 3\nprint '%d units of %d' % (units,\n                           units)": "print statements",
    "units = 3\nprint 'units:', \\\n    units": "print statements",
    "try:\n    units = 3\nexcept ValueError, error:\n    pass": "`except … as e`",
    "try:\n    units = 3\nexcept (IOError, ValueError), error:\n    pass": "`except … as e`",
    "units = 3\nif units < 1:\n    raise ValueError, 'only %d' % (\n        units)": "`raise …`",
    "units = 3\nexec 'units = 4'": "exec statements",
    "units = 3\nname = `units` + ' units'": "`repr(…)`",
    "units = 3\nif units <> 3:\n    units = 4": "`!=`",
    "units = 3\nos.chmod('weights-01.h5', 0644)": "`0o…`",
    "units = 3L": "long numbers",
    "units = 3\npattern = ur'\\d+'": '`r"…"`',
    "units = 3\npairs = sorted({}, key=lambda (word, count): count)": "parameters of a lambda",
    "units = 0\nfor _ in xrange(3):\n    units += 1": "`range`",
    "units = long(3)": "`int`",
    "units = {'lstm': 3}['lstm'] if {'lstm': 3}.has_key('lstm') else 4": "`in`",
    "for name, units in {'lstm': 3}.iteritems():\n    pass": "`.items`",
}


@pytest.mark.parametrize("lines", WRITTEN)
def test_it_is_read_as_python_3_writes_it(lines: str) -> None:
    reading = read_code(lines + MODEL)
    assert reading.architecture.nodes[1].arguments == {"units": 3}
    (repaired,) = [note for note in reading.notes if note.code == "source-repaired"]
    assert WRITTEN[lines] in repaired.happened


def test_what_stands_in_texts_stays_as_it_is() -> None:
    code = """
if 1 <> 2:
    model = Sequential(name="a<>b")
model.add(Input((3,)))
model.add(Dense(2, name="dense-01"))
os.chmod("weights", 0644)
"""
    architecture = read_code(code).architecture
    assert (architecture.name, architecture.nodes[1].name) == ("a<>b", "dense-01")


def test_six_names_what_python_3_has() -> None:
    code = """
from six.moves import range, xrange
model = Sequential([Input((3,))])
for _ in range(2):
    for _ in xrange(2):
        model.add(Dense(5))
"""
    reading = read_code(code)
    assert [node.kind for node in reading.architecture.nodes] == ["InputLayer", *["Dense"] * 4]
