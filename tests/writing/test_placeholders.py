"""Names leave as placeholders and come back as names; what is broken or unknown never passes."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from guidegen.domain.formats import Tag
from guidegen.domain.people import Pair, Person, Skill
from guidegen.errors import SettingsError
from guidegen.writing.checking.finding import Finding
from guidegen.writing.name_forms import COMMON, folded
from guidegen.writing.placeholders import Mask


def a_pair(mentor: str = "Aiko Tan", executive: str = "Helena Brandt", **more: str) -> Pair:
    return Pair(
        id="pair",
        mentor=Person(id="m", name=mentor, organisation=more.get("organisation")),
        executive=Person(id="e", name=executive, organisation=more.get("organisation"), reports_to=more.get("reports_to")),
    )


PLAIN = Mask.of(a_pair(organisation="Nordwind Logistics GmbH", reports_to="maria-lopez"))


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Helena Brandt and Aiko's plan", "EXECUTIVE and MENTOR's plan"),
        ("H. Brandt, Brandt, Helena; HELENA", "EXECUTIVE, EXECUTIVE; EXECUTIVE"),
        ("Dr. Brandt met A. Tan", "EXECUTIVE met MENTOR"),
        ("H.B. said", "EXECUTIVE said"),
        ("hbrandt and helena_brandt and helena.brandt", "EXECUTIVE and EXECUTIVE and EXECUTIVE"),
        ("Helenas Plan", "EXECUTIVEs Plan"),
        ("Brándt, Hel\u200bena", "EXECUTIVE"),
        ("write to helena.brandt@nordwind.example today", "write to EMAIL today"),
        ("Nordwind, NORDWIND LOGISTICS and nordwind's", "COMPANY, COMPANY and COMPANY's"),
        ("Ask Maria Lopez, or Lopez", "Ask PERSON_1, or PERSON_1"),
        ("I am Helena (54) of Nordwind", "I am EXECUTIVE of COMPANY"),
        ("a tangent on a planet, brandtish", "a tangent on a planet, brandtish"),
        ("MENTOR, PERSON_7 and EXECUTIVE_2", "mentor, person 7 and executive 2"),
    ],
)
def test_what_leaves_names_nobody(text: str, hidden: str) -> None:
    """Names in any spelling, addresses, organisations and ages are gone; words that only look alike stay."""
    assert PLAIN.hide(text) == hidden


@pytest.mark.parametrize(
    ("name", "text", "hidden"),
    [
        ("Will Turner", "Ask Will what will happen", "Ask MENTOR what will happen"),
        ("Will Turner", "Will we pay? Will knows.", "Will we pay? MENTOR knows."),
        ("Will Turner", "the turner; Will Turner", "the turner; MENTOR"),
        ("May Lindqvist", "May we ask May in May 2026, or on 3 May?", "May we ask MENTOR in May 2026, or on 3 May?"),
        ("Grace Okafor", "with grace, Grace", "with grace, MENTOR"),
        ("AI Tanaka", "Understand AI with AI Tanaka", "Understand AI with MENTOR"),
        ("Ai Tanaka", "Understand AI with Ai", "Understand AI with MENTOR"),
        ("An Nguyen", "An offer. Ask An about it", "An offer. Ask MENTOR about it"),
        ("Zoë Müller-Lüdenscheidt", "Zoe, ZOË, Mueller, Muller-Ludenscheidt", "MENTOR, MENTOR, MENTOR, MENTOR"),
        ("Seán O'Brien", "Sean OBrien, O’Brien’s", "MENTOR, MENTOR’s"),
        ("Mei-Ling Zhou", "Mei Ling and MeiLing and Mei", "MENTOR and MENTOR and MENTOR"),
        ("Ludwig van der Berg", "van der Berg and L. van der Berg", "van der MENTOR and MENTOR"),
        ("田中愛子", "田中さんと愛子", "MENTORさんとMENTOR"),
        ("王小明", "请问小明，王小明", "请问MENTOR，MENTOR"),
        ("김민수", "김민수는 좋다", "MENTOR는 좋다"),
        ("Ольга Иванова", "Спроси Ольгу Иванову", "Спроси MENTOR"),
        ("أحمد علي", "قال لأحمد شيئا", "قال لMENTOR شيئا"),
        ("Aiko Tan (田中愛子)", "Aiko, 田中愛子", "MENTOR, MENTOR"),
        ('William "Bill" Clarke', "Bill paid the bill to William", "MENTOR paid the bill to MENTOR"),
        ("J. R. Hartley", "J. R. Hartley, J.R. Hartley, Hartley", "MENTOR, MENTOR, MENTOR"),
        ("Dr. Anna Weiß", "Dr Weiss und Anna", "MENTOR und MENTOR"),
    ],
)
def test_awkward_names(name: str, text: str, hidden: str) -> None:
    """Names that are words, bend, join, or come with marks, hyphens and initials are hidden; words stay."""
    assert Mask.of(a_pair(mentor=name)).hide(text) == hidden


def test_a_shared_family_name_alone_is_nobodys() -> None:
    """With Kim Tan and Lee Tan, each is told apart, and "Tan" alone becomes a person of its own."""
    mask = Mask.of(a_pair("Kirsten Tan", "Leander Tan"))
    assert mask.hide("Kirsten Tan, Leander, Tan") == "MENTOR, EXECUTIVE, PERSON_1"
    assert mask.show("MENTOR and PERSON_1") == "Kirsten and Tan"


def test_the_same_name_twice_is_hidden_too() -> None:
    """Two people of one name are both hidden, though nobody could tell which of them is meant."""
    mask = Mask.of(a_pair("Kirsten Tan", "Kirsten Tan"))
    assert "irsten" not in mask.hide("Kirsten Tan met Kirsten")
    assert mask.show("MENTOR and EXECUTIVE") == "Kirsten Tan and Kirsten Tan"


def test_two_organisations_stay_two() -> None:
    """A mentor from another organisation gets a placeholder of their own for it."""
    pair = Pair(id="p", mentor=Person(id="m", name="Aiko Tan", organisation="Blauwerk AG"),
                executive=Person(id="e", name="Helena Brandt", organisation="Nordwind"))
    mask = Mask.of(pair)
    assert mask.hide("Blauwerk sells to Nordwind") == "COMPANY sells to COMPANY_2"
    assert mask.show("COMPANY_2") == "Nordwind"


def test_a_post_is_not_a_persons_name() -> None:
    """Who reports to "Head of Sales" or to the mentor's id has given no name to hide."""
    assert "PERSON_1" not in Mask.of(a_pair(reports_to="Head of Sales")).values
    assert "PERSON_1" not in Mask.of(a_pair(reports_to="m")).values


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**MENTOR** asks", "Aiko asks"),
        ("[EXECUTIVE] answers", "Helena answers"),
        ("“Mentor's” plan", "“Aiko's” plan"),
        ("{MENTOR}, <COMPANY>, `executive`", "Aiko, Nordwind Logistics GmbH, Helena"),
        ("MENTOR: your turn", "Aiko: your turn"),
        ("[MENTOR]’s view, **MENTOR's** view", "Aiko’s view, Aiko's view"),
        ("Ask Mentor about it", "Ask Aiko about it"),
        ("person_1 and PERSON 1 know", "Maria Lopez and Maria Lopez know"),
        ("the COMPANY team", "the Nordwind Logistics GmbH team"),
        ("a good mentor asks your company's executives", "a good mentor asks your company's executives"),
        ("The Mentor asks the Chief Executive Officer", "The Mentor asks the Chief Executive Officer"),
        ("accompany a mentoring scheme", "accompany a mentoring scheme"),
    ],
)
def test_names_come_back(text: str, shown: str) -> None:
    """Placeholders are restored whatever their case, possessive and markup; ordinary words stay."""
    assert PLAIN.show(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "MENTEE", "PERSON_7", "PERSON_12 asks", "MENT0R", "МENTOR", "M\u200bENTOR", "MENTOR_2", "MENTORING", "COMPANY_2",
        "MENTOR_NAME", "ask the MENTOR", "ask your EXECUTIVE", "at your COMPANY", "Mentor explains it", "[insert name]",
        "{name}", "{{ MENTOR.email }}", "EMAIL", "[EMAIL]", "EXECUTIV", "ORGANISATION", "MY_MENTOR", "ＭＥＮＴＯＲ asks",
        "{person}", "PERSON", "ME NTOR_X", "<NAME>", "MENTOR EXECUTIVEX",
    ],
)
def test_a_broken_placeholder_fails_closed(text: str) -> None:
    """An unknown, misspelt, disguised or doubtful placeholder rejects the text, with a code and a remedy."""
    found = PLAIN.show(text)
    assert isinstance(found, Finding)
    assert found.code.startswith("placeholder-")
    assert found.remedy


