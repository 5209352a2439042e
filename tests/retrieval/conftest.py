"""A small corpus of three topics, made in code, so that these tests need no file of the real one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from guidegen.domain.fingerprint import fingerprint
from guidegen.domain.formats import IntentTag, Shelf, Tag, Tags
from guidegen.domain.topic import (
    Activity,
    Artefact,
    ArtefactLine,
    Citation,
    Decision,
    GiveBack,
    Misconception,
    Option,
    Outcome,
    Passage,
    Question,
    Source,
    Term,
    Topic,
)
from guidegen.retrieval.embedder import HashEmbedder, OnnxEmbedder
from guidegen.retrieval.index import ChromaIndex

CITED = (Citation(source="page", locator="top", says="it says so"),)


@dataclass(frozen=True)
class SmallLibrary:
    """Implements the Library port over topics made in code."""

    topics: dict[str, Topic]
    shelf: Shelf
    sources: dict[str, Source]

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.topics, self.shelf)


def passage(item_id: str, title: str, text: str) -> Passage:
    return Passage(
        id=item_id, title=title, text=text, in_short=title, citations=CITED, lenses=("risk",), level=1
    )


def question(item_id: str, text: str, why: str) -> Question:
    return Question(
        id=item_id,
        text=text,
        why=why,
        direction="executive_asks",
        stage="open",
        depth=1,
        lenses=("risk",),
        level=0,
    )


def give_back(item_id: str, title: str, text: str) -> GiveBack:
    return GiveBack(
        id=item_id,
        title=title,
        text=text,
        ask="How does it go?",
        result="Draws it.",
        lenses=("craft",),
        level=0,
    )


def crypto() -> Topic:
    return Topic(
        id="crypto",
        title="Crypto, coins and custody",
        aliases=("cryptocurrency", "bitcoin", "stablecoins", "blockchain", "ethereum", "digital assets"),
        summary="What coins, stablecoins and blockchains are for, who holds the keys, what a firm checks.",
        leadership_question="Where, if anywhere, do digital assets touch our money and our risk?",
        half_life_days=180,
        reviewed_on=date(2026, 11, 1),
        avoid="Asking what to buy.",
        passages=(
            passage(
                "crypto/custody",
                "Whoever holds the keys holds the coins",
                "A wallet keeps keys, not coins. Whoever can sign can spend, so a firm sees keys the way it "
                "sees signatory powers: who signs, with whom, and what happens when somebody leaves.",
            ),
            passage(
                "crypto/stablecoins",
                "A stablecoin promises one unit of a currency",
                "A stablecoin is a token meant to stay at the price of a currency like the dollar. Its worth "
                "rests on reserves, on the right to redeem them, and on who supervises the issuer.",
            ),
        ),
        misconceptions=(
            Misconception(
                id="crypto/m/anonymous",
                claim="Crypto payments are anonymous",
                correction="Most ledgers are public: payments carry a pseudonym that can often be traced.",
                lenses=("risk",),
                level=0,
            ),
        ),
        give_backs=(
            give_back("crypto/give/payments", "How a payment run is approved", "Draw one payment run."),
        ),
        questions=(
            question(
                "crypto/q/who-signs",
                "Who can move the coins, and who checks them?",
                "It shows who has power.",
            ),
        ),
        activities=(
            Activity(
                id="crypto/a/test-wallet",
                title="Open a test wallet",
                minutes=15,
                setup="A phone and a test network.",
                steps=("Install the wallet.", "Send a test coin."),
                result="One test coin sent.",
                lenses=("craft",),
                level=0,
            ),
        ),
        decisions=(
            Decision(
                id="crypto/d/pay-supplier",
                question="Do we pay a supplier in stablecoins?",
                options=(
                    Option(text="Not yet", trade_off="Slower"),
                    Option(text="One trial", trade_off="Work"),
                ),
                check_first=("Who is the issuer?", "Who signs?", "How is it booked?"),
                bridge="A foreign currency account.",
                artefact=Artefact(title="One-page test plan", lines=(ArtefactLine(text="We pay ___"),) * 2),
                lenses=("money",),
                level=1,
            ),
        ),
        outcomes=(
            Outcome(
                id="crypto/o/names-signers",
                text="Names who signs",
                who="executive",
                evidence_of_learning="Says it without notes.",
                lenses=("risk",),
                level=1,
            ),
        ),
        terms=(Term(id="crypto/t/wallet", term="Wallet", meaning="Holds keys.", lenses=("risk",), level=0),),
    )


def social_media() -> Topic:
    return Topic(
        id="social-media",
        title="Social media at work",
        aliases=("linkedin", "instagram", "tiktok", "facebook", "social networks"),
        summary="How people and firms use social networks: posting, listening, being found, what goes wrong.",
        leadership_question="Where should our brand and our leaders be present, and what for?",
        half_life_days=180,
        reviewed_on=date(2026, 11, 1),
        avoid="Handing over the phone.",
        passages=(
            passage(
                "social-media/reach",
                "A feed is ranked, not sorted by time",
                "What people see is chosen by a ranking that guesses what they will watch, like or answer. A "
                "post reaches strangers when the first people it is shown to stay with it.",
            ),
        ),
        questions=(
            question(
                "social-media/q/last-post", "Tell me about the last post that helped you at work.", "A story."
            ),
        ),
    )


def inclusion() -> Topic:
    return Topic(
        id="inclusion",
        title="Inclusion at work",
        aliases=("diversity", "belonging", "equity", "dei", "edi"),
        summary="How policies, meetings and careers land on other people, and what one can change.",
        leadership_question="Who is not in the room or does not speak there, and what do we lose by it?",
        sensitivity=2,
        half_life_days=365,
        reviewed_on=date(2026, 11, 1),
        avoid="Asking anyone to speak for a group.",
        passages=(
            passage(
                "inclusion/meetings",
                "Who speaks in a meeting is a habit that can be changed",
                "Speaking time follows rank and custom. Rounds, written questions beforehand and a chair who "
                "invites quiet people change who is heard.",
            ),
        ),
        questions=(
            question("inclusion/q/policy", "Which rule lands differently on you?", "Policies land unevenly."),
        ),
    )


def make_library(*topics: Topic) -> SmallLibrary:
    tags = Tags(
        functions=(Tag(id="finance", label="finance", examples=("I run the treasury.",)),),
        intents=(
            IntentTag(
                id="decide", label="to decide", question="What do we do?", examples=("Should we buy?",)
            ),
        ),
        lenses=(Tag(id="risk", label="risk"),),
    )
    shelf = Shelf(
        tags=tags,
        phrases=(),
        formats=(),
        bias=(),
        give_backs=(
            give_back("general/give/budget", "How a budget is really decided", "Show last year's budget."),
        ),
        arrangements=(),
    )
    return SmallLibrary(topics={t.id: t for t in sorted(topics, key=lambda t: t.id)}, shelf=shelf, sources={})


@pytest.fixture(scope="session")
def library() -> SmallLibrary:
    """Three topics and one general give-back."""
    return make_library(crypto(), social_media(), inclusion())


@pytest.fixture(scope="session")
def onnx() -> OnnxEmbedder:
    """The real model, loaded once."""
    return OnnxEmbedder(threads=2)


@pytest.fixture
def hashed(library: SmallLibrary, tmp_path: Path) -> ChromaIndex:
    """An index with the fake embedder."""
    return ChromaIndex(library, HashEmbedder(), tmp_path)


@pytest.fixture(scope="session")
def real(library: SmallLibrary, onnx: OnnxEmbedder, tmp_path_factory: pytest.TempPathFactory) -> ChromaIndex:
    """An index with the real model."""
    return ChromaIndex(library, onnx, tmp_path_factory.mktemp("cache"))
