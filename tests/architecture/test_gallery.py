"""The gallery's files: each is a question, an answer, code and shapes, and links that lead somewhere."""

import re

import pytest

from app.architecture.gallery import Example, find_example, load_gallery

GALLERY = load_gallery()
each_example = pytest.mark.parametrize("example", GALLERY, ids=lambda example: example.slug)


def test_numbers_run_without_a_gap_and_slugs_are_unique() -> None:
    assert [example.number for example in GALLERY] == list(range(1, len(GALLERY) + 1))
    assert len({example.slug for example in GALLERY}) == len(GALLERY)


@each_example
def test_prose_answers_without_the_code_in_it(example: Example) -> None:
    assert len(example.prose.split()) > 60
    assert "```" not in example.prose


@each_example
def test_links_between_examples_lead_to_examples(example: Example) -> None:
    slugs = re.findall(r"/examples/([\w-]+)", example.prose) + re.findall(r"[?&][ab]=([\w-]+)", example.prose)
    assert all(find_example(slug) for slug in slugs)


def test_an_unknown_slug_finds_nothing() -> None:
    assert find_example("no-such-example") is None