def test_without_an_organisation_company_is_unknown() -> None:
    """COMPANY stands for nothing when neither profile names an organisation."""
    assert isinstance(Mask.of(a_pair()).show("at COMPANY"), Finding)


def test_only_what_may_leave_leaves() -> None:
    """A person goes out without notes, e-mail, organisation or withheld fields; context only to their own brief."""
    executive = Person(
        id="e", name="Helena Brandt", email="h@n.example", organisation="Nordwind", role="head of procurement, Nordwind",
        goals=("Decide with Aiko whether we pay", "I am 54 and want to learn"), context="The board of Nordwind is nervous",
        preferences=("plain words",), private_notes="afraid of the board meeting next week", off_limits=("Layoffs",),
        access_needs=("large print because of my eyes",), learns={"crypto": Skill(level=1)},
    )
    mentor = Person(id="m", name="Aiko Tan", off_limits=("divorce",), access_needs=("quiet room",))
    pair = Pair(id="p", mentor=mentor, executive=executive)
    mask = Mask.of(pair)
    shared, own = mask.person("executive", "crypto"), mask.person("executive", "crypto", own=True)
    assert shared.context is None
    assert shared.preferences == ()
    assert own.context == "The board of COMPANY is nervous"
    assert own.goals == ("Decide with MENTOR whether we pay", "I want to learn")
    assert own.role == "head of procurement, COMPANY"
    assert "notes" not in repr(own)
    assert "afraid" not in repr(own)
    assert mask.subjects_to_avoid() == ("Layoffs", "divorce")
    assert mask.arrangements((Tag(id="large-print", label="large print"),)) == ("quiet room", "large print")
    kept = Mask.of(pair, {"goals", "context", "access_needs"})
    assert kept.person("executive", "crypto", own=True).goals == ()
    assert kept.person("executive", "crypto", own=True).context is None
    assert kept.arrangements(()) == ()


