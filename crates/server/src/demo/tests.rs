//! The demo world keeps what it promises, at whatever moment it is loaded.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use db::{Error, params};
use domain::outsourcing::Status;
use domain::ticket::TicketStatus;
use jiff::Timestamp;

use super::{load, sign_ins, timeline};
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;

/// A folder that is gone when the test is.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        Self(std::env::temp_dir().join(format!("staffel-demo-{}", uuid::Uuid::now_v7().simple())))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn app(folder: &Path, now: &str) -> App {
    let config = Config {
        listen: std::net::SocketAddr::from(([127, 0, 0, 1], 0)),
        data_dir: folder.to_path_buf(),
        database_url: format!("sqlite:{}", folder.join("staffel.db").display()),
        public_url: "http://staffel.example".to_owned(),
        demo: true,
        smtp_url: None,
        mail_from: "Staffel <staffel@localhost>".to_owned(),
        session_idle_minutes: 480,
        upload_limit: 10_000_000,
        trust_proxy: false,
        languages: domain::partnership::Languages::Any,
        log_json: false,
    };
    let now = now.parse().expect("a moment");
    App::open(config, Clock::fixed(now)).expect("an empty installation")
}

fn numbers(app: &App, sql: &'static str) -> Vec<i64> {
    app.db
        .read_blocking(move |tx| tx.all(sql, &params![], |row| row.get::<i64>(0)))
        .expect("numbers")
}

fn names(app: &App, sql: &'static str) -> BTreeSet<String> {
    let found: Result<Vec<String>, Error> =
        app.db.read_blocking(move |tx| tx.all(sql, &params![], |row| row.get(0)));
    found.expect("names").into_iter().collect()
}

#[test]
fn a_newcomer_finds_every_state_of_the_relay() {
    let folder = Folder::new();
    let app = app(&folder.0, "2026-11-24T09:40:00Z");
    let is_here = |app: &App| app.db.read_blocking(super::is_here).expect("an answer");
    assert!(!is_here(&app));
    load(&app).expect("the demo world");
    assert!(is_here(&app));
    let counted = |app: &App| {
        [
            numbers(app, "SELECT COUNT(*) FROM company"),
            numbers(app, "SELECT COUNT(*) FROM ticket"),
            numbers(app, "SELECT COUNT(*) FROM item"),
            numbers(app, "SELECT COUNT(*) FROM mail"),
        ]
    };
    let first = counted(&app);
    load(&app).expect("a second time");
    assert_eq!(counted(&app), first, "a second loading changes nothing");

    assert_eq!(first[0], [4]);
    let per_company =
        numbers(&app, "SELECT COUNT(*) FROM ticket GROUP BY company_id ORDER BY company_id");
    assert_eq!(per_company, [64, 40, 15, 10]);
    let one_way = ["assigned", "complete", "canceled"].map(str::to_owned).into();
    assert_eq!(names(&app, "SELECT status FROM network_round"), one_way);
    let actions = ["email", "livelink", "none"].map(str::to_owned).into();
    assert_eq!(names(&app, "SELECT action FROM network WHERE active = 1"), actions);
    assert_eq!(numbers(&app, "SELECT COUNT(*) FROM network WHERE active = 0"), [1]);
    let statuses = Status::ALL.map(|status| status.name().to_owned()).into();
    assert_eq!(names(&app, "SELECT status FROM outsourcing"), statuses);
    let tickets = TicketStatus::ALL.map(|status| status.name().to_owned()).into();
    assert_eq!(names(&app, "SELECT status FROM ticket"), tickets);
    assert_eq!(
        numbers(&app, "SELECT DISTINCT priority FROM ticket ORDER BY priority"),
        [0, 1, 2, 3]
    );
    assert_eq!(
        names(&app, "SELECT status FROM partnership"),
        ["active", "invited"].map(str::to_owned).into()
    );
    assert_eq!(
        names(&app, "SELECT DISTINCT state FROM mail"),
        ["kept"].map(str::to_owned).into(),
        "no letter of the past goes to a mail server"
    );
    let unused_queues = "SELECT COUNT(*) FROM queue WHERE id NOT IN (SELECT queue_id FROM ticket)";
    assert_eq!(numbers(&app, unused_queues), [0], "every queue holds a ticket");
}

