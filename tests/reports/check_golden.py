"""Puts the approved outputs under tests/golden to judges that are not ours.

The JSON and the diff's JSON pass the shipped schemas, what they count adds up; the CSV as Python's csv module reads it says what the JSON
says; nothing in any output could move a cursor, turn text around or start a formula.
"""
import collections
import csv
import json
import pathlib
import sys
import unicodedata

import jsonschema

source = pathlib.Path(sys.argv[1])
golden = source / "tests" / "golden"
schema = json.loads((source / "reports/schema/edgesurvey-1.schema.json").read_text())
FORMULA = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
COLUMNS = (
    "target,address,verdict,reason,confidence,cls_open,range_answered,range_sampled,range_share,range_ci_low,"
    "range_ci_high,port_443,port_3478,port_5061,rtt_ms,tags,scanned_at"
).split(",")


def check_json(name):
    result = json.loads((golden / f"{name}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(result)
    probes = result["summary"]["probes"]
    buckets = ("open", "closed", "filtered", "unknown", "not_run")
    assert probes["planned"] == sum(probes[b] for b in buckets), probes
    assert probes["attempts"] == sum(h["attempts"] for h in result["hosts"]), probes
    assert sum(v["count"] for v in result["summary"]["verdicts"].values()) == len(result["hosts"])
    assert sum(result["summary"]["skipped"].values()) == sum(t["skipped"] is not None for t in result["targets"])
    return result


def check_csv(name, result):
    with open(golden / f"{name}.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    assert list(rows[0]) == COLUMNS, list(rows[0])
    hosts = {host["address"]: host for host in result["hosts"]}
    expected = []
    for target in result["targets"]:
        for address in target["addresses"] or [""]:
            host = hosts.get(address)
            expected.append((address, host["verdict"] if host else "skipped",
                             host["reason"] if host else target["skipped"] or "interrupted"))
    assert [(r["address"], r["verdict"], r["reason"]) for r in rows] == expected
    for row in rows:
        assert None not in row and None not in row.values(), "a row of the wrong length"
        for cell in row.values():
            assert not cell.lstrip(" ").startswith(FORMULA), cell
        if host := hosts.get(row["address"]):
            assert row["scanned_at"] == host["scanned_at"]
            assert int(row["range_answered"]) == host["range"]["answered"]
            assert row["port_443"] == host["services"].get("443", "")


def check_harmless(path):
    text = path.read_bytes().decode("utf-8")  # strict
    for character in text:
        kind = unicodedata.category(character)
        harmless = character in "\r\n" or kind not in ("Cc", "Cf", "Zl", "Zp")
        assert harmless or (character == "\x1b" and "colour" in path.name), (path.name, repr(character))


def check_policy(result):
    """What the policy decided adds up, and says of each host what its verdict is."""
    policy = result["policy"]
    verdicts = {host["address"]: host["verdict"] for host in result["hosts"]}
    assert sum(policy["summary"].values()) == len(verdicts)
    lines = {entry["line"] for entry in policy["expect"] + policy["waivers"]} | {None}
    for host in policy["hosts"]:
        assert host["verdict"] == verdicts[host["address"]]
        assert (host["outcome"] == "waived") == (host["waiver_line"] is not None)
        assert {host["expect_line"], host["waiver_line"]} <= lines
    for outcome in ("broken", "waived", "undecided"):
        assert sum(host["outcome"] == outcome for host in policy["hosts"]) == policy["summary"][outcome]


def check_diff():
    shipped = json.loads((source / "reports/schema/edgesurvey-diff-1.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(shipped)
    diff = json.loads((golden / "diff.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(shipped).validate(diff)
    changes = collections.Counter(host["change"] for host in diff["hosts"])
    assert {name: changes[name] for name in diff["summary"]["changes"]} == diff["summary"]["changes"]
    assert set(changes) == set(diff["summary"]["changes"]), "a kind of change that the approved diff does not show"
    assert diff["summary"]["worse"] == sum(host["worse"] for host in diff["hosts"])
    for side in ("old", "new"):
        assert diff[side]["addresses"] == sum(host[side] is not None for host in diff["hosts"])
        run = {**schema["properties"]["run"], "$defs": schema["$defs"]}
        jsonschema.Draft202012Validator(run).validate(diff[side]["run"])


check_diff()
for name in ("survey", "unfinished"):
    check_csv(name, check_json(name))
check_policy(check_json("judged"))
hosts = [json.loads(line) for line in (golden / "survey.ndjson").read_text(encoding="utf-8").splitlines()]
assert hosts == json.loads((golden / "survey.json").read_text(encoding="utf-8"))["hosts"]
for path in golden.iterdir():
    if path.name.startswith(("survey", "unfinished", "diff", "judged")):
        check_harmless(path)
for name in ("style.css", "script.js"):  # which the approved HTML pages have placeholders for
    check_harmless(source / "reports/html" / name)
