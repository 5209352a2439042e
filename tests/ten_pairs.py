"""Ten pairs who meet on the same topic: what must come out different, comes out different."""

from __future__ import annotations

from typing import Any

EXECUTIVES: dict[str, dict[str, Any]] = {
    "procurement": {
        "name": "Helena Brandt", "pronouns": "she/her", "role": "head of procurement",
        "department": "Supply and operations", "learns": {"crypto": "0"},
        "goals": [
            "Decide whether we should pay our electronics supplier in Vietnam in a stablecoin, as they now ask",
            "Know which questions to put to treasury and legal before I answer them",
        ],
    },
    "people": {
        "name": "Marisol Vega", "pronouns": "she/her", "role": "chief people officer",
        "department": "Human resources", "learns": {"crypto": "1"},
        "goals": [
            "Understand why our best engineers leave for start-ups that pay in tokens",
            "Change our offer so that good people have a reason to stay",
        ],
    },
    "finance": {
        "name": "Owen Clarke", "pronouns": "he/him", "role": "chief financial officer", "department": "Finance",
        "learns": {"crypto": "1"},
        "goals": [
            "Answer the board's question whether we should hold bitcoin on the balance sheet",
            "Know how it would show in our accounts",
        ],
    },
    "marketing": {
        "name": "Yasmin Haddad", "pronouns": "she/her", "role": "marketing director", "department": "Brand and marketing",
        "learns": {"crypto": "0"},
        "goals": ["My team proposes a token loyalty scheme and I do not know how to judge it"],
    },
    "legal": {
        "name": "Piotr Zielinski", "pronouns": "he/him", "role": "general counsel", "department": "Legal",
        "learns": {"crypto": "2"},
        "goals": ["Oversee a pilot with digital assets without being the one who only says no"],
    },
    "sales": {
        "name": "Tom Adeyemi", "pronouns": "he/him", "role": "head of sales", "department": "Sales",
        "learns": {"crypto": "0"},
        "goals": ["Two large customers want to pay us in crypto and I must tell them something by March"],
    },
    "technology": {
        "name": "Ingrid Solheim", "pronouns": "she/her", "role": "chief information officer", "department": "IT",
        "learns": {"crypto": "2"},
        "goals": ["Talk with the engineers who propose a blockchain for our supply data, and ask the right things"],
    },
    "board": {
        "name": "Charles Whitcombe", "pronouns": "he/him", "role": "chair of the board", "department": "Board",
        "learns": {"crypto": "0"},
        "goals": ["Understand what the company should say in public about crypto, if anything"],
    },
    "operations": {
        "name": "Mei-Ling Zhou", "pronouns": "she/her", "role": "chief operating officer", "department": "Operations",
        "learns": {"crypto": "0"},
        "goals": ["Try it myself once with a small amount so that I know what people talk about"],
    },
    "risk": {
        "name": "Samira Nasser", "pronouns": "she/her", "role": "chief risk officer", "department": "Risk and compliance",
        "learns": {"crypto": "1"},
        "goals": ["Set a policy on scams and sanctions before somebody in the company pays the wrong wallet"],
    },
}

MENTOR: dict[str, Any] = {
    "name": "Aiko Tan", "pronouns": "she/her", "role": "payments product analyst", "department": "Digital products",
    "teaches": {"crypto": {"level": "3", "experience": "both"}},
    "goals": ["Learn how a supplier contract is really negotiated", "Get better at explaining technical risk to senior people"],
}


def pair_data(key: str) -> dict[str, Any]:
    """One pair as a file would give it."""
    return {"mentor": MENTOR, "executive": EXECUTIVES[key]}
