//! At the end: each round has gone a way that the table of moves knows, both sides show where it stands, and what
//! follows from each of its moves is there whole.

use std::collections::BTreeMap;

use domain::ids::{CompanyId, OutsourcingId};
use domain::outsourcing::{Move, Round, Side, Who};
use domain::turn::{Letter, Turn};
use staffel::problem::Problem;
use staffel::store;
use staffel::store::outsourcings::Outsourcing;
use staffel::store::rounds::Step;

use super::ledger::{Deed, Ledger};
use super::writes::rows;
use crate::world::{Browser, World};

/// A round with its history, played again by the domain's own table.
pub struct Played {
    pub case: Outsourcing,
    turns: Vec<(Turn, String)>,
}

impl Played {
    /// Every round there is.
    pub fn all(world: &World) -> Vec<Self> {
        let ids = rows(world, "SELECT id FROM outsourcing ORDER BY id".into(), |row| row.get(0));
        ids.into_iter().map(|id| Self::again(world, OutsourcingId(id))).collect()
    }

    fn again(world: &World, id: OutsourcingId) -> Self {
        let lead = world.acme;
        let (case, steps) = read(world, lead, id);
        let mut round = Round::unsent(case.round.accept_by, case.created_at);
        let mut turns = Vec::new();
        for step in steps {
            let turn = turn(&round, &step).unwrap_or_else(|why| panic!("round {id}: {why}"));
            assert_eq!(turn.status(), step.to, "round {id}: {step:?}");
            round = round.after(&turn).unwrap();
            turns.push((turn, step.person));
        }
        assert_eq!(round, case.round, "round {id} is not where its history leads");
        assert_eq!(case.partner_ticket.is_some(), round.was_accepted(), "round {id}: its ticket");
        Self { case, turns }
    }

    pub fn ticket(&self, side: Side) -> Option<i64> {
        self.case.ticket(side).map(|ticket| ticket.0)
    }

    fn moves(&self) -> impl Iterator<Item = Move> {
        self.turns.iter().map(|(turn, _)| turn.mv)
    }

    /// How many system notes its moves put on the tickets.
    fn notes(&self) -> usize {
        let on_both = self.turns.iter().flat_map(|(turn, _)| Side::ALL.map(|side| (turn, side)));
        on_both.filter(|(turn, side)| turn.note(*side).is_some()).count()
    }

    /// The letters that its moves are due. Nobody is written to for their own act, and the lead's letters go to
    /// whoever sent it.
    pub fn letters(&self) -> Vec<(Side, Letter)> {
        let due = self.turns.iter().flat_map(|(turn, person)| {
            let own = turn.who == Who::LEAD && *person == self.case.sent_name;
            let letters = turn.letters().into_iter();
            letters.filter(move |(side, _)| !(own && *side == Side::Lead))
        });
        due.collect()
    }
}

fn read(world: &World, lead: CompanyId, id: OutsourcingId) -> (Outsourcing, Vec<Step>) {
    let read = world.app.db.read_blocking(move |tx| {
        let case = store::outsourcings::of(tx, lead, id)?.ok_or(Problem::NotFound)?;
        Ok::<_, Problem>((case, store::rounds::steps(tx, id)?))
    });
    read.unwrap()
}

/// The move as the table lets it be made now.
fn turn(round: &Round, step: &Step) -> Result<Turn, String> {
    let mv = Move::from_name(&step.mv).ok_or("an unknown move")?;
    let who = Who::ALL.into_iter().find(|who| who.name() == step.side).ok_or("nobody")?;
    let played = round.play(who, mv, Some(&step.reason), step.at);
    played.map_err(|refusal| format!("{step:?}: {refusal:?}"))
}

