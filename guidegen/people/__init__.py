"""People: profiles and pairs read from files or data, every fault at once."""

from guidegen.people.names import slug
from guidegen.people.reading import (
    check_paths,
    pair_from,
    people_in,
    person_from,
    read_pair,
    read_pair_or_person,
    read_person,
)

__all__ = [
    "check_paths",
    "pair_from",
    "people_in",
    "person_from",
    "read_pair",
    "read_pair_or_person",
    "read_person",
    "slug",
]
