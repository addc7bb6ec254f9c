//! Where packages may go: to public addresses, and to those that whoever runs the service allows by name.
//!
//! A name is resolved here and once, and the connection goes to what was found and looked at: a name that leads elsewhere a
//! moment later leads nowhere (`trust.md` §6, D5).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use ipnet::IpNet;

/// Networks that are reached although they are not public.
#[derive(Clone, Debug, Default)]
pub struct Allowed(pub Vec<IpNet>);

impl Allowed {
    /// Whether a package may go to this address.
    #[must_use]
    pub fn admits(&self, address: IpAddr) -> bool {
        let address = plain(address);
        is_public(address) || self.names(address)
    }

    /// Whether the address is one of those that are allowed by name.
    #[must_use]
    pub fn names(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&plain(address)))
    }

    /// What of these may be connected to; nothing where any of them may not: a name that leads to both is not trusted.
    #[must_use]
    pub fn all_of(&self, found: Vec<SocketAddr>) -> Option<Vec<SocketAddr>> {
        let fine = !found.is_empty() && found.iter().all(|one| self.admits(one.ip()));
        fine.then_some(found)
    }
}

/// An address of version 4 that hides in one of version 6 is that address.
fn plain(address: IpAddr) -> IpAddr {
    let IpAddr::V6(six) = address else { return address };
    let embedded = match six.segments() {
        // Mapped, and compatible but for :: and ::1.
        [0, 0, 0, 0, 0, 0xffff, high, low] => Some((high, low)),
        [0, 0, 0, 0, 0, 0, high, low] if high != 0 => Some((high, low)),
        // Translated (RFC 6052), and tunnelled (RFC 3056).
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => Some((high, low)),
        _ => None,
    };
    embedded.map_or(address, |(high, low)| {
        let [[a, b], [c, d]] = [high.to_be_bytes(), low.to_be_bytes()];
        IpAddr::V4(Ipv4Addr::new(a, b, c, d))
    })
}

/// Whether an address is anybody's to reach (the registries of RFC 6890).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => is_public_four(four),
        IpAddr::V6(six) => is_public_six(six),
    }
}

fn is_public_four(four: Ipv4Addr) -> bool {
    let [a, b, c, _] = four.octets();
    let special = a == 0
        || four.is_private()
        || four.is_loopback()
        || four.is_link_local()
        || four.is_broadcast()
        || four.is_documentation()
        || four.is_multicast()
        // Shared by carriers (RFC 6598), of the IETF, for benchmarks, and what is kept for later.
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (b == 18 || b == 19))
        || a >= 240;
    !special
}

fn is_public_six(six: Ipv6Addr) -> bool {
    let [first, second, ..] = six.segments();
    // Only 2000::/3 is given out, and of that not what is for documents, tunnels and protocols.
    let global = first & 0xe000 == 0x2000;
    let special = (first == 0x2001 && (second < 0x0200 || second == 0x0db8)) || first == 0x3fff;
    global && !special
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admitted(allowed: &Allowed, address: &str) -> bool {
        allowed.admits(address.parse().unwrap())
    }

    #[test]
    fn nothing_but_public_addresses_is_reached_unless_it_is_allowed_by_name() {
        let nobody = Allowed::default();
        for address in ["203.162.4.190", "8.8.8.8", "2405:4800::1", "::ffff:8.8.8.8"] {
            assert!(admitted(&nobody, address), "{address}");
        }
        for address in [
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.8",
            "198.18.0.1",
            "192.0.2.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::7f00:1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "fe80::1",
            "fc00::1",
            "fd12:3456::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "3fff::1",
            "100::1",
        ] {
            assert!(!admitted(&nobody, address), "{address}");
        }
    }

    #[test]
    fn what_is_allowed_is_reached_and_its_neighbours_are_not() {
        let allowed = Allowed(vec!["10.20.0.0/16".parse().unwrap(), "127.0.0.1/32".parse().unwrap()]);
        for address in ["10.20.3.4", "127.0.0.1", "::ffff:10.20.3.4"] {
            assert!(admitted(&allowed, address) && allowed.names(address.parse().unwrap()), "{address}");
        }
        for address in ["10.21.0.1", "127.0.0.2", "::1"] {
            assert!(!admitted(&allowed, address), "{address}");
        }
        assert!(admitted(&allowed, "8.8.8.8") && !allowed.names("8.8.8.8".parse().unwrap()));
    }

    #[test]
    fn a_name_that_leads_to_a_private_address_too_leads_nowhere() {
        let found = |addresses: &[&str]| addresses.iter().map(|one| one.parse().unwrap()).collect::<Vec<SocketAddr>>();
        let nobody = Allowed::default();
        assert!(nobody.all_of(found(&["8.8.8.8:443"])).is_some());
        assert!(nobody.all_of(found(&["8.8.8.8:443", "127.0.0.1:443"])).is_none());
        assert!(nobody.all_of(Vec::new()).is_none());
    }
}