def test_a_line_of_the_draft_that_holds_a_secret_does_not_leave() -> None:
    """Composed lines that quote a private note or a withheld goal are told from those that may be sent."""
    executive = Person(id="e", name="Helena Brandt", goals=("Decide whether we pay in a stablecoin",), private_notes="afraid of the board")
    pair = Pair(id="p", mentor=Person(id="m", name="Aiko Tan"), executive=executive)
    assert not Mask.of(pair).sendable("Your own notes: afraid of the board")
    assert Mask.of(pair).sendable("You wrote: Decide whether we pay in a stablecoin")
    assert not Mask.of(pair, {"goals"}).sendable("You wrote: “Decide whether we pay in a stablecoin”")


def test_a_field_that_cannot_be_withheld_is_an_error() -> None:
    """A typing error in the list of withheld fields stops everything, since it would leak."""
    with pytest.raises(SettingsError, match="gaols"):
        Mask.of(a_pair(), {"gaols"})


WORDS = ("we", "pay", "the", "supplier", "tangible", "planet", "asks", "about", "mentor", "person", "42", "…", "naïve", "(x", "y)")
PART = st.text(st.sampled_from("abcdefghijklmnorstuvzáéíöüñçøßł"), min_size=4, max_size=9).map(str.title).filter(
    lambda part: folded(part).casefold() not in COMMON and not part.casefold().startswith(("with", "supp"))
)
NAME = st.lists(PART, min_size=1, max_size=3).map(" ".join)
GLUE = st.sampled_from([" ", ", ", ". ", "\n", ": ", "; ", " - ", "/", "\t", "!"])


