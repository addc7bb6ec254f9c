use std::path::PathBuf;

use base64::{Engine, prelude::BASE64_STANDARD};

use super::super::Settings;

const ISSUER: &str = "[[issuers]]
name = \"https://id.example\"
audience = \"https://api.example\"
jwks_url = \"https://id.example/jwks\"
";

/// A folder of a test's own, which goes with it.
struct Folder(PathBuf);

impl Folder {
    fn of(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("thidua-exchange-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn file(&self, name: &str, text: &str) -> String {
        let file = self.0.join(name);
        std::fs::write(&file, text).unwrap();
        file.display().to_string()
    }

    /// What is said to settings with this in them, at the latest when the service starts.
    fn problems(&self, exchange: &str) -> Vec<String> {
        let file = self.file("settings.toml", &format!("{exchange}\n{ISSUER}"));
        let given = vec![("DATABASE_URL".to_owned(), "postgres://thidua@db/x".to_owned())];
        let read = Settings::read(Some(&PathBuf::from(file)), given);
        read.and_then(|settings| settings.serving().map(drop)).err().unwrap_or_default()
    }

    /// The same of a recipient with these members, without where it stands.
    fn of_recipient(&self, members: &str) -> Vec<String> {
        let problems = self.problems(&format!("[[exchange.recipients]]\n{members}"));
        let bare = |problem: &String| problem.split_once("): ").map_or(problem.clone(), |(_, said)| said.to_owned());
        assert!(problems.iter().all(|problem| problem.starts_with("exchange.recipients, number 1 (")), "{problems:?}");
        problems.iter().map(bare).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn secret(bytes: usize) -> String {
    format!("whsec_{}", BASE64_STANDARD.encode(vec![7; bytes]))
}

#[test]
fn every_way_to_a_recipient_can_be_set_up() {
    let folder = Folder::of("fine");
    let secrets = folder.file("secrets", &format!("{}\n\n {} \n", secret(24), secret(64)));
    let outgoing = folder.0.join("outgoing").display().to_string();
    for fine in [
        "channel = \"by-hand\"".to_owned(),
        "channel = \"by-hand\"\nname = \"UBND thành phố Hải Phòng\"\ncode = \"H24\"\nfor_information = false"
            .to_owned(),
        "channel = \"by-hand\"\nname = \"Sở Nội vụ\"\nfor_information = true".to_owned(),
        "channel = \"by-hand\"\nname = \"Sở Nội vụ\"\nfor_information = \"true\"".to_owned(),
        format!("channel = \"file-drop\"\nfolder = \"{outgoing}\""),
        format!("channel = \"webhook\"\nurl = \"https://truc.example/nhan\"\nsecret_file = \"{secrets}\""),
        format!(
            "channel = \"webhook\"\nurl = \"http://10.0.0.7/nhan\"\nsecret_file = \"{secrets}\"\nallow = \"10.0.0.0/8 ::1/128\""
        ),
    ] {
        assert_eq!(folder.of_recipient(&fine), Vec::<String>::new(), "{fine}");
    }
    assert_eq!(folder.problems("[exchange]\nown_code = \"000.00.16.H24\""), Vec::<String>::new());
}

#[test]
fn every_wrong_value_is_refused_at_the_start_and_its_key_is_named() {
    let folder = Folder::of("wrong");
    let by_hand = |more: &str| format!("channel = \"by-hand\"\n{more}");
    for (members, said) in [
        ("name = \"x\"".to_owned(), "channel must be by-hand, file-drop or webhook"),
        ("channel = \"fax\"".to_owned(), "channel must be by-hand, file-drop or webhook"),
        ("channel = 7".to_owned(), "channel is not known, or no text"),
        (by_hand("colour = \"red\""), "colour is not known, or no text"),
        (by_hand("name = \"a\\nb\""), "name is no line of text"),
        (by_hand("name = \" \""), "name is no line of text"),
        (by_hand("code = \"h24\""), "code: h24 is no agency code (QĐ 20/2020/QĐ-TTg)"),
        (by_hand("name = \"x\"\nfor_information = \"yes\""), "for_information must be true or false"),
        (by_hand("name = \"x\"\nfor_information = 1"), "for_information is not known, or no text"),
        (by_hand("for_information = true"), "name must be given of who is only to know"),
        (by_hand("url = \"https://truc.example\""), "url is of the channel webhook, and the channel is by-hand"),
        ("channel = \"file-drop\"".to_owned(), "folder must be given"),
        ("channel = \"webhook\"".to_owned(), "url and secret_file must be given"),
        ("channel = \"webhook\"\nurl = \"https://truc.example\"".to_owned(), "url and secret_file must be given"),
    ] {
        assert_eq!(folder.of_recipient(&members)[0], said, "{members}");
    }
    let taken = folder.file("taken", "");
    let no_folder = folder.of_recipient(&format!("channel = \"file-drop\"\nfolder = \"{taken}\""));
    assert!(no_folder[0].starts_with("folder: "), "{no_folder:?}");
    assert_eq!(
        folder.of_recipient("channel = \"file-drop\"\nfolder = \"/tmp\"\nallow = \"10.0.0.0/8\""),
        ["allow is of the channel webhook, and the channel is file-drop"]
    );
}

#[test]
fn a_webhook_has_secrets_and_an_address_that_may_be_gone_to() {
    let folder = Folder::of("webhook");
    let fine = folder.file("secrets", &secret(24));
    let with = |url: &str, secrets: &str, more: &str| {
        let members = format!("channel = \"webhook\"\nurl = \"{url}\"\nsecret_file = \"{secrets}\"\n{more}");
        folder.of_recipient(&members).pop().unwrap()
    };
    let https = "https://truc.example/nhan";
    assert!(with("truc.example", &fine, "").starts_with("url: "));
    for url in ["https://a:b@truc.example/", "https://truc.example/#a"] {
        assert_eq!(with(url, &fine, ""), "url: without login and fragment", "{url}");
    }
    for url in ["http://truc.example/", "ftp://truc.example/"] {
        assert_eq!(with(url, &fine, ""), "url: https, or http to an address that `allow` names", "{url}");
    }
    assert_eq!(with(https, &fine, "allow = \"10.0.0.0/33\""), "allow: 10.0.0.0/33 is no network");
    assert!(with(https, "/does/not/exist", "").starts_with("secret_file: "));
    let said = "secret_file: each line must be whsec_ and 24 to 64 bytes in base64";
    let short = format!("{}\n{}", secret(24), secret(23));
    for (name, text) in [("none", ""), ("bare", "geheim"), ("short", &short), ("long", &secret(65)), ("no", "whsec_ä")]
    {
        let problem = with(https, &folder.file(name, text), "");
        assert_eq!(problem, said, "{name}");
        assert!(!problem.contains("geheim"), "what is wrong with a secret is said without the secret");
    }
}

#[test]
fn all_recipients_are_read_and_every_problem_is_named_at_once() {
    let folder = Folder::of("all");
    let none = folder.problems("[exchange]\nown_code = \"Gia Lộc\"\nrecipients = \"Hải Phòng\"");
    assert_eq!(none.len(), 1, "{none:?}");
    assert!(none[0].starts_with("exchange.recipients (") && none[0].contains("is no list"), "{none:?}");
    let bare = folder.problems("[exchange]\nrecipients = [\"Hải Phòng\"]");
    assert!(bare[0].starts_with("exchange.recipients, number 1 (") && bare[0].ends_with("it is no table"), "{bare:?}");
    let own = folder.problems("[exchange]\nown_code = \"Gia Lộc\"");
    assert_eq!(own, ["exchange.own_code: Gia Lộc is no agency code (QĐ 20/2020/QĐ-TTg)"]);
    let two =
        "[[exchange.recipients]]\nchannel = \"fax\"\n[[exchange.recipients]]\nchannel = \"webhook\"\ncode = \"x\"";
    let two = folder.problems(two);
    assert_eq!(two.len(), 3, "{two:?}");
    assert!(two[0].contains("number 1") && two[1].contains("number 2") && two[2].contains("number 2"), "{two:?}");
    let decide = "[[exchange.recipients]]\nchannel = \"by-hand\"\n".repeat(2);
    assert_eq!(folder.problems(&decide), ["exchange.recipients: all but one must be for_information"]);
}

#[test]
fn what_is_shown_is_read_again_as_it_was() {
    let folder = Folder::of("shown");
    let text = "[[exchange.recipients]]\nchannel = \"by-hand\"\nname = \"Sở Nội vụ\"\nfor_information = true\n";
    let file = folder.file("settings.toml", &format!("{text}{ISSUER}"));
    let shown = Settings::read(Some(&PathBuf::from(file)), Vec::new()).unwrap().shown();
    let recipient = shown.split("[[exchange.recipients]]").nth(1).unwrap().split("[[").next().unwrap();
    assert_eq!(folder.of_recipient(recipient), Vec::<String>::new(), "{shown}");
}
