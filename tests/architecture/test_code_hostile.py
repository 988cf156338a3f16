"""Sources that want to do harm, or merely too much: each is answered within its budget."""

import re
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.architecture.code import read_code
from app.architecture.code.budget import MAX_CHARACTERS
from app.architecture.code.notes import MAX_NOTES
from app.architecture.gallery import load_gallery
from app.architecture.spec import TOO_DEEP
from app.problems import AppError, CodeError, CodeSyntaxError, CodeTooComplex, NoModelFound, TooLarge

MEBIBYTE = 2**20

REACHING_OUT = {
    "an import by name": ('__import__("os").system("id")', "`__import__`"),
    "exec": ('exec("1")', "`exec`"),
    "eval": ('eval("1")', "`eval`"),
    "compile": ('compile("1", "", "eval")', "`compile`"),
    "getattr": ('getattr(1, "__class__")', "`getattr`"),
    "globals": ("globals()", "`globals`"),
    "the globals of a function": ("print.__globals__", "`.__globals__`"),
    "the code of a function": ("(lambda: 0).__code__", "`.__code__`"),
    "all classes": ("().__class__.__bases__[0].__subclasses__()", "`.__class__`"),
    "a private name of a module": ("import os\nos._exit(1)", "`._exit`"),
    "attributes in a format": ('"{0.__class__.__init__.__globals__}".format(print)', "is not followed"),
    "elements in a format": ('"{0[secret]}".format({})', "is not followed"),
}


@pytest.mark.parametrize("name", REACHING_OUT)
def test_what_reaches_outside_is_refused_by_name(name: str) -> None:
    code, words = REACHING_OUT[name]
    with pytest.raises(CodeError) as caught:
        read_code(code)
    assert words in caught.value.detail
    assert caught.value.line == code.count("\n") + 1


def test_modules_that_could_do_harm_do_nothing_at_all() -> None:
    with pytest.raises(NoModelFound):
        read_code("import os, subprocess\nos.system('id')\nsubprocess.run(['id'])\nos.environ['A'] = 'b'")


