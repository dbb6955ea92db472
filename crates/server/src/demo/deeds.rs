//! How the deeds of the script are carried out: each is one action.

use anyhow::{Context, anyhow};
use db::Tx;
use domain::ids::TicketId;
use domain::money::{Currency, Hours, Money, Quantity};
use domain::outsourcing::Move;
use domain::sync::{AttachmentKind, Publish};
use domain::terms::{Billing, RateType, Share, Terms};
use domain::ticket::{OpenedFrom, TicketStatus};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::people::House;
use super::script::{Deed, Offer, Ticket};
use super::timeline::{Event, ZONE, deadline, house_of};
use super::world::{Told, World};
use crate::actions::rounds::By;
use crate::actions::{items, mapping, network_rounds, offers, rounds, tickets};
use crate::app::Acting;
use crate::problem::Problem;
use crate::store;
use crate::store::items::{Attachment, Charge, Part, TimeEntry};

impl World {
    /// Opens a ticket.
    pub fn open(
        &mut self,
        tx: &mut Tx,
        event: &Event,
        house: House,
        ticket: &Ticket,
        due: Option<Timestamp>,
    ) -> Result<(), Problem> {
        let acting = self.acting(house.desk(), event.at)?;
        let (queue, priority, source) = ticket.kind;
        let (organization, contact) = self.entry(house, ticket.customer)?;
        let owner = if ticket.owner.is_empty() { None } else { Some(self.person(ticket.owner)?) };
        let draft = tickets::Draft {
            title: ticket.title.to_owned(),
            description: ticket.text.to_owned(),
            status: TicketStatus::New,
            priority,
            queue: self.queue(house, queue)?,
            source,
            organization,
            contact,
            primary_person: owner,
            due_at: due,
            site: ticket.site.0.to_owned(),
            device: ticket.site.1.to_owned(),
        };
        let id = tickets::create(tx, &acting, &draft, OpenedFrom::Anywhere)?;
        self.told
            .insert(event.ticket, Told { house: Some(house), ticket: Some(id), ..Told::default() });
        Ok(())
    }

    /// Lets somebody do something on a ticket.
    pub fn act(
        &mut self,
        tx: &mut Tx,
        event: &Event,
        who: &str,
        deed: &Deed,
    ) -> Result<(), Problem> {
        if matches!(deed, Deed::Expire) {
            return self.expire(tx, event);
        }
        let acting = self.acting(who, event.at)?;
        match deed {
            Deed::Draft(offer) => self.offer(tx, &acting, event, offer, false),
            Deed::Send(offer) => self.offer(tx, &acting, event, offer, true),
            Deed::Accept => self.accept(tx, &acting, event),
            Deed::Move(mv, reason) => self.make_move(tx, &acting, event, *mv, reason),
            Deed::Give(network, message, bill) => {
                let order = network_rounds::Order {
                    network: self.network(network)?,
                    message: (*message).to_owned(),
                    billing: Billing {
                        billing_rate: (*bill > 0).then(|| euro(*bill)),
                        work_type: String::new(),
                    },
                };
                self.give(tx, &acting, event, &order)
            }
            Deed::Close(mv, reason) => {
                let round = self.told(event)?.network_round.context("it is with no network")?;
                network_rounds::play(tx, &acting, round, *mv, reason).map(|_| ())
            }
            Deed::Take => {
                let ticket = self.ticket_of(event, who)?;
                tickets::take(tx, &acting, ticket)?;
                tickets::set_status(tx, &acting, ticket, TicketStatus::InProgress)
            }
            Deed::Status(status) => {
                tickets::set_status(tx, &acting, self.ticket_of(event, who)?, *status)
            }
            _ => {
                let draft = self.draft(tx, &acting, event, deed)?;
                items::write(tx, &acting, self.ticket_of(event, who)?, &draft).map(|_| ())
            }
        }
    }

    fn told(&self, event: &Event) -> anyhow::Result<&Told> {
        self.told.get(&event.ticket).context("the ticket is not opened")
    }

    /// The person's own company's ticket.
    fn ticket_of(&self, event: &Event, who: &str) -> anyhow::Result<TicketId> {
        let told = self.told(event)?;
        let own = told.house == Some(house_of(who)?);
        let ticket = if own { told.ticket } else { told.partner_ticket };
        ticket.with_context(|| format!("{who} has no ticket yet"))
    }

    fn offer(
        &mut self,
        tx: &mut Tx,
        acting: &Acting,
        event: &Event,
        offer: &Offer,
        send: bool,
    ) -> Result<(), Problem> {
        let ticket = self.told(event)?.ticket.context("the ticket is not opened")?;
        let partnership = self.partnership.context("there is no partner")?;
        let offerable = offers::offerable(tx, acting.actor.company, ticket)?;
        let (contact, device) = offer.share;
        let share = Share { contact, device, ..offerable.standard() };
        let terms = self.terms(offer, acting.now, share);
        let round = if send {
            offers::send(tx, acting, ticket, partnership, &terms)?
        } else {
            offers::save(tx, acting, ticket, partnership, &terms)?
        };
        if let Some(told) = self.told.get_mut(&event.ticket) {
            told.round = Some(round);
        }
        Ok(())
    }

    fn give(
        &mut self,
        tx: &mut Tx,
        acting: &Acting,
        event: &Event,
        order: &network_rounds::Order,
    ) -> Result<(), Problem> {
        let ticket = self.told(event)?.ticket.context("the ticket is not opened")?;
        let round = network_rounds::send(tx, acting, ticket, order)?;
        if let Some(told) = self.told.get_mut(&event.ticket) {
            told.network_round = Some(round);
        }
        Ok(())
    }

