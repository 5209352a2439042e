"""A sheet as PDF, by Typst: tagged for assistive technology, the same bytes each time."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.resources import as_file, files
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from unicodedata import category, combining

from guidegen.errors import RenderError
from guidegen.rendering.fonts import SANS, SERIF, load, needed
from guidegen.rendering.sheet import Sheet

if TYPE_CHECKING:
    from typst import Compiler

PAPERS = {"a4": "a4", "letter": "us-letter"}
PAGES = {"full": 6}
"""Pages a document should have at most; 4 where nothing is said."""
SETTINGS = ((9.4, 1.0), (9.0, 1.0), (8.6, 0.92), (8.2, 0.86), (7.9, 0.82), (7.6, 0.78), (7.4, 0.74))
"""(type size in points, density), from airy to close; the first with few enough pages is taken."""
LARGE_PRINT = (14.0, 1.0)
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


# Scripts written without spaces break by themselves, and so do dashes: neither is among these.
_LONG_WORD = re.compile(
    "[!-~\u00a1-\u0dff\u10a0-\u10ff\u1200-\u137f\u1c80-\u1cbf\u1d00-\u1fff\u200b-\u200f\u2016-\u2027\u2030-\u2bff]{28,}"
)
_AFTER = re.compile(r"(?<=[^/:][/=&?_])")


def _loosened(word: re.Match[str]) -> str:
    """A long word with zero-width spaces: behind its separators, else anywhere."""
    pieces = _AFTER.split(word[0])
    return "\u200b".join(_cut(piece) if len(piece) > 36 else piece for piece in pieces)


def _cut(piece: str) -> str:
    """``piece`` free to break before every character that does not belong to the one before it."""
    done = piece[:1]
    for before, char in pairwise(piece):
        held = category(char)[0] == "M" or "Cf" in (category(before), category(char)) or combining(before) == 9
        # Arabic letters keep the forms in which they join.
        gap = "\u200d\u200b\u200d" if "\u0600" <= char <= "\u08ff" else "\u200b"
        done += char if held else gap + char
    return done


def _breakable(value: Any) -> Any:
    """The same data with long words, such as addresses, free to break; links stay as they are."""
    if isinstance(value, dict):
        return {key: item if key == "link" else _breakable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_breakable(item) for item in value]
    return _LONG_WORD.sub(_loosened, value) if isinstance(value, str) else value


def _inputs(sheet: Sheet, paper: str, families: tuple[str, ...]) -> dict[str, str]:
    lang, _, region = sheet.lang.partition("-")
    return {
        "sheet": json.dumps(_breakable(sheet.model_dump(mode="json")), ensure_ascii=False),
        "paper": PAPERS[paper],
        "lang": lang.lower() if re.fullmatch(r"[A-Za-z]{2,3}", lang) else "en",
        "region": region.upper() if re.fullmatch(r"[A-Za-z]{2}", region) else "",
        "serif": json.dumps([*SERIF, *families]),
        "sans": json.dumps([*SANS, *families]),
    }


def _fit(make: Callable[[dict[str, str]], Compiler], sheet: Sheet) -> tuple[Compiler, int]:
    """The document in the airiest setting with few enough pages, and its pages.

    Where even the closest has too many, one page more is allowed, and so on.
    """
    tried: dict[tuple[float, float], tuple[Compiler, int]] = {}

    def at(setting: tuple[float, float]) -> tuple[Compiler, int]:
        if setting not in tried:
            compiler = make({"size": str(setting[0]), "density": str(setting[1])})
            tried[setting] = compiler, int(json.loads(compiler.query("<pages>", field="value", one=True)))
        return tried[setting]

    if sheet.large_print:
        return at(LARGE_PRINT)
    allowed = max(PAGES.get(sheet.audience, 4), at(SETTINGS[-1])[1])
    low, high = 0, len(SETTINGS) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if at(SETTINGS[middle])[1] <= allowed else (middle + 1, high)
    return at(SETTINGS[low])


def to_pdf(sheet: Sheet, paper: str = "a4") -> tuple[bytes, list[str]]:
    """The PDF, and what to tell the one who asked for it.

    PDF/UA-1 where every character has a glyph; else a plain PDF and a warning with the characters.
    """
    from typst import Compiler, TypstError

    if paper not in PAPERS:
        raise RenderError(f"There is no paper {paper!r}.", remedy=f"Use one of: {', '.join(PAPERS)}.")
    text = sheet.model_dump_json()
    folders, families = needed(text, sheet.lang)
    inputs = _inputs(sheet, paper, families)
    made_on = datetime.fromisoformat(sheet.made_on).replace(tzinfo=UTC)
    warnings: list[str] = []
    with as_file(files("guidegen.rendering").joinpath("templates")) as folder:

        def make(setting: dict[str, str]) -> Compiler:
            return Compiler(
                str(folder / "guide.typ"),
                root=str(folder),
                font_paths=load(folders),
                ignore_system_fonts=True,
                sys_inputs={**inputs, **setting},
            )

        try:
            compiler, count = _fit(make, sheet)
            try:
                data = compiler.compile(format="pdf", timestamp=made_on, pdf_standards=["ua-1"])
            except TypstError as error:
                if not (missing := dict.fromkeys(_MISSING.findall(error.diagnostic))):
                    raise
                named = _ESCAPED.sub(lambda code: f"U+{code[1].upper():0>4}", " ".join(missing))
                warnings.append(f"No font here has: {named}. They are shown as boxes.")
                data = compiler.compile(format="pdf", timestamp=made_on)
        except TypstError as error:
            raise RenderError(f"The PDF could not be made: {error.message}.") from error
    if not isinstance(data, bytes):
        raise RenderError("The PDF could not be made: the typesetter returned no document.")
    if sheet.audience == "primer" and count > 1:
        warnings.append(
            f"The primer needs {count} pages even in the smallest type. Shorten it to get one page."
        )
    return data, warnings
