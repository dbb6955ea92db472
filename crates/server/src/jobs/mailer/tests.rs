//! Mails through a small mail server of our own, that takes, refuses or keeps silent.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use jiff::SignedDuration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::*;
use crate::clock::Clock;
use crate::config::Flags;
use crate::store::mails::{NewMail, State};

/// Every letter the server was handed, head and body.
type Letters = Arc<Mutex<Vec<String>>>;

/// A mail server on a free port; refuses receivers whose address begins with `no`.
async fn server() -> (u16, Letters) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let letters = Letters::default();
    let taken = letters.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(converse(stream, taken.clone()));
        }
    });
    (port, letters)
}

async fn converse(mut stream: TcpStream, letters: Letters) -> std::io::Result<()> {
    let (read, mut write) = stream.split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 test\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let word = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        let answer: &[u8] = match word.as_str() {
            "RCPT" if line.contains("<no") => b"450 not now\r\n",
            "DATA" => {
                write.write_all(b"354 go on\r\n").await?;
                let mut letter = String::new();
                while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                    letter.push_str(&line);
                    letter.push('\n');
                }
                letters.lock().unwrap().push(letter);
                b"250 taken\r\n"
            }
            "QUIT" => b"221 bye\r\n",
            _ => b"250 fine\r\n",
        };
        write.write_all(answer).await?;
    }
    Ok(())
}

/// A program with an empty database; the folder goes with the test.
struct Place {
    app: App,
    folder: PathBuf,
}

