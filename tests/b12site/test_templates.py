import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import engines

TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.mark.parametrize(
    "source",
    [
        "{{ missing }}",
        "{{ missing|default:'' }}",
        "{% if missing %}{% endif %}",
        "{% if there and missing.more %}{% endif %}",
        "{% for item in missing %}{% endfor %}",
        "{{ there.missing }}",
    ],
)
def test_an_undefined_variable_fails_a_test(source: str, undefined_variables: list[str]) -> None:
    engines["django"].from_string(source).render({"there": "something"})
    assert ["missing" in found for found in undefined_variables] == [True]
    undefined_variables.clear()


def test_a_defined_variable_does_not(undefined_variables: list[str]) -> None:
    source = "{{ a }}{% if a %}{% endif %}{% for item in b %}{{ item }}{% endfor %}"
    engines["django"].from_string(source).render({"a": None, "b": []})
    assert undefined_variables == []


def test_every_static_file_that_a_template_names_is_there() -> None:
    sources = [path.read_text() for path in TEMPLATES.rglob("*.html")]
    names = {name for text in sources for name in re.findall(r"{% static ['\"](.+?)['\"]", text)}
    assert "css/site.css" in names
    assert {name for name in names if not finders.find(name)} == set()


def test_no_template_has_an_inline_script_or_style() -> None:
    inline = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=")
    found = {path.name for path in TEMPLATES.rglob("*.html") if inline.search(path.read_text())}
    assert found == set()
