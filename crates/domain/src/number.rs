//! The number of a ticket: display only, made of the local date and the counter of that day (section 18.1).

use jiff::civil::Date;

/// Such as `T20260101.0001`. A busy day's counter grows past four digits rather than start over.
pub fn ticket_number(day: Date, counter: i64) -> String {
    format!("T{:04}{:02}{:02}.{counter:04}", day.year(), day.month(), day.day())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_number_is_the_day_and_its_counter() {
        assert_eq!(ticket_number(date(2026, 1, 1), 1), "T20260101.0001");
        assert_eq!(ticket_number(date(2026, 11, 24), 9999), "T20261124.9999");
        assert_eq!(ticket_number(date(2026, 11, 24), 10_000), "T20261124.10000");
    }
}
