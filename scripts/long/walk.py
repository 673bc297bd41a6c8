"""Walks a PDF's tags from the root with pikepdf, and compares the words that it reaches with those on the pages.

The words on the pages come twice: from the content streams by pikepdf, and from MuPDF, which knows nothing of tags.
Prints one line of JSON per file.
"""

import json
import re
import sys
import unicodedata
from collections import Counter

import pikepdf
import pymupdf


def decoder(font):
    """Returns a function from the bytes of a shown string to text, by the font's ToUnicode map."""
    cmap = font.ToUnicode.read_bytes().decode("latin-1")
    spaces = re.search(r"begincodespacerange(.*?)endcodespacerange", cmap, re.S).group(1)
    ranges = [(bytes.fromhex(a), bytes.fromhex(b)) for a, b in re.findall(r"<(\w+)>\s*<(\w+)>", spaces)]
    texts = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S):
        for code, text in re.findall(r"<(\w+)>\s*<(\w*)>", block):
            texts[bytes.fromhex(code)] = bytes.fromhex(text).decode("utf-16-be")

    def decode(shown):
        text, at = "", 0
        while at < len(shown):
            for low, high in ranges:
                code = shown[at : at + len(low)]
                if len(code) == len(low) and all(a <= c <= b for a, c, b in zip(low, code, high)):
                    break
            text += texts[code]
            at += len(code)
        return text

    return decode


def texts_of(page, decoders):
    """Returns the page's text by marked content id, and the text that is marked as decoration."""
    tagged, decoration, stack, font = {}, [], [], None
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BMC", "BDC"):
            marks = operands[1] if name == "BDC" else {}
            stack.append((str(operands[0]), marks.get("/MCID"), marks.get("/ActualText")))
            if marks.get("/ActualText") is not None:
                add(tagged, decoration, stack, str(marks["/ActualText"]))
        elif name == "EMC":
            stack.pop()
        elif name == "Tf":
            font = str(operands[0])
        elif name in ("Tj", "TJ"):
            if any(actual is not None for _, _, actual in stack):
                continue
            if font not in decoders:
                decoders[font] = decoder(page.Resources.Font[font])
            parts = operands[0] if name == "TJ" else [operands[0]]
            shown = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
            add(tagged, decoration, stack, decoders[font](shown))
    return tagged, "".join(decoration)


def add(tagged, decoration, stack, text):
    ids = [mcid for _, mcid, _ in stack if mcid is not None]
    if ids:
        tagged[int(ids[-1])] = tagged.get(int(ids[-1]), "") + text
    elif any(tag == "/Artifact" for tag, _, _ in stack):
        decoration.append(text)
    else:
        raise SystemExit(f"text outside all marks: {text!r}")


def reach(element, page, found):
    """Adds (page, marked content id) of an element and its descendants, in reading order."""
    page = element.get("/Pg", page)
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if not isinstance(kid, pikepdf.Object):
            found.append((page.objgen, int(kid)))
        elif kid.get("/Type") == "/MCR":
            found.append((kid.get("/Pg", page).objgen, int(kid.MCID)))
        elif kid.get("/Type") != "/OBJR":
            reach(kid, page, found)


def letters(text):
    return Counter(unicodedata.normalize("NFC", "".join(text.split())))


def walk(file):
    with pikepdf.open(file) as pdf, pymupdf.open(file) as drawn:
        found = []
        reach(pdf.Root.StructTreeRoot, None, found)
        decoders, texts, furniture, differing = {}, {}, 0, []
        for page, same in zip(pdf.pages, drawn):
            tagged, decoration = texts_of(page, decoders)
            texts.update({(page.objgen, mcid): text for mcid, text in tagged.items()})
            furniture += len(decoration.split())
            if letters("".join(tagged.values()) + decoration) != letters(same.get_text()):
                differing.append(page.index + 1)
        words = lambda keys: [word for key in keys for word in texts.get(key, "").split()]
        return {
            "file": file,
            "reached": len(words(found)),
            "onPages": len(words(texts)),
            "equal": words(found) == words(texts) and len(found) == len(set(found)),
            "furniture": furniture,
            "differsFromMuPdf": differing,
        }


for name in sys.argv[1:]:
    print(json.dumps(walk(name)), flush=True)
