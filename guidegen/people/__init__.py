"""People: profiles and pairs read from files or data, every fault at once."""

from guidegen.people.names import slug
from guidegen.people.reading import pair_from, people_in, person_from, read_pair, read_person

__all__ = ["pair_from", "people_in", "person_from", "read_pair", "read_person", "slug"]
