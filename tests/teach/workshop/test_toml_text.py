"""What is written as TOML is read back as it was, whatever is in it."""

import tomllib

import pytest

from teach.workshop.toml_text import toml_text


@pytest.mark.parametrize(
    "value",
    [
        'say "no" \\ twice', "a\nb\r\n\tc", "\x00\x1f\x7f\x85\u2028", "“Füße” 日本 🌉", "",
        [], ["a" * 99, "b", {"answer": 3, "reason": "c" * 99}], [[1, 2.5], [True]],
        {"a key": {"x-y_9": [1]}, "é": "", "none": {}},
    ],
)  # fmt: skip
def test_values_come_back(value):
    assert tomllib.loads(toml_text({"table": {"a field": value}}))["table"]["a field"] == value


def test_tables_come_back_the_nameless_one_first():
    tables = {"": {"body": "a bridge"}, "one": {"a": 1}, "many": [{"id": "x"}, {"id": "y"}]}
    read = tomllib.loads(toml_text(tables))
    assert read == {"body": "a bridge", "one": {"a": 1}, "many": [{"id": "x"}, {"id": "y"}]}


def test_half_a_character_does_not_stop_it():
    assert tomllib.loads(toml_text({"a": {"b": "x\ud800"}})) == {"a": {"b": "x?"}}
