"""check_sarif.py FILE...: whether each is SARIF 2.1.0 that a code scanning service can use.

The judge is the SARIF committee's JSON schema; where it came from is in README.md beside it. Its formats (uri,
date-time) are no more than hints to a validator, so what we rely on of them is asked here, with what the standard
says in prose: a rule's index leads to its id, no two results have the same fingerprints.
"""
import json
import pathlib
import re
import sys

import jsonschema

SCHEMA = json.loads((pathlib.Path(__file__).parent / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
URI_REFERENCE = re.compile(r"(file:///|/)?([A-Za-z0-9._~/-]|%[0-9A-F]{2})+")
UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def validator_of(definition):
    """For one definition: a run of 25,000 results is judged piece by piece, which is many times faster."""
    resolver = jsonschema.RefResolver.from_schema(SCHEMA)
    return jsonschema.Draft4Validator(SCHEMA["definitions"][definition], resolver=resolver)


def check_locations(locations):
    for location in locations:
        physical = location.get("physicalLocation")
        if physical is None:
            continue
        artifact = physical["artifactLocation"]
        assert URI_REFERENCE.fullmatch(artifact["uri"]), artifact
        assert artifact["uri"].startswith("file:") or artifact["uriBaseId"] == "SRCROOT", artifact
        assert physical["region"]["startLine"] >= 1, physical


def check_text(message):
    """No placeholder and no link (SARIF 3.11.5, 3.11.6) that the message does not mean."""
    literal = re.sub(r"\{\{|\}\}|\\[\[\]]", "", message["text"])
    assert not re.search(r"[{}\[\]]", literal), message


def check(path):
    log = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    assert log["$schema"].endswith("/sarif-schema-2.1.0.json") and len(log["runs"]) == 1
    run = log["runs"][0]
    results = run.pop("results")
    invocation = run["invocations"][0]
    notifications = invocation.pop("toolExecutionNotifications")
    jsonschema.Draft4Validator(SCHEMA).validate(log)
    rules = run["tool"]["driver"]["rules"]
    assert UTC.fullmatch(invocation["startTimeUtc"]) and UTC.fullmatch(invocation["endTimeUtc"])
    judge = validator_of("result")
    fingerprints = set()
    for result in results:
        judge.validate(result)
        check_text(result["message"])
        check_locations(result["locations"] + result.get("relatedLocations", []))
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        fingerprints.add(tuple(sorted(result["partialFingerprints"].items())))
    assert len(fingerprints) == len(results), "two results with the same fingerprints"
    judge = validator_of("notification")
    for notification in notifications:
        judge.validate(notification)
        check_text(notification["message"])
        check_locations(notification["locations"])


for name in sys.argv[1:]:
    check(name)