/// Each acknowledged move was made, each once, and none that nobody asked for.
pub fn were_made(world: &World, ledger: &Ledger, rounds: &[Played]) {
    let mut made = BTreeMap::<Deed, i64>::new();
    for round in rounds {
        for mv in round.moves() {
            let deed = match mv {
                Move::Send => Deed::Send(round.case.lead_ticket.0),
                mv => Deed::Play(round.case.id.0, mv),
            };
            *made.entry(deed).or_default() += 1;
        }
    }
    let asked = ledger.all(|deed| matches!(deed, Deed::Play(..) | Deed::Send(_)).then_some(deed));
    for (deed, asked) in asked {
        asked.accounts_for(made.remove(deed).unwrap_or_default(), deed);
    }
    // These follow from something else.
    let follows = |mv| matches!(mv, Move::BeginWork | Move::Expire | Move::CompleteTicket);
    made.retain(|deed, _| !matches!(deed, Deed::Play(_, mv) if follows(*mv)));
    assert!(made.is_empty(), "nobody asked for this: {made:?}");
    removals_were_made(world, ledger, rounds);
    tickets_were_closed(world, ledger);
}

/// An unsent round that was removed has left only its line in the audit; terms that were saved have theirs.
fn removals_were_made(world: &World, ledger: &Ledger, rounds: &[Played]) {
    let audited =
        |action: &str| world.count(format!("SELECT COUNT(*) FROM audit WHERE action = '{action}'"));
    let removed = ledger.sum(|deed| matches!(deed, Deed::Remove(_)));
    removed.accounts_for(audited("audit-round-removed"), &"removals");
    // Sending saves, too.
    let saved = ledger.sum(|deed| matches!(deed, Deed::Save(_) | Deed::Send(_)));
    saved.accounts_for(audited("audit-round-saved"), &"saved terms");
    for round in rounds.iter().filter(|round| round.turns.is_empty()) {
        let ticket = round.case.lead_ticket.0;
        let (saved, removed) = (ledger.of(&Deed::Save(ticket)), ledger.of(&Deed::Remove(ticket)));
        let left = saved.acknowledged + saved.unknown - removed.acknowledged;
        assert!(left > 0, "the unsent round of ticket {ticket} was removed and is there");
    }
}

/// A ticket that was completed is, and no round of it lives on.
fn tickets_were_closed(world: &World, ledger: &Ledger) {
    let of = "SELECT id FROM ticket WHERE status = 'complete'";
    let complete = rows(world, of.into(), |row| row.get::<i64>(0));
    for (ticket, asked) in ledger.all(|deed| match deed {
        Deed::Close(ticket) => Some(*ticket),
        _ => None,
    }) {
        let closed = complete.contains(&ticket);
        assert!(closed || asked.acknowledged == 0, "ticket {ticket} was completed and is not");
    }
    assert!(complete.iter().all(|ticket| {
        let asked = ledger.of(&Deed::Close(*ticket));
        asked.acknowledged + asked.unknown > 0
    }));
    let alive = "SELECT COUNT(*) FROM outsourcing o JOIN ticket t ON t.id = o.lead_ticket
                  WHERE t.status = 'complete' AND o.ended_at IS NULL";
    assert_eq!(world.count(alive), 0, "a round lives on a complete ticket");
}

/// Each accepted round has its ticket at the partner, no other has one, and the partner has no further tickets.
pub fn have_their_tickets(world: &World, rounds: &[Played]) {
    let accepted = rounds.iter().filter(|round| round.case.round.was_accepted()).count();
    let accepted = i64::try_from(accepted).unwrap();
    let theirs = "SELECT COUNT(*) FROM ticket t JOIN outsourcing o ON o.partner_ticket = t.id
                    JOIN ticket l ON l.id = o.lead_ticket
                   WHERE t.company_id = o.partner_company AND l.company_id = o.lead_company
                     AND t.title = l.title AND t.description = l.description AND l.ever_accepted = 1
                     AND t.insourced_from = o.lead_name AND t.insource_status = o.status";
    assert_eq!(world.count(theirs), accepted, "a ticket for each accepted round");
    let all = format!("SELECT COUNT(*) FROM ticket WHERE company_id <> {}", world.acme);
    assert_eq!(world.count(all), accepted, "and no other");
    world.both_sides_agree();
}

