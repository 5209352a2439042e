"""Five hundred texts nobody planned for: each comes out as it was written, and does nothing else."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from guidegen.domain.guide import Guide
from guidegen.domain.views import cut
from guidegen.errors import PeopleError
from guidegen.guides import Parts
from guidegen.people import pair_from, slug
from guidegen.rendering import read_view, render
from guidegen.rendering.flow import flow
from guidegen.rendering.html import to_body
from guidegen.rendering.layout import lay_out
from guidegen.rendering.markdown import to_markdown
from guidegen.rendering.sheet import Sheet
from tests.bad_input.conftest import Cli, refused
from tests.bad_input.naughty import (
    ALL,
    KINDS,
    Page,
    face,
    guide_of,
    letters,
    letters_of_goal,
    may_be_a_name,
    pairs,
    post_of,
    profile,
    same_people,
    shown,
)

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
"""A reader that lets HTML through, so that a tag which nobody escaped would become one."""
BLOCKS = {"title": "h1", "part": "h2", "section": "h3", "bullet": "li", "number": "li", "check": "li", "source": "li"}
RUNS = {"strong": "strong", "quiet": "em"}
_KEPT = frozenset({"kind", "lang", "direction", "audience", "link", "made_on"})


def _tame(value: Any) -> Any:
    """The same sheet with nothing in its texts but letters, digits and spaces."""
    if isinstance(value, dict):
        return {key: item if key in _KEPT else _tame(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_tame(item) for item in value]
    return "".join(c if c.isalnum() or c in " \n" else "x" for c in value) if isinstance(value, str) else value


def _drawn(page: Page) -> Counter[str]:
    """What Markdown was read as: headings, items, emphasis, links; paragraphs and lists come with them."""
    assert all(len(tag) == 1 or tag[0] in ("a", "ol") for tag in page.shape)
    found = Counter(tag[-1].removeprefix("href=") if tag[0] == "a" else tag[0] for tag in page.shape)
    return Counter({name: n for name, n in found.items() if name not in ("p", "ul", "ol", "blockquote")})


def _meant(sheet: Sheet) -> Counter[str]:
    """What the sheet's own blocks and runs ask for."""
    found: Counter[str] = Counter()
    for block in flow(sheet):
        found[BLOCKS.get(block.style, "")] += 1
        found.update(run.link or RUNS.get(run.style, "") for run in block.runs if run.text.strip())
    del found[""]
    return found


def _quoted(guide: Guide) -> list[str]:
    """The goals as the guide quotes them, each with who wrote it."""
    return [shown(aim.goal) for aim in guide.objectives if aim.goal]


def _quote(line: str) -> str:
    """What stands between the marks of "Ana wrote: “…”"."""
    return re.sub(r"^.* wrote: “(.*)”\.?$", r"\1", line)


def _goals_are_whole(guide: Guide, pair: dict[str, Any]) -> None:
    """No quote has lost or changed a letter, but where a long one is cut."""
    goals = {shown(goal): goal for goal in pair["executive"]["goals"] if letters(goal)}
    given = [letters_of_goal(goal) for goal in goals.values()]
    quoted = [aim.goal or "" for aim in guide.objectives if aim.who == "executive" and aim.goal is not None]
    assert len(quoted) >= len(given)
    for goal, quote in zip(given, quoted, strict=False):
        assert letters(quote) == goal or (quote.endswith("…") and goal.startswith(letters(quote))), (goal, quote)


def test_there_are_five_hundred() -> None:
    """Five hundred different texts, of many kinds."""
    assert len(ALL) == len(set(ALL)) == 500
    assert len(KINDS) >= 20


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_comes_out_as_it_was_written(parts: Parts, kind: str) -> None:
    """As name, role, department and goal, in JSON, on the page and in Markdown: the text, and no more."""
    for n, pair in enumerate(pairs(KINDS[kind])):
        guide = guide_of(parts, pair)
        view = cut(guide, "full" if n % 4 == 0 else "shared")
        same_people(guide.pair, pair)
        _goals_are_whole(guide, pair)
        assert read_view(render(view, "json")) == view

        sheet = lay_out(view)
        tame = Sheet.model_validate(_tame(sheet.model_dump()))
        people = (pair["executive"], pair["mentor"])
        page = Page(to_body(sheet))
        assert page.shape == Page(to_body(tame)).shape
        assert page.all("strong")[:2] == [shown(person["name"]) for person in people]
        assert page.all("span.post") == [post for post in map(post_of, people) if post]
        assert list(map(_quote, page.all("p.quiet", " wrote: “"))) == _quoted(guide)

        page = Page(MARKDOWN.render(to_markdown(sheet)))
        assert _drawn(page) == _meant(sheet)
        assert page.all("p")[2:4] == [face(person) for person in people]
        assert list(map(_quote, page.all("em", " wrote: “"))) == _quoted(guide)


def test_what_cannot_be_a_name_is_refused() -> None:
    """A name that nobody could see, or longer than a line, is a fault of that field; all others are taken."""
    for text in ALL:
        pair = {"mentor": {"id": "m", **profile(text)}, "executive": {"id": "e", **profile("Bo")}}
        if may_be_a_name(text):
            assert shown(pair_from(pair, "pair").mentor.name) == shown(text)
        else:
            with pytest.raises(PeopleError) as caught:
                pair_from(pair, "pair")
            assert [fault.field for fault in caught.value.faults] == ["mentor.name"]


def test_no_name_or_id_leaves_its_folder(tmp_path: Path) -> None:
    """File names begin with an id: one made from any name is plain, one that is given is plain or refused."""
    for text in ALL:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(text)), text
        assert len(slug(text)) <= 80
        pair = {"id": text, "mentor": profile("Ana"), "executive": profile("Bo")}
        try:
            stem = pair_from(pair, "pair").id
        except PeopleError:
            continue
        assert (tmp_path / f"{stem}-crypto-shared.md").resolve().parent == tmp_path.resolve()
        assert re.fullmatch(r"[^\W_][\w.@+-]*", stem), text
        assert stem.partition(".")[0].upper() not in {"CON", "NUL", "AUX", "COM1"} or "." not in stem


def test_the_command_writes_in_its_folder_only(cli: Cli, here: Path) -> None:
    """An id that is a path is refused; names that are paths make files in the folder asked for."""
    people = {"mentor": profile("../../etc/passwd"), "executive": profile("C:\\Users\\Anna")}
    (here / "pair.json").write_text(json.dumps({"id": "../../x", **people}), encoding="utf-8")
    asked = ("guide", "pair.json", "--topic", "crypto", "--format", "md", "--view", "shared", "--out", "out")
    refused(cli(*asked), "pair.json:1: id")
    (here / "pair.json").write_text(json.dumps(people), encoding="utf-8")
    answer = cli(*asked)
    assert answer.code == 0, answer
    assert answer.files == ("etc-passwd-c-users-anna-crypto-shared.md",)
    assert sorted(path.name for path in here.iterdir()) == ["out", "pair.json"]
