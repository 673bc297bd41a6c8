"""Prints surnames and given names by script, as Faker has them: one JSON object."""

import json
import unicodedata

from faker import Faker
from faker.config import AVAILABLE_LOCALES

SEED = 15
MOST = 150


def script_of(name):
    """Returns the script of a name's first letter, as Unicode's character names begin."""
    for character in name:
        if unicodedata.category(character).startswith("L"):
            return unicodedata.name(character).split()[0].split("-")[0]
    return "NONE"


names = {}
for locale in sorted(AVAILABLE_LOCALES):
    fake = Faker(locale)
    fake.seed_instance(SEED)
    for _ in range(60):
        for name in (fake.first_name(), fake.last_name()):
            names.setdefault(script_of(name), {}).setdefault(name, locale)
chosen = {}
for script, found in names.items():
    # every locale's share: each in turn
    by_locale = {}
    for name, locale in found.items():
        by_locale.setdefault(locale, []).append(name)
    turns = []
    for index in range(max(map(len, by_locale.values()))):
        turns += [given[index] for given in by_locale.values() if index < len(given)]
    chosen[script] = turns[: 900 if script == "LATIN" else MOST]
print(json.dumps(chosen))
