"""The page, as a browser without a script sees it."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.form import DEFAULTS, EXAMPLE, LABELS, read_form
from tests.api.conftest import is_problem

ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; alert(1); //",
    "</textarea><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
)


class Seen(HTMLParser):
    """What a browser would make of a page: tags with attributes, and what the form holds."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.held: dict[str, str] = {}
        self._in = self._select = ""
        self._first = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = dict(attrs)
        self.tags.append((tag, have))
        name = have.get("name") or ""
        if tag == "input" and (have.get("type") != "radio" or "checked" in have):
            self.held[name] = have.get("value") or ""
        if tag == "textarea":
            self._in, self.held[name] = name, ""
        if tag == "select":
            self._select, self._first = name, True
        if tag == "option" and (self._first or "selected" in have):
            self.held[self._select], self._first = have.get("value") or "", False

    def handle_data(self, data: str) -> None:
        if self._in:
            self.held[self._in] += data.removeprefix("\n") if not self.held[self._in] else data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._in = ""

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def test_the_form_has_every_field_with_a_label(client: TestClient) -> None:
    """Each field is there, has a label or a legend, and no script or style stands in the page."""
    answer = client.get("/")
    seen = Seen(answer.text)
    fields = {a["name"] for tag in ("input", "select", "textarea") for a in seen.all(tag)}
    assert fields == set(DEFAULTS) == set(LABELS)
    labelled = {a["for"] for a in seen.all("label") if "for" in a}
    grouped = {a["id"] for a in seen.all("fieldset") if "id" in a}
    assert fields <= labelled | grouped
    assert all(a.get("src") for a in seen.all("script"))
    assert not seen.all("style")
    assert not any(name.startswith("on") or name == "style" for _, attrs in seen.tags for name in attrs)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', answer.text)
    assert seen.held == dict(DEFAULTS)


def test_the_example_makes_a_guide_without_a_script(client: TestClient) -> None:
    """What the example page holds, posted as a browser would, is a guide."""
    held = Seen(client.get("/?example=1").text).held
    assert held == dict(EXAMPLE)
    answer = client.post("/guide", data=held)
    assert answer.status_code == 200
    seen = Seen(answer.text)
    assert {name: seen.held[name] for name in DEFAULTS} == held
    assert '<article class="guide"' in answer.text
    assert "Aiko" in answer.text
    assert len(seen.all("h1")) == 1
    ids = [a["id"] for _, a in seen.tags if "id" in a]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("view", ["shared", "mentor", "executive"])
def test_the_copies_are_one_press_apart(client: TestClient, view: str) -> None:
    """The hidden fields carry everything, so that a button alone changes the copy."""
    held = Seen(client.post("/guide", data=dict(EXAMPLE)).text).held
    answer = client.post("/guide", data={**held, "view": view})
    current = [a for a in Seen(answer.text).all("button") if "aria-current" in a]
    assert [a["value"] for a in current] == [view]


def test_the_coordinators_copy_is_not_on_the_page(client: TestClient) -> None:
    """Asking for it gives the shared one."""
    answer = client.post("/guide", data={**EXAMPLE, "view": "full"})
    assert [a["value"] for a in Seen(answer.text).all("button") if "aria-current" in a] == ["shared"]


def test_each_offered_file_can_be_had(client: TestClient) -> None:
    """Every button under Save as gives a file with a name."""
    typed = {**EXAMPLE, "on": "2027-01-14"}
    seen = Seen(client.post("/guide", data=typed).text)
    formats = [a["value"] for a in seen.all("button") if a.get("name") == "format" and a["value"] != "form"]
    assert formats == ["pdf", "docx", "md", "ics", "json", "zip"]
    for name in formats:
        answer = client.post("/guide", data={**typed, "format": str(name), "paper": "letter"})
        assert answer.status_code == 200
        assert answer.headers["content-disposition"] == (
            f'attachment; filename="aiko-tan-helena-brandt-crypto-shared.{name}"'
        )


def test_no_day_no_calendar(client: TestClient) -> None:
    """The calendar is offered when the meeting has a day; asked for without one, the form asks for it."""
    held = {**EXAMPLE, "on": ""}
    assert 'value="ics"' not in client.post("/guide", data=held).text
    answer = client.post("/guide", data={**held, "format": "ics"})
    assert answer.status_code == 422
    assert 'id="on-fault"' in answer.text


def test_the_details_can_be_changed(client: TestClient) -> None:
    """The result leads back to the form with everything in it."""
    answer = client.post("/guide", data={**EXAMPLE, "format": "form"})
    assert answer.status_code == 200
    assert Seen(answer.text).held == dict(EXAMPLE)


def test_faults_come_back_with_everything_filled_in(client: TestClient) -> None:
    """All at once, in plain words, at the top and beside the field, linked to it."""
    typed = {**EXAMPLE, "mentor_name": " ", "minutes": "seven", "on": "soon", "executive_pronouns": "??",
             "mentor_goals": "\nfirst line is empty"}  # fmt: skip
    answer = client.post("/guide", data=typed)
    assert answer.status_code == 422
    seen = Seen(answer.text)
    assert seen.held == typed
    wrong = {"mentor_name", "minutes", "on", "executive_pronouns"}
    assert {
        str(a["href"]).removeprefix("#") for a in seen.all("a") if str(a["href"]).startswith("#")
    } >= wrong
    marked = {
        a["id"] for tag in ("input", "textarea", "select") for a in seen.all(tag) if "aria-invalid" in a
    }
    assert marked == wrong
    for name in wrong:
        assert f'id="{name}-fault"' in answer.text
    assert "4 things to mend" in answer.text
    assert "ValidationError" not in answer.text


