//! Section 9, row by row, by direct request: the move from every status it starts in, its effects on both sides, and
//! its refusal to everybody else.

use domain::permission::{OutsourcingLevel, SecurityLevel};
use jiff::SignedDuration;
use staffel::jobs::clock;

use crate::world::{Browser, World, story};

const TIME: [(&str, &str); 3] =
    [("date", "2026-11-24"), ("worked", "2,00"), ("body", "Kabel gezogen")];
const REASON: [(&str, &str); 1] = [("reason", "Nicht ganz fertig")];
const ACCEPT: [(&str, &str); 3] =
    [("mapping", "1"), ("new_name", "Acme"), ("new_kind", "customer")];

/// A round on its way: the two people, the two tickets, its number.
struct Line<'a> {
    world: &'a World,
    anna: Browser,
    nora: Browser,
    ticket: String,
    theirs: String,
    round: i64,
}

impl Line<'_> {
    /// A ticket whose round stands there: the stored name of a status up to Waiting Approval.
    async fn at<'a>(world: &'a World, status: &str) -> Line<'a> {
        let (mut anna, nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
        let ticket = world.ticket(&mut anna, &format!("Zeile {status}")).await;
        let mut line = Line { world, ticket, theirs: String::new(), round: 0, anna, nora };
        if status == "unsent" {
            line.save().await;
            return line;
        }
        line.round = world.send(&mut line.anna, &line.ticket).await;
        if status == "assigned" {
            return line;
        }
        line.theirs = world.accept(&mut line.nora, line.round).await;
        if matches!(status, "in_progress" | "waiting_approval") {
            line.nora.post(&format!("{}/time", line.theirs), &TIME).await.is(303);
        }
        if status == "waiting_approval" {
            line.partner("report", &[]).await;
        }
        line.is(status);
        line
    }

    /// Saves the terms without sending.
    async fn save(&mut self) {
        let mut terms = self.world.terms(&mut self.anna, &self.ticket).await;
        terms.retain(|(name, _)| name != "then");
        terms.push(("then".into(), "save".into()));
        let fields: Vec<(&str, &str)> = terms.iter().map(|(k, v)| (&**k, &**v)).collect();
        self.anna.post(&format!("{}/outsource", self.ticket), &fields).await.is(303);
        self.round = self.world.newest_round();
    }

    fn path(&self, mv: &str) -> String {
        format!("/outsourcings/{}/{mv}", self.round)
    }

    async fn lead(&mut self, mv: &str, fields: &[(&str, &str)]) {
        let path = self.path(mv);
        self.anna.post(&path, fields).await.is(303);
    }

    async fn partner(&mut self, mv: &str, fields: &[(&str, &str)]) {
        let path = self.path(mv);
        self.nora.post(&path, fields).await.is(303);
    }

    /// Where the round stands, and that both tickets say so.
    #[track_caller]
    fn is(&self, status: &str) {
        let sql = format!(
            "SELECT COUNT(*) FROM outsourcing WHERE id = {} AND status = '{status}'",
            self.round
        );
        assert_eq!(self.world.count(sql), 1, "not {status}");
        self.world.both_sides_agree();
    }

    /// How many letters of a kind a side got in this round.
    fn letters(&self, side: &str, letter: &str) -> i64 {
        let sql = format!(
            "SELECT COUNT(*) FROM mail m JOIN outsourcing o ON m.name LIKE 'round ' || o.public_id || ' {letter} {side} %'
              WHERE o.id = {}",
            self.round
        );
        self.world.count(sql)
    }

    /// A colleague of the sender, who is told what she did.
    async fn colleague(&self, mv: &str) {
        self.world.sign_in("petra").await.post(&self.path(mv), &[]).await.is(303);
    }
}

