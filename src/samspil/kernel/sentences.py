"""Where Danish sentences end. Simple on purpose: when in doubt a sentence goes on, and nothing is lost."""

import re

_OPENERS = """
    bl.a. f.eks. fx. feks. kl. nr. ca. dvs. d.v.s. evt. jf. jvf. mht. m.h.t. pga. p.g.a. vedr. tlf.
    inkl. ekskl. hhv. iht. i.h.t. henh. ift. i.f.t. ifm. i.f.m. pr. s. st. hr. fr. dr. cand. kap. afd.
    adr. obs. ang. vha. v.h.a. sml. d. t.o.m. maks. max.
"""
_CLOSERS = """
    osv. min. mio. mia. m.m. m.v. mv. m.fl. mfl. mdr. pct. stk. o.l. o.lign. lign. etc. el. t. kr. jan. feb. febr.
    mar. apr. jun. jul. aug. sep. sept. okt. nov. dec. man. tirs. tir. ons. tors. tor. fre. lør.
    søn.
"""
_NEVER_LAST = frozenset(_OPENERS.split())
_SOMETIMES_LAST = frozenset(_CLOSERS.split())
_MARKS = "=>*+#!"
_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"”’»«“)\]]*+(?=\s|$)")
_LONGEST_WORD = 40
_NOT_SPACE = re.compile(r"\S")
_INITIAL = re.compile(r"[A-ZÆØÅÉÖÄÜ]\.")
_ORDINAL = re.compile(r"\d{1,4}\.")
_OPENING = "([“\"»„‘'"


def end_of_sentence(text: str, start: int, stop: int) -> int:
    """Index just after the sentence that begins at `start`; `stop` is the end of its line."""
    for match in _STOP.finditer(text, start, stop):
        following = _NOT_SPACE.search(text, match.end(), stop)
        if following is None:
            return stop
        before = text[max(start, match.end() - _LONGEST_WORD) : match.end()].split()
        first = len(before) == 1 and match.end() - start <= _LONGEST_WORD
        if _ends(before[-1].lstrip(_OPENING), match.group(), following.group(), first=first):
            return match.end()
    return stop


def _ends(word: str, stop: str, following: str, *, first: bool) -> bool:
    opens_anew = following.isupper() or following.isdigit() or following in _OPENING or following in _MARKS
    if stop != ".":
        return opens_anew
    if following in _MARKS:
        return True
    if _ORDINAL.fullmatch(word):
        return opens_anew and not following.isdigit() and not first
    if word.lower() in _NEVER_LAST or _INITIAL.fullmatch(word):
        return False
    if word.lower() in _SOMETIMES_LAST or "." in word[:-1]:
        return following.isupper()
    return True


def split(text: str) -> list[str]:
    """The sentences in order, each trimmed. A line break always ends one."""
    found = []
    for line in text.split("\n"):
        start = 0
        while start < len(line):
            end = end_of_sentence(line, start, len(line))
            if sentence := line[start:end].strip():
                found.append(sentence)
            start = end
    return found
