"""Corpus items as printed: questions, checklist, decision and artefact, activity, give-back, objectives."""

from __future__ import annotations

from guidegen.domain.frozen import Who
from guidegen.domain.guide import (
    ChecklistItem,
    Choice,
    FillIn,
    Objective,
    PrintedActivity,
    PrintedArtefact,
    PrintedFollowUp,
    PrintedGiveBack,
    PrintedQuestion,
)
from guidegen.domain.plan import GoalReading, Scored
from guidegen.domain.topic import Outcome, Question
from guidegen.language.ages import without_ages
from guidegen.language.grammar import fill, quote
from guidegen.writing.composing.desk import Desk

ASKED_BY: dict[str, Who] = {"executive_asks": "executive", "mentor_asks": "mentor", "both": "both"}
IF_TIME = 3


def _variant(desk: Desk, variants: dict[str, str]) -> str | None:
    """The whole-sentence variant for the executive's first function that has one (step 7)."""
    return next((variants[f] for f in desk.brief.plan.executive.functions if f in variants), None)


def _why_for_you(desk: Desk, scored: Scored, *, framed: bool) -> str:
    """Why this question for these two: a framing line by intent, else the plain reason."""
    goal = desk.goal(scored.goal)
    item = scored.item
    intent = next((i for i in (goal.intents if goal else ()) if i in item.intents), "any")
    if framed:
        text = desk.framing.line(f"question.why.{intent}", goal=goal) or desk.framing.line("question.why.any", goal=goal)
        if text:
            return text
    executive = desk.brief.plan.executive
    tags = desk.brief.shelf.tags
    function = next((f for f in executive.functions if f in item.functions), None)
    reasons = [tag.label for tag in tags.functions if tag.id == function]
    reasons += [f"the wish to {tag.label}" for tag in tags.intents if tag.id == intent]
    return f"Chosen for {' and '.join(reasons)}." if reasons else f"Chosen as a way in to {desk.brief.topic.title}."


def compose_question(desk: Desk, scored: Scored, *, if_time: bool = False, framed: bool = True) -> PrintedQuestion:
    """A question as printed, in the variant for this executive's function."""
    item = scored.item
    assert isinstance(item, Question)
    return PrintedQuestion(
        id=item.id,
        text=_variant(desk, item.for_) or item.text,
        direction=item.direction,
        stage=item.stage,
        asked_by=ASKED_BY[item.direction],
        why=item.why,
        why_for_you=_why_for_you(desk, scored, framed=framed),
        follow_ups=tuple(PrintedFollowUp.model_validate(f.model_dump(by_alias=True)) for f in item.follow_ups),
        if_time=if_time,
        evidence=desk.cite(item.evidence),
    )


def compose_questions(desk: Desk) -> tuple[tuple[PrintedQuestion, ...], tuple[PrintedQuestion, ...]]:
    """(printed questions: main ones, then those for if there is time; spares for swapping)."""
    evidence = desk.brief.evidence
    main = [compose_question(desk, s) for s in evidence.chosen("questions")]
    spare = evidence.spare("questions")
    extra = [compose_question(desk, s, if_time=True) for s in spare[:IF_TIME]]
    rest = [compose_question(desk, s, framed=False) for s in spare[IF_TIME:]]
    return (*main, *extra), tuple(rest)


def compose_checklist(desk: Desk) -> tuple[tuple[ChecklistItem, ...], tuple[ChecklistItem, ...]]:
    """(outcomes one can observe, spares)."""

    def printed(scored: Scored) -> ChecklistItem:
        item = scored.item
        assert isinstance(item, Outcome)
        return ChecklistItem(
            id=item.id,
            text=item.text,
            who=item.who,
            evidence_of_learning=item.evidence_of_learning,
            evidence=desk.cite(item.evidence),
        )

    evidence = desk.brief.evidence
    return (
        tuple(printed(s) for s in evidence.chosen("outcomes")),
        tuple(printed(s) for s in evidence.spare("outcomes")),
    )


def compose_artefact(desk: Desk) -> PrintedArtefact | None:
    """The decision behind the goal and the page the two fill in (step 6)."""
    decision = desk.decision
    if decision is None:
        return None
    return PrintedArtefact(
        id=decision.id,
        text=decision.artefact.title,
        decision=decision.question,
        options=tuple(Choice(text=o.text, trade_off=o.trade_off) for o in decision.options),
        check_first=decision.check_first,
        bridge=decision.bridge,
        lines=tuple(FillIn(text=line.text, example=line.example) for line in decision.artefact.lines),
        evidence=desk.cite(decision.evidence),
    )


def compose_activity(desk: Desk) -> PrintedActivity | None:
    """What the two do together, with the example for this executive's function."""
    activity = desk.activity
    if activity is None:
        return None
    return PrintedActivity(
        id=activity.id,
        text=activity.title,
        minutes=activity.minutes,
        setup=activity.setup,
        steps=activity.steps,
        result=activity.result,
        example=_variant(desk, activity.example_for),
        materials=activity.materials,
        safety=activity.safety,
        evidence=desk.cite(activity.evidence),
    )


def compose_give_back(desk: Desk) -> PrintedGiveBack | None:
    """The segment the executive leads (R15)."""
    item, block = desk.give_back, desk.brief.plan.block("give-back")
    if item is None:
        return None
    goal = desk.goal(desk.brief.evidence.chosen("give_back")[0].goal)
    why = desk.framing.line("give-back.why", goal=goal)
    return PrintedGiveBack(
        id=item.id,
        text=fill(item.text, desk.slots()) or item.text,
        title=item.title,
        ask=item.ask,
        result=item.result,
        minutes=block.minutes if block else 0,
        why_for_you=why or f"{desk.names['mentor']} gets something back in every session.",
    )


def _quoted(goal: GoalReading) -> str:
    return quote(without_ages(goal.text))


def compose_objectives(desk: Desk, checklist: tuple[ChecklistItem, ...]) -> tuple[Objective, ...]:
    """What this session does for each goal; a goal with little in the topic is named as thin (step 12)."""
    evidence = desk.brief.evidence
    outcomes = [s for s in evidence.chosen("outcomes") if isinstance(s.item, Outcome) and s.item.who == "executive"]
    aimed_at = evidence.chosen("decision")[0].goal if desk.decision else None
    found = []
    for goal in desk.brief.plan.executive.goals:
        thin = goal.id in evidence.thin_goals
        text = None
        if thin:
            text = desk.framing.line("thin-goal", goal=goal) or "The corpus has little for this goal; bring a case."
        elif goal.id == aimed_at:
            text = desk.framing.line("objective.executive", goal=goal, extra=desk.slots())
        if text is None and outcomes:
            best = max(outcomes, key=lambda s: s.by_goal.get(goal.id, 0.0))
            outcomes.remove(best)
            text = best.item.text if isinstance(best.item, Outcome) else None
        if text:
            found.append(
                Objective(
                    id=f"objective/{goal.id}",
                    text=text,
                    who="executive",
                    goal=_quoted(goal),
                    status="thin" if thin else "served",
                )
            )
    if not found and checklist:
        found.append(Objective(id="objective/executive/0", text=checklist[0].text, who="executive"))
    if desk.give_back:
        scored = evidence.chosen("give_back")[0]
        goal_read = desk.goal(scored.goal)
        found.append(
            Objective(
                id="objective/mentor",
                text=desk.give_back.result,
                who="mentor",
                goal=_quoted(goal_read) if goal_read else None,
            )
        )
    return tuple(found)
