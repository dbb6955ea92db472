//! The figures as tables, and whether each aim is met.

use std::time::Duration;

use super::{
    plan::{Engine, FEW, Work},
    wrk::Figures,
};

const MEMORY: u64 = 150 * 1024;

/// One measurement beside its yardsticks.
pub struct Measured {
    pub engine: Engine,
    pub tickets: u64,
    pub work: Work,
    pub at_once: u64,
    pub served: Figures,
    /// The page's reads alone.
    pub reads: Option<Figures>,
    /// The constant.
    pub bare: Figures,
    pub syncs: Option<Syncs>,
}

/// Writes, and the waits for the disk they shared.
#[derive(Clone, Copy)]
pub struct Syncs {
    pub writes: u64,
    pub syncs: u64,
}

/// What a database of one size takes.
pub struct Size {
    pub engine: Engine,
    pub tickets: u64,
    pub loaded: Duration,
    /// KiB, at the end and at most.
    pub resident: u64,
    pub most_resident: u64,
    pub bytes: u64,
    /// How often the disk alone can be waited for.
    pub syncs: Figures,
}

#[derive(Default)]
pub struct Report {
    pub measured: Vec<Measured>,
    pub sizes: Vec<Size>,
}

impl Measured {
    fn slower_yardstick(&self) -> Option<u64> {
        Some(self.reads?.rate().min(self.bare.rate()).max(1))
    }

    /// The rate in hundredths of the slower yardstick's.
    fn share(&self) -> Option<u64> {
        Some(self.served.rate() * 100 / self.slower_yardstick()?)
    }

    /// Whether the rate is a third of the slower yardstick's or more; exactly, not by hundredths.
    fn is_a_third(&self) -> bool {
        self.slower_yardstick().is_none_or(|slower| self.served.rate() * 3 >= slower)
    }

    fn place(&self) -> String {
        let (engine, tickets) = (self.engine.name(), grouped(self.tickets));
        format!("{engine}, {tickets} tickets, {}, {} at once", self.work.title(), self.at_once)
    }

    /// As a row of the table.
    pub fn line(&self) -> String {
        let served = &self.served;
        let reads = self.reads.map_or("–".to_owned(), |reads| grouped(reads.rate()));
        let share = self.share().map_or("–".to_owned(), decimal);
        let syncs =
            self.syncs.map_or("–".to_owned(), |it| decimal(it.writes * 100 / it.syncs.max(1)));
        format!(
            "| {} | {} | {} | {} | {} | {} | {} | {reads} | {} | {share} | {syncs} |",
            self.engine.name(),
            grouped(self.tickets),
            self.work.title(),
            self.at_once,
            grouped(served.rate()),
            milliseconds(served.p50),
            milliseconds(served.p99),
            grouped(self.bare.rate()),
        )
    }
}

impl Report {
    pub fn print(&self) {
        println!(
            "\n| database | tickets | what | at once | per second | p50 ms | p99 ms | its SQL alone, per second | bare handler, per second | share of the slower | writes per sync |"
        );
        println!("|---|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        for measured in &self.measured {
            println!("{}", measured.line());
        }
        println!(
            "\n| database | tickets | loaded in | size | resident | at most | syncs of the disk alone, per second |"
        );
        println!("|---|--:|--:|--:|--:|--:|--:|");
        for size in &self.sizes {
            println!(
                "| {} | {} | {} s | {} MiB | {} MiB | {} MiB | {} |",
                size.engine.name(),
                grouped(size.tickets),
                size.loaded.as_secs(),
                grouped(size.bytes / 1024 / 1024),
                size.resident / 1024,
                size.most_resident / 1024,
                grouped(size.syncs.rate()),
            );
        }
        println!();
        for verdict in [self.share(), self.growth(), self.memory(), self.shared_syncs()] {
            println!(
                "{}",
                verdict.unwrap_or_else(|| "(an aim that this run says nothing about)".to_owned())
            );
        }
    }