story!(row_01_saved_terms_are_unsent_and_nothing_reaches_the_partner, world, {
    let mails = world.count("SELECT COUNT(*) FROM mail");
    let mut line = Line::at(&world, "unsent").await;
    line.is("unsent");
    let first = line.round;
    line.save().await;
    assert_eq!(line.round, first, "saving again changes the same round");
    line.nora.get(&format!("/received/{first}")).await.is(404);
    line.nora.get(&format!("/outsourcings/{first}")).await.is(404);
    line.nora.get("/received").await.is(200).hides("Zeile unsent");
    assert_eq!(world.count("SELECT COUNT(*) FROM mail"), mails);
    for (status, mv, by_lead) in [
        ("assigned", "refusal", false),
        ("assigned", "cancellation", true),
        ("accepted", "completion", true),
        ("accepted", "return", false),
    ] {
        let mut line = Line::at(&world, status).await;
        if by_lead {
            line.lead(mv, &REASON).await;
        } else {
            line.partner(mv, &REASON).await;
        }
        let ended = line.round;
        line.save().await;
        assert_ne!(line.round, ended, "a new round after {mv}");
        line.is("unsent");
    }
});

story!(row_02_sending_locks_the_terms_and_tells_the_partner, world, {
    let mut line = Line::at(&world, "unsent").await;
    let saved = line.round;
    assert_eq!(world.send(&mut line.anna, &line.ticket).await, saved, "the saved round is sent");
    line.is("assigned");
    line.anna.get("/tickets").await.shows("Nord").shows("Zugewiesen");
    line.anna.get(&line.ticket).await.shows("hat das Ticket an Nord gesendet");
    line.nora.get("/received").await.shows("Zeile unsent");
    assert_eq!(line.letters("partner", "assigned"), 1);
    let path = format!("{}/outsource", line.ticket);
    for then in ["save", "send"] {
        line.anna.post(&path, &[("then", then), ("authorized_charge", "1,00")]).await.is(422);
    }
    line.anna.get(&format!("/outsourcings/{saved}")).await.shows("300,00");
});

story!(row_03_an_unsent_round_is_removed_without_a_trace, world, {
    let mut line = Line::at(&world, "unsent").await;
    let path = line.path("removal");
    line.nora.post(&path, &[]).await.is(403);
    line.anna.post(&path, &[]).await.is(303);
    assert_eq!(world.count("SELECT COUNT(*) FROM outsourcing"), 0);
    let shown = "SELECT COUNT(*) FROM ticket WHERE outsource_status IS NOT NULL";
    assert_eq!(world.count(shown), 0);
    line.anna.post(&path, &[]).await.is(404);
    // The next draft has another number, and even if it had not: a page that was left open means its own ticket.
    let removed = line.round;
    let stale = line.ticket.rsplit('/').next().unwrap().to_owned();
    let mut next = Line::at(&world, "unsent").await;
    assert!(next.round > removed);
    let path = next.path("removal");
    let asked = next.anna.get(&path).await.is(200).value("ticket");
    assert!(next.ticket.ends_with(&format!("/{asked}")) && asked != stale);
    next.anna.post(&path, &[("ticket", &*stale)]).await.is(404);
    next.is("unsent");
    next.anna.post(&path, &[("ticket", &*asked)]).await.is(303);
    let mut sent = Line::at(&world, "assigned").await;
    let path = sent.path("removal");
    sent.anna.post(&path, &[]).await.is(422);
    sent.is("assigned");
});

story!(row_04_a_canceled_offer_vanishes_and_the_ticket_is_free_again, world, {
    let mut line = Line::at(&world, "assigned").await;
    let path = line.path("cancellation");
    line.nora.post(&path, &[]).await.is(403);
    line.lead("cancellation", &[]).await;
    line.is("canceled");
    line.anna.get("/tickets").await.hides("Nord").hides("Storniert");
    line.anna.get(&line.ticket).await.shows("Storniert").shows("Angebot an Nord storniert");
    line.nora.get("/received").await.hides("Zeile assigned");
    assert_eq!(line.letters("partner", "canceled"), 1);
    line.nora.post(&format!("/received/{}/acceptance", line.round), &ACCEPT).await.is(422);
    assert_ne!(world.send(&mut line.anna, &line.ticket).await, line.round);
});

