"""Puts a lab together from a spec, and takes it apart again."""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

from edgelab import dns, hosts, perimeter, topology as net, wiring
from edgelab.namespaces import Helper, Here, Namespace, run, wait_until_reachable
from edgelab.spec import Spec
from edgelab.truth_file import ground_truth



class Lab:
    """Use as a context: inside it everything answers. Must be entered in a namespace that is already private."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.directory = Path(tempfile.mkdtemp(prefix="edgelab-"))
        self._closing = ExitStack()
        self._starting: list[Helper] = []

    def __enter__(self) -> "Lab":
        try:
            self._closing.callback(shutil.rmtree, self.directory, ignore_errors=True)
            self._build()
        except BaseException:
            self._closing.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    def environment(self) -> dict[str, str]:
        tools = Path(__file__).resolve().parent.parent
        return {
            "EDGELAB_DIR": str(self.directory),
            "EDGELAB_TARGETS": str(self.directory / "targets.txt"),
            "EDGELAB_TRUTH": str(self.directory / "truth.json"),
            "EDGELAB_COUNTERS": str(tools / "counters"),
            "EDGELAB_COMPARE": str(tools / "compare"),
            "EDGELAB_INTERFACE": net.CLIENT_IF,
            "EDGELAB_RESOLVER": net.RESOLVER,
            "EDGELAB_RESOLVER_V6": net.RESOLVER_V6,
            "EDGELAB_DEAD_RESOLVER": net.DEAD_RESOLVER,
            "EDGELAB_FAILING_RESOLVER": net.FAILING_RESOLVER,
            "EDGELAB_REFUSING_RESOLVER": net.REFUSING_RESOLVER,
        }

    def _build(self) -> None:
        self._perimeter, self._edges = self._space(), self._space()
        wiring.join(Here(), self._perimeter, self._edges)
        self._closing.callback(wiring.part, Here())
        wiring.own_addresses(self._edges, [host.address for host in self.spec.hosts if host.case.sends_icmp])
        cases, marks = self.spec.cases(), self.spec.marks()
        self._load(self._perimeter, "perimeter.nft", perimeter.ruleset(cases, marks))
        self._load(self._edges, "hosts.nft", hosts.ruleset(cases, marks))
        self._serve(self._edges.python("edgelab.listeners"))
        self._serve(self._perimeter.python("edgelab.syn_counter", net.OUTSIDE_IF, str(self.directory / "counter")))
        self._start_dns()
        self._start_relays()
        self._write("targets.txt", "\n".join(self.spec.targets()) + "\n")
        self._write("truth.json", json.dumps(ground_truth(self.spec), indent=1))
        for address in (net.RESOLVER, net.RESOLVER_V6):
            wait_until_reachable(address, 53)
        for helper in self._starting:
            helper.wait_until_ready()

    def _space(self) -> Namespace:
        space = Namespace()
        self._closing.callback(space.close)
        return space

    def _serve(self, helper: Helper) -> None:
        """Started now, waited for at the end: they get ready side by side."""
        self._starting.append(helper)
        self._closing.callback(helper.stop)

    def _write(self, name: str, text: str) -> str:
        path = self.directory / name
        path.write_text(text)
        return str(path)

    def _load(self, space: Namespace, name: str, ruleset: str) -> None:
        space.run("nft", "-f", self._write(name, ruleset))

    def _start_dns(self) -> None:
        config = self._write("dnsmasq.conf", dns.dnsmasq_config(self.spec))
        dnsmasq = Helper(self._edges.inside("dnsmasq", f"--conf-file={config}", "--pid-file="),
                         log=self.directory / "dnsmasq.log")
        self._closing.callback(dnsmasq.stop)  # it is ready when it can be reached
        self._serve(self._edges.python("edgelab.dns"))
        self._use_resolver()

    def _use_resolver(self) -> None:
        """Programs that read resolv.conf find the lab's. The mount is private to this namespace."""
        of_system = Path("/etc/resolv.conf")
        if of_system.exists():
            ours = self._write("resolv.conf", f"nameserver {net.RESOLVER}\n")
            run("mount", "--bind", ours, str(of_system.resolve()))
            self._closing.callback(run, "umount", str(of_system.resolve()))

    def _start_relays(self) -> None:
        if any(host.case.busy for host in self.spec.hosts):
            self._serve(self._edges.python("edgelab.relay", "busy"))
        for host in self.spec.hosts:
            if host.case.coturn:
                self._serve(self._edges.python("edgelab.relay", "coturn", host.address, str(self.directory)))
