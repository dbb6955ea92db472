//! Networks: one is written down and changed, tickets go there by e-mail and by link, and the lead closes the rounds.

use std::net::SocketAddr;

use domain::message::Message;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use url::Url;

use super::{Journey, journey};
use crate::pages::{JENS, KATHRIN};
use crate::visitor::Visitor;

const MAILED: &str = "Küstennetz Störstelle";
const LINKED: &str = "Küstennetz Auftrag";
const MESSAGE: &str = "Bitte bis 16 Uhr: Termin & Name?";

async fn tell(journey: &Journey) {
    let (desk, mut calls) = order_desk().await;
    let lead = journey.arrives(KATHRIN).await;
    let operator = journey.arrives(JENS).await;
    adds(journey, &lead).await;
    changes(journey, &lead).await;
    goes_by_mail(journey, &lead).await;
    lies_in_the_mailbox(journey, &operator).await;
    takes_back(journey, &lead).await;
    becomes_a_link(journey, &lead, desk).await;
    goes_by_link(journey, &lead, &mut calls).await;
    completes(journey, &lead).await;
    lead.close().await;
    operator.close().await;
}

/// Where the network takes its orders, on this machine: it notes what it is asked, and by whom.
async fn order_desk() -> (SocketAddr, UnboundedReceiver<(String, bool)>) {
    let (note, calls) = unbounded_channel();
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let answer = move |request: axum::extract::Request| {
        let referred = request.headers().contains_key("referer");
        let _ = note.send((request.uri().to_string(), referred));
        std::future::ready(axum::response::Html("<title>Auftrag</title><h1>Auftrag</h1>"))
    };
    let router = axum::Router::new().fallback(answer);
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (address, calls)
}

async fn adds(journey: &Journey, lead: &Visitor) {
    lead.turns_to(journey.t("nav-networks")).await;
    journey.looks(lead, "networks").await;
    lead.press(journey.t("network-new")).await;
    lead.types(journey.t("network-name"), "Küstennetz").await;
    lead.chooses(journey.t("network-organization"), "Feldhelfer Technikernetz GmbH").await;
    lead.decides(journey.t("network-action-email")).await;
    lead.types(journey.t("network-recipients"), "stoerung").await;
    lead.press(journey.t("form-save")).await;
    let wrong = Message::new("network-not-an-address").with("address", "stoerung");
    lead.reads(&journey.say(&wrong)).await;
    journey.looks_at(lead, "network-refused", 422).await;
    lead.types(journey.t("network-recipients"), "stoerung@kuestennetz.example").await;
    lead.press(journey.t("form-save")).await;
    lead.reads(journey.t("done-network-added")).await;
}

async fn changes(journey: &Journey, lead: &Visitor) {
    lead.press("Küstennetz").await;
    lead.types(journey.t("network-name"), MAILED).await;
    lead.press(journey.t("form-save")).await;
    lead.reads(journey.t("done-network-saved")).await;
    lead.reads(MAILED).await;
    // Switched off it is offered to nobody.
    lead.press_in(MAILED, journey.t("network-deactivate")).await;
    lead.reads(journey.t("done-network-deactivated")).await;
    journey.opens(lead).await;
    lead.hides(MAILED).await;
    lead.turns_to(journey.t("nav-networks")).await;
    lead.press_in(MAILED, journey.t("network-activate")).await;
    lead.reads(journey.t("done-network-activated")).await;
}

async fn goes_by_mail(journey: &Journey, lead: &Visitor) {
    journey.opens(lead).await;
    lead.press(journey.t("menu-outsource")).await;
    lead.press(MAILED).await;
    lead.reads(journey.t("network-preview-email")).await;
    lead.types(journey.t("network-message"), MESSAGE).await;
    // The preview follows while one types: what it shows is what leaves.
    lead.reads(MESSAGE).await;
    lead.reads("stoerung@kuestennetz.example").await;
    journey.looks(lead, "network-mail-preview").await;
    lead.press(journey.t("move-send")).await;
    lead.reads(journey.t("done-network-mailed")).await;
    let to = Message::new("bar-to").with("other", MAILED);
    lead.reads(&journey.say(&to)).await;
    lead.reads(journey.t("network-bar-note")).await;
    journey.looks(lead, "ticket-at-network").await;
}

async fn lies_in_the_mailbox(journey: &Journey, operator: &Visitor) {
    operator.turns_to(journey.t("nav-mailbox")).await;
    operator.reads("stoerung@kuestennetz.example").await;
    operator.click("main td.title a").await;
    operator.reads(MESSAGE).await;
    operator.reads(&journey.title).await;
    journey.looks(operator, "network-letter").await;
}

