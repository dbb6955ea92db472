//! The sweep of the store of files: what nobody names goes after a day, what anybody names stays.

use std::fs::File;
use std::path::PathBuf;
use std::time::SystemTime;

use domain::ids::TicketId;
use jiff::SignedDuration;
use staffel::jobs::sweep::{self, Swept};

use crate::cut::Cut;
use crate::world::{Browser, World, story};

const NOTHING: Swept = Swept { noted: 0, removed: 0 };
const NOTED: Swept = Swept { noted: 1, removed: 0 };
const REMOVED: Swept = Swept { noted: 0, removed: 1 };

fn folder(world: &World) -> PathBuf {
    world.app.config.data_dir.join("files")
}

/// What lies in the store of files, in order.
fn stored(world: &World) -> Vec<String> {
    let entries = std::fs::read_dir(folder(world)).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// The stage's clock is not the machine's: a file is as old as is said here.
fn age(world: &World, name: &str, hours: i64) {
    let at = world.app.clock.now() - SignedDuration::from_hours(hours);
    let file = File::options().write(true).open(folder(world).join(name)).unwrap();
    file.set_modified(SystemTime::from(at)).unwrap();
}

/// A file as an upload leaves it before its row is written.
fn orphan(world: &World, hours: i64) -> String {
    let name = uuid::Uuid::now_v7().simple().to_string();
    lay(world, &name, hours);
    name
}

fn lay(world: &World, name: &str, hours: i64) {
    std::fs::write(folder(world).join(name), b"Inhalt").unwrap();
    age(world, name, hours);
}

/// Uploads through the form; the name of the content, which is two days old from then on.
async fn attach(world: &World, browser: &mut Browser, ticket: &str, name: &str) -> String {
    let before = stored(world);
    browser.upload(&format!("{ticket}/files"), name, name.as_bytes(), "all").await.is(303);
    let key = stored(world).into_iter().find(|key| !before.contains(key)).unwrap();
    age(world, &key, 48);
    key
}

async fn sweep(world: &World) -> Swept {
    sweep::sweep(&world.app).await.unwrap()
}

/// It is swept, and once more when what was noted has had its day.
async fn sweep_for_a_day(world: &World) {
    sweep(world).await;
    world.app.clock.advance(SignedDuration::from_hours(24));
    sweep(world).await;
}

async fn delete(browser: &mut Browser, ticket: &str, file: &str) {
    let item = browser.get(ticket).await.items(file)[0];
    browser.post(&format!("/items/{item}/deletion"), &[]).await.is(303);
}

/// Sends a ticket out with its file; the number of the round.
async fn send_with_file(world: &World, lead: &mut Browser, ticket: &str, file: &str) -> i64 {
    let item = lead.get(ticket).await.items(file)[0].to_string();
    // The deadline lies beyond the days of this story.
    let mut fields = world.terms_on(lead, ticket, 9).await;
    fields.retain(|(name, _)| name != "seen" && name != "then");
    fields.push(("file".into(), item));
    let path = format!("{ticket}/outsource");
    let of =
        |fields: &[(String, String)]| serde_urlencoded::to_string(fields).unwrap().into_bytes();
    let kind = "application/x-www-form-urlencoded";
    let seen = lead.post_raw(&path, kind, of(&fields)).await.is(200).value("seen");
    fields.extend([("seen".into(), seen), ("then".into(), "send".into())]);
    lead.post_raw(&path, kind, of(&fields)).await.is(303);
    world.newest_round()
}

/// Downloads a file from a ticket.
async fn download(browser: &mut Browser, ticket: &str, file: &str) {
    let item = browser.get(ticket).await.is(200).items(file)[0];
    let page = browser.get(&format!("/files/{item}")).await.is(200);
    assert_eq!(page.body, file, "the content is its name");
}

story!(an_upload_without_a_row_goes_when_it_is_old_and_was_noted_for_a_day, world, {
    let (old, young) = (orphan(&world, 24), orphan(&world, 23));
    assert_eq!(sweep(&world).await, NOTED, "only the old one");
    world.app.clock.advance(SignedDuration::from_hours(23));
    assert_eq!(sweep(&world).await, NOTED, "the young one has grown old");
    assert_eq!(sweep(&world).await, NOTHING, "noted once");
    assert_eq!(stored(&world), [old.clone(), young.clone()]);
    world.app.clock.advance(SignedDuration::from_hours(1));
    assert_eq!(sweep(&world).await, REMOVED);
    assert_eq!(stored(&world), [young]);
    world.app.clock.advance(SignedDuration::from_hours(23));
    assert_eq!(sweep(&world).await, REMOVED);
    assert!(stored(&world).is_empty());
    assert_eq!(world.count("SELECT COUNT(*) FROM unused_file"), 0, "nothing is left to remember");
});

story!(more_files_than_are_looked_at_together_are_swept_too, world, {
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Viele").await;
    let kept = attach(&world, &mut anna, &ticket, "bleibt.txt").await;
    for _ in 0..1200 {
        orphan(&world, 24);
    }
    assert_eq!(sweep(&world).await, Swept { noted: 1200, removed: 0 });
    world.app.clock.advance(SignedDuration::from_hours(24));
    assert_eq!(sweep(&world).await, Swept { noted: 0, removed: 1200 });
    assert_eq!(stored(&world), [kept]);
});

story!(what_an_upload_that_died_left_goes_and_what_is_not_ours_stays, world, {
    let (old, young) = (format!("{}#1", orphan(&world, 0)), format!("{}#12", orphan(&world, 0)));
    lay(&world, &old, 24);
    lay(&world, &young, 23);
    for foreign in ["liesmich.txt", "liesmich.txt#1", &"0".repeat(31), &"G".repeat(32)] {
        lay(&world, foreign, 24 * 365);
    }
    let below = folder(&world).join("unterlagen");
    std::fs::create_dir(&below).unwrap();
    let name = orphan(&world, 24 * 365);
    std::fs::rename(folder(&world).join(&name), below.join(&name)).unwrap();
    let before = stored(&world);
    assert_eq!(sweep(&world).await, REMOVED);
    let left: Vec<String> = before.into_iter().filter(|name| *name != old).collect();
    assert_eq!(stored(&world), left);
    assert!(left.contains(&young));
    assert!(below.join(&name).is_file());
});

story!(what_either_side_has_stays_and_goes_a_day_after_the_last, world, {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    let ticket = world.ticket(&mut anna, "Beide Seiten").await;
    let round = world.send(&mut anna, &ticket).await;
    let theirs = world.accept(&mut nora, round).await;
    let key = attach(&world, &mut anna, &ticket, "plan.txt").await;
    let taken_back = attach(&world, &mut anna, &ticket, "irrtum.txt").await;
    let copy = nora.get(&theirs).await.items("plan.txt")[0];
    nora.post(&format!("/items/{copy}/detachment"), &[]).await.is(303);
    delete(&mut anna, &ticket, "plan.txt").await;
    delete(&mut anna, &ticket, "irrtum.txt").await;
    nora.get(&theirs).await.shows("plan.txt").hides("irrtum.txt");
    assert_eq!(stored(&world), [key.clone(), taken_back], "nothing goes at once");
    sweep_for_a_day(&world).await;
    assert_eq!(stored(&world), [key], "the copy that is the partner's own names it");
    let mut nora = world.sign_in("nora").await;
    download(&mut nora, &theirs, "plan.txt").await;
    delete(&mut nora, &theirs, "plan.txt").await;
    sweep_for_a_day(&world).await;
    assert!(stored(&world).is_empty());
});

story!(what_left_with_an_offer_stays_though_its_item_was_deleted, world, {
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Mit Anlage").await;
    let key = attach(&world, &mut anna, &ticket, "plan.txt").await;
    let round = send_with_file(&world, &mut anna, &ticket, "plan.txt").await;
    delete(&mut anna, &ticket, "plan.txt").await;
    assert_eq!(world.count("SELECT COUNT(*) FROM attachment"), 0);
    sweep_for_a_day(&world).await;
    sweep_for_a_day(&world).await;
    assert_eq!(stored(&world), [key], "the offer names it");
    let mut nora = world.sign_in("nora").await;
    let theirs = world.accept(&mut nora, round).await;
    sweep_for_a_day(&world).await;
    let mut nora = world.sign_in("nora").await;
    download(&mut nora, &theirs, "plan.txt").await;
});

story!(the_files_of_a_deleted_ticket_and_its_offers_go, world, {
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Versehen").await;
    attach(&world, &mut anna, &ticket, "plan.txt").await;
    let round = send_with_file(&world, &mut anna, &ticket, "plan.txt").await;
    anna.post(&format!("/outsourcings/{round}/cancellation"), &[("reason", "Irrtum")])
        .await
        .is(303);
    sweep_for_a_day(&world).await;
    assert_eq!(stored(&world).len(), 1, "the ticket has it");
    let mut anna = world.sign_in("anna").await;
    anna.post(&format!("{ticket}/deletion"), &[]).await.is(303);
    assert_eq!(world.count("SELECT COUNT(*) FROM outsourcing"), 0);
    sweep_for_a_day(&world).await;
    assert!(stored(&world).is_empty());
});

story!(what_is_named_again_is_not_held_to_have_been_unused, world, {
    let key = orphan(&world, 24);
    assert_eq!(sweep(&world).await, NOTED);
    // As if its row had been written after all.
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Wieder da").await;
    attach(&world, &mut anna, &ticket, "plan.txt").await;
    let rename = |from: &str| {
        let sql = format!("UPDATE attachment SET content_key = '{from}'");
        world.app.db.write_blocking(move |tx| tx.run(&sql, &[])).unwrap();
    };
    rename(&key);
    world.app.clock.advance(SignedDuration::from_hours(24));
    sweep(&world).await;
    assert!(stored(&world).contains(&key));
    rename("0");
    sweep(&world).await;
    assert!(stored(&world).contains(&key), "its day begins anew");
    world.app.clock.advance(SignedDuration::from_hours(24));
    sweep(&world).await;
    assert!(!stored(&world).contains(&key));
});

story!(an_upload_that_was_refused_goes_at_once, world, {
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Abgelehnt").await;
    let gone = TicketId(ticket.rsplit('/').next().unwrap().parse().unwrap());
    let long = "x".repeat(300);
    let body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n{long}\r\n--x\r\nContent-Disposition: \
         form-data; name=\"file\"; filename=\"plan.txt\"\r\n\r\nplan\r\n--x--\r\n"
    );
    let kind = "multipart/form-data; boundary=x";
    let page = anna.post_raw(&format!("/tickets/{gone}/files"), kind, body.into()).await.is(422);
    page.shows("Höchstens 255 Zeichen");
    assert!(stored(&world).is_empty());
});

