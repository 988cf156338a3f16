"""Words are no code: a question is led to the examples that may answer it, other text is told to be none."""

import pytest

from app.architecture import Question
from app.architecture.gallery import find_answers
from app.architecture.read import read_question
from app.problems import CodeError, QuestionPasted, TextPasted

QUESTIONS = {
    "How do I connect an embedding to an LSTM?": "embedding-to-lstm",
    "why does my second lstm need return_sequences": "stacked-lstm",
    "Can I concatenate two embeddings of different dimensions?": "concatenate-different-embeddings",
    "How do I feed sequences of different lengths to an LSTM?": "ragged-sequences",
    "What happens inside of a cell?": "one-lstm-cell",
    "how can a decoder begin with the states of the encoder": "encoder-and-decoder",
    "hello there, how do i connect an embedding to lstm": "embedding-to-lstm",
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_example_that_answers_a_question_is_among_those_that_are_named(question: str) -> None:
    with pytest.raises(QuestionPasted):
        read_question(Question(code=question))
    answers = find_answers(question)
    assert QUESTIONS[question] in [example.slug for example in answers]
    assert len(answers) <= 3


def test_a_question_that_shares_no_word_with_any_title_has_no_answer() -> None:
    assert find_answers("Where is the weather?") == ()


@pytest.mark.parametrize(
    "code",
    [
        "How is this?\nmodel = = Sequential([LSTM(3)])",
        "I have this:\nmodel Sequential([LSTM(3)])",
        "model.add(LSTM(32)?",
        "for every layer in model:",
        "import keras\nwhat does this do?",
    ],
)
def test_what_holds_code_or_is_no_question_is_told_where_python_ends(code: str) -> None:
    with pytest.raises(CodeError) as caught:
        read_question(Question(code=code))
    assert caught.value.code == "code-syntax"
    assert caught.value.line is not None


@pytest.mark.parametrize(
    "text", ["There is a problem with it.", "an lstm please", "What does it say " + 100 * "and say "]
)
def test_text_without_any_sign_of_code_is_told_to_hold_none(text: str) -> None:
    with pytest.raises(TextPasted, match="Paste the lines of Python"):
        read_question(Question(code=text))
