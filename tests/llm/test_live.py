"""Against a real endpoint, when there is one: GUIDEGEN_LIVE_URL and GUIDEGEN_LIVE_MODEL say where."""

from __future__ import annotations

import os
import time

import pytest

from guidegen.domain.chat import Deadline
from guidegen.llm.langchain_chat import LangchainChat
from guidegen.llm.probe import probe

URL, MODEL = os.environ.get("GUIDEGEN_LIVE_URL"), os.environ.get("GUIDEGEN_LIVE_MODEL", "openai:default")


@pytest.mark.live
@pytest.mark.enable_socket
@pytest.mark.skipif(not URL, reason="no endpoint: set GUIDEGEN_LIVE_URL (and GUIDEGEN_LIVE_MODEL, GUIDEGEN_LIVE_KEY)")
def test_a_real_endpoint_answers_the_probe() -> None:
    """Each mode ends in a finding; at least one of them works."""
    model = LangchainChat(MODEL, base_url=URL, api_key=os.environ.get("GUIDEGEN_LIVE_KEY"))
    found = probe(model, lambda: Deadline.after(120, time.monotonic))
    assert any(one.state in ("enforced", "works") for one in found), found
