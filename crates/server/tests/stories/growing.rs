//! A database that an older program made keeps everything when it is brought up to date, and numbers that were used are
//! used up.

use std::path::PathBuf;

use db::{Db, Migration, Options, Tx};
use staffel::app::MIGRATIONS;
use staffel::store::mails::{self, NewMail, State};

use crate::world::{Browser, Engine, World, story};

/// The migrations up to this one.
fn until(last: &str) -> &'static [Migration] {
    let place = MIGRATIONS.iter().position(|known| known.name == last).unwrap();
    &MIGRATIONS[..=place]
}

/// A file, removed in the end.
struct Old {
    db: Db,
    path: PathBuf,
}

impl Drop for Old {
    fn drop(&mut self) {
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", self.path.display()));
        }
    }
}

impl Old {
    /// A file as the program left it that knew no migration after this one.
    fn at(last: &str) -> Self {
        let name = format!("staffel_test_{}.db", uuid::Uuid::now_v7().simple());
        let path = std::env::temp_dir().join(name);
        let db = Db::open(&format!("sqlite:{}", path.display()), Options::default()).unwrap();
        db.migrate(until(last)).unwrap();
        Self { db, path }
    }

    fn ask(&self, sql: impl Into<String>) -> Vec<String> {
        let sql = sql.into();
        self.db.read_blocking(move |tx| lines(tx, &sql)).unwrap()
    }

    /// Takes over every row of the stage that there was a place for.
    fn fill_from(&self, world: &World) {
        let from = world.app.config.data_dir.join("staffel.db");
        let fill = move |tx: &mut Tx| {
            tx.run("PRAGMA defer_foreign_keys = ON", &[])?;
            tx.run(&format!("ATTACH '{}' AS stage", from.display()), &[])?;
            for table in lines(tx, TABLES)? {
                let columns = "SELECT group_concat(name, ', ') FROM pragma_table_info";
                let columns = lines(tx, &format!("{columns}('{table}')"))?.remove(0);
                tx.run(
                    &format!(
                        "INSERT INTO main.{table} ({columns}) SELECT {columns} FROM stage.{table}"
                    ),
                    &[],
                )?;
            }
            Ok::<(), db::Error>(())
        };
        self.db.write_blocking(fill).unwrap();
    }

    /// Every row of every table that there was, with what is generated.
    fn rows(&self) -> Vec<(String, Vec<String>)> {
        let mut all = Vec::new();
        for table in self.ask(TABLES) {
            let columns =
                format!("SELECT 'quote(' || name || ')' FROM pragma_table_xinfo('{table}')");
            let columns = self.ask(columns).join(" || ', ' || ");
            let rows = self.ask(format!("SELECT {columns} FROM {table} ORDER BY 1"));
            all.push((table, rows));
        }
        all
    }

    /// Columns, references and indexes of the tables that there were.
    fn shape(&self) -> Vec<String> {
        let columns = "SELECT m.name || ' ' || x.cid || ' ' || x.name || ' ' || x.type || ' ' || x.[notnull] || ' ' ||
                              COALESCE(x.dflt_value, '-') || ' ' || x.pk || ' ' || x.hidden
                         FROM sqlite_master m, pragma_table_xinfo(m.name) x WHERE m.type = 'table' ORDER BY m.name, x.cid";
        let references = "SELECT m.name || '.' || f.[from] || ' to ' || f.[table] || '.' || f.[to] || ' ' || f.on_delete
                            FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' ORDER BY 1";
        let indexes = "SELECT m.name || ' ' || i.[unique] || ' ' || i.origin || ' ' || i.partial || ' ' ||
                              (SELECT group_concat(name) FROM pragma_index_info(i.name)) || ' ' ||
                              COALESCE((SELECT s.sql FROM sqlite_master s WHERE s.name = i.name), '')
                         FROM sqlite_master m, pragma_index_list(m.name) i WHERE m.type = 'table' ORDER BY 1";
        let mut all = self.ask(columns);
        all.extend(self.ask(references));
        all.extend(self.ask(indexes));
        all.retain(|line| !line.starts_with("unused_file") && !line.starts_with("ticket_search"));
        all
    }

    /// The number that the next row of a table gets when the newest one is gone.
    fn next(&self, table: &'static str, delete: &'static str) -> (i64, i64) {
        let count = move |tx: &mut Tx| {
            let number = |tx: &mut Tx| {
                let sql = format!("SELECT MAX(id) FROM {table}");
                Ok::<i64, db::Error>(tx.one(&sql, &[], |row| row.get(0))?.unwrap())
            };
            let last = number(tx)?;
            let columns = format!(
                "SELECT group_concat(name, ', ') FROM pragma_table_info('{table}') WHERE name <> 'id'"
            );
            let columns = lines(tx, &columns)?.remove(0);
            tx.run(
                &format!("CREATE TEMP TABLE kept AS SELECT * FROM {table} WHERE id = {last}"),
                &[],
            )?;
            tx.script(&delete.replace("$id", &last.to_string()))?;
            tx.run(&format!("INSERT INTO {table} ({columns}) SELECT {columns} FROM kept"), &[])?;
            let next = number(tx)?;
            tx.run("DROP TABLE kept", &[])?;
            Ok::<(i64, i64), db::Error>((last, next))
        };
        self.db.write_blocking(count).unwrap()
    }
}

/// Without what the engine keeps, and without the words of the search, which has no rows to copy.
const TABLES: &str =
    "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
    AND name NOT LIKE 'ticket_search%' AND name NOT IN ('migration', 'unused_file') ORDER BY name";

