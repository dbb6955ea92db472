//! The list of tickets: every filter in every order, page by page, with open tickets and done ones in one order.

use domain::ids::TicketId;
use staffel::store::search::{self, Kept};

use crate::world::{Browser, World, story};

const SORTS: [&str; 8] =
    ["activity", "-activity", "number", "-number", "due", "-due", "priority", "-priority"];

/// Titles of a page in their order: «Fall 1», «Fall 2» …
fn cases(body: &str) -> Vec<usize> {
    let titles = body.split("\">Fall ").skip(1);
    titles.filter_map(|rest| rest.split('<').next()?.parse().ok()).collect()
}

async fn complete(browser: &mut Browser, ticket: &str) {
    browser.post(&format!("{ticket}/status"), &[("status", "complete")]).await.is(303);
}

/// Sixty tickets, a minute apart; every third is complete.
async fn sixty(world: &World, browser: &mut Browser) {
    for number in 1..=60 {
        let ticket = world.ticket(browser, &format!("Fall {number}")).await;
        world.app.clock.advance(jiff::SignedDuration::from_mins(1));
        if number % 3 == 0 {
            complete(browser, &ticket).await;
        }
    }
}

story!(every_list_holds_each_of_its_tickets_once, world, {
    let mut anna = world.sign_in("anna").await;
    sixty(&world, &mut anna).await;
    for (filter, expected) in [
        ("status=all", 60),
        ("status=", 40),
        ("status=complete", 20),
        ("status=new", 40),
        ("status=on_hold", 0),
        ("status=all&q=fall", 60),
        ("status=complete&q=fall", 20),
        ("person=999", 0),
    ] {
        for sort in SORTS {
            let mut address = format!("/tickets?{filter}&sort={sort}");
            let mut seen = Vec::new();
            loop {
                let page = anna.get(&address).await.is(200);
                seen.extend(cases(&page.body));
                let Some(next) = page.body.split("after=").nth(1).filter(|_| seen.len() == 50)
                else {
                    break;
                };
                address = format!(
                    "/tickets?{filter}&sort={sort}&after={}",
                    next.split(['"', '&']).next().unwrap()
                );
            }
            let mut sorted = seen.clone();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!((sorted.len(), seen.len()), (expected, expected), "{filter} by {sort}");
        }
    }
});

story!(open_and_done_tickets_stand_in_one_order, world, {
    let mut anna = world.sign_in("anna").await;
    sixty(&world, &mut anna).await;
    let newest: Vec<usize> = (11..=60).rev().collect();
    for address in ["/tickets?status=all&sort=-number", "/tickets?status=all&q=fall&sort=-number"] {
        assert_eq!(cases(&anna.get(address).await.body), newest, "{address}");
    }
    let oldest: Vec<usize> = (1..=50).collect();
    assert_eq!(cases(&anna.get("/tickets?status=all&sort=number").await.body), oldest);
});

story!(what_is_done_is_found_among_the_done, world, {
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Fall 1").await;
    anna.get("/tickets?q=fall").await.shows("Fall 1</a>");
    complete(&mut anna, &ticket).await;
    anna.get("/tickets?q=fall").await.hides("Fall 1</a>");
    anna.get("/tickets?q=fall&status=all").await.shows("Fall 1</a>");
    anna.get("/tickets?q=fall&status=complete").await.shows("Fall 1</a>");
    anna.post(&format!("{ticket}/status"), &[("status", "in_progress")]).await.is(303);
    anna.get("/tickets?q=fall").await.shows("Fall 1</a>");
});

story!(an_emptied_search_is_filled_again_at_the_start, world, {
    let mut anna = world.sign_in("anna").await;
    let done = world.ticket(&mut anna, "Fall 1").await;
    world.ticket(&mut anna, "Fall 2").await;
    complete(&mut anna, &done).await;
    let again = world.app.db.write(|tx| {
        tx.run("DELETE FROM ticket_search", &[])?;
        staffel::store::search::refill(tx)
    });
    assert_eq!(again.await, Ok(2));
    assert_eq!(cases(&anna.get("/tickets?q=fall").await.body), [2]);
    assert_eq!(cases(&anna.get("/tickets?q=fall&status=complete").await.body), [1]);
    assert_eq!(world.app.db.write(staffel::store::search::refill).await, Ok(0));
});

story!(a_word_without_end_is_found_by_its_beginning, world, {
    let mut anna = world.sign_in("anna").await;
    let ticket = world.ticket(&mut anna, "Fall 1").await;
    let endless = "ä".repeat(4_000);
    let id: i64 = ticket.rsplit('/').next().unwrap().parse().unwrap();
    let company = world.acme;
    let text = endless.clone();
    let indexed =
        world.app.db.write(move |tx| search::index(tx, company, TicketId(id), Kept::Open, &text));
    assert_eq!(indexed.await, Ok(()), "no word is too long for an engine");
    assert_eq!(cases(&anna.get(&format!("/tickets?q={}", "ä".repeat(100))).await.body), [1]);
    anna.get(&format!("/tickets?q={endless}")).await.is(200);
});
