"""Is it documented? Every route, every kind of problem, every page: a new one without words fails here."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import iter_route_contexts

from app.main import create_app
from app.problems import AppError
from app.settings import Settings
from app.web.problem_pages import load_explanations

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"
CODE = re.compile(r"[a-z]+(-[a-z]+)+")

# Where problems that are data are made; every word-with-hyphens in these is such a problem's code.
RULES = [
    *(ROOT / "app" / "report" / "explain").rglob("*.py"),
    ROOT / "app" / "report" / "feeds.py",
    ROOT / "app" / "report" / "masks.py",
    ROOT / "app" / "report" / "misstated.py",
    ROOT / "app" / "report" / "rows.py",
    ROOT / "app" / "report" / "weights.py",
    ROOT / "app" / "architecture" / "code" / "notes.py",
]


@pytest.fixture(scope="module")
def openapi() -> Any:
    return create_app(Settings()).openapi()


def find_codes(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
            yield node.value


def find_errors(error: type[AppError] = AppError) -> Iterator[type[AppError]]:
    yield error
    for kind in error.__subclasses__():
        yield from find_errors(kind)


ERRORS = {error.code: error for error in find_errors() if error.__module__ == "app.problems"}
PROBLEMS = {code for path in RULES for code in find_codes(path)}


# The framework's own: a folder and a document.
NOT_OURS = {"/static", "/api/openapi.json"}


def test_every_route_is_summarised_and_described() -> None:
    routes = {route.path: route for route in iter_route_contexts(create_app(Settings()).routes)}
    assert routes.keys() >= {"/", "/a/{id}", "/api/v1/reports", "/healthz"}
    ours = [route for path, route in routes.items() if path not in NOT_OURS]
    assert [route.path for route in ours if not route.summary or not route.description] == []


def test_every_parameter_body_and_answer_of_the_api_is_described(openapi: Any) -> None:
    operations = [
        (f"{method} {path}", operation)
        for path, methods in openapi["paths"].items()
        for method, operation in methods.items()
    ]
    assert len(operations) >= 8
    for name, operation in operations:
        assert operation["summary"] and operation["description"] and operation["tags"], name
        assert all(parameter.get("description") for parameter in operation.get("parameters", [])), name
        assert all(response["description"] for response in operation["responses"].values()), name


def test_every_route_of_the_api_says_how_it_fails(openapi: Any) -> None:
    for path, methods in openapi["paths"].items():
        for operation in methods.values() if path.startswith(("/api/v1", "/a/")) else ():
            assert "application/problem+json" in operation["responses"]["default"]["content"], path


def test_every_field_of_a_question_is_described(openapi: Any) -> None:
    fields = openapi["components"]["schemas"]["Question"]["properties"]
    assert [name for name, field in fields.items() if not field.get("description")] == []


def test_there_is_something_to_explain() -> None:
    assert {"link-not-found", "internal-error"} <= ERRORS.keys()
    assert {"missing-timesteps", "mask-dropped", "input-length-ignored"} <= PROBLEMS


def test_every_kind_of_problem_has_a_page() -> None:
    assert sorted((PROBLEMS | ERRORS.keys()) - load_explanations().keys()) == []


def test_every_page_explains_a_kind_of_problem_that_there_is() -> None:
    assert sorted(load_explanations().keys() - PROBLEMS - ERRORS.keys()) == []


def test_an_error_and_its_page_have_one_title() -> None:
    titles = {code: load_explanations()[code].title for code in ERRORS if code in load_explanations()}
    assert titles == {code: ERRORS[code].title for code in titles}


@pytest.mark.parametrize("code", sorted(PROBLEMS | ERRORS.keys()))
def test_a_page_explains_and_does_not_only_name(code: str) -> None:
    page = load_explanations()[code]
    assert page.title and not page.title.startswith("#")
    assert len(page.prose.split()) >= 40


def test_an_error_says_which_status_it_has() -> None:
    drawn = dict(re.findall(r"(\w+) +(\d{3})\b", sys.modules["app.problems"].__doc__ or ""))
    errors = {error.__name__: str(error.status) for error in ERRORS.values() if error is not AppError}
    assert drawn == errors


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_every_page_has_a_title_of_its_own(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    if "{% extends" in text:
        assert re.search(r"\{% block title %\}.+?\{% endblock", text, re.DOTALL)


def test_the_web_process_never_imports_keras() -> None:
    watched = "{'keras', 'tensorflow', 'sqlalchemy', 'alembic'}"
    script = f"import sys, app.main; app.main.create_app(); print({watched} & sys.modules.keys())"
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert told.stdout.strip() == "set()"


LARGE = 12
"""Of packages with more modules, the docstring lists them: a map for newcomers."""
PACKAGES = [
    package
    for package in sorted((ROOT / "app").rglob("__init__.py"))
    if len(list(package.parent.glob("*.py"))) > LARGE
]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.parent.relative_to(ROOT).as_posix())
def test_a_large_package_lists_its_modules(package: Path) -> None:
    words = ast.get_docstring(ast.parse(package.read_text(encoding="utf-8"))) or ""
    modules = {module.stem for module in package.parent.glob("*.py")} - {"__init__"}
    assert modules == set(re.findall(r"`(\w+)`", words))
