"""The platforms' files byte by byte: what is not filled comes back as it was."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import KitError
from teach.lms.sheet import Sheet, value
from teach.spreadsheet import BOMS, DELIMITERS

ENCODINGS = [*BOMS.items(), (b"", "utf-8"), (b"", "cp1252")]
LETTERS = st.one_of(
    st.sampled_from(",;\t\"\r\n =-+@#'’éЖ名🙂\u2028\x0b\x85\ufeff"),
    st.characters(codec="utf-8", exclude_characters="\0"),
)
ONE_BYTE_LETTERS = st.sampled_from(",;\t\"\r\n =é’#€aZ0'")
HEADS = ["HEAD", "mark", "Größe"]  # bytes that are no UTF-8 when they stand in cp1252


def is_head(top):
    return top == HEADS


def read(raw):
    return Sheet.read(raw, "export.csv", is_head)


@st.composite
def tables(draw):
    """Return (raw bytes, encoding, delimiter, rows of raw cells, rows of values)."""
    delimiter = draw(st.sampled_from(DELIMITERS))
    mark, encoding = draw(st.sampled_from(ENCODINGS))
    letters = ONE_BYTE_LETTERS if encoding == "cp1252" else LETTERS
    rows = draw(st.lists(st.lists(st.text(letters, max_size=6), min_size=1, max_size=5)))
    text, written, end = "", [], ""
    for row in [HEADS, *rows]:
        cells = [in_file(cell, delimiter, draw(st.booleans())) for cell in row]
        if cells == [""] and end == "\r":
            cells = ['""']  # or "\r" and this row's "\n" would be one line end
        end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
        text += delimiter.join(cells) + end
        written.append(cells)
    if draw(st.booleans()) and written[-1] != [""]:
        text = text.removesuffix(end)
    return mark + text.encode(encoding), encoding, delimiter, written, [HEADS, *rows]


def in_file(cell, delimiter, always):
    needs = set(cell) & {delimiter, '"', "\r", "\n"}
    return '"' + cell.replace('"', '""') + '"' if needs or always else cell


@given(tables())
def test_filling_nothing_changes_no_byte(table):
    raw, *_, written, values = table
    sheet = read(raw)
    assert sheet.filled({}) == raw
    assert [row.cells for row in sheet.rows] == written
    assert [sheet.values(number) for number in range(len(values))] == values


@given(tables(), st.data())
def test_filling_some_cells_changes_those_and_no_other(table, data):
    raw, *_, written, values = table
    places = [(row, column) for row in range(1, len(values)) for column in range(len(values[row]))]
    chosen = data.draw(st.lists(st.sampled_from(places), unique=True)) if places else []
    marks = {place: data.draw(st.sampled_from(["0", "85.5", "85,5", "100"])) for place in chosen}
    filled = read(read(raw).filled(marks))
    assert [row.end for row in filled.rows] == [row.end for row in read(raw).rows]
    for row, cells in enumerate(written):
        for column, cell in enumerate(cells):
            after = filled.rows[row].cells[column]
            if (row, column) in marks:
                assert value(after) == marks[row, column]
                assert after.startswith('"') or not cell.startswith('"')
            else:
                assert after == cell


@given(st.text(st.sampled_from('ab",\r\n'), max_size=20))
def test_any_text_is_cut_where_the_csv_module_cuts_it(rest):
    text = f"HEAD,mark,Größe\n{rest}"
    try:
        sheet = read(text.encode())
    except KitError as error:
        assert "never closed" in str(error)
        return
    assert sheet.filled({}) == text.encode()
    rows = [sheet.values(n) for n in range(len(sheet.rows)) if sheet.rows[n].cells != [""]]
    assert rows == [row for row in csv.reader(io.StringIO(text, newline="")) if row]


@given(st.binary(max_size=60))
def test_whatever_the_bytes_only_a_kit_error_is_raised(rest):
    for raw in (rest, "HEAD,mark,Größe\n".encode() + rest, b"\xff\xfeH\0" + rest):
        try:
            assert read(raw).filled({}) == raw
        except KitError as error:
            assert "export.csv" in str(error)


@pytest.mark.parametrize("raw", [b"\x81\x8d\x8f\x90\x9d", "Größe; naïve".encode("cp1252"), b"\xff"])
def test_a_one_byte_encoding_comes_back_as_it_was(raw):
    raw = b"HEAD,mark\n" + raw + b",\n"
    sheet = Sheet.read(raw, "export.csv", lambda top: top == ["HEAD", "mark"])
    assert sheet.filled({(1, 1): "7"}) == raw[:-1] + b"7\n"


def test_a_row_knows_its_first_line_as_an_editor_counts():
    sheet = read('HEAD,mark,Größe\r\n"two\nlines",,\r\r\nlast'.encode())
    assert [(row.line, row.cells[0]) for row in sheet.rows] == [
        *((1, "HEAD"), (2, '"two\nlines"'), (4, ""), (5, "last"))
    ]
    assert [sheet.is_blank(number) for number in range(4)] == [False, False, True, False]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("HEAD,mark,Größe\na,\"b\nc\"\nd,\"e", "export.csv, line 4: a quotation mark is opened"),
        ("HEAD,mark\n", "The first line of export.csv does not hold the column heads"),
        ("", "The first line of export.csv does not hold the column heads"),
        ("HEAD,mark,Größe\na\0b", "export.csv holds zero bytes"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused_in_one_sentence(raw, said):
    with pytest.raises(KitError) as error:
        read(raw.encode())
    assert str(error.value).startswith(said)


def test_a_mark_of_utf_16_before_other_bytes_is_refused():
    with pytest.raises(KitError, match="begins as utf-16-le and goes on as something else"):
        read(b"\xff\xfea")


def test_a_filled_cell_is_quoted_only_where_it_must_be():
    sheet = read('HEAD,mark,Größe\n"",,"x"\n'.encode())
    filled = sheet.filled({(1, 0): "85,5", (1, 1): "85,5", (1, 2): "9"})
    assert filled == 'HEAD,mark,Größe\n"85,5","85,5","9"\n'.encode()
    assert sheet.filled({(1, 1): "85.5"}) == 'HEAD,mark,Größe\n"",85.5,"x"\n'.encode()
