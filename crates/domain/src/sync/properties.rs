//! Two tickets side by side, driven at random through items and moves by [`crossing`], against a plain account of
//! what must stand at the other side.

use std::collections::BTreeMap;

use jiff::Timestamp;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::*;
use crate::outsourcing::{Move, Round};

#[derive(Debug, Clone, Copy)]
enum Step {
    Play(Move),
    Add { side: Side, kind: ItemKind, publish: Publish, attachment: AttachmentKind },
    Edit { side: Side, which: Index, publish: Publish },
    Delete { side: Side, which: Index },
    Detach { side: Side, which: Index },
}

#[derive(Debug, Clone)]
struct Row {
    id: usize,
    item: Item,
    revision: u32,
    copy_of: Option<usize>,
}

struct World {
    round: Round,
    /// The status as each ticket shows it, and the items on it.
    tickets: BTreeMap<Side, (Status, Vec<Row>)>,
    /// Which revision of an item must stand, still linked, at the other side.
    due: BTreeMap<usize, u32>,
    severed: Vec<usize>,
    crossings: usize,
    next_id: usize,
}

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn step() -> impl Strategy<Value = Step> {
    let side = || select(Side::ALL.to_vec());
    let publish =
        || select(vec![Publish::All, Publish::All, Publish::Internal, Publish::InternalCoManaged]);
    // Completing is left out more often than not, so that histories last.
    let mv = select(vec![
        Move::Send,
        Move::Accept,
        Move::Accept,
        Move::BeginWork,
        Move::ReportCompletion,
        Move::Reject,
        Move::Reject,
        Move::Approve,
        Move::Return,
    ]);
    let attachment =
        prop_oneof![2 => Just(AttachmentKind::File), 1 => select(AttachmentKind::ALL.to_vec())];
    prop_oneof![
        3 => mv.prop_map(Step::Play),
        4 => (side(), select(ItemKind::ALL.to_vec()), publish(), attachment)
            .prop_map(|(side, kind, publish, attachment)| Step::Add { side, kind, publish, attachment }),
        4 => (side(), any::<Index>(), publish())
            .prop_map(|(side, which, publish)| Step::Edit { side, which, publish }),
        1 => (side(), any::<Index>()).prop_map(|(side, which)| Step::Delete { side, which }),
        1 => (side(), any::<Index>()).prop_map(|(side, which)| Step::Detach { side, which }),
    ]
}

impl World {
    fn new(status: Status) -> Self {
        let round = Round {
            status,
            since: NOW,
            accept_by: None,
            accepted_at: status.accepted_once().then_some(NOW),
        };
        let tickets = Side::ALL.map(|side| (side, (status, Vec::new()))).into();
        Self { round, tickets, due: BTreeMap::new(), severed: Vec::new(), crossings: 0, next_id: 0 }
    }

    fn rows(&mut self, side: Side) -> &mut Vec<Row> {
        &mut self.tickets.get_mut(&side).unwrap().1
    }

    fn pick(&mut self, side: Side, which: Index) -> Option<Row> {
        let rows = self.rows(side);
        (!rows.is_empty()).then(|| rows[which.index(rows.len())].clone())
    }

