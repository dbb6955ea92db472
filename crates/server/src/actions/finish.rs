//! What the end of an accepted round does (section 13): the partner's time becomes one charge, every tie is cut.

use db::Tx;
use domain::bundle::{Worked, bundle};
use domain::money::{Hours, Money, Quantity};
use domain::sync::Publish;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::crossings::Content;
use crate::format::Format;
use crate::problem::Problem;
use crate::store;
use crate::store::items::{Charge, Item, ItemId, Part};
use crate::store::outsourcings::Outsourcing;
use crate::words::Words;

/// Bundles the partner's time into one non-billable charge at the lead and cuts every tie of the round.
pub fn finish(tx: &mut Tx, case: &Outsourcing, now: Timestamp) -> Result<(), Problem> {
    let lead = store::companies::of(tx, case.lead)?.ok_or(Problem::NotFound)?;
    let zone = TimeZone::get(&lead.time_zone).unwrap_or(TimeZone::UTC);
    let format = Format { language: lead.language, zone, now };
    let entries = store::links::partner_time(tx, case.id)?
        .iter()
        .filter_map(|json| worked(json))
        .collect::<Vec<_>>();
    if let Some(bundle) =
        bundle(&case.terms, &case.partner_name, &entries, case.round.status, format.today())?
    {
        let words = Words::of(lead.language);
        let mut lines: Vec<String> = bundle
            .lines
            .iter()
            .map(|line| words.say(&line.message(&format.day(line.date)), &format))
            .collect();
        lines.push(words.say(&bundle.total_message(), &format));
        let charge = Item {
            id: ItemId(0),
            company: case.lead,
            ticket: case.lead_ticket,
            publish: Publish::Internal,
            title: words.say(&bundle.name, &format),
            body: lines.join("\n"),
            message: None,
            author: None,
            author_name: case.partner_name.clone(),
            born_round: None,
            is_copy: false,
            revision: 1,
            created_at: now,
            edited_at: None,
            part: Part::Charge(Charge {
                charged_on: bundle.date,
                quantity: Quantity(bundle.quantity.0),
                unit_cost: bundle.unit_cost,
                unit_price: Money::zero(bundle.unit_cost.currency),
                billable: bundle.billable,
                bundle_of: Some(case.id),
            }),
        };
        store::items::create(tx, &charge)?;
    }
    Ok(store::links::end_all(tx, case.id)?)
}

fn worked(json: &str) -> Option<Worked> {
    let content: Content = serde_json::from_str(json).ok()?;
    Some(Worked {
        date: content.day?.parse().ok()?,
        resource: content.author,
        worked: Hours(content.worked?),
        deduct: Hours(content.deduct.unwrap_or(0)),
    })
}
