//! Every route × every kind of visitor, printed to `doors.txt`; the list is read from the routes themselves.

use std::fmt::Write;

use crate::routes::listed;
use crate::world::{Browser, World, story};

/// Nobody, the stranger, a colleague who may only read, one who may outsource, one who manages partners, the
/// administrator, the partner's people.
const VISITORS: [&str; 8] = ["nobody", "fritz", "rita", "axel", "petra", "anna", "nele", "nils"];

struct Ids {
    ticket: String,
    offered: i64,
    running: i64,
    item: i64,
    network: i64,
    network_round: i64,
}

/// A real address: everything in it belongs to Acme.
fn fill(path: &str, world: &World, ids: &Ids) -> String {
    let ticket = ids.ticket.trim_start_matches("/tickets/");
    let id = match path.split('/').nth(1).unwrap_or("") {
        "tickets" | "live" => ticket.to_owned(),
        "items" | "files" => ids.item.to_string(),
        "received" => ids.offered.to_string(),
        "outsourcings" => ids.running.to_string(),
        "networks" => ids.network.to_string(),
        "network-rounds" => ids.network_round.to_string(),
        "partners" => world.partnership.to_string(),
        _ => "1".to_owned(),
    };
    path.replace("{id}", &id)
        .replace("{organization_id}", &world.customer.to_string())
        .replace("{organization}", &world.customer.to_string())
        .replace("{name}", "staffel.css")
        .replace("{move}", "completion")
        .replace("{token}", "unknown")
}

async fn visit(browser: &mut Browser, method: &str, path: &str) -> u16 {
    // An empty form changes nothing; what would is tried by the stories.
    let page = if method == "GET" {
        browser.get(path).await
    } else {
        browser.post(path, &[("nothing", "")]).await
    };
    assert!(page.status < 500, "{method} {path}: {}", page.body);
    page.status
}

story!(every_route_answers_every_visitor_as_written_down, world, {
    let (mut anna, mut nils) = (world.sign_in("anna").await, world.sign_in("nils").await);
    let first = world.ticket(&mut anna, "Läuft").await;
    let running = world.send(&mut anna, &first).await;
    world.accept(&mut nils, running).await;
    anna.post(&format!("{first}/notes"), &[("quick", "1"), ("publish", "all"), ("body", "Hallo")])
        .await
        .is(303);
    let item = anna.get(&first).await.items("Hallo")[0];
    let second = world.ticket(&mut anna, "Angeboten").await;
    let offered = world.send(&mut anna, &second).await;
    let third = world.ticket(&mut anna, "Beim Netzwerk").await;
    let network = world.network(&mut anna, &[]).await;
    let network_round = world.hand_over(&mut anna, &third, network, "").await;
    let ids = Ids { ticket: first, offered, running, item, network, network_round };
    let mut text = String::from(
        "# route, then the answer to: nobody fritz(stranger) rita(read only) axel(outsourcing) petra(partners) anna(administrator) nele(partner, read only) nils(partner)\n",
    );
    // Signing in costs a hash each: everybody does it once.
    let mut browsers = Vec::new();
    for visitor in VISITORS {
        browsers.push(if visitor == "nobody" {
            world.nobody()
        } else {
            world.sign_in(visitor).await
        });
    }
    for (path, method) in listed() {
        let address = fill(&path, &world, &ids);
        let mut answers = Vec::new();
        for (visitor, browser) in VISITORS.into_iter().zip(&browsers) {
            // Asking to leave, to take or to delete for good would change the stage for the next visitor.
            if method == "POST"
                && (path == "/sign-out"
                    || path.ends_with("/taking")
                    || path.ends_with("/deletion")
                    || path.ends_with("/detachment")
                    || path.ends_with("/{move}")
                    || path.ends_with("/acceptance")
                    || path.ends_with("/deactivation")
                    || path.ends_with("/withdrawal"))
                && visitor != "nobody"
                && (visitor != "fritz" || path == "/sign-out")
            {
                answers.push("---".to_owned());
                continue;
            }
            // They all come from one address, where many unknown tokens would make them wait.
            if path.contains("{token}") || path == "/register" {
                world.app.db.write(|tx| tx.run("DELETE FROM throttle", &[])).await.unwrap();
            }
            // A copy: what one door leaves behind (a session that ended) must not show at the next.
            let status = visit(&mut browser.clone(), method, &address).await;
            let open = ["/static", "/sign", "/setup", "/register", "/invitation", "/"]
                .iter()
                .any(|open| path == *open || (*open != "/" && path.starts_with(open)));
            if visitor == "nobody" && !open {
                assert!(
                    status == 303 || status == 404,
                    "{method} {path} answers {status} to nobody"
                );
            }
            let personal = path.contains("{id}") || path.contains("{organization");
            // The numbers 1 of organizations, contacts and people are Acme's, too.
            if visitor == "fritz" && personal && !path.starts_with("/operator") {
                assert!(
                    matches!(status, 403 | 404),
                    "{method} {path} answers {status} to a stranger"
                );
            }
            answers.push(status.to_string());
        }
        writeln!(text, "{method:4} {path:45} {}", answers.join(" ")).unwrap();
    }
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/stories/doors.txt");
    if std::env::var_os("STAFFEL_BLESS").is_some() {
        std::fs::write(file, &text).unwrap();
    }
    let known = std::fs::read_to_string(file).unwrap_or_default();
    assert_eq!(
        known, text,
        "the doors have changed; read the difference, then run with STAFFEL_BLESS=1"
    );
});
