"""Joins the three namespaces and tunes their kernels, so that nothing but the rulesets decides what a SYN brings back."""

from __future__ import annotations

from edgelab import topology as net
from edgelab.namespaces import Here, Namespace, sysctl

QUIET_KERNEL = {
    "net.ipv4.conf.all.rp_filter": 0,
    "net.ipv4.conf.default.rp_filter": 0,
    "net.ipv6.conf.all.accept_ra": 0,
    "net.ipv6.conf.default.accept_ra": 0,
    "net.ipv6.conf.all.accept_dad": 0,
    "net.ipv6.conf.default.accept_dad": 0,
    "net.ipv6.conf.default.router_solicitations": 0,
    # Rejections must not be rate-limited: by default one ICMP error a second and destination, 1000 a second in all.
    "net.ipv4.icmp_ratelimit": 0,
    "net.ipv4.icmp_ratemask": 0,
    "net.ipv4.icmp_msgs_per_sec": 1000000,
    "net.ipv4.icmp_msgs_burst": 1000000,
    "net.ipv6.icmp.ratelimit": 0,
    "net.ipv6.icmp.ratemask": "",
    "net.ipv4.tcp_invalid_ratelimit": 0,
}
# Source ports far from 50000-59999, so that a packet trace cannot be misread.
CLIENT = {"net.ipv4.ip_local_port_range": "10000 49999"}
PERIMETER = {"net.ipv4.ip_forward": 1, "net.ipv6.conf.all.forwarding": 1, "net.netfilter.nf_conntrack_tcp_loose": 0}
EDGES = {
    "net.ipv4.tcp_syncookies": 0,
    "net.ipv4.tcp_max_syn_backlog": 262144,
    "net.core.somaxconn": 65535,
    # coturn chooses its ports in 50000-59999 itself; our own outgoing sockets keep away.
    "net.ipv4.ip_local_port_range": "10000 49999",
}


def join(client: Here, perimeter: Namespace, edges: Namespace) -> None:
    for space, own in ((client, CLIENT), (perimeter, PERIMETER), (edges, EDGES)):
        sysctl(space, QUIET_KERNEL | own)
        space.run("ip", "link", "set", "lo", "up")
    _link(client, net.CLIENT_IF, net.CLIENT_MAC, perimeter, net.OUTSIDE_IF, net.OUTSIDE_MAC)
    _link(perimeter, net.INSIDE_IF, net.INSIDE_MAC, edges, net.EDGES_IF, net.EDGES_MAC)
    _batch(client, f"""
        addr add {net.CLIENT_V4}/30 dev {net.CLIENT_IF}
        addr add {net.CLIENT_V6}/64 dev {net.CLIENT_IF} nodad
        link set {net.CLIENT_IF} up
        route add default via {net.PERIMETER_V4}
        route add default via {net.PERIMETER_V6}""" + _neighbours(net.CLIENT_IF, {
        net.PERIMETER_V4: net.OUTSIDE_MAC, net.PERIMETER_V6: net.OUTSIDE_MAC}))
    _batch(perimeter, f"""
        addr add {net.PERIMETER_V4}/30 dev {net.OUTSIDE_IF}
        addr add {net.PERIMETER_V6}/64 dev {net.OUTSIDE_IF} nodad
        addr add {net.INSIDE_V4}/30 dev {net.INSIDE_IF}
        addr add {net.INSIDE_V6}/64 dev {net.INSIDE_IF} nodad
        link set {net.OUTSIDE_IF} up
        link set {net.INSIDE_IF} up
        route add {net.HOSTS_V4} via {net.EDGES_V4}
        route add {net.DNS_V4} via {net.EDGES_V4}
        route add {net.HOSTS_V6} via {net.EDGES_V6}""" + _neighbours(net.OUTSIDE_IF, {
        net.CLIENT_V4: net.CLIENT_MAC, net.CLIENT_V6: net.CLIENT_MAC}) + _neighbours(net.INSIDE_IF, {
        net.EDGES_V4: net.EDGES_MAC, net.EDGES_V6: net.EDGES_MAC, net.RESOLVER_V6: net.EDGES_MAC}))
    # A local route to a whole block makes every address in it this kernel's own.
    _batch(edges, f"""
        addr add {net.EDGES_V4}/30 dev {net.EDGES_IF}
        addr add {net.EDGES_V6}/64 dev {net.EDGES_IF} nodad
        addr add {net.RESOLVER_V6}/64 dev {net.EDGES_IF} nodad
        link set {net.EDGES_IF} up
        route add local {net.HOSTS_V4} dev lo
        route add local {net.DNS_V4} dev lo
        route add local {net.HOSTS_V6} dev lo
        route add default via {net.INSIDE_V4}
        route add default via {net.INSIDE_V6}""" + _neighbours(net.EDGES_IF, {
        net.INSIDE_V4: net.INSIDE_MAC, net.INSIDE_V6: net.INSIDE_MAC}))


def part(client: Here) -> None:
    """The kernel would do so too, some time after the other namespaces have gone."""
    client.run("ip", "link", "delete", net.CLIENT_IF)


def own_addresses(edges: Namespace, addresses: list[str]) -> None:
    """IPv6 sends its ICMP errors from a real address only: one that a local route makes ours is not enough."""
    _batch(edges, "\n".join(f"addr add {a}/128 dev {net.EDGES_IF} nodad" for a in addresses if ":" in a))


def _link(near: Here | Namespace, near_name: str, near_mac: str, far: Namespace, far_name: str, far_mac: str) -> None:
    near.run("ip", "link", "add", near_name, "address", near_mac, "type", "veth",
             "peer", "name", far_name, "address", far_mac, "netns", str(far.pid))


def _neighbours(device: str, macs: dict[str, str]) -> str:
    """Told, not asked for: a question lost while the machine is busy would look like a host that is unreachable."""
    return "".join(f"\nneigh add {address} lladdr {mac} dev {device} nud permanent" for address, mac in macs.items())


def _batch(space: Here | Namespace, commands: str) -> None:
    space.run("ip", "-batch", "-", text=commands)