story!(an_upload_whose_row_the_database_failed_to_write_is_left_to_the_sweep, world, {
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Platte voll").await;
    let kept = attach(&world, &mut anna, &ticket, "plan.txt").await;
    let once = "CREATE UNIQUE INDEX attachment_once ON attachment (file_name)";
    world.app.db.write_blocking(move |tx| tx.script(once)).unwrap();
    anna.upload(&format!("{ticket}/files"), "plan.txt", b"plan", "all").await.is(500);
    let left: Vec<String> = stored(&world).into_iter().filter(|key| *key != kept).collect();
    assert_eq!(left.len(), 1, "whether anything names it, the sweep finds out");
    age(&world, &left[0], 24);
    sweep_for_a_day(&world).await;
    assert_eq!(stored(&world), [kept]);
});

/// The row was written and the answer never came: only PostgreSQL is at the other end of a wire.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upload_that_was_committed_unheard_keeps_its_content() {
    let opened = tokio::task::spawn_blocking(|| {
        let world = World::new(crate::world::Engine::Postgres)?;
        let cut = Cut::before(&world.app.config.database_url);
        let unheard = world.behind(cut.url());
        Some((world, cut, unheard))
    });
    let Some((world, cut, unheard)) = opened.await.unwrap() else { return };
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Leitung weg").await;
    let mut far = Browser::of(&unheard, &anna);
    far.upload(&format!("{ticket}/files"), "plan.txt", b"plan.txt", "all").await.is(500);
    assert_eq!(cut.swallowed(), 1, "the COMMIT went through, its answer did not");
    assert_eq!(world.count("SELECT COUNT(*) FROM attachment"), 1);
    let key = stored(&world).pop().unwrap();
    age(&world, &key, 48);
    sweep_for_a_day(&world).await;
    let mut anna = world.sign_in("anna").await;
    download(&mut anna, &ticket, "plan.txt").await;
    world.both_sides_agree();
}