fn lines(tx: &mut Tx, sql: &str) -> Result<Vec<String>, db::Error> {
    tx.all(sql, &[], |row| row.get(0))
}

/// Rounds of both kinds, items, crossings, letters, views; and a round that is gone, which the audit still names.
async fn history(world: &World) -> i64 {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let ticket = world.ticket(&mut anna, "Alt").await;
    let round = world.send(&mut anna, &ticket).await;
    let theirs = world.accept(&mut nora, round).await;
    anna.upload(&format!("{ticket}/files"), "plan.txt", b"plan", "all").await.is(303);
    let time = [("date", "2026-11-24"), ("worked", "2,00"), ("body", "Kabel gezogen")];
    nora.post(&format!("{theirs}/time"), &time).await.is(303);
    let network = world.network(&mut anna, &[]).await;
    let other = world.ticket(&mut anna, "Netz").await;
    world.hand_over(&mut anna, &other, network, "Bitte").await;
    let view = [("door", "outsource"), ("name", "Meine"), ("query", "list=open")];
    anna.post("/views", &view).await.is(303);
    let doomed = world.ticket(&mut anna, "Vergeht").await;
    let gone = world.send(&mut anna, &doomed).await;
    cancel(&mut anna, gone).await;
    anna.post(&format!("{doomed}/deletion"), &[]).await.is(303);
    gone
}

async fn cancel(lead: &mut Browser, round: i64) {
    lead.post(&format!("/outsourcings/{round}/cancellation"), &[]).await.is(303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_file_keeps_everything_and_its_numbers_are_used_up() {
    let opened = tokio::task::spawn_blocking(|| World::new(Engine::Sqlite).unwrap());
    let world = opened.await.unwrap();
    let gone = history(&world).await;
    tokio::task::spawn_blocking(move || grow(&world, gone)).await.unwrap();
}

fn grow(world: &World, gone: i64) {
    let old = Old::at("0009_network_rounds_by_time");
    old.fill_from(world);
    let (rows, shape) = (old.rows(), old.shape());
    for table in ["outsourcing", "crossing", "link", "network_round_move", "mail", "saved_view"] {
        let (_, found) = rows.iter().find(|(name, _)| name == table).unwrap();
        assert!(!found.is_empty(), "{table} would prove nothing");
    }
    old.db.migrate(until("0010_lasting_rounds")).unwrap();
    assert_eq!(old.rows(), rows);
    assert_eq!(old.shape(), shape, "only what numbers the rows was to change");
    old.db.migrate(MIGRATIONS).unwrap();
    assert_eq!(old.rows(), rows);
    assert!(old.ask("SELECT [table] FROM pragma_foreign_key_check").is_empty());
    let next = old.ask("SELECT CAST(seq AS TEXT) FROM sqlite_sequence WHERE name = 'outsourcing'");
    assert_eq!(next, [gone.to_string()], "the audit names a round that is gone");
    for (table, delete) in [
        ("outsourcing", LAST_ROUND),
        ("network_round", "DELETE FROM network_round WHERE id = $id"),
        ("mail", "DELETE FROM mail WHERE id = $id"),
        ("saved_view", "DELETE FROM saved_view WHERE id = $id"),
    ] {
        let (last, next) = old.next(table, delete);
        assert!(next > last, "{table}: {next} after {last}");
    }
}

const LAST_ROUND: &str = "DELETE FROM crossing WHERE outsourcing_id = $id;
    DELETE FROM link WHERE outsourcing_id = $id;
    DELETE FROM digest WHERE outsourcing_id = $id;
    DELETE FROM outsourcing WHERE id = $id";

#[test]
fn the_numbers_of_rounds_are_used_up_though_none_is_left() {
    let old = Old::at("0009_network_rounds_by_time");
    let told = "INSERT INTO company (id, public_id, name, language, time_zone, currency, accept_hours, created_at, version)
                  VALUES (1, 'a', 'Acme', 'de', 'UTC', 'EUR', 24, 0, 1);
                INSERT INTO audit (company_id, at, person_name, ip, action, about, detail, subject, subject_id)
                  VALUES (1, 0, '', '', 'audit-round-send', '', '', 'round', 17),
                         (1, 0, '', '', 'audit-ticket-created', '', '', 'ticket', 99)";
    old.db.write_blocking(move |tx| tx.script(told)).unwrap();
    old.db.migrate(MIGRATIONS).unwrap();
    let next = old.ask("SELECT CAST(seq AS TEXT) FROM sqlite_sequence WHERE name = 'outsourcing'");
    assert_eq!(next, ["17"]);
}

story!(a_letter_that_was_withdrawn_while_it_was_sent_does_not_stand_for_the_next, world, {
    let now = world.app.clock.now();
    let letter = |name: &str| NewMail {
        name: name.into(),
        company: None,
        kind: "invitation",
        to_address: "neu@stage.example".into(),
        to_name: "Neu".into(),
        language: domain::language::Language::De,
        subject: name.into(),
        body: "Ein Link".into(),
        html: String::new(),
        reply_to: String::new(),
    };
    let (first, second) = (letter("probe-1"), letter("probe-2"));
    let again = std::time::Duration::from_mins(5);
    let sent = world.app.db.write_blocking(move |tx| {
        mails::queue(tx, &first, now)?;
        let under_way = mails::claim(tx, now, again, 100)?;
        let first = under_way.iter().find(|mail| mail.subject == "probe-1").unwrap().id;
        mails::drop_queued(tx, "probe-1")?;
        mails::queue(tx, &second, now)?;
        mails::sent(tx, first, now)?;
        mails::state_of(tx, "probe-2")
    });
    assert_eq!(sent.unwrap(), Some(State::Queued));
});
