//! The terms as a form: what stands in it at first, and what was typed.

use domain::ids::{AttachmentId, NoteId};
use domain::message::Message;
use domain::money::Money;
use domain::terms::{Billing, RateType, Share, Terms, default_accept_by};

use super::Stage;
use crate::actions::check;
use crate::http::fields::Fields;
use crate::http::visit::Visit;
use crate::problem::Mistakes;

/// The saved terms, those of a round that the partner did not take with a new time to answer, or the defaults:
/// contact and device off, public notes and files on, the ticket's due date.
pub fn first_fields(visit: &Visit, stage: &Stage) -> Fields {
    let format = &visit.format;
    let round = stage.unsent.as_ref().or(stage.former.as_ref());
    let due = round.map_or(stage.ticket.due_at, |round| round.terms.due);
    let until = default_accept_by(visit.now(), stage.accept_hours, due);
    let instant = |at| format.input_date_time(at);
    let Some(round) = round else {
        let fields = Fields::default()
            .with("accept_by", instant(until))
            .with("due", due.map(instant).unwrap_or_default())
            .with("rate_type", RateType::Hourly.name());
        return with_share(fields, &stage.offerable.standard());
    };
    let terms = &round.terms;
    let accept_by = match &stage.unsent {
        Some(_) => terms.accept_by.map(instant).unwrap_or_default(),
        None => instant(until),
    };
    // What was said in another currency is said again, not relabelled.
    let money = |amount: Option<Money>| {
        let same = amount.filter(|amount| amount.currency == stage.currency);
        same.map(|amount| format.input_minor(amount.minor)).unwrap_or_default()
    };
    let fields = Fields::default()
        .with("accept_by", accept_by)
        .with("due", due.map(instant).unwrap_or_default())
        .with("rate_type", terms.rate_type.name())
        .with("authorized_charge", money(Some(terms.authorized_charge)))
        .with(
            "authorized_hours",
            terms.authorized_hours.map(|hours| format.input_minor(hours.0)).unwrap_or_default(),
        )
        .with("instructions", terms.instructions.clone())
        .with("billing_rate", money(stage.billing.billing_rate))
        .with("work_type", stage.billing.work_type.clone());
    with_share(fields, &terms.share)
}

fn with_share(mut fields: Fields, share: &Share) -> Fields {
    for (name, on) in [("share_contact", share.contact), ("share_device", share.device)] {
        if on {
            fields = fields.with(name, "1");
        }
    }
    for note in &share.notes {
        fields = fields.with("note", note.to_string());
    }
    for file in &share.files {
        fields = fields.with("file", file.to_string());
    }
    fields
}

/// Whether what the work may cost has been said: an empty field is not an offer of nothing.
pub fn stated(fields: &Fields, terms: &Terms) -> bool {
    let said = |name: &str| !fields.text(name).is_empty();
    said("authorized_charge") && (terms.rate_type == RateType::Flat || said("authorized_hours"))
}

/// Reads the form; what cannot be read is a mistake at its field, what is missing is the domain's to say.
pub fn read(visit: &Visit, stage: &Stage, fields: &Fields) -> (Terms, Mistakes) {
    let mut mistakes = Mistakes::default();
    let language = visit.format.language;
    let charge = fields.money("authorized_charge", language, stage.currency, &mut mistakes);
    if charge.is_none() && fields.text("authorized_charge").is_empty() {
        mistakes.add("authorized_charge", Message::new("mistake-missing"));
    }
    check::short(&mut mistakes, "work_type", &fields.text("work_type"), 100);
    let terms = Terms {
        rate_type: RateType::from_name(fields.get("rate_type")).unwrap_or(RateType::Hourly),
        authorized_charge: charge.unwrap_or(Money::zero(stage.currency)),
        authorized_hours: fields.hours("authorized_hours", language, &mut mistakes),
        accept_by: fields.instant("accept_by", &visit.format, &mut mistakes),
        due: fields.instant("due", &visit.format, &mut mistakes),
        instructions: fields.text("instructions"),
        share: Share {
            contact: fields.ticked("share_contact"),
            device: fields.ticked("share_device"),
            notes: fields.numbers("note").into_iter().map(NoteId).collect(),
            files: fields.numbers("file").into_iter().map(AttachmentId).collect(),
        },
        billing: Billing {
            billing_rate: fields.money("billing_rate", language, stage.currency, &mut mistakes),
            work_type: fields.text("work_type"),
        },
    };
    (terms, mistakes)
}
