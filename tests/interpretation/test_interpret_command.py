"""``manage.py interpret``: cases in, interpretations out, nothing else and no database."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).parent.parent.parent

# No test here has the database: pytest-django refuses every query, so that one fails the test.


def run(file: Path | str, capsys: pytest.CaptureFixture[str]) -> Any:
    """The parsed answer; standard output must hold it and nothing else."""
    call_command("interpret", str(file))
    captured = capsys.readouterr()
    assert captured.err == ""
    return json.loads(captured.out)


def write(folder: Path, data: Any) -> Path:
    path = folder / "cases.json"
    text = data if isinstance(data, str) else json.dumps(data)
    path.write_text(text, encoding="utf-8")
    return path


def fails(file: Path | str, capsys: pytest.CaptureFixture[str]) -> str:
    """The one line with which the command ends with status 2."""
    with pytest.raises(CommandError) as failed:
        call_command("interpret", str(file))
    assert failed.value.returncode == 2
    assert capsys.readouterr().out == ""
    message = str(failed.value)
    assert "\n" not in message
    return message


def test_one_case_gives_one_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = run(write(tmp_path, {"id": "A", "age": 35, "sex": "male"}), capsys)
    assert (answer["id"], answer["conclusion"]) == ("A", "no_indication")


def test_a_list_gives_a_list_in_the_same_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = [{"id": 3, "age": 4}, {"id": 1, "input": {"age": 35, "sex": "male"}}, {"age": 50}]
    answers = run(write(tmp_path, cases), capsys)
    assert [answer.get("id") for answer in answers] == [3, 1, None]
    assert answers[0]["conclusion"] == "outside_scope"


def test_an_empty_list_gives_an_empty_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(write(tmp_path, []), capsys) == []


def test_it_reads_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(b'{"age": 35, "sex": "male"}'))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert run("-", capsys)["conclusion"] == "no_indication"


def test_a_byte_order_mark_does_no_harm(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cases.json"
    path.write_bytes(b'\xef\xbb\xbf{"age": 35}')
    assert run(path, capsys)["conclusion"] == "no_indication"


def test_a_case_with_errors_is_still_a_result(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = run(write(tmp_path, {"age": "old", "labs": {"zinc": 1}}), capsys)
    assert {error["field"] for error in answer["errors"]} == {"age", "zinc"}


def test_its_words_are_english_whatever_the_language_of_the_site(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (error,) = run(write(tmp_path, {"age": 450}), capsys)["errors"]
    assert "450" in error["message"]
    assert error["message"].isascii()


@pytest.mark.parametrize("text", ["", "{", "{'age': 5}", "[1,", "age: 5", '{"age": 5} {"age": 6}'])
def test_unreadable_json_is_one_line_and_status_2(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "not readable JSON" in fails(write(tmp_path, text), capsys)


@pytest.mark.parametrize(
    ("data", "number"), [(5, 1), ('"text"', 1), (None, 1), ([{"age": 5}, 7], 2), ([[{}]], 1)]
)
def test_what_is_no_case_is_one_line_and_status_2(
    data: Any, number: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    message = fails(write(tmp_path, data), capsys)
    assert message.startswith(f"case {number}: a case is a JSON object")


def test_a_missing_file_is_one_line_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "No such file" in fails(tmp_path / "none.json", capsys)


def test_a_folder_is_one_line_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "directory" in fails(tmp_path, capsys)


@pytest.mark.parametrize("content", [b"\xff\xfe{\x00}\x00", b'{"id": "\xe6"}', b"\x80abc"])
def test_another_encoding_is_one_line_and_status_2(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cases.json"
    path.write_bytes(content)
    assert "not readable JSON" in fails(path, capsys)


def test_json_nested_too_deeply_is_one_line_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deep = "[" * 200_000 + "]" * 200_000
    assert "nested too deeply" in fails(write(tmp_path, deep), capsys)


def _manage(*arguments: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    """The command as a person runs it, in a process of its own, without any database."""
    return subprocess.run(
        [sys.executable, "manage.py", "interpret", *arguments],
        cwd=ROOT,
        input=given,
        capture_output=True,
        check=False,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONIOENCODING": "ascii"},
    )


def test_as_a_person_runs_it_the_answer_is_utf_8_on_standard_output() -> None:
    done = _manage("-", given=b'{"id": "\\u00e6\\ud800", "age": 35, "symptoms": ["\\ud800"]}')
    assert (done.returncode, done.stderr) == (0, b"")
    answer = json.loads(done.stdout.decode("utf-8"))
    assert answer["id"].startswith("æ")


def test_as_a_person_runs_it_a_failure_is_one_line_on_standard_error() -> None:
    done = _manage("none.json")
    assert (done.returncode, done.stdout) == (2, b"")
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1
    assert "none.json" in lines[0]


@pytest.mark.parametrize("given_id", ["NaN", "1e400", "1e5000", "-Infinity"])
def test_an_id_of_any_size_leaves_the_output_readable(
    given_id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("interpret", str(write(tmp_path, f'{{"id": {given_id}, "age": 35}}')))
    text = capsys.readouterr().out
    assert json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