story!(row_05_acceptance_makes_the_partner_s_ticket_and_keeps_the_currency, world, {
    let mut line = Line::at(&world, "assigned").await;
    let path = format!("/received/{}/acceptance", line.round);
    line.anna.post(&path, &ACCEPT).await.is(404);
    line.is("assigned");
    line.theirs = world.accept(&mut line.nora, line.round).await;
    line.is("accepted");
    line.nora
        .get(&line.theirs)
        .await
        .shows("Zeile assigned")
        .shows("Ticket des Lead-Partners")
        .shows("300,00")
        .shows("hat das Ticket für Nord angenommen");
    line.anna.get(&line.ticket).await.shows("Ticket des Partners");
    let mapped = "SELECT COUNT(*) FROM lead_mapping m JOIN organization g ON g.id = m.organization_id WHERE g.name = 'Acme'";
    assert_eq!(world.count(mapped), 1, "asked at the first ticket of a lead");
    assert_eq!(line.letters("lead", "accepted"), 1);
    // The terms stay in the currency they were agreed in, whatever either company reckons in from then on.
    let change = |tx: &mut db::Tx| tx.run("UPDATE company SET currency = 'CHF'", &[]);
    world.app.db.write_blocking(change).unwrap();
    line.nora.get(&line.theirs).await.shows("300,00\u{a0}€");
    line.nora.post(&format!("{}/time", line.theirs), &TIME).await.is(303);
    line.lead("completion", &[]).await;
    let bundles = "SELECT COUNT(*) FROM charge WHERE outsourcing_id IS NOT NULL";
    assert_eq!(world.count(format!("{bundles} AND currency = 'EUR' AND unit_cost = 6000")), 1);
    // Accepting once more makes no second ticket: it leads to the first.
    assert_eq!(line.nora.post(&path, &ACCEPT).await.is(303).location, line.theirs);
    assert_eq!(world.count("SELECT COUNT(*) FROM ticket"), 2);
});

story!(row_06_a_decline_says_why_and_makes_no_copy, world, {
    let mut line = Line::at(&world, "assigned").await;
    let path = line.path("refusal");
    line.anna.post(&path, &REASON).await.is(422);
    line.nora.post(&path, &[("reason", " ")]).await.is(422).shows("Bitte geben Sie einen Grund an");
    line.is("assigned");
    line.partner("refusal", &REASON).await;
    line.is("declined");
    assert_eq!(world.count("SELECT COUNT(*) FROM ticket"), 1, "no copy");
    line.anna.get(&line.ticket).await.shows("Grund: Nicht ganz fertig");
    // One sees in the list who has answered.
    line.anna.get("/tickets").await.shows("Nord").shows("Abgelehnt");
    assert_eq!(line.letters("lead", "declined"), 1);
    assert_ne!(world.send(&mut line.anna, &line.ticket).await, line.round);
});

story!(row_07_an_unanswered_offer_expires_on_both_sides, world, {
    let mut line = Line::at(&world, "assigned").await;
    world.app.clock.advance(SignedDuration::from_hours(25));
    line.nora = world.sign_in("nora").await;
    line.anna = world.sign_in("anna").await;
    line.nora.post(&format!("/received/{}/acceptance", line.round), &ACCEPT).await.is(422);
    line.is("assigned");
    clock::tick(&world.app).await.unwrap();
    line.is("expired");
    assert_eq!((line.letters("lead", "expired"), line.letters("partner", "expired")), (1, 1));
    line.anna.get("/tickets").await.shows("Nord").shows("Abgelaufen");
    assert_eq!(world.count("SELECT COUNT(*) FROM ticket"), 1, "no copy");
});

