"""The answer store keeps what was paid for, erases what it must, and never stands in a guide's way."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from guidegen.domain.chat import ChatAnswer, ChatRequest, Message, answer_key
from guidegen.domain.ports import AnswerStore
from guidegen.errors import SettingsError
from guidegen.storage import SqlAnswerStore

REQUEST = ChatRequest(messages=(Message(role="user", text="What does MENTOR bring?"),))


def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'kept' / 'answers.sqlite'}"


def key(n: int = 0, take: int = 1) -> str:
    return answer_key(f"model-{n}", REQUEST, take)


def answer(text: str = "One invoice.") -> ChatAnswer:
    return ChatAnswer(text=text, tokens_in=7, tokens_out=3, model="m", attempts=2)


def codes(store: SqlAnswerStore) -> list[str]:
    return [warning.code for warning in store.warnings]


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    """An answer comes back whole, in another store on the same file too, and for its own take only."""
    store: AnswerStore = SqlAnswerStore(url(tmp_path))
    assert store.get(key()) is None
    store.put(key(), REQUEST, answer())
    assert store.get(key()) == answer()
    assert SqlAnswerStore(url(tmp_path)).get(key()) == answer()
    assert store.get(key(take=2)) is None
    store.put(key(), REQUEST, answer("Two."))
    assert store.get(key()) == answer("Two.")


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(), max_size=40))
def test_any_answer_is_kept_as_it_came(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """NUL, half surrogates and every script are kept to the letter."""
    store = SqlAnswerStore(url(tmp_path_factory.getbasetemp() / "any"))
    odd = f"{text}\x00\ud800"
    store.put(key(), REQUEST, ChatAnswer.model_construct(text=odd, tokens_in=0, tokens_out=0, finish="stop", model="", attempts=1))
    kept = store.get(key())
    assert kept is None or kept.text == odd
    store.put(key(1), REQUEST, answer(text))
    assert store.get(key(1)) == answer(text)
    assert store.warnings == ()


def test_a_persons_answers_are_erased(tmp_path: Path) -> None:
    """Erasing a person takes every answer about them, leaves the others, and no trace in any file."""
    store = SqlAnswerStore(url(tmp_path))
    store.about(["aiko-tan", "helena-brandt"]).put(key(1), REQUEST, answer("zebra crossing"))
    store.about(["aiko-tan", "tom-adeyemi"]).put(key(2), REQUEST, answer("quokka"))
    store.put(key(3), REQUEST, answer("about nobody"))
    everything = b"".join(p.read_bytes() for p in (tmp_path / "kept").iterdir())
    assert b"zebra crossing" in everything
    for name in (b"aiko", b"helena", b"brandt", b"MENTOR bring"):
        assert name not in everything
    assert store.erase("helena-brandt") == 1
    assert (store.get(key(1)), store.get(key(2)), store.count()) == (None, answer("quokka"), 2)
    assert store.erase("helena-brandt") == 0
    assert store.erase("aiko-tan") == 1
    assert store.get(key(3)) == answer("about nobody")
    everything = b"".join(p.read_bytes() for p in (tmp_path / "kept").iterdir())
    assert b"zebra crossing" not in everything
    assert b"quokka" not in everything


def test_the_oldest_answers_make_room(tmp_path: Path) -> None:
    """Above its size the store drops the oldest answers, never the one just kept; prune empties it."""
    store = SqlAnswerStore(url(tmp_path), max_bytes=3_000)
    for n in range(8):
        store.about(["p"]).put(key(n), REQUEST, answer("x" * 800))
    assert [n for n in range(8) if store.get(key(n))] == [5, 6, 7]
    store.put(key(5), REQUEST, answer("y" * 800))
    store.put(key(9), REQUEST, answer("z" * 800))
    assert [n for n in range(10) if store.get(key(n))] == [5, 7, 9]
    store.put(key(10), REQUEST, answer("x" * 9_000))
    assert store.get(key(10)) is None
    assert codes(store) == ["answer-store-too-large"]
    assert store.prune(1_000) == 2
    assert store.prune() == 1
    assert store.count() == 0


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    """The file is made for its owner alone."""
    SqlAnswerStore(url(tmp_path)).put(key(), REQUEST, answer())
    for path in (tmp_path / "kept").glob("answers.sqlite*"):
        if not path.name.endswith(".lock"):
            assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", [b"this is not a database at all" * 200, b"\x00" * 9_000, b"SQLite format 3\x00" + b"\xff" * 9_000])
def test_a_damaged_file_is_moved_aside(tmp_path: Path, damage: bytes) -> None:
    """A file that is no database is kept under another name, a new one is begun, and a warning says so."""
    path = tmp_path / "kept" / "answers.sqlite"
    path.parent.mkdir()
    path.write_bytes(damage)
    store = SqlAnswerStore(url(tmp_path))
    store.put(key(), REQUEST, answer())
    assert store.get(key()) == answer()
    if damage.strip(b"\x00"):
        assert (tmp_path / "kept" / "answers.sqlite.damaged-1").read_bytes() == damage
        assert codes(store) == ["answer-store-damaged"]
        path.write_bytes(damage)
        again = SqlAnswerStore(url(tmp_path))
        assert again.get(key()) is None
        assert (tmp_path / "kept" / "answers.sqlite.damaged-2").exists()


def test_damage_while_it_runs_is_survived(tmp_path: Path) -> None:
    """A file that is damaged, or taken away, while the store is in use costs its answers and no guide."""
    store = SqlAnswerStore(url(tmp_path))
    path = tmp_path / "kept" / "answers.sqlite"
    for n in range(30):
        store.put(key(n), REQUEST, answer("x" * 3_000))
    for tail in ("-wal", "-shm"):
        path.with_name(path.name + tail).unlink(missing_ok=True)
    raw = bytearray(path.read_bytes())
    raw[4096 : len(raw)] = b"\xff" * (len(raw) - 4096)
    path.write_bytes(bytes(raw))
    store.get(key(3))
    store.put(key(), REQUEST, answer())
    assert store.get(key()) == answer()
    assert codes(store) == ["answer-store-damaged"]
    path.unlink()
    assert store.get(key()) is None
    store.put(key(), REQUEST, answer())
    assert store.get(key()) == answer()


def test_a_full_disk_is_a_warning(tmp_path: Path) -> None:
    """When nothing more can be written the store warns, keeps what it has and raises nothing."""
    store = SqlAnswerStore(url(tmp_path))
    store.put(key(), REQUEST, answer())
    event.listen(store._engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count=8"))
    store.put(key(1), REQUEST, answer("x" * 100_000))
    assert codes(store) == ["answer-store-full"]
    assert store.get(key()) == answer()
    assert store.get(key(1)) is None


def test_a_read_only_store_is_a_warning(tmp_path: Path) -> None:
    """A store that cannot be written is still read; it warns once and tries no more."""
    SqlAnswerStore(url(tmp_path)).put(key(), REQUEST, answer())
    path = tmp_path / "kept" / "answers.sqlite"
    store = SqlAnswerStore(f"sqlite:///file:{path}?mode=ro&uri=true")
    assert store.get(key()) == answer()
    store.put(key(1), REQUEST, answer())
    store.put(key(2), REQUEST, answer())
    assert codes(store) == ["answer-store-shut"]
    assert store.erase("anyone") is None
    assert store.get(key()) == answer()


def test_a_place_where_no_file_can_be_is_a_warning(tmp_path: Path) -> None:
    """A folder that is a file means no store, a warning, and no error."""
    (tmp_path / "kept").write_text("a file")
    store = SqlAnswerStore(url(tmp_path))
    store.put(key(), REQUEST, answer())
    assert store.get(key()) is None
    assert len(store.warnings) == 1


def test_an_answer_of_an_older_version_is_asked_for_again(tmp_path: Path) -> None:
    """A row that no longer fits is as good as none."""
    store = SqlAnswerStore(url(tmp_path))
    store.put(key(), REQUEST, answer())
    with sqlite3.connect(tmp_path / "kept" / "answers.sqlite") as connection:
        connection.execute("UPDATE answers SET answer = '{\"words\": 1}'")
    assert store.get(key()) is None


def test_an_address_that_is_none_is_a_settings_error() -> None:
    """A URL that cannot be used is said at once, not when the first answer arrives."""
    for wrong in ("nonsense", "sqlite3:///x", "oracle://x/y"):
        with pytest.raises(SettingsError):
            SqlAnswerStore(wrong)


def run(code: str, *args: str, wait: bool = True) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code), *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if wait:
        process.wait(timeout=60)
    return process


PUT = """
    import os, signal, sys
    from tests.storage.test_answers import REQUEST, answer, key
    from guidegen.storage import SqlAnswerStore
    store = SqlAnswerStore(sys.argv[1])
