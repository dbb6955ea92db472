//! Saved views: a person keeps a list with its filters, order and columns under a name (section 14). They are settings
//! of one person, so nothing of them is in the audit.

use db::Tx;
use domain::message::Message;
use domain::permission::Permission;

use super::check;
use crate::app::Acting;
use crate::problem::{Mistakes, Problem};
use crate::store;
use crate::store::rounds::Kind;
use crate::store::views::{Door, SavedView, Start};

/// The most views of a person behind one door.
pub const MOST: usize = 20;
/// The longest name.
pub const NAME: usize = 40;
/// The longest query that is kept; a filled-in filter row has some 600 letters.
const QUERY: usize = 4000;

/// What a person needs to go through a door at all.
pub fn permission(door: Door) -> Permission {
    match door {
        Door::Outsource => Permission::OpenDashboard,
        Door::Received => Permission::SeeReceivedWork,
    }
}

/// Keeps a query under a name.
pub fn save(
    tx: &mut Tx,
    acting: &Acting,
    door: Door,
    name: &str,
    query: &str,
) -> Result<SavedView, Problem> {
    check::require(acting, permission(door))?;
    let name = named(name)?;
    fits(query)?;
    // Two clicks at once must not pass the limit together.
    store::views::lock_person(tx, acting)?;
    if store::views::all(tx, acting, door)?.len() >= MOST {
        let most = i64::try_from(MOST).unwrap_or(i64::MAX);
        let message = Message::new("mistake-views-full").with("most", most);
        return Err(Mistakes::one("name", message));
    }
    let id = store::views::create(tx, acting, door, &name, query).map_err(taken)?;
    Ok(SavedView { id, door, name, query: query.to_owned(), is_start: false })
}

/// Gives a view another name, and makes it the start of its door or not.
pub fn change(
    tx: &mut Tx,
    acting: &Acting,
    id: i64,
    name: &str,
    start: Start,
) -> Result<SavedView, Problem> {
    let view = own(tx, acting, id)?;
    let changed = SavedView { name: named(name)?, is_start: start == Start::Here, ..view };
    store::views::save(tx, acting, &changed).map_err(taken)?;
    Ok(changed)
}

/// Puts another query under the name of a view.
pub fn overwrite(tx: &mut Tx, acting: &Acting, id: i64, query: &str) -> Result<SavedView, Problem> {
    let view = own(tx, acting, id)?;
    fits(query)?;
    let changed = SavedView { query: query.to_owned(), ..view };
    store::views::save(tx, acting, &changed)?;
    Ok(changed)
}

/// Forgets a view.
pub fn delete(tx: &mut Tx, acting: &Acting, id: i64) -> Result<SavedView, Problem> {
    let view = own(tx, acting, id)?;
    store::views::delete(tx, acting, id)?;
    Ok(view)
}

/// Remembers which columns a person wants to see; none is the standard again.
pub fn choose_columns(
    tx: &mut Tx,
    acting: &Acting,
    kind: Kind,
    columns: &str,
) -> Result<(), Problem> {
    check::require(acting, Permission::SeeReceivedWork)?;
    Ok(store::views::choose_columns(tx, acting, kind, columns)?)
}

/// A view of the acting person behind a door that is open to them.
pub fn own(tx: &mut Tx, acting: &Acting, id: i64) -> Result<SavedView, Problem> {
    let view = store::views::of(tx, acting, id)?.ok_or(Problem::NotFound)?;
    check::require(acting, permission(view.door))?;
    Ok(view)
}

fn named(name: &str) -> Result<String, Problem> {
    let mut mistakes = Mistakes::default();
    check::required(&mut mistakes, "name", name, NAME);
    mistakes.check()?;
    Ok(name.trim().to_owned())
}

fn fits(query: &str) -> Result<(), Problem> {
    if query.len() > QUERY {
        return Err(Mistakes::one("name", Message::new("mistake-view-too-long")));
    }
    Ok(())
}

fn taken(error: db::Error) -> Problem {
    if error.is_unique() {
        Mistakes::one("name", Message::new("mistake-taken"))
    } else {
        error.into()
    }
}