story!(row_08_the_partner_s_first_work_begins_it_and_the_lead_s_does_not, world, {
    let mut line = Line::at(&world, "accepted").await;
    let note = [("quick", "1"), ("publish", "all"), ("body", "Wann kommen Sie?")];
    line.anna.post(&format!("{}/notes", line.ticket), &note).await.is(303);
    line.is("accepted");
    line.nora.post(&format!("{}/time", line.theirs), &TIME).await.is(303);
    line.is("in_progress");
    let mut line = Line::at(&world, "accepted").await;
    let status = [("status", "waiting_customer")];
    line.nora.post(&format!("{}/status", line.theirs), &status).await.is(303);
    line.is("in_progress");
});

story!(row_09_reported_completion_suspends_the_sync_and_locks_what_crossed, world, {
    for from in ["accepted", "in_progress"] {
        let mut line = Line::at(&world, from).await;
        let (path, told) = (line.path("report"), line.letters("lead", "completion_reported"));
        line.anna.post(&path, &[]).await.is(422);
        line.is(from);
        line.partner("report", &[]).await;
        line.is("waiting_approval");
        assert_eq!(line.letters("lead", "completion_reported"), told + 1);
        line.nora.post(&path, &[]).await.is(422);
    }
    let mut line = Line::at(&world, "waiting_approval").await;
    let own = line.nora.get(&line.theirs).await.items("Kabel gezogen")[0];
    let edit = [("revision", "1"), TIME[0], ("worked", "9,00"), TIME[2]];
    line.nora.post(&format!("/items/{own}"), &edit).await.is(422);
    line.anna.get("/outsource?list=waiting-approval").await.shows("Zeile waiting_approval");
    let list = "/received?list=received-waiting-approval";
    line.nora.get(list).await.shows("Zeile waiting_approval");
});

story!(row_10_approval_completes_the_round_and_tells_both, world, {
    let mut line = Line::at(&world, "waiting_approval").await;
    let path = line.path("approval");
    line.nora.post(&path, &[]).await.is(403);
    // One word for one thing: approve or reject, not complete as well (section 7).
    let page = line.anna.get(&line.ticket).await.shows("/approval").shows("/rejection");
    page.hides(&line.path("completion"));
    line.colleague("approval").await;
    line.is("complete");
    assert_eq!((line.letters("lead", "completed"), line.letters("partner", "completed")), (1, 1));
    for (browser, own) in [(&mut line.anna, &line.ticket), (&mut line.nora, &line.theirs)] {
        browser.get(own).await.shows("hat den Abschluss durch Nord genehmigt");
    }
    for from in ["assigned", "accepted", "in_progress"] {
        let mut line = Line::at(&world, from).await;
        let path = line.path("approval");
        line.anna.post(&path, &[]).await.is(422);
        line.is(from);
    }
});

story!(row_11_a_rejection_says_why_and_the_sync_resumes, world, {
    let mut line = Line::at(&world, "waiting_approval").await;
    let path = line.path("rejection");
    line.nora.post(&path, &REASON).await.is(403);
    line.anna.post(&path, &[]).await.is(422).shows("Bitte geben Sie einen Grund an");
    line.is("waiting_approval");
    line.lead("rejection", &REASON).await;
    line.is("in_progress");
    assert_eq!(line.letters("partner", "completion_rejected"), 1);
    line.nora.get(&line.theirs).await.shows("hat den Abschluss abgelehnt: Nicht ganz fertig");
    let note = [("quick", "1"), ("publish", "all"), ("body", "Nachgebessert")];
    line.nora.post(&format!("{}/notes", line.theirs), &note).await.is(303);
    assert_eq!(line.anna.get(&line.ticket).await.items("Nachgebessert").len(), 1);
    line.partner("report", &[]).await;
    line.is("waiting_approval");
});