#[test]
fn both_sides_see_the_same_status_and_the_worked_example_adds_up() {
    let folder = Folder::new();
    let app = app(&folder.0, "2026-11-24T09:40:00Z");
    load(&app).expect("the demo world");
    let unequal = "SELECT t.id FROM outsourcing o JOIN ticket t ON t.id = o.partner_ticket
                    WHERE t.insource_status <> o.status
                   UNION ALL
                   SELECT t.id FROM outsourcing o JOIN ticket t ON t.id = o.lead_ticket
                    WHERE t.outsource_status <> o.status
                      AND o.id = (SELECT MAX(n.id) FROM outsourcing n WHERE n.lead_ticket = t.id)
                   UNION ALL
                   SELECT t.id FROM network_round r JOIN ticket t ON t.id = r.ticket_id
                    WHERE t.outsource_status <> r.status";
    assert!(numbers(&app, unequal).is_empty());

    // Section 15.6: 2.50 h at 60.00, billed at 95.00; the part at 40.00.
    let example = "SELECT o.id FROM outsourcing o JOIN outsourcing_billing b ON b.outsourcing_id = o.id
                    WHERE o.status = 'complete' AND o.authorized_charge = 6000 AND o.authorized_hours = 500
                      AND b.billing_rate = 9500";
    assert_eq!(numbers(&app, example).len(), 1);
    let bundle = "SELECT c.quantity * c.unit_cost / 100 FROM charge c JOIN outsourcing o ON o.id = c.outsourcing_id
                   WHERE c.billable = 0 AND c.unit_price = 0 AND o.status = 'complete' AND o.authorized_hours = 500";
    assert_eq!(numbers(&app, bundle), [15_000]);
    let part = "SELECT c.unit_cost FROM charge c JOIN item i ON i.id = c.item_id
                  JOIN outsourcing o ON o.lead_ticket = i.ticket_id
                 WHERE i.is_copy = 1 AND o.authorized_hours = 500";
    assert_eq!(numbers(&app, part), [4_000]);
}

#[test]
fn nothing_lies_in_the_future_and_every_file_is_there() {
    let folder = Folder::new();
    let app = app(&folder.0, "2026-11-24T09:40:00Z");
    load(&app).expect("the demo world");
    let now = app.clock.now().as_microsecond();
    for sql in [
        "SELECT MAX(created_at) FROM item",
        "SELECT MAX(at) FROM audit",
        "SELECT MAX(created_at) FROM mail",
    ] {
        assert!(numbers(&app, sql)[0] < now, "{sql}");
    }
    let blobs = names(&app, "SELECT content_key FROM attachment WHERE content_key IS NOT NULL");
    assert!(!blobs.is_empty());
    for blob in blobs {
        assert!(folder.0.join("files").join(&blob).is_file(), "{blob}");
    }
}

#[test]
fn the_world_can_be_loaded_at_any_moment() {
    // Midnight, a Sunday, a Monday morning, the nights when the clocks change.
    let moments = [
        "2026-06-30T22:01:00Z",
        "2026-07-05T13:00:00Z",
        "2027-03-28T01:30:00Z",
        "2026-10-25T00:30:00Z",
        "2026-12-31T23:10:00Z",
    ];
    for moment in moments {
        let folder = Folder::new();
        let app = app(&folder.0, moment);
        load(&app).unwrap_or_else(|error| panic!("at {moment}: {error:#}"));
        assert_eq!(numbers(&app, "SELECT COUNT(*) FROM ticket"), [129], "at {moment}");
    }
}

#[test]
fn working_days_are_counted_back_over_the_weekend() {
    let monday: Timestamp = "2026-11-23T09:00:00Z".parse().expect("a Monday");
    let friday = timeline::instant((1, 1415), monday).expect("a moment");
    assert_eq!(friday.to_string(), "2026-11-20T13:15:00Z");
    let soon = timeline::instant((0, 45), monday).expect("a moment");
    assert_eq!(soon.to_string(), "2026-11-23T08:15:00Z");
}

#[test]
fn everybody_can_sign_in_under_an_address_of_their_own() {
    let people = sign_ins();
    let addresses: BTreeSet<&str> = people.iter().map(|person| person.email.as_str()).collect();
    assert_eq!(addresses.len(), people.len());
    assert!(addresses.iter().all(|address| address.ends_with(".example")));
    assert_eq!(people[0].name, "Kathrin Behrens");
}
