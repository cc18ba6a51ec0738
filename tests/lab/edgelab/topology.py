"""Who has which address. All of it exists only inside the lab's own network namespaces.

    client ---- perimeter ---- edges
    (the scanner)  (firewalls)  (hosts, DNS)
"""

from ipaddress import IPv4Network, IPv6Network, ip_address

HOSTS_V4 = IPv4Network("198.18.0.0/15")  # RFC 2544's benchmarking block
HOSTS_V6 = IPv6Network("2001:db8:50::/48")

CLIENT_V4, CLIENT_V6 = "192.0.2.2", "2001:db8:0:1::2"
PERIMETER_V4, PERIMETER_V6 = "192.0.2.1", "2001:db8:0:1::1"  # rejections by ICMP come from here
INSIDE_V4, INSIDE_V6 = "192.0.2.5", "2001:db8:0:2::1"
EDGES_V4, EDGES_V6 = "192.0.2.6", "2001:db8:0:2::2"

DNS_V4 = IPv4Network("192.0.2.48/28")
RESOLVER, RESOLVER_V6 = "192.0.2.53", "2001:db8:0:2::53"
DEAD_RESOLVER = "192.0.2.54"  # swallows every question
FAILING_RESOLVER = "192.0.2.55"  # SERVFAIL to every question
REFUSING_RESOLVER = "192.0.2.56"  # REFUSED to every question

# Interface names: each is named by what lies at its other end.
CLIENT_IF, OUTSIDE_IF, INSIDE_IF, EDGES_IF = "perimeter0", "client0", "edges0", "perimeter0"
CLIENT_MAC, OUTSIDE_MAC, INSIDE_MAC, EDGES_MAC = (f"02:00:00:00:00:0{n}" for n in range(1, 5))


def is_host_address(text: str) -> bool:
    address = ip_address(text)
    return address in (HOSTS_V4 if address.version == 4 else HOSTS_V6)
