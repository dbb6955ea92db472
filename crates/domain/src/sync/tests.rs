//! What crosses, row by row of the table in section 10. Two rows are the server's: the internal notes of a time
//! entry (row 7, a field the rules never see) and the letter about each item (row 18). That both sides show the same
//! status (row 15) is a property, in `properties.rs`.

use super::*;

pub(crate) fn item(kind: ItemKind) -> Item {
    Item {
        kind,
        publish: Publish::All,
        attachment: (kind == ItemKind::Attachment).then_some(AttachmentKind::File),
        own: true,
        link: None,
        born_linked: true,
        system: false,
    }
}

fn linked(kind: ItemKind) -> Item {
    Item { link: Some(LinkState::Linked), ..item(kind) }
}

/// A copy, as it stands at the receiver.
fn copy(kind: ItemKind, link: LinkState) -> Item {
    Item { own: false, publish: Publish::Internal, link: Some(link), ..item(kind) }
}

const LINKED: [Status; 2] = [Status::Accepted, Status::InProgress];

/// Asserts the crossing in both linked statuses.
fn crosses(item: Item, change: Change, from: Side, expected: Crossing) {
    for status in LINKED {
        assert_eq!(crossing(&item, change, from, status), expected, "{item:?} {change:?} {from:?}");
    }
}

fn created(as_kind: ItemKind) -> Crossing {
    Crossing::Create { as_kind, publish: Publish::Internal }
}

/// Creating, editing and deleting are all carried over, as this kind.
fn all_three(kind: ItemKind, from: Side, as_kind: ItemKind) {
    crosses(item(kind), Change::Create, from, created(as_kind));
    crosses(linked(kind), Change::Edit, from, Crossing::Update { as_kind });
    crosses(linked(kind), Change::Delete, from, Crossing::Delete);
}

#[test]
fn sync_01_a_public_note_is_created_edited_and_deleted_there() {
    for side in Side::ALL {
        all_three(ItemKind::Note, side, ItemKind::Note);
    }
}

#[test]
fn sync_02_an_internal_note_is_never_sent() {
    for publish in [Publish::Internal, Publish::InternalCoManaged] {
        let note = Item { publish, ..item(ItemKind::Note) };
        for side in Side::ALL {
            crosses(note, Change::Create, side, Crossing::Nothing(Why::Internal));
            crosses(note, Change::Edit, side, Crossing::Nothing(Why::Internal));
            crosses(note, Change::Delete, side, Crossing::Nothing(Why::NeverCrossed));
        }
    }
}

#[test]
fn sync_02_a_note_made_internal_is_taken_back_and_a_note_made_public_is_sent() {
    let taken_back = Item { publish: Publish::Internal, ..linked(ItemKind::Note) };
    crosses(taken_back, Change::Edit, Side::Lead, Crossing::Delete);
    crosses(item(ItemKind::Note), Change::Edit, Side::Lead, created(ItemKind::Note));
}

#[test]
fn sync_03_the_partners_note_and_file_arrive_for_internal_users_only() {
    for kind in [ItemKind::Note, ItemKind::Attachment] {
        crosses(item(kind), Change::Create, Side::Partner, created(kind));
    }
}

#[test]
fn sync_04_the_leads_note_arrives_for_internal_users_only() {
    crosses(item(ItemKind::Note), Change::Create, Side::Lead, created(ItemKind::Note));
}

#[test]
fn sync_05_the_partners_time_is_time_at_the_lead() {
    all_three(ItemKind::TimeEntry, Side::Partner, ItemKind::TimeEntry);
}

#[test]
fn sync_06_the_leads_time_is_a_note_at_the_partner() {
    all_three(ItemKind::TimeEntry, Side::Lead, ItemKind::Note);
}

#[test]
fn sync_08_files_are_copied() {
    for side in Side::ALL {
        all_three(ItemKind::Attachment, side, ItemKind::Attachment);
    }
}

#[test]
fn sync_09_links_are_not_sent() {
    for kind in [AttachmentKind::FileLink, AttachmentKind::FolderLink, AttachmentKind::Url] {
        let link = Item { attachment: Some(kind), ..item(ItemKind::Attachment) };
        for change in Change::ALL {
            crosses(link, change, Side::Partner, Crossing::Nothing(Why::NotAFile));
        }
    }
}

#[test]
fn sync_10_internal_files_are_not_sent() {
    for publish in [Publish::Internal, Publish::InternalCoManaged] {
        let file = Item { publish, ..item(ItemKind::Attachment) };
        crosses(file, Change::Create, Side::Partner, Crossing::Nothing(Why::Internal));
    }
}

#[test]
fn sync_11_charges_go_both_ways() {
    for side in Side::ALL {
        all_three(ItemKind::Charge, side, ItemKind::Charge);
    }
}

