//! Finds the programs the commands need and, where it may, installs what is missing.
//!
//! Root on a machine with `apt-get` (a fresh CI machine) gets the packages; everybody else is told
//! exactly what to type. An existing Postgres cluster is never touched, and none is created.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail, ensure};
use nix::unistd::Uid;

use crate::leftovers::Leftovers;

/// The version the licence check was last run with by hand; newer ones may judge differently.
const CARGO_DENY: &str = "0.20.2";

/// The rules of accessibility, and what the package must hash to: what judges our pages is not to
/// change by itself.
const AXE_CORE: &str = "4.14.1";
const AXE_CORE_INTEGRITY: &str = "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==";

/// A program of the distribution, and the Debian package it is in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Need {
    Postgres,
    Chromium,
    Chromedriver,
    Npm,
    Wrk,
}

impl Need {
    fn package(self) -> &'static str {
        match self {
            Self::Postgres => "postgresql",
            Self::Chromium => "chromium",
            Self::Chromedriver => "chromium-driver",
            Self::Npm => "npm",
            Self::Wrk => "wrk",
        }
    }

    fn found(self) -> bool {
        match self {
            Self::Postgres => postgres_programs().is_some(),
            Self::Chromium => ["chromium", "chromium-browser", "google-chrome"]
                .into_iter()
                .any(|name| in_path(name).is_some()),
            Self::Chromedriver => in_path("chromedriver").is_some(),
            Self::Npm => in_path("npm").is_some(),
            Self::Wrk => in_path("wrk").is_some(),
        }
    }
}

/// Makes sure that all of it is there.
pub fn packages(leftovers: &Leftovers, needs: &[Need]) -> Result<()> {
    let missing = |needs: &[Need]| -> Vec<&str> {
        needs.iter().filter(|need| !need.found()).map(|need| need.package()).collect()
    };
    let wanted = missing(needs);
    if wanted.is_empty() {
        return Ok(());
    }
    let by_hand = format!("apt-get install --no-install-recommends {}", wanted.join(" "));
    if !Uid::effective().is_root() || in_path("apt-get").is_none() {
        bail!("this needs programs that are not installed; on Debian: sudo {by_hand}");
    }
    println!("installing: {}", wanted.join(" "));
    apt(leftovers, &wanted)?;
    let still = missing(needs);
    ensure!(still.is_empty(), "installed, but not found: {}", still.join(" "));
    Ok(())
}

fn apt(leftovers: &Leftovers, packages: &[&str]) -> Result<()> {
    let apt_get = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command.args(["-qq", "-o", "DPkg::Lock::Timeout=300"]);
        command
    };
    // Lists that cannot be refreshed (another run holds the lock, a mirror is down) may still do.
    leftovers.run(apt_get().arg("update"))?;
    let _no_cluster = NoCluster::ask()?;
    let status = leftovers
        .run(apt_get().args(["install", "-y", "--no-install-recommends"]).args(packages))?;
    ensure!(status.success(), "apt-get could not install {}: {status}", packages.join(" "));
    Ok(())
}

/// While this exists, Debian's Postgres package does not create and start a cluster of its own.
struct NoCluster(PathBuf);

impl NoCluster {
    fn ask() -> Result<Self> {
        let directory = Path::new("/etc/postgresql-common/createcluster.d");
        fs::create_dir_all(directory).context("cannot configure postgresql-common")?;
        let file = directory.join("staffel-tests.conf");
        fs::write(&file, "create_main_cluster = false\n")?;
        Ok(Self(file))
    }
}

impl Drop for NoCluster {
    fn drop(&mut self) {
        // The question is answered either way; a second run may have removed it already.
        let _ = fs::remove_file(&self.0);
    }
}

/// The directory with `initdb` and `postgres`: the newest of Debian's, else what PATH has.
pub fn postgres_programs() -> Option<PathBuf> {
    let installed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = installed
        .map(|entry| entry.path().join("bin"))
        .filter(|bin| bin.join("initdb").exists() && bin.join("postgres").exists())
        .max_by_key(|bin| version(bin));
    newest.or_else(|| {
        let postgres = in_path("postgres")?.canonicalize().ok()?;
        let bin = postgres.parent()?.to_owned();
        bin.join("initdb").exists().then_some(bin)
    })
}