story!(row_12_the_lead_completes_at_any_time_without_approval, world, {
    for from in ["accepted", "in_progress"] {
        let mut line = Line::at(&world, from).await;
        let (path, told) = (line.path("completion"), line.letters("partner", "completed"));
        line.nora.post(&path, &[]).await.is(403);
        let mut nils = world.sign_in("nils").await;
        nils.post(&path, &[]).await.is(403);
        line.is(from);
        line.lead("completion", &[]).await;
        line.is("complete");
        assert_eq!(line.letters("partner", "completed"), told + 1, "the partner is told");
        assert_eq!(line.letters("lead", "completed"), 0, "who completed knows");
        let bundles = format!(
            "SELECT COUNT(*) FROM charge WHERE outsourcing_id = {} AND billable = 0 AND quantity = 200 AND unit_cost = 6000",
            line.round
        );
        assert_eq!(world.count(bundles), i64::from(from == "in_progress"), "its time is bundled");
        let linked = "SELECT COUNT(*) FROM link WHERE state = 'linked'";
        assert_eq!(world.count(linked), 0, "no longer linked");
        line.anna.post(&path, &[]).await.is(422);
    }
    for from in ["unsent", "assigned"] {
        let mut line = Line::at(&world, from).await;
        let path = line.path("completion");
        line.anna.post(&path, &[]).await.is(422);
    }
});

story!(row_13_the_completed_ticket_ends_any_live_round_once_confirmed, world, {
    let complete = [("status", "complete")];
    world.levels("axel", SecurityLevel::ServiceDeskUser, OutsourcingLevel::None);
    let mut axel = world.sign_in("axel").await;
    for from in ["assigned", "accepted", "in_progress", "waiting_approval"] {
        let mut line = Line::at(&world, from).await;
        let (status, ask) =
            (format!("{}/status", line.ticket), format!("{}/completion", line.ticket));
        // Deciding a round needs the permission, by whatever way (section 4.1).
        axel.get(&ask).await.is(403).shows("Outsourcing zulassen");
        axel.post(&status, &complete).await.is(403).shows("Outsourcing zulassen");
        line.is(from);
        line.anna.get(&ask).await.is(200).shows("Damit endet auch das Outsourcing an Nord");
        if !line.theirs.is_empty() {
            refused_to_the_partner(&mut line, from).await;
        }
        edited_to_complete(&mut line, &mut axel, from).await;
        line.is("complete");
    }
    // Without a live round it is a ticket like any other; an unsent round stays.
    let mut line = Line::at(&world, "unsent").await;
    axel.get(&format!("{}/completion", line.ticket)).await.is(200);
    line.anna.post(&format!("{}/status", line.ticket), &complete).await.is(303);
    line.is("unsent");
});

/// The partner's own ticket is not completed while the round lives: the sentence, and the button that helps.
async fn refused_to_the_partner(line: &mut Line<'_>, from: &str) {
    let report = format!("href=\"{}\"", line.path("report"));
    let theirs = line.theirs.clone();
    let mut pages = vec![
        line.nora.get(&format!("{theirs}/completion")).await,
        line.nora.post(&format!("{theirs}/status"), &[("status", "complete")]).await,
    ];
    let form = fields_of(&line.nora.get(&format!("{theirs}/edit")).await.is(200).body, "complete");
    let form: Vec<(&str, &str)> = form.iter().map(|(k, v)| (&**k, &**v)).collect();
    pages.push(line.nora.post(&theirs, &form).await);
    for page in pages {
        let page = page.is(422).hides("auf beiden Seiten");
        if from == "waiting_approval" {
            page.hides(&report);
        } else {
            page.shows("Insourcing abgeschlossen").shows(&report);
        }
    }
    line.is(from);
}

/// The lead's form saves nothing until it is confirmed that the round ends, too; who may not decide reads so.
async fn edited_to_complete(line: &mut Line<'_>, axel: &mut Browser, from: &str) {
    let ticket = line.ticket.clone();
    let mut form =
        fields_of(&line.anna.get(&format!("{ticket}/edit")).await.is(200).body, "complete");
    form.push(("site".into(), "Lager 7".into()));
    let plain: Vec<(&str, &str)> = form.iter().map(|(k, v)| (&**k, &**v)).collect();
    axel.post(&ticket, &plain)
        .await
        .is(422)
        .shows("Outsourcing zulassen")
        .shows("field-status-error")
        .shows("Lager 7");
    let asked = line.anna.post(&ticket, &plain).await.is(422).shows("Lager 7");
    let asked = asked.shows("Speichern und Outsourcing abschließen");
    line.is(from);
    line.anna.get(&ticket).await.hides("Lager 7");
    form.push(("ends_round".into(), asked.value("ends_round")));
    let confirmed: Vec<(&str, &str)> = form.iter().map(|(k, v)| (&**k, &**v)).collect();
    line.anna.post(&ticket, &confirmed).await.is(303);
    line.anna.get(&ticket).await.shows("Lager 7");
}