def _bare(text: str) -> set[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return set(re.findall(r"[^\W\d_]+", plain.casefold()))


def _spellings(name: str) -> list[str]:
    parts = name.split()
    stripped = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return [
        name, *parts, name.upper(), name.lower(), stripped, unicodedata.normalize("NFD", name), f"{parts[0]}'s",
        f"{parts[-1]}’s", f"{parts[0][0]}. {parts[-1]}", f"{parts[0].lower()}.{parts[-1].lower()}@firm.example", name.replace(" ", "_"),
    ]


@settings(max_examples=40, deadline=None)
@given(NAME, NAME, st.data())
def test_no_name_survives(mentor: str, executive: str, data: st.DataObject) -> None:
    """Whatever the names and however they are written, no part of one stands in what leaves."""
    mask = Mask.of(a_pair(mentor, executive))
    pieces = data.draw(st.lists(st.sampled_from([*WORDS, *_spellings(mentor), *_spellings(executive)]), min_size=1, max_size=8))
    text = "".join(piece + data.draw(GLUE) for piece in pieces)
    parts = _bare(f"{mentor} {executive}") - _bare(" ".join(WORDS))
    left = _bare(mask.hide(text))
    assert not parts & left
    assert not {f"{p}s" for p in parts} & left


@settings(max_examples=40, deadline=None)
@given(NAME, NAME, st.data())
def test_what_is_hidden_comes_back(mentor: str, executive: str, data: st.DataObject) -> None:
    """A text that calls people as the guide does is, hidden and shown again, the same text."""
    starts = [folded(part)[:4].casefold() for part in (*mentor.split(), *executive.split())]
    assume(len(set(starts)) == len(starts))
    mask = Mask.of(a_pair(mentor, executive, organisation="Nordwind"))
    names = [mask.values["MENTOR"], mask.values["EXECUTIVE"], mask.values["EXECUTIVE"] + "'s", "Nordwind"]
    words = ["we", "pay", "suppliers,", "with", "42", "and", "mentor", "naïve", "über", "of", "company"]
    pieces = data.draw(st.lists(st.tuples(st.sampled_from(words), st.sampled_from(names)), min_size=1, max_size=6))
    text = " ".join(f"{word} with {name} and" for word, name in pieces)
    shown = mask.show(mask.hide(text))
    assert shown == text


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=40), st.sampled_from(["PERSON_9", "MENTEE", "MENTOR_7", "COMPANY_4", "{EMAIL}", "[COMPANY NAME]", "EXECUTIVEX"]), st.text(max_size=40))
def test_an_unknown_placeholder_never_passes(before: str, token: str, after: str) -> None:
    """An unknown placeholder rejects the text, whatever stands around it, and nothing raises."""
    assert isinstance(PLAIN.show(f"{before} {token} {after}"), Finding)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=80))
def test_any_text_can_be_hidden(text: str) -> None:
    """Any text at all is hidden without an error, and its placeholder look-alikes are disarmed."""
    hidden = PLAIN.hide(f"{text} PERSON_9 Helena")
    assert "PERSON_9" not in hidden
    assert "EXECUTIVE" in hidden