"""


def test_an_answer_outlives_kill_9(tmp_path: Path) -> None:
    """A process killed between the answer and its check has kept the answer."""
    process = run(PUT + "\n    store.put(key(), REQUEST, answer('paid for'))\n    os.kill(os.getpid(), signal.SIGKILL)", url(tmp_path))
    assert process.returncode == -signal.SIGKILL, process.stderr.read() if process.stderr else ""
    assert SqlAnswerStore(url(tmp_path)).get(key()) == answer("paid for")


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    """Two processes that begin a store together and write side by side lose nothing."""
    code = PUT + """
    first = int(sys.argv[2])
    for n in range(first, first + 25):
        store.put(key(n), REQUEST, answer(str(n)))
        store.put(key(999), REQUEST, answer("both"))
    print([w.code for w in store.warnings])
    """
    both = [run(code, url(tmp_path), str(n), wait=False) for n in (0, 25)]
    said = [process.communicate(timeout=60) for process in both]
    assert [out.strip() for out, _ in said] == ["[]", "[]"], said
    store = SqlAnswerStore(url(tmp_path))
    assert [n for n in range(50) if store.get(key(n)) != answer(str(n))] == []
    assert store.get(key(999)) == answer("both")


def test_threads_share_a_store(tmp_path: Path) -> None:
    """Eight threads put and get through one store at once, from its very first use."""
    store = SqlAnswerStore(url(tmp_path))
    start = threading.Barrier(8)

    def work(n: int) -> None:
        start.wait()
        for m in range(5):
            store.about([f"p{n}"]).put(key(10 * n + m), REQUEST, answer(f"{n}/{m}"))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert store.warnings == ()
    assert all(store.get(key(10 * n + m)) == answer(f"{n}/{m}") for n in range(8) for m in range(5))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="limits on file size are of Unix")
def test_a_disk_that_fills_up_under_it(tmp_path: Path) -> None:
    """With the operating system refusing every further byte, answers are not kept and nothing is raised."""
    code = PUT + """
    import resource
    store.put(key(), REQUEST, answer("small"))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))
    for n in range(1, 9):
        store.put(key(n), REQUEST, answer("x" * 50_000))
    print(len(store.warnings), store.get(key()).text)
    """
    process = run(code, url(tmp_path))
    assert process.stdout is not None
    assert process.stdout.read().strip() == "1 small", process.stderr.read() if process.stderr else ""