    fn id(&mut self) -> usize {
        self.next_id += 1;
        self.next_id
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Play(mv) => self.play(mv),
            Step::Add { side, kind, publish, attachment } => {
                self.add(side, kind, publish, attachment);
            }
            Step::Edit { side, which, publish } => self.edit(side, which, publish),
            Step::Delete { side, which } => self.delete(side, which),
            Step::Detach { side, which } => self.detach(side, which),
        }
    }

    fn play(&mut self, mv: Move) {
        let Ok(turn) = self.round.play(mv.who(), mv, Some("because"), NOW) else { return };
        self.round = self.round.after(&turn).unwrap();
        let status = self.round.status;
        for (shown, rows) in self.tickets.values_mut() {
            *shown = status;
            if turn.ends_link() {
                let open = rows.iter_mut().filter(|row| row.item.link == Some(LinkState::Linked));
                open.for_each(|row| row.item.link = Some(LinkState::Ended));
            }
        }
        if turn.ends_link() {
            self.due.clear();
        }
    }

    fn add(&mut self, side: Side, kind: ItemKind, publish: Publish, attachment: AttachmentKind) {
        let attachment = (kind == ItemKind::Attachment).then_some(attachment);
        let born_linked = self.round.status.is_linked();
        let item =
            Item { kind, publish, attachment, own: true, link: None, born_linked, system: false };
        let row = Row { id: self.id(), item, revision: 1, copy_of: None };
        self.account(&row);
        self.rows(side).push(row.clone());
        self.cross(&row, Change::Create, side);
    }

    fn edit(&mut self, side: Side, which: Index, publish: Publish) {
        let status = self.round.status;
        let Some(mut row) = self.pick(side, which) else { return };
        if may_edit(&row.item, side, status).is_err() {
            return;
        }
        row.revision += 1;
        row.item.publish = publish;
        self.account(&row);
        *self.rows(side).iter_mut().find(|other| other.id == row.id).unwrap() = row.clone();
        self.cross(&row, Change::Edit, side);
    }

    fn delete(&mut self, side: Side, which: Index) {
        let status = self.round.status;
        let Some(row) = self.pick(side, which) else { return };
        if may_edit(&row.item, side, status).is_err() {
            return;
        }
        if status.is_linked() {
            self.due.remove(&row.id);
        }
        self.cross(&row, Change::Delete, side);
        self.rows(side).retain(|other| other.id != row.id);
    }

    fn detach(&mut self, side: Side, which: Index) {
        let status = self.round.status;
        let Some(row) = self.pick(side, which) else { return };
        if may_detach(&row.item, status).is_err() {
            return;
        }
        let origin = row.copy_of.unwrap();
        self.due.remove(&origin);
        self.severed.push(row.id);
        for side in Side::ALL {
            let both =
                self.rows(side).iter_mut().filter(|other| other.id == row.id || other.id == origin);
            both.for_each(|row| row.item.link = Some(LinkState::Severed));
        }
    }

    /// The plain account, in other words than the rules: what was written while linked and is public now must stand there.
    fn account(&mut self, row: &Row) {
        let file = row.item.attachment.is_none_or(|kind| kind == AttachmentKind::File);
        let severed = row.item.link == Some(LinkState::Severed);
        if !self.round.status.is_linked() || row.copy_of.is_some() || severed {
            return;
        }
        if row.item.publish == Publish::All && file && row.item.born_linked {
            self.due.insert(row.id, row.revision);
        } else {
            self.due.remove(&row.id);
        }
    }

    /// What the action does with the answer of the rules.
    fn cross(&mut self, row: &Row, change: Change, from: Side) {
        let (there, link) = match crossing(&row.item, change, from, self.round.status) {
            Crossing::Nothing(_) => return,
            Crossing::Create { as_kind, publish } => {
                let item = Item {
                    kind: as_kind,
                    publish,
                    own: false,
                    link: Some(LinkState::Linked),
                    ..row.item
                };
                let copy =
                    Row { id: self.id(), item, revision: row.revision, copy_of: Some(row.id) };
                self.rows(from.other()).push(copy);
                (row.id, Some(LinkState::Linked))
            }
            Crossing::Update { as_kind } => {
                let copies = self
                    .rows(from.other())
                    .iter_mut()
                    .filter(|other| other.copy_of == Some(row.id));
                for copy in copies {
                    assert_eq!(copy.item.kind, as_kind, "a copy keeps its kind");
                    copy.revision = row.revision;
                }
                (row.id, Some(LinkState::Linked))
            }
            Crossing::Delete => {
                self.rows(from.other()).retain(|other| other.copy_of != Some(row.id));
                (row.id, None)
            }
        };
        self.crossings += 1;
        if let Some(origin) = self.rows(from).iter_mut().find(|other| other.id == there) {
            origin.item.link = link;
        }
    }

    fn all(&self) -> impl Iterator<Item = &Row> {
        self.tickets.values().flat_map(|ticket| &ticket.1)
    }
}

/// The revisions of what is severed.
fn severed(world: &World) -> BTreeMap<usize, u32> {
    world
        .all()
        .filter(|row| world.severed.contains(&row.id))
        .map(|row| (row.id, row.revision))
        .collect()
}

fn holds(world: &World) -> Result<(), TestCaseError> {
    for (shown, _) in world.tickets.values() {
        prop_assert_eq!(*shown, world.round.status, "both tickets show the same status");
    }
    for (side, (_, rows)) in &world.tickets {
        for row in rows.iter().filter(|row| row.copy_of.is_none()) {
            let there = &world.tickets[&side.other()].1;
            let is_copy = |other: &&Row| {
                other.copy_of == Some(row.id) && other.item.link == Some(LinkState::Linked)
            };
            let revisions: Vec<u32> =
                there.iter().filter(is_copy).map(|copy| copy.revision).collect();
            let due: Vec<u32> = world.due.get(&row.id).copied().into_iter().collect();
            prop_assert_eq!(
                revisions,
                due,
                "what must cross crosses once, nothing else does: {:?}",
                row
            );
            let back = rows.iter().any(|other| other.copy_of == Some(row.id));
            prop_assert!(!back, "nothing loops back");
        }
        for copy in rows.iter().filter(|row| row.copy_of.is_some()) {
            let of_a_copy =
                world.all().any(|row| Some(row.id) == copy.copy_of && row.copy_of.is_some());
            prop_assert!(!of_a_copy, "a copy is never copied");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(768))]

    #[test]
    fn both_sides_stay_in_step(
        start in select(vec![Status::Unsent, Status::Assigned, Status::Accepted]),
        steps in vec(step(), 0..80),
    ) {
        let mut world = World::new(start);
        for step in steps {
            let (crossed, linked) = (world.crossings, world.round.status.is_linked());
            let before = severed(&world);
            let played = matches!(step, Step::Play(_));
            let edited = match step {
                Step::Edit { side, which, .. } => world.pick(side, which).map(|row| row.id),
                _ => None,
            };
            world.take(step);
            holds(&world)?;
            prop_assert!(linked || world.crossings == crossed, "only while linked anything crosses");
            prop_assert!(!played || world.crossings == crossed, "a move carries nothing over");
            for (id, revision) in severed(&world) {
                let by_itself = edited == Some(id) || !before.contains_key(&id);
                prop_assert!(by_itself || before[&id] == revision, "what is severed is never updated");
            }
        }
    }
}