#[test]
fn sync_12_the_partners_charge_is_read_only_until_the_end() {
    let charge = copy(ItemKind::Charge, LinkState::Linked);
    for status in [Status::Accepted, Status::InProgress, Status::WaitingApproval] {
        assert_eq!(may_edit(&charge, Side::Lead, status), Err(Refusal::ChargeReadOnly));
        assert_eq!(may_detach(&charge, status), Err(Refusal::ChargeReadOnly));
    }
    let ended = copy(ItemKind::Charge, LinkState::Ended);
    for status in [Status::Complete, Status::Returned] {
        assert_eq!(may_edit(&ended, Side::Lead, status), Ok(()));
    }
}

#[test]
fn sync_13_nothing_done_to_a_copy_is_sent_back() {
    for link in LinkState::ALL {
        for change in Change::ALL {
            let mut touched = copy(ItemKind::Note, link);
            crosses(touched, change, Side::Lead, Crossing::Nothing(Why::Copy));
            touched.publish = Publish::All;
            crosses(touched, change, Side::Lead, Crossing::Nothing(Why::Copy));
        }
    }
}

/// Decision 3: a copy is read-only while linked; detaching makes it one's own, and its owner's changes arrive no more.
#[test]
fn sync_14_detaching_cuts_the_tie_of_that_item() {
    for kind in [ItemKind::Note, ItemKind::TimeEntry, ItemKind::Attachment] {
        let held = copy(kind, LinkState::Linked);
        for status in LINKED {
            assert_eq!(may_edit(&held, Side::Lead, status), Err(Refusal::CopyReadOnly));
            assert_eq!(may_detach(&held, status), Ok(()));
            assert_eq!(may_edit(&copy(kind, LinkState::Severed), Side::Lead, status), Ok(()));
        }
        let origin = Item { link: Some(LinkState::Severed), ..item(kind) };
        for change in Change::ALL {
            crosses(origin, change, Side::Partner, Crossing::Nothing(Why::Severed));
        }
    }
    let waiting = Status::WaitingApproval;
    assert_eq!(
        may_detach(&copy(ItemKind::Note, LinkState::Linked), waiting),
        Err(Refusal::DetachWaiting)
    );
    assert_eq!(may_detach(&item(ItemKind::Note), Status::Accepted), Err(Refusal::OwnItem));
    let severed = copy(ItemKind::Note, LinkState::Severed);
    assert_eq!(may_detach(&severed, Status::Accepted), Err(Refusal::NotLinked));
}

#[test]
fn sync_16_only_four_kinds_of_thing_can_cross() {
    let kinds = ItemKind::ALL.map(ItemKind::name);
    assert_eq!(kinds, ["note", "time_entry", "charge", "attachment"]);
}

/// Decision 16.
#[test]
fn sync_17_what_is_written_while_waiting_stays_for_good() {
    let new = item(ItemKind::Note);
    let waiting = crossing(&new, Change::Create, Side::Lead, Status::WaitingApproval);
    assert_eq!(waiting, Crossing::Nothing(Why::Waiting));
    assert_eq!(
        crossing(&new, Change::Create, Side::Lead, Status::Complete),
        Crossing::Nothing(Why::Ended)
    );
    let apart = Item { born_linked: false, ..new };
    crosses(apart, Change::Edit, Side::Lead, Crossing::Nothing(Why::WrittenApart));
}

#[test]
fn nothing_crosses_twice() {
    crosses(linked(ItemKind::Note), Change::Create, Side::Lead, Crossing::Nothing(Why::Crossed));
}

#[test]
fn system_notes_stay_and_are_never_changed() {
    let note = Item { system: true, ..item(ItemKind::Note) };
    crosses(note, Change::Create, Side::Lead, Crossing::Nothing(Why::System));
    assert_eq!(may_edit(&note, Side::Lead, Status::Accepted), Err(Refusal::SystemNote));
}

/// Sections 10 and 11.3, gap G21.
#[test]
fn what_the_partner_reported_is_locked() {
    for reported in [linked(ItemKind::Charge), item(ItemKind::Note)] {
        let lock = |status| may_edit(&reported, Side::Partner, status);
        assert_eq!(lock(Status::InProgress), Ok(()));
        assert_eq!(lock(Status::WaitingApproval), Err(Refusal::LockedWaiting));
        assert_eq!(lock(Status::Complete), Err(Refusal::LockedEnded));
        assert_eq!(lock(Status::Returned), Err(Refusal::LockedEnded));
    }
    let new = Item { born_linked: false, ..item(ItemKind::Note) };
    for status in Status::ALL {
        assert_eq!(may_edit(&new, Side::Partner, status), Ok(()), "new items stay free");
        assert_eq!(
            may_edit(&linked(ItemKind::Note), Side::Lead, status),
            Ok(()),
            "the lead's own too"
        );
    }
}
