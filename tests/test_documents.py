"""The documents and the container files say what is so: settings, paths, versions and hashes."""

import re
from pathlib import Path

import pytest

from app import __file__ as app_file
from app.settings import Settings
from app.web.render import TEMPLATES
from app.web.static import STATIC
from scripts.write_settings_table import insert_table

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
LOCKS = sorted(ROOT.glob("requirements*.lock"))


def test_every_setting_is_described() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_the_readme_lists_the_settings_as_they_are() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme == insert_table(readme), "run: make docs"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_to_a_file_leads_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8"))
    files = [target for target in targets if "://" not in target]
    assert [file for file in files if not (document.parent / file).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_is_named_exists(document: Path) -> None:
    named = re.findall(
        r"`((?:app|templates|static|tests|scripts|bench|docs|deploy)/[\w./-]*)`",
        document.read_text(encoding="utf-8"),
    )
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_the_lock_files_hold_versions_and_hashes_only(lock: Path) -> None:
    lines = lock.read_text(encoding="utf-8").splitlines()
    strange = [
        line
        for line in lines
        if not re.fullmatch(r"#.*|[\w.-]+==[\w.]+(?: ; .+)? \\|    --hash=sha256:[0-9a-f]{64}(?: \\)?", line)
    ]
    assert strange == []


def test_every_dependency_is_locked() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    locked = "\n".join(lock.read_text(encoding="utf-8") for lock in LOCKS)
    asked = re.findall(r'^  "([\w-]+)(?:\[\w+\])?[=>]', project, re.MULTILINE)
    assert asked
    assert [name for name in asked if f"\n{name}==" not in locked] == []


@pytest.mark.parametrize("name", ["Dockerfile", "compose.yaml"])
def test_a_container_sets_what_there_is_to_set(name: str) -> None:
    """A misspelt variable is silent: the default stands, and links are lost with the container."""
    set_here = re.findall(r"\bKERASCOPE_(\w+)[=:]", (ROOT / name).read_text(encoding="utf-8"))
    assert set_here
    assert {setting.lower() for setting in set_here} <= Settings.model_fields.keys()


def test_an_image_holds_all_that_the_server_reads() -> None:
    """What is served lies beside `app`, and the last stage copies folder by folder."""
    copied = re.findall(r"^COPY (\w+) \1$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    read = {path.relative_to(ROOT).parts[0] for path in (STATIC, TEMPLATES, Path(app_file))}
    assert read <= set(copied)
