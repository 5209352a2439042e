"""The writer that asks a language model: the composed draft first, then only what the model makes better.

One call a section, side by side, under one deadline. An answer is kept before it is judged, judged slot
by slot, and what fails is asked once more with the findings; then the composed text stays. Whatever goes
wrong with a model ends in composed sections and a finding in ``work``, never in a failed guide.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

from guidegen.domain.chat import ChatAnswer, ChatRequest, Deadline, Message, answer_key
from guidegen.domain.fingerprint import fingerprint
from guidegen.domain.guide import Draft, ModelWork, WrittenDraft
from guidegen.domain.plan import WritingBrief
from guidegen.domain.ports import AnswerStore, ChatModel
from guidegen.errors import GuidegenError, ModelAnswerCut, ModelError, ModelNoJson
from guidegen.writing.asking import Ground, Job, jobs_of
from guidegen.writing.checking.finding import Finding
from guidegen.writing.checking.foreign import echoes
from guidegen.writing.composed import ComposedWriter
from guidegen.writing.model_checks import SlotAnswer, check_answer
from guidegen.writing.prompts import AGAIN, SECTIONS, AgainContext, FindingLine, Prompts, Section
from guidegen.writing.slots import Accepted, apply

MAX_SLOTS = 80
"""Slots read of one answer; no section offers as many."""
LONGEST_TEXT = 6_000
SHORTEST, THIN, THIN_MOST = 15, 0.4, 60.0
"""A new text has at least 15 characters, and 40 % of the composed one's or 60, whichever is less."""
UNHURRIED = 600.0
"""Seconds a call may see when nobody set a deadline."""
FAULTS = (GuidegenError, ValueError, TypeError, LookupError, RecursionError)
"""What may go wrong in one section and must not cost the guide: our own errors, and strange payloads."""


@dataclass
class _Outcome:
    """What one section came to."""

    accepted: dict[str, Accepted] = field(default_factory=dict)
    answers: dict[str, SlotAnswer] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)
    tokens_in: int = 0
    tokens_out: int = 0
    attempts: int = 0


