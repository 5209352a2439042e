"""Lint of what the corpus asks and promises: questions (R14, R23) and observable outcomes (R20)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from guidegen.language.stems import word_set

MAX_QUESTION_WORDS = 45


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend in a text; advice may be left as it is for a good reason."""

    kind: Literal["error", "advice"]
    problem: str
    remedy: str


_AUX = (
    r"(?:do|does|did|is|are|was|were|am|can|could|would|will|should|shall|have|has|had|may|might|must|"
    r"(?:do|does|did|is|are|was|were|ca|could|would|wo|should|have|has|had)n't)"
)
_SUBJECTS = r"(?:you|we|they|it|he|she|there|anyone|anybody|people|your|the|this|that|any|these|those|i)"
_YES_NO = re.compile(rf"^(?:(?:and|but|so|or|then),? )?{_AUX} ", re.IGNORECASE)
_YES_NO_LATER = re.compile(rf"[,:–—] (?:and |but |then )?{_AUX} {_SUBJECTS}\b", re.IGNORECASE)
_OPEN = re.compile(
    r"\b(?:what|how|which|when|where|who|whom|whose|why|tell me|walk me|talk me|describe|show me|think of|think back|"
    r"take me|paint|give me|pick|name|imagine|picture|share|say more|help me see|explain|draw|list|choose|read me|"
    r"put|remember|recall|teach me|point)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"\b(?:(?:do|would|should|could|are|is|was|were|did|have)n't (?:you|we|it|they|that|this|people)|surely|obviously|"
    r"of course|clearly|needless to say|wouldn't it|isn't it|right\?|correct\?|agree (?:that|with me)|admit|"
    r"as we all know|everyone knows|don't you think|why not just|you must (?:feel|think|be)|"
    r"how (?:bad|terrible|awful|wonderful|amazing|great) (?:is|was|are|were))",
    re.IGNORECASE,
)
_FAULT = re.compile(
    r"\b(?:why (?:did|do|have|had|are|were|was|is|can|could|would|won't|will)(?:n't| you not| not| you never| you still| you always)|"
    r"why (?:didn't|don't|haven't|hadn't|aren't|weren't|can't|couldn't|wouldn't|won't|never)|"
    r"(?:your|whose|their|his|her) fault|to blame|blame (?:you|for)|what were you thinking|how could you\b(?! (?:tell|see|use|check|find|make|"
    r"show|say|know|help|give|try|explain|let|start|do))|"
    r"why do you (?:refuse|resist|avoid|insist|ignore|fear|struggle)|what is wrong with|what's wrong with|"
    r"what did you (?:fail|mess up)|your (?:failure|failings?|ignorance))\b",
    re.IGNORECASE,
)
_WHOM = (
    r"(?:women|men|girls|boys|mothers|fathers|parents|young(?:er)? people|old(?:er)? people|the young|the old|the elderly|youngsters|"
    r"millennials?|boomers?|gen(?:eration)? ?(?:z|x|y|alpha)|gen-?z(?:ers)?|(?:black|white|asian|brown|gay|lesbian|trans|queer|disabled|"
    r"deaf|blind|autistic|neurodivergent|muslim|jewish|christian|hindu|working-class) (?:people|women|men|colleagues|employees|staff)|"
    r"(?:immigrants|migrants|foreigners|minorities)|people (?:like you|your age|of your age|from your)|your (?:generation|age group|"
    r"people|kind|community|culture|peers|age))"
)
_GROUP = re.compile(
    rf"\b(?:your generation|people like you|people (?:of )?your age|at your age|(?:you|your) kind of people|"
    rf"speak for|on behalf of (?:all|your|the)|"
    rf"(?:what|how|why|which)\b[^?.,]{{0,40}}\b{_WHOM} (?:want|think|feel|need|expect|believe|like|dislike|hate|love|see|use|prefer|"
    rf"say|behave|react|work|value|care)s?|as an? (?:young |older? |black |white |asian |gay |trans |disabled |muslim |jewish )?"
    rf"(?:woman|man|mother|father|millennial|boomer|immigrant|(?:young|black|white|asian|gay|trans|disabled|autistic|older?) person|"
    rf"gen(?:eration)? ?[xyz]\w*))\b",
    re.IGNORECASE,
)
_TWO_IDEAS = re.compile(
    r"\b(?:and|or) (?:what|how|why|which|who|whom|when|where)\b (?!(?:not|else)\b)", re.IGNORECASE
)


def question_findings(text: str) -> list[Finding]:
    """What is wrong with a question: open, one idea, no leading, no fault-finding, for nobody else."""
    text = " ".join(text.replace("’", "'").split())
    found: list[Finding] = []

    def add(problem: str, remedy: str, kind: Literal["error", "advice"] = "error") -> None:
        found.append(Finding(kind, problem, remedy))

    marks = text.count("?")
    if marks > 1:
        add("It asks more than once.", "Keep one question; the rest may be a follow-up.")
    elif not text.endswith(("?", ".")):
        add("It does not end like a sentence.", "End with one ? or, after tell me about, with a full stop.")
    asked = re.split(r"(?<=[.!])\s+", text)[-1]
    if _YES_NO.match(asked) or _YES_NO_LATER.search(asked):
        add("It can be answered with yes or no.", "Begin with what, how, which, or tell me about the last time.")
    elif not _OPEN.search(text):
        add("It does not open a story.", "Begin with what, how, which, tell me about, or walk me through.")
    if hit := _LEADING.search(text):
        add(f'"{hit[0]}" leads to an answer.', "Ask so that any answer is welcome.")
    if hit := _FAULT.search(text):
        add(f'"{hit[0]}" looks for a fault.', "Ask what happened, or what made it hard.")
    if hit := _GROUP.search(text):
        add(f'"{hit[0]}" asks someone to speak for a group.', "Ask about this person's own experience (R23).")
    if _TWO_IDEAS.search(text):
        add("It holds two ideas.", "Keep one; make the other a follow-up.", "advice")
    if len(text.split()) > MAX_QUESTION_WORDS:
        add(f"It has {len(text.split())} words.", f"Keep it under {MAX_QUESTION_WORDS}.", "advice")
    return found


_UNSEEN = word_set("""
    understand know be is learn appreciate feel realise realize grasp believe become have has like enjoy value see
    think want accept remember get has gain develop improve increase build deepen familiarise gains
""")
_SEEN = word_set("""
    add adjust agree answer apply approve arrange ask assess award block book bring brief build calculate call cancel
    carry change check choose cite circle classify close collect comment commit compare complete connect correct count
    create cut date decide declare define delete deliver demonstrate describe design detect distinguish do document draft
    draw drop edit enter estimate explain export fill film find finish flag follow forward frame give greet group hand
    hold identify install interpret interview introduce invite join keep label launch lead leave list listen locate log
    look make map mark match measure meet mention move mute name negotiate note offer open order organise outline pair pass
    pause pay phone pick pin place plan play point post practise predict prepare present produce prompt propose publish
    put quote raise rank rate reach read rearrange rebuild recall recognise recommend record recover redo reduce refuse
    rehearse reject remove rename repeat rephrase replace reply report request rerun reset restate restore return review
    revise rewrite role-play run save say scan schedule score search select send separate set share shorten show sign
    simulate sketch solve sort speak spell spot start state stop store submit suggest summarise swap switch take talk
    teach tell test time trace track translate try turn type update upload use verify visit volunteer walk watch weigh
    withdraw word work write
""")


def outcome_findings(text: str) -> list[Finding]:
    """Whether a text starts with an observable verb (Names, Explains, Sends), as R20 asks."""
    first = re.split(r"[\s,.;:]+", text.strip(), maxsplit=1)[0]
    base = _base_forms(first.lower())
    if base & _UNSEEN and not base & _SEEN:
        return [Finding("error", f'"{first}" cannot be seen.', "Begin with what one does: Names, Explains, Shows, Sends.")]
    if not base & _SEEN:
        return [Finding("advice", f'"{first}" is not in the list of observable verbs.',
                        "Check that another person could see it done.")]
    return []


def _base_forms(verb: str) -> set[str]:
    forms = {verb}
    if verb.endswith("s"):
        forms.add(verb[:-1])
    if verb.endswith("es"):
        forms.add(verb[:-2])
    if verb.endswith("ies"):
        forms.add(verb[:-3] + "y")
    return forms
