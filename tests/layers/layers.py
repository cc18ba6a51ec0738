#!/usr/bin/env python3
"""Checks that the layers of ARCHITECTURE.md are kept.

Includes point down only, no two folders include each other, Asio and toml++ stay in their folders, and the pure
layers can reach no clock, socket, file, log, thread or unseeded randomness.

usage: layers.py ROOT      prints every breach as file:line: what is wrong, and exits 1 if there is one
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

# Folder -> the folders right below it. What these may include, it may include as well.
BELOW = {
    "system": [],
    "targets/text": [],
    "targets": ["targets/text"],
    "targets/dns": ["targets"],
    "scanner": ["targets"],
    "scanner/judging": ["scanner"],
    "scanner/inquiry": ["scanner/judging"],
    "scanner/schedule": ["scanner/inquiry"],
    "scanner/survey": ["scanner/judging"],
    "scanner/net": ["scanner/schedule", "scanner/survey", "system"],
    "policy": ["scanner/survey"],
    "reports/files": ["targets", "system"],
    "reports/json": ["reports/files"],
    "reports/text": ["policy"],
    "reports/survey": ["reports/json", "reports/text"],
    "reports/formats": ["reports/survey"],
    "reports/history": ["reports/survey"],
    "reports/html": ["reports/history"],
    "reports/diff": ["reports/survey"],
    "reports/remediation": ["reports/survey"],
    "reports": ["reports/formats", "reports/html", "reports/diff", "reports/remediation"],
    "cli/terminal": ["scanner"],
    "cli/options": ["cli/terminal", "reports", "targets/dns"],
    "cli/survey": ["cli/options", "scanner/net"],
    "cli": ["cli/survey"],
}
PURE = {"targets/text", "targets", "scanner", "scanner/judging", "scanner/inquiry", "scanner/schedule",
        "scanner/survey", "policy", "reports/text"}


def reach(folder, above=()):
    """All that the folder may include, itself among them; no two folders may reach each other."""
    if folder in above:
        raise ValueError(f"{folder} is below itself: {' -> '.join([*above, folder])}")
    return {folder}.union(*(reach(below, (*above, folder)) for below in BELOW[folder]))


LAYERS = {folder: reach(folder) for folder in BELOW}

# Libraries that have their folders, and no place elsewhere.
RESERVED = {
    "Asio": (re.compile(r"(boost/)?asio(/|\.hpp)"), {"targets/dns", "scanner/net", "cli/survey"}),
    "toml++": (re.compile(r"toml\+\+/"), {"policy"}),
}

# All that the pure layers may take from outside: what computes, and nothing that asks the world. <chrono> is here
# for its types; calling a clock is caught below.
PURE_HEADERS = {
    "algorithm", "any", "array", "bit", "bitset", "cassert", "cctype", "cerrno", "charconv", "chrono", "climits",
    "cmath", "compare", "concepts", "cstddef", "cstdint", "cstring", "deque", "exception", "functional",
    "initializer_list", "ios", "iterator", "limits", "list", "map", "memory", "new", "numbers", "numeric",
    "optional", "queue", "ranges", "set", "span", "sstream", "stack", "stdexcept", "string", "string_view",
    "system_error", "tuple", "type_traits", "typeinfo", "unordered_map", "unordered_set", "utility", "variant",
    "vector",
}
PURE_HEADER_PATTERNS = {
    "targets": re.compile(r"idn2\.h|arpa/inet\.h"),  # inet_pton() and inet_ntop() compute
    "scanner/judging": re.compile(r"boost/math/.*"),
    "reports/text": re.compile(r"uniwidth\.h"),  # display widths
    "policy": re.compile(r"toml\+\+/toml\.h"),  # parses a text; the files it could read are not asked for
}
IMPURE_CALL = re.compile(
    r"""(?: \b now                                                        # of any clock
          | \b parse_file                                                 # of toml++
          | (?<![\w.>]) (?: (?<=return\ ) | (?<!\w\ ) )                        # no member, no declaration
            (?: s?rand(?:om)? | time | clock | getenv | system | localtime | gmtime )
        ) \s* \(""",
    re.VERBOSE,
)
INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"(?P<ours>[^"]+)"|<(?P<system>[^>]+)>)')

# Comments and literals, longest first: what remains is code.
NOT_CODE = re.compile(
    r'''R"(?P<fence>[^\s()\\]*)\(.*?\)(?P=fence)"   # raw strings
      | "(?:\\.|[^"\\\n])*"
      | (?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'         # characters, but not 10'000
      | //[^\n]*
      | /\*.*?\*/''',
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Breach:
    path: str
    line: int
    what: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.what}"


def folder_of(path):
    """The folder of BELOW a file belongs to: the longest that holds it, or None."""
    holders = [folder for folder in LAYERS if path.startswith(folder + "/")]
    return max(holders, key=len, default=None)


def code_of(text):
    """The text with comments and literals blanked out, line breaks kept."""
    return NOT_CODE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


def breach_of_own_include(root, folder, included):
    if ".." in Path(included).parts or not (root / included).is_file():
        return f'"{included}" is not a path from the root of the project'
    other = folder_of(included)
    if other not in LAYERS[folder]:
        return f"{folder} may not include {other or 'anything outside the layers'}: {included}"
    return None


def breach_of_system_include(folder, included):
    for library, (headers, folders) in RESERVED.items():
        if headers.match(included) and folder not in folders:
            return f"{library} has no place in {folder}: <{included}>"
    if folder not in PURE or included in PURE_HEADERS:
        return None
    allowed = PURE_HEADER_PATTERNS.get(folder)
    return None if allowed and allowed.fullmatch(included) else f"{folder} is pure and may not include <{included}>"


def breaches_of_file(root, path):
    name = path.relative_to(root).as_posix()
    folder = folder_of(name)
    text = path.read_text(encoding="utf-8")
    code_lines = code_of(text).splitlines()
    for number, (line, code) in enumerate(zip(text.splitlines(), code_lines), start=1):
        include = INCLUDE.match(line) if "#" in code else None
        what = None
        if include and include["ours"]:
            what = breach_of_own_include(root, folder, include["ours"])
        elif include:
            what = breach_of_system_include(folder, include["system"])
        elif folder in PURE and (call := IMPURE_CALL.search(code)):
            what = f"{folder} is pure and may not call {call.group().rstrip('( ')}()"
        if what:
            yield Breach(name, number, what)


def sources(root):
    for top in sorted({folder.split("/")[0] for folder in LAYERS}):
        yield from sorted(path for path in (root / top).rglob("*") if path.suffix in {".cpp", ".hpp", ".h", ".ipp"})


def breaches(root):
    return [breach for path in sources(root) for breach in breaches_of_file(root, path)]


def main():
    root = Path(sys.argv[1]).resolve()
    looked_at = len(list(sources(root)))
    found = breaches(root)
    for breach in found:
        print(breach)
    print(f"{looked_at} files, {len(found)} breaches of the layers")
    return 1 if found or looked_at == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