def test_every_fault_has_its_field(client: TestClient) -> None:
    """Whatever is wrong, the list at the top leads to a field that is on the page."""
    cases: list[dict[str, str]] = [
        {"executive_name": ""},
        {"executive_name": "Aiko Tan"},
        {"executive_goals": "goal\n" * 60},
        {"mentor_role": "x" * 5_000},
        {"off_limits": "a\n" * 51},
        {"topic": "", "topic_text": ""},
        {"topic": "no-such-topic"},
        {"topic_text": "how to roast a chicken"},
        {"topic_text": "x" * 1_001},
        {"level": "9"},
        {"place": "moon"},
        {"kind": "party"},
        {"minutes": ""},
    ]
    for case in cases:
        answer = client.post("/guide", data={**EXAMPLE, **case})
        assert 400 <= answer.status_code < 500, case
        ids = {a["id"] for _, a in Seen(answer.text).tags if "id" in a}
        summary = answer.text.split('id="faults"')[1].split("</div>")[0]
        links = re.findall(r'href="#([^"]+)"', summary)
        assert links, case
        assert set(links) <= ids - {"faults"}, case


def test_what_nothing_fits_offers_the_nearest(client: TestClient) -> None:
    """A topic nearby is one press away, and the press keeps everything else."""
    answer = client.post("/guide", data={**EXAMPLE, "topic": "", "topic_text": "how to roast a chicken"})
    seen = Seen(answer.text)
    buttons = [a for a in seen.all("button") if a.get("name") == "nearest"]
    assert buttons
    # Enter presses the first button of a form, and that must not choose a topic.
    assert "name" not in seen.all("button")[0]
    again = client.post("/guide", data={**seen.held, "nearest": str(buttons[0]["value"])})
    assert again.status_code == 200


def test_an_off_limits_topic_comes_back_as_a_form(client: TestClient) -> None:
    """The form says so without a word of whose it is."""
    answer = client.post("/guide", data={**EXAMPLE, "off_limits": "bitcoin"})
    assert answer.status_code == 422
    summary = answer.text.split('id="faults"')[1].split("</div>")[0]
    assert "keeps" in summary
    assert "guidegen topics" not in answer.text
    assert "Helena" not in summary


def test_what_is_wrong_on_our_side_loses_nothing(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that cannot be made brings the form back, filled in, and tells no path."""
    from guidegen.errors import RenderError

    def fail(*_: Any, **__: Any) -> Any:
        raise RenderError("/srv/fonts is gone")

    monkeypatch.setattr("api.pages.document", fail)
    answer = client.post("/guide", data={**EXAMPLE, "format": "pdf"})
    assert answer.status_code == 500
    assert "/srv" not in answer.text
    assert Seen(answer.text).held == dict(EXAMPLE)


@pytest.mark.parametrize(
    "field", [f for f, d in DEFAULTS.items() if f not in ("level", "kind", "place", "view")]
)
def test_markup_comes_out_as_text(client: TestClient, field: str) -> None:
    """Whatever is typed, in whichever field, comes back as text: in the form, and in the guide."""
    for attack in ATTACKS:
        for values in ({**EXAMPLE, field: attack}, {**EXAMPLE, field: attack, "format": "form"}):
            answer = client.post("/guide", data=values)
            seen = Seen(answer.text)
            assert [a.get("src") for a in seen.all("script")] == ["/static/page.js"]
            assert not seen.all("img")
            assert not seen.all("svg")
            assert not any(name.startswith("on") for _, attrs in seen.tags for name in attrs)
            assert not any(str(a.get("href", "")).startswith("javascript") for a in seen.all("a"))
            if field != "topic":
                assert seen.held[field] == attack
            assert (
                "49" not in html.unescape(answer.text)
                or "{{ 7 * 7 }}" not in attack
                or "{{ 7 * 7 }}" in html.unescape(answer.text)
            )


def test_a_guide_has_no_address_of_its_own(client: TestClient) -> None:
    """Going to /guide by hand leads to the form."""
    answer = client.get("/guide")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_a_form_of_another_kind_is_refused(client: TestClient) -> None:
    """Only urlencoded forms are read; a file upload is not."""
    is_problem(client.post("/guide", files={"x": b"y"}), 415, "media-type")


def test_the_last_value_counts_and_line_ends_are_one_kind() -> None:
    """A pressed button overrides the hidden field before it."""
    body = b"view=shared&view=mentor&mentor_goals=a%0D%0Ab&x=%FF%zz"
    read = read_form(body, "application/x-www-form-urlencoded; charset=UTF-8")
    assert (read["view"], read["mentor_goals"]) == ("mentor", "a\nb")