impl Place {
    fn new(smtp_url: Option<String>) -> Self {
        let folder = std::env::temp_dir().join(format!("staffel-mailer-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir_all(&folder).unwrap();
        let flags = Flags { data_dir: Some(folder.clone()), smtp_url, ..Flags::default() };
        let clock = Clock::fixed("2026-11-24T09:00:00Z".parse().unwrap());
        let app = App::open(Config::assemble(flags).unwrap(), clock).unwrap();
        Self { app, folder }
    }

    async fn queue(&self, name: &str, to: &str, kind: &'static str) {
        let new = NewMail {
            name: name.into(),
            company: None,
            kind,
            to_address: to.into(),
            to_name: "Jörg Öhlen, Nord IT".into(),
            language: domain::language::Language::De,
            subject: "Grüße aus Köln".into(),
            body: "Text für Sie\n".into(),
            html: "<p>Text für Sie</p>".into(),
            reply_to: String::new(),
        };
        let now = self.app.clock.now();
        self.app.db.write(move |tx| store::mails::queue(tx, &new, now)).await.unwrap();
    }

    async fn mails(&self) -> Vec<Mail> {
        let all = self.app.db.read(|tx| store::mails::page(tx, "", None, None));
        let mut all = all.await.unwrap();
        all.reverse();
        all
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn address(port: u16) -> String {
    format!("smtp://127.0.0.1:{port}")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_arrives_once_with_a_stable_id() {
    let (port, letters) = server().await;
    let place = Place::new(Some(address(port)));
    place.queue("a", "ann@a.example", "invitation").await;
    place.queue("a", "ann@a.example", "invitation").await;
    assert_eq!(deliver_once(&place.app).await, 1);
    assert_eq!(deliver_once(&place.app).await, 0);
    let mails = place.mails().await;
    assert_eq!(mails.len(), 1);
    assert_eq!((mails[0].state, mails[0].attempts), (State::Sent, 1));
    assert_eq!(
        (mails[0].body.as_str(), mails[0].html.as_str()),
        ("", ""),
        "the link must not be kept"
    );
    let letters = letters.lock().unwrap();
    assert_eq!(letters.len(), 1);
    let id = format!("Message-ID: <{}.1795510800000000@localhost>", mails[0].id);
    assert!(letters[0].contains(&id), "{}", letters[0]);
    assert!(letters[0].contains("Auto-Submitted: auto-generated"), "{}", letters[0]);
    assert!(
        letters[0].contains("text/plain") && letters[0].contains("text/html"),
        "{}",
        letters[0]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_refused_mail_stops_no_other_and_is_tried_again_later() {
    let (port, letters) = server().await;
    let place = Place::new(Some(address(port)));
    place.queue("a", "no@a.example", "assigned").await;
    place.queue("b", "not an address", "assigned").await;
    place.queue("c", "yes@a.example", "assigned").await;
    assert_eq!(deliver_once(&place.app).await, 1);
    let mails = place.mails().await;
    let states: Vec<_> = mails.iter().map(|mail| mail.state).collect();
    assert_eq!(states, [State::Queued, State::Failed, State::Sent]);
    assert!(mails[0].error.contains("not now"), "{}", mails[0].error);
    assert_eq!(
        mails[0].next_at.duration_since(place.app.clock.now()),
        SignedDuration::from_secs(60)
    );
    assert_eq!(mails[2].body, "Text für Sie\n");
    for attempt in 2..=ATTEMPTS {
        place.app.clock.advance(SignedDuration::from_hours(7));
        assert_eq!(deliver_once(&place.app).await, 0);
        assert_eq!(place.mails().await[0].attempts, attempt);
    }
    assert_eq!(place.mails().await[0].state, State::Failed);
    place.app.clock.advance(SignedDuration::from_hours(7));
    assert_eq!(deliver_once(&place.app).await, 0);
    assert_eq!(place.mails().await[0].attempts, ATTEMPTS);
    assert_eq!(letters.lock().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_server_costs_a_delay_and_a_claim_ends() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let place = Place::new(Some(address(port)));
    place.queue("a", "ann@a.example", "assigned").await;
    assert_eq!(deliver_once(&place.app).await, 0);
    assert_eq!(place.mails().await[0].state, State::Queued);
    // A process that died after claiming: nobody takes the mail until the claim has ended, then it is due again.
    place.app.clock.advance(SignedDuration::from_secs(61));
    let now = place.app.clock.now();
    let claim = move |tx: &mut db::Tx| store::mails::claim(tx, now, CLAIM, BATCH);
    assert_eq!(place.app.db.write(claim).await.unwrap().len(), 1);
    assert_eq!(place.app.db.write(claim).await.unwrap().len(), 0);
    place.app.clock.advance(SignedDuration::from_secs(300));
    let now = place.app.clock.now();
    let claim = move |tx: &mut db::Tx| store::mails::claim(tx, now, CLAIM, BATCH);
    assert_eq!(place.app.db.write(claim).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_server_mails_are_kept() {
    let place = Place::new(None);
    place.queue("a", "ann@a.example", "invitation").await;
    assert_eq!(deliver_once(&place.app).await, 0);
    let mails = place.mails().await;
    assert_eq!(mails[0].state, State::Kept);
    assert_eq!(mails[0].body, "Text für Sie\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn at_its_start_the_only_process_takes_up_what_a_killed_one_left() {
    let (port, letters) = server().await;
    let place = Place::new(Some(address(port)));
    place.queue("a", "ann@a.example", "assigned").await;
    place.queue("b", "bob@b.example", "assigned").await;
    let now = place.app.clock.now();
    // One was being sent when the process died, the other waits for its second attempt.
    let claim = move |tx: &mut db::Tx| store::mails::claim(tx, now, CLAIM, BATCH);
    assert_eq!(place.app.db.write(claim).await.unwrap().len(), 2);
    let second = place.mails().await[1].id;
    let later = again(1, now);
    let fail = move |tx: &mut db::Tx| store::mails::failed(tx, second, "gone", later);
    place.app.db.write(fail).await.unwrap();
    let (end, ended) = watch::channel(false);
    let job = tokio::spawn(run(place.app.clone(), ended));
    let arrived = async {
        while letters.lock().unwrap().is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), arrived).await.expect("at once");
    end.send(true).unwrap();
    tokio::time::timeout(Duration::from_secs(10), job).await.expect("ends").unwrap();
    assert_eq!(letters.lock().unwrap().len(), 1);
    assert_eq!(place.mails().await[1].next_at, later.unwrap());
}

#[test]
fn answers_go_to_whoever_is_named() {
    let from: Mailbox = "Staffel <staffel@s.example>".parse().unwrap();
    let head = |reply_to: &str| {
        let mail = Mail {
            id: 1,
            kind: "network".into(),
            to_address: "dispo@kabel.example".into(),
            to_name: String::new(),
            language: domain::language::Language::De,
            subject: "T1".into(),
            body: "x".into(),
            html: "x".into(),
            state: State::Queued,
            attempts: 1,
            next_at: Timestamp::UNIX_EPOCH,
            error: String::new(),
            created_at: Timestamp::UNIX_EPOCH,
            sent_at: None,
            reply_to: reply_to.into(),
        };
        String::from_utf8(compose(&from, &mail).unwrap().formatted()).unwrap()
    };
    assert!(head("anna@acme.example").contains("Reply-To: anna@acme.example"));
    assert!(!head("").contains("Reply-To"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_job_wakes_when_a_mail_is_queued_and_ends_when_told() {
    let (port, letters) = server().await;
    let place = Place::new(Some(address(port)));
    let (end, ended) = watch::channel(false);
    let job = tokio::spawn(run(place.app.clone(), ended));
    tokio::time::sleep(Duration::from_millis(200)).await;
    place.queue("a", "ann@a.example", "assigned").await;
    let arrived = async {
        while letters.lock().unwrap().is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), arrived)
        .await
        .expect("long before the next look");
    end.send(true).unwrap();
    tokio::time::timeout(Duration::from_secs(10), job).await.expect("ends").unwrap();
}

#[test]
fn delays_double_up_to_six_hours() {
    let now = Timestamp::UNIX_EPOCH;
    let minutes: Vec<i64> = (1..ATTEMPTS)
        .map(|attempt| again(attempt, now).unwrap().duration_since(now).as_mins())
        .collect();
    assert_eq!(minutes[..11], [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]);
    assert!(minutes.iter().sum::<i64>() >= 7 * 24 * 60, "a mail is tried for a week");
    assert_eq!(again(ATTEMPTS, now), None);
}

#[test]
fn passwords_travel_encrypted() {
    let cases = [
        ("smtp://u:p@mail.example:587", "smtp://u:p@mail.example:587?tls=required"),
        ("smtp://mail.example/helo?x=1", "smtp://mail.example/helo?x=1&tls=opportunistic"),
        ("smtp://u:p@mail.example?tls=opportunistic", "smtp://u:p@mail.example?tls=opportunistic"),
        ("smtp://127.0.0.1:25", "smtp://127.0.0.1:25"),
        ("smtp://u:p@[::1]:25", "smtp://u:p@[::1]:25"),
        ("smtps://u:p@mail.example", "smtps://u:p@mail.example"),
    ];
    for (given, used) in cases {
        assert_eq!(with_encryption(given), used);
    }
}