class ModelWriter:
    """``Writer`` with a model. ``store_for`` gives the answer store, bound to the ids of the people concerned.

    ``take`` asks for another try; ``fresh`` passes over what is kept; ``withheld`` names the profile
    fields a programme keeps from models. Safe to share between threads.
    """

    def __init__(
        self,
        chat: ChatModel,
        prompts: Prompts,
        ground: Ground,
        *,
        store_for: Callable[[Sequence[str]], AnswerStore] | None = None,
        take: int = 1,
        fresh: bool = False,
        withheld: Sequence[str] = (),
    ) -> None:
        self._chat = chat
        self._prompts = prompts
        self._ground = ground
        self._store_for = store_for
        self._take = take
        self._fresh = fresh
        self._withheld = tuple(sorted(set(withheld)))

    @property
    def name(self) -> str:
        """The model, the prompts, the take and what is withheld: another one of these, another guide."""
        parts = [f"prompts {self._prompts.whole}", f"take {self._take}"]
        if self._withheld:
            parts.append(f"withheld {fingerprint(self._withheld, length=6)}")
        return f"{self._chat.name} ({', '.join(parts)})"

    def write(self, brief: WritingBrief, deadline: Deadline | None = None) -> WrittenDraft:
        """The composed draft with every text of the model that may stand. Raises no ModelError."""
        draft = ComposedWriter().write(brief)
        jobs = jobs_of(draft, brief, self._prompts, self._ground, self._withheld)
        until = deadline or Deadline(UNHURRIED, lambda: 0.0)
        store = self._store_for((brief.pair.mentor.id, brief.pair.executive.id)) if self._store_for else None
        with ThreadPoolExecutor(max_workers=len(SECTIONS), thread_name_prefix="section") as pool:
            futures = {job.section: pool.submit(self._section, job, store, until) for job in jobs if job.slots}
            outcomes = {section: future.result() for section, future in futures.items()}
        accepted = _together(jobs, outcomes)
        written = apply(draft, brief, accepted)
        sections = {name: getattr(written, name) for name in Draft.model_fields}
        return WrittenDraft(**sections, work=self._work(outcomes, len(accepted)))

    def _work(self, outcomes: Mapping[Section, _Outcome], changed: int) -> ModelWork:
        every = outcomes.values()
        return ModelWork(
            model=self._chat.name,
            take=self._take,
            prompts=self._prompts.versions(),
            changed=changed,
            tokens_in=sum(o.tokens_in for o in every),
            tokens_out=sum(o.tokens_out for o in every),
            attempts=sum(o.attempts for o in every),
            findings=tuple(finding for o in every for finding in o.findings),
        )

    def _section(self, job: Job, store: AnswerStore | None, deadline: Deadline) -> _Outcome:
        outcome = _Outcome()
        try:
            self._written(job, store, deadline, outcome)
        except FAULTS as error:
            outcome.attempts += error.attempts if isinstance(error, ModelError) else 0
            code = error.code if isinstance(error, GuidegenError) else "model-answer"
            outcome.findings.append(f"{job.section}: {code}")
        return outcome

    def _written(self, job: Job, store: AnswerStore | None, deadline: Deadline, outcome: _Outcome) -> None:
        """Asks, judges, asks once more for what failed, and judges again."""
        again: ChatRequest
        try:
            answers = read_slots(self._ask(job.request, store, deadline, outcome).text)
            failed = _judge(job, answers, outcome)
            if not failed:
                return
            again = self._again(job, failed, None)
        except (ModelNoJson, ModelAnswerCut) as error:
            outcome.attempts += error.attempts
            failed = {}
            again = self._again(job, {}, error)
        try:
            second = read_slots(self._ask(again, store, deadline, outcome).text)
        except FAULTS:
            outcome.findings += _told(job, failed)
            raise
        allowed = [a for a in second if not failed or a.id in failed]
        still = _judge(job, allowed, outcome)
        left = {key: value for key, value in {**failed, **still}.items() if key not in outcome.accepted}
        outcome.findings += _told(job, left)

    def _ask(self, request: ChatRequest, store: AnswerStore | None, deadline: Deadline, outcome: _Outcome) -> ChatAnswer:
        """The answer, from the store or over the network; kept before anybody looks at it."""
        key = answer_key(self._chat.name, request, self._take)
        answer = store.get(key) if store and not self._fresh else None
        if answer is None:
            answer = self._chat.complete(request, deadline)
            if store:
                store.put(key, request, answer)
        outcome.tokens_in += answer.tokens_in
        outcome.tokens_out += answer.tokens_out
        outcome.attempts += answer.attempts
        return answer

    def _again(self, job: Job, failed: Mapping[str, _Failed], error: ModelError | None) -> ChatRequest:
        """The same talk, its failed slots, and what was found; only those slots may come back."""
        known = {key: found for key, found in failed.items() if key in job.slots}
        said = {"slots": [_as_sent(found.answer) for found in known.values()]}
        findings = tuple(FindingLine(key, " ".join(map(str, found.findings))) for key, found in known.items())
        context = AgainContext(findings=findings, problem=error.message if error else None)
        if not known and error is None:
            context = replace(context, problem="It names slots that do not exist.")
        turns = [Message(role="user", text=self._prompts.render(AGAIN, context))]
        if known:
            turns.insert(0, Message(role="assistant", text=json.dumps(said, ensure_ascii=False)))
        return job.request.model_copy(
            update={
                "messages": (*job.request.messages, *turns),
                "answer_schema": job.schema(tuple(known) or tuple(job.slots)),
            }
        )


@dataclass(frozen=True, slots=True)
class _Failed:
    answer: SlotAnswer
    findings: tuple[Finding, ...]


def _as_sent(answer: SlotAnswer) -> dict[str, Any]:
    return {"slot_id": answer.id, "text": answer.text[:LONGEST_TEXT], "evidence": list(answer.evidence)}


