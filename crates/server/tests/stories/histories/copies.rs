//! What a receiver does to a copy: detach it, edit it, delete it.

use db::Tx;
use domain::outsourcing::Side;
use domain::sync::{AttachmentKind, ItemKind, Publish};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseError;
use staffel::actions::items;
use staffel::app::Acting;
use staffel::problem::Problem;
use staffel::store;
use staffel::store::items::ItemId;

use super::model::{Copy, Model, Own, What};
use super::stage::{History, drawn, pick};

impl History<'_> {
    /// A linked copy can be detached, a charge never (decision 3).
    pub fn detach(
        &mut self,
        side: Side,
        which: Index,
        death: Option<u32>,
    ) -> Result<(), TestCaseError> {
        let may = |model: &Model, own: &Own| {
            model.is_linked() && own.what.kind != ItemKind::Charge && is_linked(own)
        };
        if let Some(at) = self.with_copy(side, which, death, items::detach, may)? {
            self.model.detached(at);
        }
        Ok(())
    }

    /// A copy is read-only while it is linked; detached or after the end it is the receiver's.
    pub fn edit_copy(
        &mut self,
        side: Side,
        which: Index,
        death: Option<u32>,
    ) -> Result<(), TestCaseError> {
        self.texts += 1;
        let text = format!("übernommen offen {}", self.texts);
        let body = text.clone();
        let edit = move |tx: &mut Tx, acting: &Acting, copy: ItemId| {
            let found = store::items::of(tx, acting.actor.company, copy)?.unwrap();
            // The hours follow the text, as everywhere here. Of attachments only files come over.
            let attachment = (found.kind() == ItemKind::Attachment).then_some(AttachmentKind::File);
            let what = What { kind: found.kind(), attachment };
            let fresh = drawn(what, &body, Publish::Internal);
            items::edit(tx, acting, copy, found.revision, &fresh)
        };
        let may = |_: &Model, own: &Own| !is_linked(own);
        if let Some(at) = self.with_copy(side, which, death, edit, may)? {
            match &mut self.model.items[at].copy {
                Copy::Severed(old) | Copy::Ended(old) => *old = text,
                Copy::None | Copy::Linked(_) | Copy::Gone => {}
            }
        }
        Ok(())
    }

    /// A copy is its receiver's to delete once it is detached or the round has ended; it does not come again.
    pub fn delete_copy(
        &mut self,
        side: Side,
        which: Index,
        death: Option<u32>,
    ) -> Result<(), TestCaseError> {
        let may = |_: &Model, own: &Own| !is_linked(own);
        if let Some(at) = self.with_copy(side, which, death, items::delete, may)? {
            self.model.items[at].copy = Copy::Gone;
        }
        Ok(())
    }

    /// Does something to a copy, which works exactly if the model says it may; whose copy it was, if it did.
    fn with_copy<T: std::fmt::Debug + Send + 'static>(
        &self,
        side: Side,
        which: Index,
        death: Option<u32>,
        act: impl Fn(&mut Tx, &Acting, ItemId) -> Result<T, Problem> + Clone + Send + 'static,
        may: impl Fn(&Model, &Own) -> bool,
    ) -> Result<Option<usize>, TestCaseError> {
        let Some(at) = pick(&self.model.copies_at(side), which) else { return Ok(None) };
        let Some(copy) = self.copy_of(at) else { return Ok(None) };
        let acting = self.stage.acting(side);
        let done = self.done(death, move |tx| act(tx, &acting, copy))?;
        let may = may(&self.model, &self.model.items[at]);
        prop_assert_eq!(done.is_ok(), may, "{:?}", done);
        Ok(may.then_some(at))
    }

    fn copy_of(&self, at: usize) -> Option<ItemId> {
        let id = ItemId(self.model.items[at].id);
        self.stage.read(move |tx| Ok(store::links::newest_of_origin(tx, id)?)).map(|link| link.copy)
    }
}

fn is_linked(own: &Own) -> bool {
    matches!(own.copy, Copy::Linked(_))
}
