"""The ground truth of a spec, as the JSON that tests/lab/compare reads."""

from __future__ import annotations

from edgelab.spec import Spec
from edgelab.truth import judge


def ground_truth(spec: Spec) -> dict:
    judged = {case.name: judge(case) for case in spec.cases().values()}
    hosts = [{"address": host.address, "case": host.case.name, "names": list(host.names),
              "verdict": judged[host.case.name][0], "reasons": judged[host.case.name][1]} for host in spec.hosts]
    targets = [{"target": name, "addresses": sorted(addresses)} for name, addresses in spec.resolved().items()]
    skipped = [{"target": name.name, "reason": name.skipped} for name in spec.names if name.skipped]
    return {"schema": "edgelab/1", "hosts": hosts, "targets": targets, "skipped": skipped}
