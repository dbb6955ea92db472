//! The money of a page of a list in one statement: what the lead bills its customer, and the partner's charges.
//! Asked only for those who may see financial figures.

use std::collections::HashMap;

use db::{Error, Tx, Value};
use domain::figures::{Charged, Figures, Progress};
use domain::ids::CompanyId;
use domain::money::{Currency, Hours, Money, Quantity};
use domain::outsourcing::Side;

use super::Kind;
use super::list::{Line, own_item};
use crate::store::named;
use crate::store::outsourcings::Outsourcing;

/// So many rounds are asked for in one statement; fewer are padded, so that there is one statement to prepare.
const BATCH: usize = 64;

/// The money of a row.
#[derive(Debug, Clone, Copy)]
pub enum Amounts {
    /// What a round with a partner has come to.
    Shared(Figures),
    /// What the customer pays per hour of what is with a network.
    OneWay(Money),
}

/// The money of rows by their numbers; a row whose money is not known, or does not fit into numbers, has none.
pub type Purses = HashMap<i64, Amounts>;

/// The money of a page of a list.
pub fn of(tx: &mut Tx, company: CompanyId, kind: Kind, lines: &[Line]) -> Result<Purses, Error> {
    let mut found = HashMap::new();
    for batch in lines.chunks(BATCH) {
        match kind {
            Kind::Networks => rates(tx, company, batch, &mut found)?,
            Kind::Outsourced | Kind::Received => figures(tx, company, kind, batch, &mut found)?,
        }
    }
    Ok(found)
}

fn rates(tx: &mut Tx, company: CompanyId, lines: &[Line], found: &mut Purses) -> Result<(), Error> {
    let sql = format!(
        "SELECT id, billing_rate, currency FROM network_round
          WHERE company_id = $1 AND billing_rate IS NOT NULL AND id IN ({})",
        places()
    );
    let rows = tx.all(&sql, &values(company, lines), |row| {
        let currency = named(row, 2, Currency::from_code)?;
        Ok((row.get(0)?, Amounts::OneWay(Money { minor: row.get(1)?, currency })))
    })?;
    found.extend(rows);
    Ok(())
}

fn figures(
    tx: &mut Tx,
    company: CompanyId,
    kind: Kind,
    lines: &[Line],
    found: &mut Purses,
) -> Result<(), Error> {
    let purses = purses(tx, kind.side(), &values(company, lines))?;
    for line in lines {
        let Some(agreed) = line.agreed() else { continue };
        let purse = purses.get(&line.id());
        let rate = purse.and_then(|purse| purse.rate);
        let terms =
            agreed.terms(rate.map(|minor| Money { minor, currency: agreed.charge.currency }));
        let charges = purse.map_or(&[] as &[Charged], |purse| &purse.charges);
        if let Ok(figures) = terms.figures(kind.side(), line.progress(agreed), charges) {
            found.insert(line.id(), Amounts::Shared(figures));
        }
    }
    Ok(())
}

fn places() -> String {
    let places: Vec<String> = (2..BATCH + 2).map(|n| format!("${n}")).collect();
    places.join(", ")
}

fn values(company: CompanyId, lines: &[Line]) -> Vec<Value> {
    let mut values: Vec<Value> = vec![company.0.into()];
    values.extend(lines.iter().map(|line| Value::from(line.id())));
    values.resize(BATCH + 1, 0.into());
    values
}

#[derive(Default)]
struct Purse {
    rate: Option<i64>,
    charges: Vec<Charged>,
}

/// What one round has come to so far, seen from a side; `None` if it does not fit into numbers. `billed` are the
/// partner's hours to bill.
pub fn of_round(
    tx: &mut Tx,
    company: CompanyId,
    case: &Outsourcing,
    side: Side,
    billed: Hours,
) -> Result<Option<Figures>, Error> {
    let mut values: Vec<Value> = vec![company.0.into(), case.id.0.into()];
    values.resize(BATCH + 1, 0.into());
    let purses = purses(tx, side, &values)?;
    let charges = purses.get(&case.id.0).map_or(&[] as &[Charged], |purse| &purse.charges);
    let (status, accepted) = (case.round.status, case.round.was_accepted());
    let progress = Progress { status, accepted, billed: Some(billed) };
    Ok(case.terms.figures(side, progress, charges).ok())
}

/// `values`: the company on whose behalf, then the rounds.
fn purses(tx: &mut Tx, side: Side, values: &[Value]) -> Result<HashMap<i64, Purse>, Error> {
    let sql = format!(
        "SELECT o.id, b.billing_rate, c.quantity, c.currency, c.unit_cost, c.unit_price, c.billable
           FROM outsourcing o
           LEFT JOIN outsourcing_billing b ON b.outsourcing_id = o.id AND b.company_id = $1
           LEFT JOIN link l ON l.outsourcing_id = o.id AND l.from_side = 'partner'
           LEFT JOIN charge c ON c.item_id = {item} AND c.company_id = $1
          WHERE {own} = $1 AND o.id IN ({places})",
        item = own_item(side),
        own = if side == Side::Lead { "o.lead_company" } else { "o.partner_company" },
        places = places(),
    );
    let mut purses: HashMap<i64, Purse> = HashMap::new();
    let rows = tx.all(&sql, values, |row| {
        let quantity: Option<i64> = row.get(2)?;
        let charge = match quantity {
            None => None,
            Some(quantity) => {
                let currency = named(row, 3, Currency::from_code)?;
                Some(Charged {
                    quantity: Quantity(quantity),
                    unit_cost: Money { minor: row.get(4)?, currency },
                    unit_price: Money { minor: row.get(5)?, currency },
                    billable: row.get(6)?,
                })
            }
        };
        Ok((row.get::<i64>(0)?, row.get::<Option<i64>>(1)?, charge))
    })?;
    for (round, rate, charge) in rows {
        let purse = purses.entry(round).or_default();
        purse.rate = rate;
        purse.charges.extend(charge);
    }
    Ok(purses)
}