/// What the form of a ticket would send, with another status.
fn fields_of(page: &str, status: &str) -> Vec<(String, String)> {
    let value = |name: &str| {
        let rest = page.split(&format!("name=\"{name}\"")).nth(1).unwrap();
        let tag = rest.split('>').next().unwrap();
        // Of a pick list the chosen one.
        let chosen =
            if tag.contains("value=\"") { tag } else { rest.split(" selected").next().unwrap() };
        chosen.rsplit("value=\"").next().unwrap().split('"').next().unwrap().to_owned()
    };
    let mut fields: Vec<(String, String)> =
        ["version", "title", "organization", "priority", "queue", "source"]
            .map(|name| (name.to_owned(), value(name)))
            .to_vec();
    fields.push(("status".into(), status.into()));
    fields
}

story!(row_14_from_acceptance_on_nothing_is_canceled, world, {
    for from in ["accepted", "in_progress", "waiting_approval"] {
        let mut line = Line::at(&world, from).await;
        let path = line.path("cancellation");
        line.anna.get(&line.ticket).await.hides(&path);
        line.anna.get(&path).await.is(422).shows("Schließen Sie das Outsourcing ab");
        line.anna.post(&path, &[]).await.is(422).shows("Schließen Sie das Outsourcing ab");
        line.nora.post(&path, &[]).await.is(403);
        line.is(from);
        // Complete instead, then outsource elsewhere.
        line.lead("completion", &[]).await;
        line.anna.post(&path, &[]).await.is(422);
        assert_ne!(world.send(&mut line.anna, &line.ticket).await, line.round);
    }
});

story!(row_15_from_acceptance_on_neither_ticket_is_deleted, world, {
    for from in ["accepted", "in_progress", "waiting_approval"] {
        let mut line = Line::at(&world, from).await;
        for ended in [false, true] {
            if ended {
                line.lead("completion", &[]).await;
            }
            let sides = [(&mut line.anna, &line.ticket), (&mut line.nora, &line.theirs)];
            for (browser, own) in sides {
                let path = format!("{own}/deletion");
                browser.get(own).await.is(200).hides(&path);
                // It is not asked what cannot be done.
                for page in [browser.get(&path).await, browser.post(&path, &[]).await] {
                    page.is(422).shows("lässt sich nicht löschen");
                }
                browser.get(own).await.is(200);
            }
        }
    }
    // While an offer is open, nor; after a decline it can be.
    let mut line = Line::at(&world, "assigned").await;
    let path = format!("{}/deletion", line.ticket);
    line.anna.get(&path).await.is(422);
    line.anna.post(&path, &[]).await.is(422);
    line.partner("refusal", &REASON).await;
    line.anna.get(&path).await.is(200);
    line.anna.post(&path, &[]).await.is(303);
    line.anna.get(&line.ticket).await.is(404);
});

story!(row_16_completing_a_reported_round_is_approving_it, world, {
    let mut line = Line::at(&world, "waiting_approval").await;
    let path = line.path("completion");
    line.nora.post(&path, &[]).await.is(403);
    line.colleague("completion").await;
    line.is("complete");
    assert_eq!((line.letters("lead", "completed"), line.letters("partner", "completed")), (1, 1));
    let bundles = "SELECT COUNT(*) FROM charge WHERE outsourcing_id IS NOT NULL";
    assert_eq!(world.count(bundles), 1);
});
