//! The networks and vendors that Hamburg hands tickets to one-way, and the tickets that went there.

use db::Tx;
use domain::ids::NetworkId;
use domain::language::Language;
use domain::network::Action::{self, Email, LiveLink, Nothing};
use domain::network::Move::{Cancel, Complete};
use domain::ticket::Priority::{High, Low, Medium};
use domain::ticket::Source::{Monitoring, Phone};
use domain::ticket::TicketStatus;

use super::people::House;
use super::rounds::relay;
use super::script::Deed::{Close, Give, Note, Status};
use super::script::Queue::{Desk, Field};
use super::script::{Relay, step};
use super::timeline::instant;
use super::world::World;
use crate::actions::networks;
use crate::problem::Problem;
use crate::store;

const KATHRIN: &str = "kathrin.behrens";
const MAIKE: &str = "maike.thomsen";
const OLE: &str = "ole.hinrichs";

/// A network as it is written down.
struct Network {
    /// How the script names it.
    key: &'static str,
    /// Name.
    name: &'static str,
    /// The entry of the address book it is tied to.
    entry: &'static str,
    /// What happens on outsourcing.
    action: Action,
    /// Mail address, or the template of the link.
    target: &'static str,
}

const NETWORKS: [Network; 4] = [
    Network {
        key: "nordtel",
        name: "Nordtel Entstörung",
        entry: "nordtel",
        action: Email,
        target: "entstoerung@nordtel.example",
    },
    Network {
        key: "feldhelfer",
        name: "Feldhelfer Technikernetz",
        entry: "feldhelfer",
        action: LiveLink,
        target: "https://auftrag.feldhelfer.example/neu?ref={ticket_number}&titel={title}&ort={site}&prio={priority}&bis={due}&text={description}&hinweis={message}",
    },
    Network {
        key: "kassenhaus",
        name: "Kassenhaus Förde (Hotline)",
        entry: "kassenhaus",
        action: Nothing,
        target: "",
    },
    Network {
        key: RETIRED,
        name: "Weserkabel Bereitschaft",
        entry: "weserkabel",
        action: Email,
        target: "bereitschaft@weserkabel.example",
    },
];

/// It was switched off the day after.
const RETIRED: &str = "weserkabel";

/// Writes the networks down.
pub fn found(tx: &mut Tx, world: &mut World) -> Result<(), Problem> {
    let acting = world.acting(MAIKE, instant((40, 1000), world.now)?)?;
    for network in &NETWORKS {
        let (organization, _) = world.entry(House::Hansekontor, network.entry)?;
        let (subject, body) = networks::standard(Language::De);
        let of = |action: Action| if network.action == action { network.target } else { "" };
        let id = networks::create(
            tx,
            &acting,
            &store::networks::Network {
                id: NetworkId(0),
                name: network.name.to_owned(),
                organization,
                action: network.action,
                language: Language::De,
                recipients: of(Email).to_owned(),
                subject,
                body,
                link: of(LiveLink).to_owned(),
                active: true,
                version: 0,
            },
        )?;
        world.networks.insert(network.key, id);
    }
    let later = world.acting(MAIKE, instant((39, 900), world.now)?)?;
    networks::deactivate(tx, &later, world.network(RETIRED)?)
}

/// Tickets that went one-way: two are there, one is done, one was taken back.
#[rustfmt::skip]
pub const HANDED: &[Relay] = &[
    relay((0, 170), ("kita", OLE), (Desk, High, Phone),
        ("Internetanschluss im Kinderhaus seit dem Morgen tot", "Seit 7 Uhr kein Internet und keine Telefonie. Am Modem blinkt die Lampe für die Leitung, ein Neustart hat nichts geändert."),
        ("Kinderhaus Seestern, Bramfelder Chaussee 501, 22175 Hamburg", "Anschluss KH-0417"), &[
        step((0, 160), OLE, Note("Frau Stolte hat eine Mobilnummer hinterlassen, das Büro ist bis 16 Uhr besetzt.")),
        step((0, 150), KATHRIN, Give("nordtel", "Bitte nennen Sie uns heute noch eine Entstörzeit. Zugang zum Hausanschluss über das Büro, Hinterhof links.", 0)),
    ]),
    relay((1, 930), ("autohaus", OLE), (Field, Medium, Phone),
        ("Filiale Flensburg: Access-Point im Verkaufsraum tauschen", "Der Access-Point im Verkaufsraum ist ausgefallen. Ersatz ist eingerichtet und liegt in der Filiale, es muss nur jemand auf die Leiter."),
        ("Autohaus Lindemann, Am Ochsenweg 212, 24941 Flensburg", "AP FL-03"), &[
        step((1, 945), KATHRIN, Give("feldhelfer", "Ansprechpartner in der Filiale ist der Verkaufsleiter. Deckenhöhe 4,20 m, Leiter ist vorhanden.", 8_900)),
        step((1, 1010), OLE, Note("Auftrag beim Technikernetz eingestellt, Bestätigung kommt per Mail an den Service-Desk.")),
    ]),
    relay((15, 1010), ("modehaus", KATHRIN), (Desk, High, Phone),
        ("Kasse 3 Osterstraße: TSE meldet Fehler 17", "Die technische Sicherheitseinrichtung der Kasse 3 meldet Fehler 17. Die Kasse darf ohne sie nicht verkaufen."),
        ("Modehaus Jessen, Osterstraße 330, 20255 Hamburg", "Kasse 3"), &[
        step((15, 1015), KATHRIN, Give("kassenhaus", "Hotline angerufen, Vorgang 88-2041. Tauschgerät kommt per Kurier.", 0)),
        step((14, 1105), KATHRIN, Note("Tauschgerät ist da und aktiviert, Testbeleg in Ordnung.")),
        step((14, 1110), KATHRIN, Close(Complete, "")),
        step((14, 1120), KATHRIN, Status(TicketStatus::Complete)),
    ]),
    relay((4, 1100), ("stadtwerke", OLE), (Field, Low, Monitoring),
        ("Umspannwerk 7: Mobilfunk-Router ohne Kontakt", "Der Router im Umspannwerk 7 meldet sich seit gestern Abend nicht. Das Werk ist unbesetzt, der Zugang wird angemeldet."),
        ("Umspannwerk 7, 25421 Pinneberg", "Router UW7"), &[
        step((4, 1115), KATHRIN, Give("feldhelfer", "Zugang nur mit Unterweisung, bitte einen Techniker mit Nachweis schicken.", 9_500)),
        step((4, 1400), OLE, Close(Cancel, "Das Werk hat den Router selbst neu gestartet, er meldet sich wieder.")),
    ]),
];