def read_slots(text: str) -> list[SlotAnswer]:
    """The slots in an answer; what has not the shape of one is passed over. Raises ModelNoJson without a list."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ModelNoJson("The answer holds no whole JSON object.") from error
    slots = found.get("slots") if isinstance(found, dict) else None
    if not isinstance(slots, list):
        raise ModelNoJson("The answer has no list of slots.")
    answers = []
    for slot in slots[:MAX_SLOTS]:
        if not isinstance(slot, dict):
            continue
        slot_id, words, evidence = slot.get("slot_id"), slot.get("text"), slot.get("evidence", [])
        if isinstance(slot_id, str) and isinstance(words, str) and isinstance(evidence, list):
            answers.append(SlotAnswer(slot_id, words.strip(), tuple(e for e in evidence if isinstance(e, str))))
    if slots and not answers:
        raise ModelNoJson("The answer's slots have not the shape asked for.")
    return answers


def _judge(job: Job, answers: Sequence[SlotAnswer], outcome: _Outcome) -> dict[str, _Failed]:
    """Puts what may stand into ``outcome``; returns what may not, with its findings."""
    given = [_cited(job, a) for a in answers]
    found = check_answer(given, job.asked)
    failed: dict[str, _Failed] = {}
    for answer in given:
        slot = job.slots.get(answer.id)
        if slot and answer.text == job.asked.slots[answer.id].composed.strip():
            continue  # it says what is there already
        findings = found[answer.id[:80]]
        if slot and slot.cites and not answer.evidence:
            findings = (*findings, Finding("evidence-none", "It cites nothing.", "Name the passage it rests on in evidence."))
        if slot and echoes(answer.text, job.personal, (job.asked.slots[answer.id].composed,)):
            findings = (*findings, Finding("copied", "It copies what somebody wrote.", "Write about it in your own words."))
        findings = (*findings, *_worth(job, answer, given))
        shown = job.mask.show(answer.text)
        if isinstance(shown, Finding):
            findings = (*findings, shown)
        if findings or slot is None or isinstance(shown, Finding):
            failed[answer.id[:80]] = _Failed(answer, findings)
        else:
            outcome.accepted[answer.id] = Accepted(shown, answer.evidence)
            outcome.answers[answer.id] = answer
    for key in failed:  # answered twice, once well: nobody knows which is meant
        outcome.accepted.pop(key, None)
    return failed


def _worth(job: Job, answer: SlotAnswer, given: Sequence[SlotAnswer]) -> Iterator[Finding]:
    """What makes a text worth less than the composed one: said in two slots, or hardly said at all."""
    slot = job.asked.slots.get(answer.id)
    if slot is None:
        return
    if sum(other.text == answer.text for other in given) > 1:
        yield Finding("same-text", "The same text stands in several slots.", "Write each slot for its own place.")
    if len(answer.text) < min(THIN * len(slot.composed), THIN_MOST) or len(answer.text) < SHORTEST:
        yield Finding("thin", "It says much less than the text it replaces.", "Keep what the text does, or leave the slot out.")


def _cited(job: Job, answer: SlotAnswer) -> SlotAnswer:
    """The answer; a fact or a correction rests on its own passage, whatever else it names."""
    slot = job.slots.get(answer.id)
    return replace(answer, evidence=(slot.own,)) if slot and slot.own else answer


def _told(job: Job, failed: Mapping[str, _Failed]) -> list[str]:
    """Findings for provenance: place and code, never a word of what was written."""
    found = []
    for key, one in failed.items():
        where = key if key in job.slots else "an unknown slot"
        found += [f"{job.section}: {where}: {code}" for code in dict.fromkeys(f.code for f in one.findings)]
    return list(dict.fromkeys(found))


def _together(jobs: Sequence[Job], outcomes: Mapping[Section, _Outcome]) -> dict[str, Accepted]:
    """What all sections may keep side by side: a sentence that two of them wrote stays with the first."""
    accepted: dict[str, Accepted] = {}
    standing: dict[str, str] = {}
    for job in jobs:
        outcome = outcomes.get(job.section)
        if outcome is None:
            continue
        answers = [outcome.answers[key] for key in outcome.accepted]
        found = check_answer(answers, replace(job.asked, standing={**job.asked.standing, **standing}))
        for answer in answers:
            if any(f.code == "repeated" for f in found[answer.id[:80]]):
                outcome.findings.append(f"{job.section}: {answer.id}: repeated")
                continue
            accepted[answer.id] = outcome.accepted[answer.id]
            standing[f"model/{answer.id}"] = answer.text
    return accepted