    /// List and ticket page at a third of the slower yardstick's rate.
    fn share(&self) -> Option<String> {
        let pages =
            || self.measured.iter().filter(|it| matches!(it.work, Work::List | Work::Ticket));
        let (share, worst) =
            pages().filter_map(|it| Some((it.share()?, it))).min_by_key(|it| it.0)?;
        Some(verdict(
            pages().all(Measured::is_a_third),
            "list and ticket page at a third of the slower yardstick's rate or more",
            &format!("{} at worst ({})", decimal(share), worst.place()),
        ))
    }

    /// The median with many tickets within one and a half of that with few.
    fn growth(&self) -> Option<String> {
        let ratio = |many: &Measured| {
            let few = self.measured.iter().find(|few| {
                few.tickets == FEW
                    && (few.engine, few.work, few.at_once) == (many.engine, many.work, many.at_once)
            })?;
            Some(many.served.p50 * 100 / few.served.p50.max(1))
        };
        let many = self.measured.iter().filter(|it| it.tickets > FEW);
        let all: Vec<_> = many.filter_map(|it| Some((ratio(it)?, it))).collect();
        let (worst, place) = all.iter().max_by_key(|it| it.0)?;
        let beyond: Vec<String> = all
            .iter()
            .filter(|it| it.0 > 150)
            .map(|it| format!("{} ({})", decimal(it.0), it.1.place()))
            .collect();
        let found = if beyond.is_empty() {
            format!("{} at worst ({})", decimal(*worst), place.place())
        } else {
            beyond.join("; ")
        };
        let aim = format!("p50 within 1.5 times that at {} tickets", grouped(FEW));
        Some(verdict(beyond.is_empty(), &aim, &found))
    }

    fn memory(&self) -> Option<String> {
        let most = self.sizes.iter().max_by_key(|size| size.most_resident)?;
        let found = format!("{} MiB at most ({})", most.most_resident / 1024, most.engine.name());
        Some(verdict(most.most_resident < MEMORY, "under 150 MiB resident", &found))
    }

    /// Writes that come together share a wait for the disk.
    fn shared_syncs(&self) -> Option<String> {
        let together = self.measured.iter().filter(|it| it.at_once > 1);
        let each = together.filter_map(|it| {
            let syncs = it.syncs?;
            Some((syncs.writes * 100 / syncs.syncs.max(1), it))
        });
        let (fewest, place) = each.min_by_key(|it| it.0)?;
        let found = format!("{} writes per sync at least ({})", decimal(fewest), place.place());
        Some(verdict(fewest > 150, "durable writes that come together share a disk sync", &found))
    }
}

fn verdict(met: bool, aim: &str, found: &str) -> String {
    format!("{} {aim}: {found}", if met { "met:   " } else { "MISSED:" })
}

/// 1234567 as 1,234,567.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn decimal(hundredths: u64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn milliseconds(micros: u64) -> String {
    decimal(micros / 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(tickets: u64, p50: u64, rate: u64) -> Measured {
        let of = |requests: u64| Figures { requests, took: 1_000_000, p50, p99: p50 };
        Measured {
            engine: Engine::Sqlite,
            tickets,
            work: Work::List,
            at_once: 16,
            served: of(rate),
            reads: Some(of(300)),
            bare: of(9_000),
            syncs: Some(Syncs { writes: 80, syncs: 10 }),
        }
    }

    #[test]
    fn aims_are_judged_by_their_worst_case() {
        let measured_both = vec![measured(FEW, 100, 250), measured(1_000_000, 150, 100)];
        let mut report = Report { measured: measured_both, sizes: Vec::new() };
        let met = |verdict: Option<String>| verdict.is_some_and(|text| text.starts_with("met"));
        assert!(met(report.share()) && met(report.growth()) && met(report.shared_syncs()));
        report.measured.push(measured(1_000_000, 151, 99));
        assert!(!met(report.share()) && !met(report.growth()));
        assert!(report.memory().is_none());
    }

    #[test]
    fn numbers_are_easy_to_read() {
        assert_eq!([grouped(7), grouped(1_000), grouped(1_234_567)], ["7", "1,000", "1,234,567"]);
        assert_eq!(milliseconds(1_234), "1.23");
    }
}
