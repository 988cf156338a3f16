"""Every format, on every sample: it holds what it should, and a hostile name stays text in it."""

import json
import re

import pytest
from samples import SAMPLES, flow_of, report_on

from app.architecture import Question
from app.drawing import FORMATS
from app.drawing.formats.markdown import escape_markdown
from app.drawing.formats.mermaid import escape_mermaid
from app.flow import Flow
from app.pipeline import examine
from app.report import Report

HOSTILE = "hostile-names"


def write(name: str, slug: str, code: str = "model = ...") -> str:
    return FORMATS[name].write(report_on(slug), flow_of(slug), code)


@pytest.mark.parametrize("slug", SAMPLES)
@pytest.mark.parametrize("name", FORMATS)
def test_every_format_ends_with_a_line_and_can_be_sent(name: str, slug: str) -> None:
    text = write(name, slug)
    assert text.endswith("\n")
    assert text.encode()


def test_the_json_is_the_report_with_its_flow() -> None:
    answer = json.loads(write("json", "embedding-to-lstm"))
    flow = answer.pop("flow")
    assert Report.model_validate(answer) == report_on("embedding-to-lstm")
    assert Flow.model_validate(flow) == flow_of("embedding-to-lstm")


@pytest.mark.parametrize("slug", SAMPLES)
def test_a_terminal_of_a_hundred_columns_is_wide_enough(slug: str) -> None:
    assert max(map(len, write("txt", slug).splitlines())) <= 100


def test_plain_text_has_a_row_for_each_layer_and_the_total() -> None:
    text = write("txt", "embedding-to-lstm")
    assert re.search(r"lstm +LSTM 100 units +\(None, 100\) +60,400\n", text)
    assert re.search(r"Total +242.6 kB +60,651\n", text)
    assert "Only the last output leaves" in " ".join(text.split())


def test_plain_text_cannot_steer_a_terminal() -> None:
    assert not set(write("txt", HOSTILE)) & {"\x1b", "\x00", "\u202e"}


@pytest.mark.parametrize("name", ["txt", "md", "mmd", "svg"])
def test_a_failing_model_says_what_happened(name: str) -> None:
    happened = report_on("concatenate-fails").layer("dense").problem
    assert happened is not None
    said = " ".join(re.sub(r"<[^>]*>", " ", write(name, "concatenate-fails")).split())
    assert " ".join(happened.happened.split()[:4]) in said


def test_markdown_has_two_tables_whose_rows_all_have_their_columns() -> None:
    shapes, work = write("md", HOSTILE).split("## Memory and work")
    for text, columns in ((shapes, 7), (work, 5)):
        rows = [line for line in text.splitlines() if line.startswith("|")]
        assert len(rows) == 2 + len(report_on(HOSTILE).layers)
        assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {columns + 1}


def test_files_say_what_a_model_computes_where_it_builds() -> None:
    text = " ".join(write("txt", "embedding-to-lstm").split())
    assert "180,100 multiply-accumulates (MACs), 363,801 FLOPs" in text
    assert "lstm float32 400 B 180,000 363,600" in text
    assert "Memory and work" not in write("txt", "concatenate-fails") + write("md", "concatenate-fails")


def test_markdown_shows_names_as_they_are() -> None:
    assert escape_markdown("a|b `c` [x](y) <b>") == r"a\|b \`c\` \[x\](y) \<b\>"
    assert "<script>" not in write("md", HOSTILE).replace("\\<", "")


def test_mermaid_labels_cannot_end_early() -> None:
    assert escape_mermaid('a"]; click') == "a#34;#93;#59; click"
    assert "<script" not in write("mmd", HOSTILE)


def test_mermaid_has_an_arrow_with_a_shape_for_each_edge() -> None:
    text = write("mmd", "embedding-to-lstm")
    assert '  n1 -->|"(batch, 3 timesteps, 50 features)"| n2\n' in text


def test_the_code_is_given_back() -> None:
    assert write("py", "embedding-to-lstm", "x = 1") == "x = 1\n"


def test_code_that_would_not_run_is_written_anew() -> None:
    answer = examine(Question(code="Sequential([Input((3, 1)), LSTM(2)])"))
    text = FORMATS["py"].write(answer.report, answer.flow, answer.reading.code)
    assert text.startswith("import keras")
    compile(text, "model.py", "exec")
