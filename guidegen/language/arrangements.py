"""Access needs as arrangements: what is set up in the room, never why and never for whom."""

from __future__ import annotations

import re
from collections.abc import Sequence

from guidegen.domain.formats import Tag
from guidegen.language.stems import stems

UNNAMED = "an arrangement agreed with the coordinator"
MAX_LENGTH = 80

_REASON = re.compile(
    r"\s*(?:[,;(–—:]\s*)?\b(?:because|due to|since|as (?:i|he|she|they|my)\b|owing to|on account of|thanks to|given (?:my|that)|"
    r"for (?:my|his|her|their)|after my|so that|so i|i(?:'m| am| have|'ve| had| was)|when i)\b.*$|\s*[(–—].*$",
    re.IGNORECASE | re.DOTALL,
)
_ASKING = re.compile(
    r"^(?:(?:i|we|he|she|they)(?:'d| would)? (?:really )?(?:need|require|prefer|like|want|use|rely on)s?|please|needs?|prefers?|"
    r"could (?:i|we) (?:please )?have|it helps (?:me )?(?:to have|if there is))\s+",
    re.IGNORECASE,
)
_FIRST = re.compile(r"\b(?:i|me|my|mine|myself|we|us|our|he|him|his|she|her|they|their|them)\b", re.IGNORECASE)
# What would tell a reason: conditions, their treatment and aids that name one. Stems.
_HEALTH = re.compile(
    r"(?<!\w)(?:diagnos|disorder|syndrome|diseas|ill(?:ness)?(?!\w)|sick|cancer|chemo|radiother|tumou?r|depress|anxi|autis|"
    r"asperger|a\.?d\.?h\.?d|add(?!\w|itional|ed)|dysl|dyspr|dysca|epilep|seizur|migrain|headach|diabet|insulin|deaf|"
    r"hard of hear|hear(?:ing)? (?:loss|impair|aid)|blind|low vision|poor (?:sight|vision|hearing)|"
    r"(?:partial|visual|sight)\w*[ -](?:sight|impair|loss)|impair|disab|handicap|ptsd|cptsd|trauma|bipolar|schizo|psych|"
    r"ocd(?!\w)|tourett|tic(?:s)?(?!\w)|stutter|stammer|arthrit|sclerosis|ms(?!\w)|me/cfs|parkinson|crohn|colitis|ibs(?!\w)|"
    r"hiv|aids(?!\w)|pregnan|menopaus|period pain|surg|operation|medic|therap|treatment|pain|chronic|fatigue|injur|"
    r"condition(?!ing|ed)|symptom|asthma|allerg|coeliac|celiac|neuro|mental|burn-?out|stroke|heart|cardi|lupus|"
    r"endometr|fibromyal|mobility|wheelchair|crutch|prosthe|amput|paraly|kidney|dialys|long covid|covid|addict|"
    r"recover|sober|eating dis|panic|phobi|insomn|narcolep|sleep|vertigo|tinnitus|memory|brain|cogniti|learning d)",
    re.IGNORECASE,
)


def arrangements(needs: Sequence[str], tags: Sequence[Tag]) -> tuple[str, ...]:
    """The labels of the arrangements that ``needs`` ask for, in order, each once.

    A need that no tag's cue matches is printed up to where its reason begins; if what is left still
    tells of a person or of health, it becomes ``UNNAMED``.
    """
    cues = [(tag.label, [s for cue in (tag.label, *tag.cues) if (s := stems(cue))]) for tag in tags]
    found: list[str] = []
    for need in needs:
        words = stems(need)
        labels = [label for label, known in cues if any(_holds(words, cue) for cue in known)]
        found += labels or ([_without_reason(need)] if words else [])
    return tuple(dict.fromkeys(found))


def _holds(words: list[str], cue: list[str]) -> bool:
    return any(words[n : n + len(cue)] == cue for n in range(len(words) - len(cue) + 1))


def _without_reason(need: str) -> str:
    text = " ".join(need.replace("’", "'").split())
    text = _ASKING.sub("", text, count=1)
    text = _REASON.sub("", text).strip(" ,;:.-")
    if not text or len(text) > MAX_LENGTH or _FIRST.search(text) or _HEALTH.search(text):
        return UNNAMED
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
