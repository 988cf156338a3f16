"""Write the table of settings into README.md, from the fields of app.settings."""

from pathlib import Path

from pydantic.fields import FieldInfo

from app.settings import Settings

README = Path(__file__).parent.parent / "README.md"
START, END = "<!-- settings -->\n", "<!-- /settings -->"


def draw_table() -> str:
    """The settings as a Markdown table: variable, default, what it does."""
    rows = [
        f"| `KERASCOPE_{name.upper()}` | {_default(field)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(["| Variable | Default | What it sets |", "| --- | --- | --- |", *rows]) + "\n"


def insert_table(readme: str) -> str:
    """The same text with the table between the two markers replaced by today's."""
    before, rest = readme.split(START, 1)
    after = rest.split(END, 1)[1]
    return f"{before}{START}{draw_table()}{END}{after}"


def _default(field: FieldInfo) -> str:
    if field.default_factory is not None:
        return (field.default_factory.__doc__ or "").rstrip(".")
    return f"`{field.default}`" if field.default != "" else "empty"


if __name__ == "__main__":
    README.write_text(insert_table(README.read_text(encoding="utf-8")), encoding="utf-8")