    fn terms(&self, offer: &Offer, sent: Timestamp, share: Share) -> Terms {
        let accept_by = deadline(offer.answer, sent, self.now);
        let hourly = offer.hours > 0;
        Terms {
            rate_type: if hourly { RateType::Hourly } else { RateType::Flat },
            authorized_charge: euro(offer.charge),
            authorized_hours: hourly.then_some(Hours(offer.hours)),
            accept_by: Some(accept_by),
            due: Some(accept_by + SignedDuration::from_hours(48)),
            instructions: offer.text.to_owned(),
            share,
            billing: Billing { billing_rate: Some(euro(offer.bill)), work_type: String::new() },
        }
    }

    fn accept(&mut self, tx: &mut Tx, acting: &Acting, event: &Event) -> Result<(), Problem> {
        let round = self.told(event)?.round.context("nothing was sent")?;
        let (organization, _) = self.entry(House::Rheinwerk, "hansekontor")?;
        let case = offers::accept(tx, acting, round, &mapping::Mapping::Existing(organization))?;
        if let Some(told) = self.told.get_mut(&event.ticket) {
            told.partner_ticket = case.partner_ticket;
        }
        Ok(())
    }

    fn make_move(
        &self,
        tx: &mut Tx,
        acting: &Acting,
        event: &Event,
        mv: Move,
        reason: &str,
    ) -> Result<(), Problem> {
        let round = self.told(event)?.round.context("nothing was sent")?;
        rounds::play(tx, acting, round, mv, reason).map(|_| ())
    }

    fn expire(&self, tx: &mut Tx, event: &Event) -> Result<(), Problem> {
        let round = self.told(event)?.round.context("nothing was sent")?;
        let lead = self.company(House::Hansekontor)?.id;
        if rounds::expire(tx, lead, round, By::Clock(event.at, &self.base_url))? {
            return Ok(());
        }
        Err(anyhow!("the offer was answered before").into())
    }

    /// What somebody writes.
    fn draft(
        &self,
        tx: &mut Tx,
        acting: &Acting,
        event: &Event,
        deed: &Deed,
    ) -> Result<items::Draft, Problem> {
        let mut draft = items::Draft {
            publish: Publish::All,
            title: String::new(),
            body: String::new(),
            part: Part::Note,
        };
        match deed {
            Deed::Internal(text) => {
                draft.publish = Publish::Internal;
                draft.body = (*text).to_owned();
            }
            Deed::Note(text) => draft.body = (*text).to_owned(),
            Deed::Time(worked, deduct, text) => {
                draft.body = (*text).to_owned();
                let rate = self.rate(tx, acting, event)?;
                draft.part = Part::Time(time(event.at, Hours(*worked), Hours(*deduct), rate));
            }
            Deed::Charge(name, quantity, cost, price) => {
                draft.title = (*name).to_owned();
                draft.part = Part::Charge(Charge {
                    charged_on: local(event.at).date(),
                    quantity: Quantity(quantity * 100),
                    unit_cost: euro(*cost),
                    unit_price: euro(*price),
                    billable: true,
                    bundle_of: None,
                });
            }
            Deed::File(name, text) => {
                draft.title = (*name).to_owned();
                let blob =
                    self.files.get(name).with_context(|| format!("{name} was not written"))?;
                draft.part = Part::Attachment(Attachment {
                    kind: AttachmentKind::File,
                    file_name: (*name).to_owned(),
                    media_type: "text/plain".to_owned(),
                    size: i64::try_from(text.len()).unwrap_or(i64::MAX),
                    blob: Some(blob.clone()),
                    url: None,
                });
            }
            Deed::Link(title, url) => {
                draft.title = (*title).to_owned();
                draft.part = Part::Attachment(Attachment {
                    kind: AttachmentKind::Url,
                    file_name: String::new(),
                    media_type: String::new(),
                    size: 0,
                    blob: None,
                    url: Some((*url).to_owned()),
                });
            }
            other => return Err(anyhow!("{other:?} is nothing one writes").into()),
        }
        Ok(draft)
    }

    /// What an hour brings the partner on a received ticket: the agreed rate, if it is hourly.
    fn rate(&self, tx: &mut Tx, acting: &Acting, event: &Event) -> Result<Option<Money>, Problem> {
        let Some(round) = self.told(event)?.round else { return Ok(None) };
        let case = store::outsourcings::of(tx, acting.actor.company, round)?;
        let own = case.filter(|case| case.partner == acting.actor.company);
        let hourly = own.filter(|case| case.terms.rate_type == RateType::Hourly);
        Ok(hourly.map(|case| case.terms.authorized_charge))
    }
}

fn euro(cents: i64) -> Money {
    Money::new(cents, Currency::Eur)
}

fn local(at: Timestamp) -> jiff::Zoned {
    at.to_zoned(TimeZone::get(ZONE).unwrap_or(TimeZone::UTC))
}

/// Time that ends now.
fn time(at: Timestamp, worked: Hours, deduct: Hours, rate: Option<Money>) -> TimeEntry {
    let local = local(at);
    let end = i64::from(local.hour()) * 60 + i64::from(local.minute());
    let start = end - worked.0 * 60 / 100;
    TimeEntry {
        worked_on: local.date(),
        // Work that would have begun the day before is booked without a span.
        span: (start >= 0).then_some((start, end)),
        worked,
        deduct,
        billable: true,
        rate,
        internal_note: String::new(),
    }
}
