//! Addresses of e-mail.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

use super::{plain, string};

/// An address of e-mail in the plain form that every server takes: no comments, no quotation marks, no bare hosts.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct EmailAddress(String);

/// The most characters of an address (RFC 5321, section 4.5.3.1.3).
const MOST: usize = 254;

impl EmailAddress {
    /// The address.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }

    fn is_one(text: &str) -> bool {
        let Some((local, host)) = text.split_once('@') else { return false };
        text.len() <= MOST && is_local(local) && is_host(host)
    }
}

fn is_local(local: &str) -> bool {
    let words: Vec<_> = local.split('.').collect();
    let most = match words.len() {
        1 => 40,
        2 => 30,
        3 | 4 => 15,
        _ => return false,
    };
    let fits = |word: &&str| word.bytes().all(|b| b.is_ascii_alphanumeric() || b"_+-".contains(&b));
    words.iter().all(|word| (1..=most).contains(&word.len()) && fits(word))
}

fn is_host(host: &str) -> bool {
    let Some((names, top)) = host.rsplit_once('.') else { return false };
    let names: Vec<_> = names.split('.').collect();
    let name = |name: &&str| {
        (1..=40).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !name.starts_with('-')
            && !name.ends_with('-')
    };
    names.len() <= 5
        && names.iter().all(name)
        && (2..=20).contains(&top.len())
        && top.bytes().all(|b| b.is_ascii_alphabetic())
}

// Personal data: not even a log of ours shows it.
impl std::fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EmailAddress(…)")
    }
}

impl From<String> for EmailAddress {
    fn from(address: String) -> Self {
        Self(address)
    }
}

impl<'de> Deserialize<'de> for EmailAddress {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if Self::is_one(&text) { Ok(Self(text)) } else { Err(D::Error::custom("email.malformed")) }
    }
}

impl PartialSchema for EmailAddress {
    fn schema() -> RefOr<Schema> {
        const FORM: &str = concat!(
            r"^([A-Za-z0-9_+-]{1,40}|[A-Za-z0-9_+-]{1,30}\.[A-Za-z0-9_+-]{1,30}|[A-Za-z0-9_+-]{1,15}(\.[A-Za-z0-9_+-]{1,15}){2,3})",
            r"@([A-Za-z0-9]([A-Za-z0-9-]{0,38}[A-Za-z0-9])?\.){1,5}[A-Za-z]{2,20}$"
        );
        plain(string(FORM, 6, MOST).build())
    }
}

impl ToSchema for EmailAddress {
    fn name() -> Cow<'static, str> {
        "EmailAddress".into()
    }
}

#[cfg(test)]
mod tests {
    use super::EmailAddress;

    #[test]
    fn plain_addresses_are_taken_and_nothing_that_could_become_a_second_header() {
        for address in [
            "hieu.truong@truong-hoc.example",
            "a@b.vn",
            "nguyen.thi.hoa.2025@gialoc.haiphong.gov.vn",
            "a_b+c@x-y.edu.vn",
        ] {
            assert!(EmailAddress::is_one(address), "{address}");
        }
        for address in [
            "",
            "a",
            "a@b",
            "@b.vn",
            "a@",
            "a@.vn",
            "a@b..vn",
            ".a@b.vn",
            "a.@b.vn",
            "a..b@c.vn",
            "a@-b.vn",
            "a@b-.vn",
            "a@b.v",
            "a@b.vn\r\nBcc: c@d.vn",
            "a@b.vn\n",
            " a@b.vn",
            "a b@c.vn",
            "\"a\"@b.vn",
            "a@[127.0.0.1]",
            "a@b@c.vn",
            "<a@b.vn>",
            "đ@b.vn",
            "a,b@c.vn",
            "a@b.vn,c@d.vn",
        ] {
            assert!(!EmailAddress::is_one(address), "{address:?}");
        }
        assert!(!EmailAddress::is_one(&format!("{}@b.vn", "a".repeat(41))));
    }
}
