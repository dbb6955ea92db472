//! The money of a page of rounds in one statement: what the lead bills its customer, and the partner's charges.
//! Asked only for those who may see financial figures.

use std::collections::HashMap;

use db::{Error, Tx, Value};
use domain::figures::{Charged, Figures};
use domain::ids::{CompanyId, OutsourcingId};
use domain::money::{Currency, Money, Quantity};
use domain::outsourcing::Side;

use super::list::{Line, own_item};
use crate::store::named;

/// So many rounds are asked for in one statement; fewer are padded, so that there is one statement to prepare.
const BATCH: usize = 64;

#[derive(Default)]
struct Purse {
    rate: Option<i64>,
    charges: Vec<Charged>,
}

/// The figures of these rounds; a round whose figures do not fit into numbers has none.
pub fn figures(
    tx: &mut Tx,
    company: CompanyId,
    lines: &[Line],
) -> Result<HashMap<OutsourcingId, Figures>, Error> {
    let mut found = HashMap::new();
    for batch in lines.chunks(BATCH) {
        let Some(side) = batch.first().map(|line| line.side) else { continue };
        let purses = purses(tx, company, side, batch)?;
        for line in batch.iter().filter(|line| line.is_known()) {
            let purse = purses.get(&line.id.0);
            let rate = purse.and_then(|purse| purse.rate);
            let terms =
                line.terms(rate.map(|minor| Money { minor, currency: line.charge.currency }));
            let charges = purse.map_or(&[] as &[Charged], |purse| &purse.charges);
            if let Ok(figures) = terms.figures(side, line.progress(), charges) {
                found.insert(line.id, figures);
            }
        }
    }
    Ok(found)
}

fn purses(
    tx: &mut Tx,
    company: CompanyId,
    side: Side,
    lines: &[Line],
) -> Result<HashMap<i64, Purse>, Error> {
    let own = if side == Side::Lead { "o.lead_company" } else { "o.partner_company" };
    let places: Vec<String> = (2..BATCH + 2).map(|n| format!("${n}")).collect();
    let sql = format!(
        "SELECT o.id, b.billing_rate, c.quantity, c.currency, c.unit_cost, c.unit_price, c.billable
           FROM outsourcing o
           LEFT JOIN outsourcing_billing b ON b.outsourcing_id = o.id AND b.company_id = $1
           LEFT JOIN link l ON l.outsourcing_id = o.id AND l.from_side = 'partner'
           LEFT JOIN charge c ON c.item_id = {item} AND c.company_id = $1
          WHERE {own} = $1 AND o.id IN ({places})",
        item = own_item(side),
        places = places.join(", "),
    );
    let mut values: Vec<Value> = vec![company.0.into()];
    values.extend(lines.iter().map(|line| Value::from(line.id.0)));
    values.resize(BATCH + 1, 0.into());
    let mut purses: HashMap<i64, Purse> = HashMap::new();
    let rows = tx.all(&sql, &values, |row| {
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
