"""Reads a corpus folder, and an organisation's own laid over it; collects every fault first."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from guidegen.domain.formats import BiasEntry, Format, Phrase, Shelf, Tag, Tags, WorkshopFormat
from guidegen.domain.topic import (
    Activity,
    Decision,
    GiveBack,
    Item,
    Misconception,
    Outcome,
    Passage,
    Question,
    Source,
    Term,
    Topic,
)
from guidegen.errors import CorpusError, Fault
from guidegen.library.corpus import CorpusLibrary, Spot
from guidegen.library.integrity import faults_between
from guidegen.library.markdown import RawItem, parse
from guidegen.strict_yaml import Loaded, faults_from, filled, load

M = TypeVar("M", bound=BaseModel)
ItemT = TypeVar("ItemT", bound=Item)


class _Named(Protocol):
    @property
    def id(self) -> str: ...


NamedT = TypeVar("NamedT", bound=_Named)

TOPIC_FILES: dict[str, tuple[str, type[Item]]] = {
    "questions": ("questions.yaml", Question),
    "activities": ("activities.yaml", Activity),
    "decisions": ("decisions.yaml", Decision),
    "outcomes": ("outcomes.yaml", Outcome),
    "terms": ("glossary.yaml", Term),
}
WORKSHOP = "workshop"
"""The format that is for groups and not for pairs: its file has more in it."""
_MD_PARTS = ("passages", "misconceptions", "give_backs")
_PARTS = (*_MD_PARTS, *TOPIC_FILES)
_STAND_IN = Topic(
    id="unread", title="", summary="", leadership_question="", half_life_days=1, reviewed_on=date.max, avoid=""
)


@dataclass
class Draft:
    """A corpus while it is read: what was found so far, and every fault."""

    topics: dict[str, Topic] = field(default_factory=dict)
    parts: dict[str, dict[str, tuple[Item, ...]]] = field(default_factory=dict)  # topics without front matter
    sources: dict[str, Source] = field(default_factory=dict)
    tags: Tags = field(default_factory=lambda: Tags(functions=(), intents=(), lenses=()))
    phrases: tuple[Phrase, ...] = ()
    formats: tuple[Format, ...] = ()
    workshop: WorkshopFormat | None = None
    give_backs: tuple[GiveBack, ...] = ()
    bias: tuple[BiasEntry, ...] = ()
    arrangements: tuple[Tag, ...] = ()
    spots: dict[str, Spot] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    digest: str = ""

    def library(self) -> CorpusLibrary:
        """What was read, as a library; faults are not looked at."""
        shelf = Shelf(
            tags=self.tags, phrases=self.phrases, formats=self.formats,
            bias=self.bias, give_backs=self.give_backs, arrangements=self.arrangements,
            workshop=self.workshop,
        )
        topics = dict(sorted(self.topics.items()))
        return CorpusLibrary(self.digest[:16], topics, dict(sorted(self.sources.items())), shelf, self.spots)


def read(folder: Path, overlay: Path | None = None) -> CorpusLibrary:
    """The corpus in ``folder``, with ``overlay`` laid over it by id.

    In the overlay a topic with front matter replaces the whole topic or adds one; a topic without
    it adds to, or replaces by id, the items of a topic that is there; lists of the shelf likewise.

    Raises CorpusError with every fault of every file.
    """
    library, faults = survey(folder, overlay)
    if faults:
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        raise CorpusError(
            f"The corpus in {folder} has {count}.",
            remedy="Each line above names the file, the line and what to do.",
            faults=faults,
        )
    return library


def survey(folder: Path, overlay: Path | None = None) -> tuple[CorpusLibrary, list[Fault]]:
    """What can be read of the corpus, and every fault that keeps it from being used."""
    draft = _Folder(folder, whole=True).read()
    if overlay is not None:
        draft = _laid_over(draft, _Folder(overlay, whole=False).read())
    library = draft.library()
    faults = [*draft.faults]
    if folder.is_dir():
        faults += faults_between(library, {f.file for f in draft.faults})
    return library, sorted(faults, key=lambda f: (f.file, f.line))


class _Folder:
    """One folder on its way to a Draft; ``whole`` asks for every file of a corpus."""

    def __init__(self, folder: Path, *, whole: bool) -> None:
        self.folder, self.whole = folder, whole
        self.draft = Draft()
        self.hash = hashlib.sha256()

    def read(self) -> Draft:
        draft = self.draft
        if not self.folder.is_dir():
            self._fault(self.folder, "There is no such folder.", "Give the folder that holds _tags.yaml.")
            return draft
        self._sources()
        self._shelf()
        for topic in sorted(p for p in self.folder.iterdir() if p.is_dir() and p.name[0] not in "._"):
            self._topic(topic)
        draft.digest = self.hash.hexdigest()
        return draft

    # files

    def _name(self, path: Path) -> str:
        inside = path.relative_to(self.folder).as_posix() if path != self.folder else ""
        return f"{self.folder.resolve().name}/{inside}".rstrip("/")

    def _fault(self, path: Path, problem: str, remedy: str) -> None:
        self.draft.faults.append(Fault(self._name(path), 0, "", problem, remedy))

    def _text(self, path: Path, *, needed: bool) -> str | None:
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            if needed:
                self._fault(path, "The file is missing.", "Write it; corpus/README.md says what goes in.")
            return None
        except OSError as error:
            self._fault(path, f"The file cannot be read: {error.strerror}.", "Check its permissions.")
            return None
        self.hash.update(f"\0{path.relative_to(self.folder).as_posix()}\0{len(content)}\0".encode())
        self.hash.update(content)
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            self.draft.faults.append(
                Fault(self._name(path), line, "", "A letter here is not UTF-8.", "Save the file as UTF-8.")
            )
            return None

    def _load(self, path: Path, *, needed: bool) -> Loaded | None:
        text = self._text(path, needed=needed)
        if text is None:
            return None
        loaded = load(text, self._name(path))
        self.draft.faults.extend(loaded.faults)
        return None if loaded.broken else loaded

    # items

    def _model(self, data: Any, model: type[M], spot: Spot) -> M | None:
        label = data["id"] if isinstance(data, dict) and isinstance(data.get("id"), str) else ""
        try:
            return model.model_validate(filled(data))
        except ValidationError as error:
            for fault in faults_from(error, spot.loaded, model, at=spot.at, label=label):
                if fault.field.endswith(".citations"):
                    continue  # topic.md is read by hand, and its reader says how to write one
                line = spot.heading if spot.heading and fault.line <= spot.heading else fault.line
                self.draft.faults.append(Fault(fault.file, line, fault.field, fault.problem, fault.remedy))
            return None

    def _list(self, path: Path, model: type[M], *, needed: bool) -> tuple[M, ...]:
        loaded = self._load(path, needed=needed)
        if loaded is None:
            return ()
        if not isinstance(loaded.data, list):
            if loaded.data is not None or needed:
                self._fault(path, "The file is not a list of items.", "Begin every item with a dash.")
            return ()
        found = (self._kept(data, model, Spot(loaded, (n,))) for n, data in enumerate(loaded.data))
        return tuple(item for item in found if item is not None)

    def _kept(self, data: Any, model: type[M], spot: Spot) -> M | None:
        """A model whose id is its own in this folder; remembers where it stands."""
        item = self._model(data, model, spot)
        if item is None:
            return None
        name = str(data["id"])  # every model kept here has one, and it has just been validated
        key = name if isinstance(item, Item) else f"{model.__name__.lower()}:{name}"
        first = self.draft.spots.setdefault(key, spot)
        if first is not spot:
            remedy = f"Rename one of the two; the first is in {first.file}:{first.line()}."
            self.draft.faults.append(
                Fault(spot.file, spot.line("id"), name, "This id stands twice.", remedy)
            )
            return None
        return item

    # the parts of a corpus

    def _sources(self) -> None:
        root = self.folder / "sources.yaml"
        parts = sorted((self.folder / "_sources.d").glob("*.yaml"))
        for path in [root, *parts]:
            loaded = self._load(path, needed=self.whole and not parts)
            if loaded and not isinstance(loaded.data, list):
                self._fault(path, "The file is not a list of sources.", "Begin every source with a dash.")
            for n, data in enumerate(loaded.data if loaded and isinstance(loaded.data, list) else ()):
                spot = Spot(loaded, (n,)) if loaded else None
                source = self._model(data, Source, spot) if spot else None
                if source is None or spot is None:
                    continue
                if self.draft.sources.setdefault(source.id, source) != source:
                    first = self.draft.spots[f"source:{source.id}"]
                    self.draft.faults.append(Fault(
                        spot.file, spot.line("id"), source.id, "Another source has this id.",
                        f"Rename one of the two; the first is in {first.file}:{first.line()}.",
                    ))
                self.draft.spots.setdefault(f"source:{source.id}", spot)

    def _shelf(self) -> None:
        draft, root, needed = self.draft, self.folder, self.whole
        draft.phrases = self._list(root / "_phrasing.yaml", Phrase, needed=needed)
        draft.give_backs = self._list(root / "_give-back.yaml", GiveBack, needed=needed)
        draft.bias = self._list(root / "_language" / "bias.yaml", BiasEntry, needed=needed)
        draft.arrangements = self._list(root / "_language" / "arrangements.yaml", Tag, needed=needed)
        loaded = self._load(root / "_tags.yaml", needed=needed)
        if loaded:
            data = loaded.data
            if not self.whole and isinstance(data, dict):
                data = {"functions": [], "intents": [], "lenses": [], **data}
            draft.tags = self._model(data, Tags, Spot(loaded)) or draft.tags
            draft.spots["_tags"] = Spot(loaded)
        paths = sorted((root / "_formats").glob("*.yaml"))
        if not paths and needed:
            self._fault(root / "_formats", "No format is there.", "Write one mapping a file, such as standard.yaml.")
        formats = []
        for path in paths:
            loaded = self._load(path, needed=True)
            if loaded and path.stem == WORKSHOP:
                draft.workshop = self._kept(loaded.data, WorkshopFormat, Spot(loaded))
            elif loaded and (made := self._kept(loaded.data, Format, Spot(loaded))):
                formats.append(made)
        draft.formats = tuple(formats)

    def _topic(self, folder: Path) -> None:
        parts: dict[str, tuple[Item, ...]] = {}
        front = None
        text = self._text(folder / "topic.md", needed=self.whole)
        if text is not None:
            raw = parse(text, self._name(folder / "topic.md"))
            self.draft.faults.extend(raw.faults)
            parts["passages"] = self._raw(raw.passages, Passage)
            parts["misconceptions"] = self._raw(raw.misconceptions, Misconception)
            parts["give_backs"] = self._raw(raw.give_backs, GiveBack)
            front = raw.front
            if front is None and self.whole:
                self._fault(folder / "topic.md", "There is no front matter.", "Begin with --- and the topic's id.")
        for part, (name, model) in TOPIC_FILES.items():
            parts[part] = self._list(folder / name, model, needed=self.whole or front is not None)
        if front is None and not self.whole:
            self.draft.parts[folder.name] = parts
        else:
            self._front(folder, front, parts)

    def _raw(self, items: Iterable[RawItem], model: type[ItemT]) -> tuple[ItemT, ...]:
        found = (self._kept(raw.fields, model, Spot(raw.loaded, (), raw.line)) for raw in items)
        return tuple(item for item in found if item is not None)

    def _front(self, folder: Path, front: Loaded | None, parts: dict[str, tuple[Item, ...]]) -> None:
        data = front.data if front and isinstance(front.data, dict) else {}
        for name in data.keys() & set(_PARTS):
            self._fault(folder / "topic.md", f"{name} stands in the front matter.", "Items have their own place.")
        topic = None
        if front and not front.broken:
            topic = self._model({k: v for k, v in data.items() if k not in _PARTS}, Topic, Spot(front))
            if topic and topic.id != folder.name:
                self.draft.faults.append(Fault(
                    front.file, front.line(("id",)), "id", f'The id "{topic.id}" is not the folder\'s name.',
                    f"Write id: {folder.name}.",
                ))
        # A stand-in is never used for a guide: it lets the items be checked beside the faults of the front.
        needs = data.get("prerequisites")
        before = tuple(n for n in needs if isinstance(n, str)) if isinstance(needs, list) else ()
        topic = topic or _STAND_IN.model_copy(update={"id": folder.name, "prerequisites": before})
        self.draft.topics[topic.id] = topic.model_copy(update=dict(parts))
        if front:
            self.draft.spots[f"topic:{topic.id}"] = Spot(front)


def _laid_over(base: Draft, over: Draft) -> Draft:
    faults = [*base.faults, *over.faults]
    topics = {**base.topics, **over.topics}
    replaced = {item.id for t in over.topics if t in base.topics for item in base.topics[t].items()}
    for name, parts in over.parts.items():
        topic = topics.get(name)
        if topic is None:
            where = next((s.file for s in over.spots.values() if f"/{name}/" in s.file), name)
            faults.append(Fault(where, 0, "", f"There is no topic {name} to add to.", "Write its topic.md."))
            continue
        update = {part: _by_id(getattr(topic, part), items) for part, items in parts.items()}
        topics[name] = topic.model_copy(update=update)
    spots = {name: spot for name, spot in base.spots.items() if name not in replaced}
    tags = Tags(
        functions=_by_id(base.tags.functions, over.tags.functions),
        intents=_by_id(base.tags.intents, over.tags.intents),
        lenses=_by_id(base.tags.lenses, over.tags.lenses),
    )
    return Draft(
        topics=topics,
        sources={**base.sources, **over.sources},
        tags=tags,
        phrases=_by_id(base.phrases, over.phrases),
        formats=_by_id(base.formats, over.formats),
        workshop=over.workshop or base.workshop,
        give_backs=_by_id(base.give_backs, over.give_backs),
        bias=_by_id(base.bias, over.bias),
        arrangements=_by_id(base.arrangements, over.arrangements),
        spots={**spots, **over.spots},
        faults=faults,
        digest=hashlib.sha256(f"{base.digest}+{over.digest}".encode()).hexdigest(),
    )


def _by_id(base: tuple[NamedT, ...], over: tuple[NamedT, ...]) -> tuple[NamedT, ...]:
    return tuple({item.id: item for item in (*base, *over)}.values())