async fn takes_back(journey: &Journey, lead: &Visitor) {
    lead.press(journey.t("menu-outsource")).await;
    lead.press(journey.t("move-cancel")).await;
    let ask = Message::new("ask-network-cancel").with("network", MAILED);
    lead.reads(&journey.say(&ask)).await;
    journey.looks(lead, "network-cancelling").await;
    lead.types(journey.t("reason"), "Läuft wieder.").await;
    lead.click("main form.sheet button[type=submit]").await;
    lead.reads(journey.t("done-network-canceled")).await;
    let note = Message::new("note-network-canceled-reason");
    let note = note.with("network", MAILED).with("reason", "Läuft wieder.");
    lead.reads(&journey.say(&note)).await;
}

/// The same network takes its orders by a form of its own from now on.
async fn becomes_a_link(journey: &Journey, lead: &Visitor, desk: SocketAddr) {
    lead.turns_to(journey.t("nav-networks")).await;
    lead.press(MAILED).await;
    lead.types(journey.t("network-name"), LINKED).await;
    lead.decides(journey.t("network-action-livelink")).await;
    let template = format!("http://{desk}/neu?titel={{title}}&hinweis={{message}}");
    lead.types(journey.t("network-link"), &template).await;
    lead.press(journey.t("form-save")).await;
    lead.reads(journey.t("done-network-saved")).await;
    lead.reads(journey.t("network-action-livelink")).await;
}

/// The link opens in a tab of its own, with the facts encoded, and says nothing of where it came from.
async fn goes_by_link(
    journey: &Journey,
    lead: &Visitor,
    calls: &mut UnboundedReceiver<(String, bool)>,
) {
    journey.opens(lead).await;
    lead.press(journey.t("menu-outsource")).await;
    lead.press(LINKED).await;
    lead.reads(journey.t("network-preview-livelink")).await;
    lead.types(journey.t("network-message"), MESSAGE).await;
    lead.reads("%26%20Name").await;
    journey.looks(lead, "network-link-preview").await;
    lead.press(journey.t("move-send")).await;
    lead.reads(journey.t("done-network-linked")).await;
    journey.looks(lead, "ticket-at-link").await;
    assert!(calls.try_recv().is_err(), "nobody asks before one clicks");

    lead.press(journey.t("network-open-link")).await;
    let (asked, referred) = loop {
        // A browser looks for a picture of the site, too.
        let call = calls.recv().await.unwrap();
        if call.0.starts_with("/neu") {
            break call;
        }
    };
    assert!(!referred, "the network learns where the link stood");
    let asked = Url::parse(&format!("http://desk{asked}")).unwrap();
    let values: Vec<(String, String)> = asked.query_pairs().into_owned().collect();
    let expected = [("titel", journey.title.as_str()), ("hinweis", MESSAGE)];
    assert_eq!(values, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let tabs = lead.client.windows().await.unwrap();
    assert_eq!(tabs.len(), 2, "a tab of its own");
    // One closes it and goes on in ours; a browser hardly moves on in a tab that nobody sees.
    let own = lead.client.window().await.unwrap();
    for tab in tabs.into_iter().filter(|tab| *tab != own) {
        lead.client.switch_to_window(tab).await.unwrap();
        lead.client.close_window().await.unwrap();
    }
    lead.client.switch_to_window(own).await.unwrap();
    lead.reads(&journey.title).await;
}

async fn completes(journey: &Journey, lead: &Visitor) {
    lead.press(journey.t("move-complete")).await;
    let ask = Message::new("ask-network-complete").with("network", LINKED);
    lead.reads(&journey.say(&ask)).await;
    lead.click("main form.sheet button[type=submit]").await;
    lead.reads(journey.t("done-round-completed")).await;
    let note = Message::new("note-network-completed").with("network", LINKED);
    lead.reads(&journey.say(&note)).await;
    let rounds = lead.panel(journey.t("rounds-title")).await;
    for status in ["outsourcing-status-complete", "outsourcing-status-canceled"] {
        assert!(rounds.contains(journey.t(status)), "{rounds}");
    }
    // The first round keeps the name that the network had then.
    assert!(rounds.contains(MAILED) && rounds.contains(LINKED), "{rounds}");
    journey.looks(lead, "network-both-rounds").await;
}

journey!(
    tell,
    a_network_gets_tickets_by_mail_and_by_link_in_german,
    a_network_gets_tickets_by_mail_and_by_link_in_english
);
