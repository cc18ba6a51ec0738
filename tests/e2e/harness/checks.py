"""What holds for every result of every scan, whatever was scanned and however it ended."""

from __future__ import annotations

import json
from collections import Counter
from ipaddress import ip_address
from pathlib import Path

import jsonschema

from harness.survey import Survey

SCHEMA = json.loads((Path(__file__).parents[3] / "reports/schema/edgesurvey-1.schema.json").read_text())
CSV_COLUMNS = ("target address verdict reason confidence cls_open range_answered range_sampled range_share range_ci_low "
               "range_ci_high port_443 port_3478 port_5061 rtt_ms tags scanned_at").split()
STATES = ("open", "closed", "filtered", "unknown", "not_run")

_validator = jsonschema.Draft202012Validator(SCHEMA)


def check(survey: Survey) -> None:
    validate(survey.result)
    probes_add_up(survey.result)
    rows_tell_the_same(survey)
    nothing_strays(survey.seen)
    pace_is_kept(survey)


def validate(result: dict) -> None:
    _validator.validate(result)


def probes_add_up(result: dict) -> None:
    probes = result["summary"]["probes"]
    assert probes["planned"] == sum(probes[state] for state in STATES), probes
    found = Counter()
    for host in result["hosts"]:
        found += _states(host)
        found["attempts"] += host["attempts"]
    assert probes == {"planned": sum(found[state] for state in STATES), "attempts": found["attempts"],
                      **{state: found[state] for state in STATES}}, (probes, found)
    assert result["summary"]["addresses"] == len(result["hosts"])
    assert result["summary"]["targets"] == len(result["targets"])


def _states(host: dict) -> Counter:
    found = Counter(_bucket(port) for port in host["ports"])
    for group in host["extra"]:
        found[_bucket(group)] += _size(group["ports"])
    return found


def _bucket(judged: dict) -> str:
    return "not_run" if judged["reason"] == "not-run" else judged["state"]


def _size(ports: str) -> int:
    bounds = [span.split("-") for span in ports.split(",")]
    return sum(int(last[-1]) - int(last[0]) + 1 for last in bounds)


def attempts_are_those_on_the_wire(survey: Survey) -> None:
    """The lab's word on every host. Not for runs whose SYNs could not leave."""
    claimed = {host["address"]: host["attempts"] for host in survey.result["hosts"]
               if not ip_address(host["address"]).is_loopback}
    seen = {address: counted["attempts"] for address, counted in survey.seen["hosts"].items()}
    assert claimed == seen, {a: (claimed.get(a), seen.get(a)) for a in claimed | seen if claimed.get(a) != seen.get(a)}


def rows_tell_the_same(survey: Survey) -> None:
    columns = CSV_COLUMNS + (["policy"] if "policy" in survey.result else [])
    assert all(list(row) == columns for row in survey.rows), survey.rows[:1]
    skipped = sum(target["skipped"] is not None for target in survey.result["targets"])
    assert sum(row["verdict"] == "skipped" for row in survey.rows) == skipped
    verdicts = survey.verdicts
    judged = [row for row in survey.rows if row["verdict"] != "skipped"]
    assert {row["address"]: row["verdict"] for row in judged} == verdicts
    for host in survey.result.get("policy", {}).get("hosts", []):
        assert {row["policy"] for row in judged if row["address"] == host["address"]} == {host["outcome"]}, host
    assert len(judged) == sum(len(set(target["addresses"]) & verdicts.keys()) for target in survey.result["targets"])


def nothing_strays(seen: dict) -> None:
    assert seen["strays"] == {"packets": 0, "destinations": []}, seen["strays"]


def pace_is_kept(survey: Survey) -> None:
    """By the perimeter's clock, not the scanner's. One SYN more than the pace is let pass: a process that loses the CPU
    between its decision and the wire sends that one late, and the next is due at once."""
    run = survey.result["run"]
    for address, counted in survey.seen["hosts"].items():
        _within(counted, run["host_rate"], address)
    _within(survey.seen["total"], run["rate"], "all hosts")


def _within(counted: dict, rate: float, what: str) -> None:
    if rate == 0:
        return
    for window in (1, 5):
        syns = counted[f"max_{window}s"]
        assert syns <= rate * window + 1, f"{what}: {syns} SYNs within {window} s at a pace of {rate}/s"
