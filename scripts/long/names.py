"""Copies names from a PDF that `names.ts` printed, with poppler (if `pdftotext` is there) and with MuPDF.

Prints one JSON object: by reader, the text after each label, in NFC, without the marks that readers add where text turns.
"""

import json
import re
import shutil
import subprocess
import sys
import unicodedata

import pymupdf

LABEL = re.compile(r"The following name is number (\d+) of the list of all names")
TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u00ad\f]")
FURNITURE = re.compile(r"^(NAMES|\d+ of \d+)$")


def names_in(text):
    lines = [line for line in TURNS.sub("", text).split("\n") if not FURNITURE.match(line.strip())]
    parts = LABEL.split("\n".join(lines))
    found = {int(number): " ".join(name.split()) for number, name in zip(parts[1::2], parts[2::2])}
    return [unicodedata.normalize("NFC", found[index]) if index in found else None for index in range(max(found) + 1)]


file = sys.argv[1]
readers = {"MuPDF": "\n".join(page.get_text() for page in pymupdf.open(file))}
if shutil.which("pdftotext"):
    readers["poppler"] = subprocess.run(["pdftotext", file, "-"], check=True, capture_output=True, text=True).stdout
print(json.dumps({reader: names_in(text) for reader, text in readers.items()}))
