//! What is measured: all of it, or what the arguments leave of it.

use anyhow::{Context, Result, bail, ensure};

const USAGE: &str = "cargo xtask bench [--tickets 1000000] [--engine sqlite|postgres] [--seconds 5] [--only list,ticket]";

/// The few tickets that the many are compared with.
pub const FEW: u64 = 10_000;
const MANY: u64 = 1_000_000;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];

    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// A thing that people do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Work {
    List,
    Ticket,
    Search,
    Dashboard,
    Create,
    Note,
    Cross,
}

impl Work {
    const ALL: [Self; 7] = [
        Self::List,
        Self::Ticket,
        Self::Search,
        Self::Dashboard,
        Self::Create,
        Self::Note,
        Self::Cross,
    ];

    /// As the arguments, the load generator and the yardstick call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Ticket => "ticket",
            Self::Search => "search",
            Self::Dashboard => "dashboard",
            Self::Create => "create",
            Self::Note => "note",
            Self::Cross => "cross",
        }
    }

    /// For people.
    pub fn title(self) -> &'static str {
        match self {
            Self::List => "ticket list",
            Self::Ticket => "ticket page, 10 notes",
            Self::Search => "text search",
            Self::Dashboard => "dashboard",
            Self::Create => "create ticket",
            Self::Note => "add note",
            Self::Cross => "note to other side",
        }
    }

    /// Whether something is stored.
    pub fn writes(self) -> bool {
        matches!(self, Self::Create | Self::Note | Self::Cross)
    }
}

pub struct Plan {
    pub engines: Vec<Engine>,
    pub sizes: Vec<u64>,
    pub works: Vec<Work>,
    /// Of each measurement.
    pub seconds: u64,
}

impl Plan {
    pub fn read(arguments: &[String]) -> Result<Self> {
        let mut plan = Self {
            engines: Engine::ALL.to_vec(),
            sizes: vec![FEW, MANY],
            works: Work::ALL.to_vec(),
            seconds: 5,
        };
        for pair in arguments.chunks(2) {
            let [flag, value] = pair else { bail!("{USAGE}") };
            plan.change(flag, value).with_context(|| format!("{flag} {value}\n{USAGE}"))?;
        }
        Ok(plan)
    }

    fn change(&mut self, flag: &str, value: &str) -> Result<()> {
        match flag {
            "--tickets" => {
                let many = value.parse()?;
                ensure!(many >= 2_000, "there are twenty companies: two thousand at least");
                self.sizes = if many > FEW { vec![FEW, many] } else { vec![many] };
            }
            "--engine" => {
                self.engines.retain(|engine| {
                    engine.name().eq_ignore_ascii_case(value)
                        || value == "postgres" && *engine == Engine::Postgres
                });
                ensure!(!self.engines.is_empty(), "no such engine");
            }
            "--seconds" => self.seconds = value.parse::<u64>()?.max(1),
            "--only" => {
                let names: Vec<&str> = value.split(',').collect();
                let known = |name: &&str| Work::ALL.iter().any(|work| work.name() == *name);
                ensure!(names.iter().all(known), "no such work");
                self.works.retain(|work| names.contains(&work.name()));
            }
            _ => bail!("no such flag"),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(arguments: &str) -> Result<Plan> {
        Plan::read(&arguments.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn without_arguments_all_of_it_is_measured() -> Result<()> {
        let plan = read("")?;
        assert_eq!(plan.engines, Engine::ALL);
        assert_eq!(plan.sizes, [10_000, 1_000_000]);
        assert_eq!(plan.works, Work::ALL);
        Ok(())
    }

    #[test]
    fn arguments_leave_a_part() -> Result<()> {
        let plan = read("--tickets 20000 --engine postgres --seconds 2 --only ticket,list")?;
        assert_eq!(plan.engines, [Engine::Postgres]);
        assert_eq!(plan.sizes, [10_000, 20_000]);
        assert_eq!(plan.works, [Work::List, Work::Ticket]);
        assert_eq!(plan.seconds, 2);
        assert_eq!(read("--tickets 5000")?.sizes, [5_000]);
        Ok(())
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for arguments in ["--tickets", "--tickets many", "--engine mysql", "--only all", "--fast 1"]
        {
            assert!(read(arguments).is_err(), "{arguments}");
        }
    }
}