/// What follows from a move is there on both sides: system notes, audit, the bundle at the end.
pub fn are_whole(world: &World, rounds: &[Played]) {
    let due = rounds.iter().map(Played::notes).sum::<usize>();
    let noted = |key: &str| {
        world.count(format!("SELECT COUNT(*) FROM item WHERE message LIKE '%\"{key}%'"))
    };
    assert_eq!(noted("note-round-"), i64::try_from(due).unwrap(), "a note for each move");
    let complete = world.count("SELECT COUNT(*) FROM ticket WHERE status = 'complete'");
    assert_eq!(noted("note-status-changed"), complete, "a note for each completed ticket");
    for mv in Move::ALL.into_iter().filter(|mv| *mv != Move::Remove) {
        let made = rounds.iter().flat_map(Played::moves).filter(|made| *made == mv).count();
        assert!(made > 0, "{mv:?} was never made");
        let audited =
            format!("SELECT COUNT(*) FROM audit WHERE action = 'audit-round-{}'", mv.name());
        let expected = i64::try_from(2 * made).unwrap();
        assert_eq!(world.count(audited), expected, "{mv:?} stands in both audits");
    }
    bundles_are_whole(world);
}

/// What the partner worked while linked is in one bundle once the round has ended, and in none before.
fn bundles_are_whole(world: &World) {
    let sql = "SELECT o.id, CASE WHEN o.ended_at IS NULL THEN 0 ELSE
                 (SELECT CAST(COALESCE(SUM(e.worked - e.deduct), 0) AS BIGINT) FROM time_entry e JOIN item i ON i.id = e.item_id
                   WHERE i.born_round = o.id AND i.is_copy = 0 AND i.company_id = o.partner_company) END,
               (SELECT CAST(COALESCE(SUM(c.quantity), 0) AS BIGINT) FROM charge c JOIN item i ON i.id = c.item_id
                 WHERE c.outsourcing_id = o.id AND i.ticket_id = o.lead_ticket),
               (SELECT COUNT(*) FROM charge c WHERE c.outsourcing_id = o.id)
               FROM outsourcing o";
    let found =
        rows(world, sql.into(), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)));
    let mut total = 0;
    for (id, worked, hours, bundles) in found {
        let (id, worked, hours, bundles): (i64, i64, i64, i64) = (id, worked, hours, bundles);
        assert_eq!((hours, bundles), (worked, i64::from(worked > 0)), "the bundle of round {id}");
        total += bundles;
    }
    assert!(total > 0, "nothing was bundled");
    let tied = "SELECT COUNT(*) FROM link l JOIN outsourcing o ON o.id = l.outsourcing_id
                 WHERE (l.state = 'ended') <> (o.ended_at IS NOT NULL)";
    assert_eq!(world.count(tied), 0, "ties end with their round and not before");
}

/// Both companies open the round and read the same status.
pub async fn show_the_same(world: &World, rounds: &[Played]) {
    let (mut anna, mut nora) = (world.sign_in("anna").await, world.sign_in("nora").await);
    for round in rounds {
        let (id, status) = (round.case.id, round.case.round.status);
        let path = format!("/outsourcings/{id}");
        assert_eq!(shown(&mut anna, &path).await, status.name(), "round {id} at the lead");
        if round.turns.is_empty() {
            nora.get(&path).await.is(404);
        } else {
            assert_eq!(shown(&mut nora, &path).await, status.name(), "round {id} at the partner");
        }
    }
}

async fn shown(browser: &mut Browser, path: &str) -> String {
    let mut page = browser.get(path).await;
    if page.status == 303 {
        page = browser.get(&page.location).await;
    }
    let page = page.is(200);
    let chip = page.body.split("chip dot status-").nth(1).unwrap();
    chip.split('"').next().unwrap().to_owned()
}
