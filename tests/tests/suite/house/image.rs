//! The image: what its build reads must be in what is sent to it.

use std::path::{Path, PathBuf};

use super::{files::sources, root};

/// Nobody builds the image here, so that nothing else would tell: what the build reads must be in what is sent to it.
#[test]
fn the_image_is_built_of_everything_that_its_build_reads() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let listed = read(".dockerignore");
    let sent: Vec<_> = listed.lines().filter_map(|line| line.strip_prefix('!')).map(PathBuf::from).collect();
    let mut needed: Vec<PathBuf> = ["Cargo.toml", "Cargo.lock"].map(PathBuf::from).to_vec();
    let manifest = read("Cargo.toml");
    let members = manifest.lines().find_map(|line| line.strip_prefix("members = [")).unwrap();
    needed.extend(members.split('"').skip(1).step_by(2).map(PathBuf::from));
    let dockerfile = read("Dockerfile");
    let manifests = dockerfile.split("--manifest-path ").skip(1);
    needed.extend(manifests.map(|rest| Path::new(rest.split(' ').next().unwrap()).parent().unwrap().to_owned()));
    for (path, text) in sources().iter().filter(|(path, _)| !path.starts_with("tests")) {
        // What only tests of a crate embed is not built into the image; they stand last.
        let built = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        for rest in built.split("include_str!(\"").skip(1).chain(built.split("include_bytes!(\"").skip(1)) {
            let embedded = path.parent().unwrap().join(rest.split('"').next().unwrap());
            needed.push(
                std::fs::canonicalize(root().join(embedded)).unwrap().strip_prefix(canonical()).unwrap().to_owned(),
            );
        }
    }
    let missing: Vec<_> = needed.iter().filter(|path| !sent.iter().any(|sent| path.starts_with(sent))).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(needed.iter().any(|path| path.ends_with("postgres-places")), "{needed:?}");
}

fn canonical() -> PathBuf {
    std::fs::canonicalize(root()).unwrap()
}
