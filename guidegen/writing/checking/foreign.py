"""What no printed line may hold: markup, addresses, template marks, invisible characters, talk about the task."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

from guidegen.writing.checking.finding import Finding

ECHO = 8
"""So many words in a row from the instructions are an echo of them."""

_RULES: tuple[tuple[str, re.Pattern[str], str, str], ...] = tuple((code, re.compile(pattern, re.IGNORECASE), problem, remedy) for code, pattern, problem, remedy in (
    ("script", r"javascript\s*:|vbscript\s*:|data\s*:\s*[a-z]+/|<\s*/?\s*script|\bon(?:error|load|click|mouseover)\s*=",
     "It holds script.", "Write plain words only."),
    ("markup", r"</?[a-z!?][^>\n]{0,300}>|<!--|&(?:#x?[0-9a-f]+|[a-z]{2,8});|</?\s*[a-z]{1,10}\s*(?:/|$)", "It holds HTML.", "Write plain words, without tags."),
    ("image", r"!\s*\[", "It holds an image.", "Write plain words only."),
    ("link", r"\]\s*\(|\]\s*\[|^\s*\[[^\]\n]{1,80}\]:|\b(?:https?|ftp|file|mailto|tel|ws|sms)\s*:|\bhxxps?\b|//[\w-]+\.|\bwww\.|\w@[\w-]{1,80}\.\w|"
     r"(?<![\w.-])(?:[a-z0-9-]{1,63}\.){1,127}(?:com|org|net|io|gov|edu|eu|uk|de|fr|es|it|nl|pt|ch|at|info|biz|co|ai|app|dev|xyz|me|ru|cn|example|test|site|online|top|ly|gl)\b(?!\w)|"
     r"\b(?:\d{1,3}\.){3}\d{1,3}\b|\bdot (?:com|org|net)\b",
     "It holds a link or an address.", "Leave addresses out; the sources are printed by themselves."),
    ("template", r"[{}]|<%|%>|\$\(|#\[", "It holds template marks.", "Write the words themselves, without braces."),
    ("code", r"```|~~~|^\s*#{1,6}\s|^\s*\|.*\||\bslot_id\b|\"text\"\s*:|\\[nu]\w?", "It holds code or Markdown.", "Write plain sentences."),
    ("citation", r"\[\^?[\w/, -]{1,80}\]|\bcrypto/\w|\b[a-z][a-z-]{1,40}/(?:q|a|d|o|t|m)/[a-z]|【", "It cites inside the text.", "Put ids into evidence, and only words into the text."),
    ("talk", r"\bas an? (?:ai|large language|language)\b|\blanguage model\b(?=.{0,20}\b(?:I|cannot|can't|am)\b)|\bI(?:'m| am) (?:sorry|unable)\b|\bI (?:cannot|can't|won't) (?:help|comply|assist|fulfil)|"
     r"</?think|\bsystem prompt\b|\b(?:ignore|disregard|forget) (?:all |any |the |your )*(?:previous|prior|above|earlier) (?:instructions?|rules?|prompts?)|\bmy instructions\b|"
     r"^(?:sure|certainly|of course)\s*[,!:]|^here (?:is|are) (?:the|your|a|an|my) (?:revised|rewritten|improved|updated|json|answer|slots?|text|list|guide)\b|\bper your instructions\b|\bthe (?:composed )?(?:draft|slot) (?:says|asks|is)\b",
     "It speaks about the task.", "Write only what the two people read."),
))
_ODD = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"
_WORD = re.compile(r"[^\W_]+")


def foreign_findings(text: str) -> Iterator[Finding]:
    """Everything in the text that is not plain words."""
    odd = next((c for c in text if unicodedata.category(c) in _ODD and c != "\n" and not (c in _JOINERS and not text.isascii() and _joins(text))), None)
    if odd is not None:
        surrogate = unicodedata.category(odd) == "Cs"
        yield Finding("characters", f"It holds {'half a character' if surrogate else 'an invisible or control character'} (U+{ord(odd):04X}).", "Write plain text.")
    for code, pattern, problem, remedy in _RULES:
        if pattern.search(text):
            yield Finding(code, problem, remedy)


def _joins(text: str) -> bool:
    """Whether the text has letters of a script that needs joiners (Arabic, Indic)."""
    return any(0x600 <= ord(c) <= 0xDFF for c in text)


def runs(text: str, size: int = ECHO) -> set[tuple[str, ...]]:
    """Every run of ``size`` words of the text, in small letters."""
    words = [w.casefold() for w in _WORD.findall(text)]
    return {tuple(words[n : n + size]) for n in range(len(words) - size + 1)}


def echoes(text: str, prompt: Collection[tuple[str, ...]], own: Iterable[str]) -> bool:
    """Whether the text repeats a run of the instructions (``runs`` of them) that none of ``own`` has."""
    held = runs(text) & set(prompt)
    return bool(held) and not held <= {run for other in own for run in runs(other)}
