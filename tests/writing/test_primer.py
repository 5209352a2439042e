"""The primer's facts: cited, dated, marked."""

from __future__ import annotations

from datetime import date
from typing import Any

from guidegen.domain.session import Session
from guidegen.guides import make_guide
from guidegen.people import pair_from
from tests.conftest import TODAY
from tests.ten_pairs import EXECUTIVES, pair_data


def guide_on(parts: Any, key: str, on: date) -> Any:
    return make_guide(parts, pair_from(pair_data(key), key), "crypto", Session(on=on), today=TODAY)


def test_old_facts_are_marked_on_the_day_of_the_session(parts: Any) -> None:
    """Far in the future every dated fact is due for a new look, and a warning counts them."""
    late = guide_on(parts, "finance", date(2036, 1, 14))
    assert all(fact.stale for fact in late.primer.facts if fact.as_of)
    assert "stale" in [w.code for w in late.warnings]
    early = guide_on(parts, "finance", date(2025, 1, 14))
    assert not any(fact.stale for fact in early.primer.facts)
    assert "stale" not in [w.code for w in early.warnings]


def test_contested_facts_are_marked(parts: Any) -> None:
    """A fact whose passage gives both sides says so in every guide that prints it (R21)."""
    contested = {p.id for p in parts.library.topics["crypto"].passages if p.contested}
    printed = [f for key in EXECUTIVES for f in guide_on(parts, key, date(2027, 1, 14)).primer.facts]
    assert any(f.id in contested for f in printed)
    assert all(f.contested == (f.id in contested) for f in printed)


def test_every_cited_source_is_listed_with_its_date(parts: Any) -> None:
    """Each source that any printed item cites is among the guide's sources, once."""
    for key in EXECUTIVES:
        guide = guide_on(parts, key, date(2027, 1, 14))
        primer = guide.primer
        cited = {
            e
            for group in (primer.facts, primer.terms, primer.misconceptions, guide.questions, guide.checklist)
            for item in group
            for e in item.evidence
        }
        listed = [s.id for s in guide.sources]
        assert cited <= set(listed)
        assert len(listed) == len(set(listed))


def test_a_primer_has_three_checks_of_the_executives_own(parts: Any) -> None:
    """The self-check asks the executive about their own outcomes, as questions."""
    for key in EXECUTIVES:
        checks = guide_on(parts, key, date(2027, 1, 14)).primer.self_check
        assert 2 <= len(checks) <= 3
        assert all(check.text.endswith("?") for check in checks)