TOO_MUCH = {
    "while True": "while True: pass",
    "a list that grows in a loop over itself": "a = [1]\nfor x in a: a.append(x)",
    "a million layers": "m = Sequential()\nfor i in range(10**6): m.add(Flatten())",
    "powers of powers": "9**9**9",
    "a shift": "1 << 10**9",
    "squares of squares": "x = 10**1000\nfor i in range(1000): x = x * x",
    "a long number": "0x" + "f" * 190_000,
    "a product": "import numpy as np\nnp.prod([2**4000] * 1000)",
    "a repeated text": "'a' * 10**10",
    "a repeated list": "[0] * 10**10",
    "a repeated tuple": "(1,) * 10**12",
    "repeated bytes": "b'a' * 10**10",
    "a text that doubles": "a = 'x'\nfor i in range(100): a = a + a",
    "a list that doubles": "a = [1]\nwhile 1: a += a",
    "a list that is spread twice": "a = [1]\nwhile 1: a = [*a, *a]",
    "arguments that are spread twice": "def f(*a): return f(*a, *a)\nf(1)",
    "arguments that grow": "def f(**k): return f(**k, **{'a' + str(len(k)): 1})\nf()",
    "a dictionary that grows": "d = {}\nwhile 1: d[len(d)] = 1",
    "many long texts": "l = []\nfor i in range(10**6): l.append('a' * 99_999)",
    "replacing nothing": "('a' * 99_999).replace('', 'b' * 99_999)",
    "joining": "('a' * 50_000).join(['b'] * 50_000)",
    "filling with zeros": "'1'.zfill(10**10)",
    "the width of an f-string": 'f"{1:>{10**9}}"',
    "the precision of an f-string": 'f"{1.0:.999999999f}"',
    "the width of a percent format": '"%1000000000d" % 1',
    "a width from the arguments": '"%*d" % (10**9, 1)',
    "the width of a format": '"{:1000000000}".format(1)',
    "the width of format()": 'format(1, "9999999999d")',
    "a comprehension": "[x for a in range(10**4) for b in range(10**4) for x in range(10**4)]",
    "comprehensions in each other": "[[[0 for a in range(999)] for b in range(999)] for c in range(999)]",
    "a list of a range": "list(range(10**18))",
    "the sum of a range": "sum(range(10**18))",
    "the largest of a range": "max(range(10**18))",
    "a range in pairs": "list(zip(range(10**18), range(10**18)))",
    "a mapped range": "list(map(lambda x: x, range(10**18)))",
    "the rows of an array": "import numpy as np\nfor row in np.zeros((10**18,)): pass",
    "the text of a list full of itself": "a = []\nfor i in range(60): a = [a, a]\nstr(a)",
    "the text of a list in itself": "a = []\na.append(a)\nstr(a)",
    "lists full of themselves, compared": "a, b = [], []\nfor i in range(60): a, b = [a, a], [b, b]\na == b",
    "lists in themselves, compared": "a = []\na.append(a)\nb = []\nb.append(b)\na == b",
    "an argument full of itself": "a = ()\nfor i in range(60): a = (a, a)\nReshape(a)",
    "a long path": "import os\nwhile 1: os = os.path",
    "definitions in a loop": "while 1:\n def f():\n" + "  x = 1\n" * 5_000,
    "all layers, again and again": "m = Sequential([Flatten() for i in range(9_999)])\nwhile 1: m.layers",
    "many keywords, again and again": "d = {str(i): i for i in range(9_999)}\ndef f(**k): 0\nwhile 1: f(**d)",
    "endless recursion": "def f(n): return f(n + 1)\nf(0)",
    "a function of itself": "(lambda f: f(f))(lambda f: f(f))",
    "two calls in each call": "def f(n): return f(n - 1) + f(n - 2) if n > 1 else 1\nf(35)",
    "functions in functions": "f = lambda: 0\nfor i in range(5000): f = (lambda g: lambda: g())(f)\nf()",
    "100,000 brackets": "(" * 100_000,
    "100,000 signs": "-" * 100_000 + "1",
    "50,000 sums": "+".join(["1"] * 50_000),
    "90,000 attributes": "a" + ".b" * 90_000,
    "60,000 calls": "f" + "()" * 60_000,
    "5,000 lambdas": "lambda:" * 5_000 + "1",
    "15,000 branches": "if x: pass\n" + "elif x: pass\n" * 15_000,
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_is_too_much_is_refused_at_its_line(name: str) -> None:
    with pytest.raises(CodeTooComplex) as caught:
        read_code(TOO_MUCH[name])
    assert caught.value.line is not None
    assert caught.value.column is not None


HARMLESS = {
    "a number in a long range": "1.5 in range(10**18)",
    "an endless range, never read": "zip(range(10**18)), enumerate(range(10**18)), reversed(range(10**18))",
    "a generator": "def f():\n    while True: yield 1\nfor x in f(): pass",
    "a regular expression": "import re\nre.match('(a+)+$', 'a' * 100 + 'b')",
    "90,000 elements": "[" + "1, " * 60_000 + "]",
    "a chain of comparisons": " < ".join(["1"] * 20_000),
    "a huge array": "import numpy as np\nnp.zeros((10**18,) * 60)[..., 0]",
    "a factorial": "import math\nmath.factorial(10**9)",
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_only_looks_dangerous_is_simply_read(name: str) -> None:
    with pytest.raises(NoModelFound):
        read_code(HARMLESS[name])


PYTHON_STOPS = {
    "a key made of tuples in tuples": "a = ()\nfor i in range(60): a = (a, a)\n{a: 1}",
    "a long tuple as a key": "{(0,) * 99_999: 1}",
    "a shape full of itself": "a = []\nfor i in range(60): a = [a, a]\nnp.zeros(a)",
    "a size full of itself": "a = {}\nfor i in range(60): a = {0: a, 1: a}\nInput(a)",
    "a float that overflows": "2.0**10**9",
    "the length of an endless range": "len(range(10**30))",
    "rounding far": "round(5, -10**9)",
    "a text of 5,000 digits": "int('9' * 5_000)",
    "infinity as an argument": "from keras.layers import *\nDense(float('inf'))",
    "not a number as an argument": "from keras.layers import *\nDropout(float('nan'))",
    "half a character in a name": "from keras.layers import *\nDense(1, name='\\ud800')",
    "a name of 1,000 characters": "from keras.layers import *\nDense(1, name='a' * 1_000)",
    "65 axes": "import numpy as np\nnp.zeros((2,) * 65)",
    "async": "async def f(): await g()",
    "a pattern that names a class": "match 1:\n    case int(): pass",
    "a raised exception": "raise ValueError('no')",
    "an assertion": "assert 1 == 2",
    "too many values": "a, b = 1, 2, 3",
    "division by zero": "1 // 0",
    "a missing key": "{}['a']",
    "a missing argument": "def f(a, b): pass\nf(1)",
    "an unknown argument": "def f(a): pass\nf(a=1, b=2)",
}


@pytest.mark.parametrize("name", PYTHON_STOPS)
def test_where_python_would_stop_the_place_is_told(name: str) -> None:
    with pytest.raises(CodeError) as caught:
        read_code(PYTHON_STOPS[name])
    assert caught.value.line is not None
    assert caught.value.column is not None


NOT_PYTHON = {
    "a zero byte": ("a\0b", 1, 2),
    "half a character": ("x = 1\ny = '\ud800'", 2, 6),
    "return outside a function": ("x = 1\nif x:\n    return 1", 3, 5),
    "break outside a loop": ("break", 1, 1),
    "an open bracket": ("x = (1 +\ny = 3 +", 1, 5),
    "an open text": ("x = 'abc", 1, 5),
    "tabs and spaces": ("if 1:\n    x = 1\n\ty = 2\n", 3, 1),
    "prose": ("How can I connect these layers?", 1, 5),
    "a number that is none": ("x = 3x50", 1, 5),
}


@pytest.mark.parametrize("name", NOT_PYTHON)
def test_what_is_not_python_has_a_line_and_a_column(name: str) -> None:
    code, line, column = NOT_PYTHON[name]
    with pytest.raises(CodeSyntaxError) as caught:
        read_code(code)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_a_source_that_is_too_long_is_not_even_parsed() -> None:
    with pytest.raises(TooLarge):
        read_code("#" * (MAX_CHARACTERS + 1))


def test_nobody_has_to_read_thousands_of_notes() -> None:
    code = "".join(f"if x{i}: pass\n" for i in range(1_000)) + "model = Sequential([Dense(1)])"
    assert len(read_code(code).notes) == MAX_NOTES
    code = "model = Sequential([Input((4,))] + [Dense(sizes[i]) for i in range(1_000)])"
    assert all(len(note.happened + note.fix) < 2_000 for note in read_code(code).notes)


MEMORY = [
    "a list that grows in a loop over itself",
    "many long texts",
    "a list of a range",
    "a dictionary that grows",
]


@pytest.mark.parametrize("name", MEMORY)
def test_memory_is_bounded_too(name: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(CodeTooComplex):
            read_code(TOO_MUCH[name])
        assert tracemalloc.get_traced_memory()[1] < 64 * MEBIBYTE
    finally:
        tracemalloc.stop()


def answers(source: str) -> None:
    """A reading, or one of our own errors; never anything else."""
    try:
        read_code(source)
    except AppError as error:
        assert error.detail


@given(st.text(alphabet=st.characters(), max_size=80))
def test_any_text_is_answered(source: str) -> None:
    answers(source)


@given(st.binary(max_size=200))
def test_any_bytes_are_answered(source: bytes) -> None:
    answers(source.decode("utf-8", errors="surrogateescape"))


TOKEN = re.compile(r"\w+|\s+|[^\w\s]+")
SOURCES = [example.code for example in load_gallery()]
WORDS = sorted({word for source in (*SOURCES, *PYTHON_STOPS.values()) for word in TOKEN.findall(source)})


@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
def test_any_words_of_the_language_are_answered(source: str) -> None:
    answers(source)


@given(st.sampled_from(SOURCES), st.data())
def test_any_damage_to_a_good_source_is_answered(source: str, data: st.DataObject) -> None:
    words = TOKEN.findall(source)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(words) - 1))
        words[at] = data.draw(st.sampled_from([*WORDS, ""]))
    answers("".join(words))


@pytest.mark.parametrize("depth", [40, 1_000])
def test_models_in_models_without_end(depth: int) -> None:
    wrapping = f"for _ in range({depth}):\n    model = Sequential([Input((4,)), model])"
    code = f"from keras import *\nmodel = Sequential([Input((4,)), layers.ReLU()])\n{wrapping}"
    with pytest.raises(AppError, match=TOO_DEEP):
        read_code(code)