/// 17 for `…/17/bin`.
fn version(bin: &Path) -> u32 {
    let name = bin.parent().and_then(Path::file_name).and_then(|name| name.to_str());
    name.and_then(|name| name.parse().ok()).unwrap_or(0)
}

/// cargo-deny: the one in PATH, else the one built here once (in about a minute on two cores).
pub fn cargo_deny(leftovers: &Leftovers) -> Result<PathBuf> {
    let tools = target_directory().join("tools");
    let ours = tools.join("bin/cargo-deny");
    if let Some(found) = in_path("cargo-deny").or_else(|| ours.exists().then(|| ours.clone())) {
        return Ok(found);
    }
    println!("building cargo-deny {CARGO_DENY} once, into {}", tools.display());
    let build = leftovers.directory("cargo-deny")?;
    // Unoptimised: it builds three times as fast and checks in a second all the same.
    let status = leftovers.run(
        cargo()
            .args(["install", "--quiet", "--locked", "--debug", "--version", CARGO_DENY, "--root"])
            .arg(&tools)
            .arg("--target-dir")
            .arg(build.path())
            .arg("cargo-deny")
            .env("CARGO_PROFILE_DEV_DEBUG", "0"),
    )?;
    ensure!(status.success(), "cargo-deny could not be built: {status}");
    Ok(ours)
}

/// axe-core, the script that judges whether a page can be used by everybody: fetched here once and
/// unpacked beside the other tools. It is MPL-2.0 and stays out of the repository.
///
/// npm is asked for only while the script is not there yet: on a bare Debian it brings some 350
/// small packages along.
pub fn axe_core(leftovers: &Leftovers) -> Result<PathBuf> {
    let tools = target_directory().join("tools");
    let script = tools.join(format!("axe-core-{AXE_CORE}.min.js"));
    if script.exists() {
        return Ok(script);
    }
    packages(leftovers, &[Need::Npm])?;
    println!("fetching axe-core {AXE_CORE} once, into {}", tools.display());
    fs::create_dir_all(&tools)?;
    let directory = leftovers.directory("axe-core")?;
    pack_axe_core(leftovers, directory.path())?;
    let archive = format!("axe-core-{AXE_CORE}.tgz");
    let mut unpack = Command::new("tar");
    unpack.arg("-xzf").arg(archive).arg("package/axe.min.js").current_dir(directory.path());
    let status = leftovers.run(&mut unpack)?;
    ensure!(status.success(), "axe-core could not be unpacked: {status}");
    // Under its own name only once it is whole; another run may do the same at this moment.
    let whole = tools.join(format!("axe-core-{}.part", std::process::id()));
    fs::copy(directory.path().join("package/axe.min.js"), &whole)?;
    fs::rename(&whole, &script)?;
    Ok(script)
}

/// Has npm fetch the package, and looks whether it is the one we know.
fn pack_axe_core(leftovers: &Leftovers, directory: &Path) -> Result<()> {
    let answer = directory.join("answer.json");
    let mut npm = Command::new("npm");
    npm.args(["pack", "--json", "--no-update-notifier", &format!("axe-core@{AXE_CORE}")]);
    npm.current_dir(directory).stdout(fs::File::create(&answer)?);
    let status = leftovers.run(&mut npm)?;
    ensure!(status.success(), "npm could not fetch axe-core {AXE_CORE}: {status}");
    let known = fs::read_to_string(&answer)?.contains(AXE_CORE_INTEGRITY);
    ensure!(known, "npm brought an axe-core {AXE_CORE} that is not the one we know");
    Ok(())
}

/// The cargo that runs us, without what it told us of ourselves: taken for settings of the build, that would have it
/// build again what was built by hand.
pub fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let ours = ["CARGO_MANIFEST_", "CARGO_PKG_", "CARGO_BIN_", "CARGO_CRATE_"];
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(|name| ours.iter().any(|begin| name.starts_with(begin))) {
            command.env_remove(name);
        }
    }
    command
}

/// Where cargo puts what it builds.
pub fn target_directory() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| crate::root().join("target"), PathBuf::from)
}

/// The program of this name in PATH.
pub fn in_path(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?)
        .map(|directory| directory.join(name))
        .find(|it| it.is_file())
}
