//! The tickets that go from Hamburg to Köln: offers that wait, work under way, work to approve.

use domain::outsourcing::Move::{
    Approve, Cancel, Complete, Decline, Reject, ReportCompletion, Return,
};
use domain::ticket::Priority::{Critical, High, Low, Medium};
use domain::ticket::Source::{ClientPortal, Email, InPerson, Monitoring, Phone};
use domain::ticket::TicketStatus;

use super::script::Deed::{
    Accept, Charge, Draft, Expire, File, Internal, Link, Move, Note, Send, Status, Take, Time,
};
use super::script::Queue::{Desk, Field, Projects};
use super::script::{Answer, Kind, Relay, Step, Ticket, When, flat, hourly, step};

const KATHRIN: &str = "kathrin.behrens";
const MAIKE: &str = "maike.thomsen";
const OLE: &str = "ole.hinrichs";
const NICOLE: &str = "nicole.schmitz";
const MURAT: &str = "murat.aydin";
const LENA: &str = "lena.hoffmann";
const GEORG: &str = "georg.puetz";
const CLOCK: &str = "";

/// A ticket of the lead, and everything that happened on it.
pub const fn relay(
    at: When,
    about: (&'static str, &'static str),
    kind: Kind,
    words: (&'static str, &'static str),
    site: (&'static str, &'static str),
    steps: &'static [Step],
) -> Relay {
    let (customer, owner) = about;
    let (title, text) = words;
    Relay { ticket: Ticket { at, customer, owner, kind, title, text, site }, steps }
}

/// Rounds that are still open, or were until a moment ago.
#[rustfmt::skip]
pub const OPEN: &[Relay] = &[
    relay((1, 1045), ("spedition", KATHRIN), (Projects, Low, InPerson),
        ("WLAN-Ausleuchtung neue Halle Köln-Niehl", "Im Frühjahr bezieht die Spedition eine zweite Halle in Köln-Niehl (4 200 m², Hochregal). Vor der Bestellung der Zugangspunkte brauchen wir eine Ausleuchtung bei leerem Regal."),
        ("Spedition Brockmann, Scheibenstraße 410, 50737 Köln", ""), &[
        step((1, 1050), KATHRIN, File("Hallenplan-Niehl.txt", "Halle 2, Köln-Niehl\nGrundfläche 84 x 50 m, Höhe 9,50 m\nHochregal: 12 Gänge, Richtung Nord-Süd\nStrom: Deckenschienen alle 12 m\nNetzwerkschrank: Nordwand, neben Tor 3\n")),
        step((1, 1100), KATHRIN, Internal("Budget beim Kunden liegt bei rund 1.200 €. Erst senden, wenn Herr Brockmann den Übergabetermin bestätigt hat.")),
        step((1, 1110), KATHRIN, Draft(flat(69_000, 9_800, "Ausleuchtung vor Ort mit Messprotokoll (2,4 und 5 GHz), Vorschlag für Anzahl und Lage der Zugangspunkte. Anmeldung bei Herrn Wessels, Sicherheitsschuhe und Warnweste nötig."))),
    ]),
    relay((0, 290), ("modehaus", KATHRIN), (Field, High, Phone),
        ("Filiale Köln: Bondrucker an Kasse 1 druckt keine Belege", "Kasse 1 in der Filiale Ehrenstraße druckt keine Belege mehr, rotes Licht am Drucker. Neustart und neue Rolle haben nicht geholfen. Am Samstag ist verkaufsoffener Abend."),
        ("Modehaus Jessen, Ehrenstraße 199, 50672 Köln", "Bondrucker Kasse 1"), &[
        step((0, 280), KATHRIN, Note("Frau Krause vor Ort erreicht: Der Drucker piept dreimal und zeigt Dauerrot, also vermutlich das Schneidwerk. Belege laufen vorerst über Kasse 2.")),
        step((0, 265), KATHRIN, Send(hourly(6_200, 250, 9_500, "Bitte Drucker prüfen, bei defektem Schneidwerk tauschen (Ersatzgerät vom gleichen Typ ist bei Ihnen auf Lager). Zugang während der Öffnungszeiten 10 bis 20 Uhr.").answer(Answer::Ahead(20 * 60)))),
    ]),
    relay((0, 210), ("apotheke", OLE), (Field, Critical, Monitoring),
        ("Filiale Leverkusen: Router nicht erreichbar", "Die Filiale in Leverkusen ist seit heute Vormittag offline, Telefon und Rezeptabruf gehen nicht. Leitung laut Anbieter in Ordnung. Ein Ersatzrouter liegt in der Filiale."),
        ("Sonnenhof Apotheke, Kölner Straße 288, 51379 Leverkusen", "Router LEV-R1"), &[
        step((0, 200), OLE, Note("Frau Sander hat den Router aus- und eingeschaltet, keine Lampe leuchtet. Netzteil oder Gerät defekt. Die Konfiguration liegt als Datei bei.")),
        step((0, 195), OLE, File("LEV-R1-Konfiguration.txt", "hostname LEV-R1\nwan: PPPoE, Zugangsdaten telefonisch beim Lead erfragen\nlan: 192.168.64.1/24\nvlan 20: Telefonie\nvlan 30: Kasse\nvpn: Hamburg, Schluessel wird von dort gesetzt\n")),
        step((0, 185), KATHRIN, Send(hourly(6_500, 300, 9_800, "Ersatzrouter einbauen, Konfiguration einspielen, VPN mit Herrn Hinrichs telefonisch prüfen. Filiale ist bis 18:30 Uhr besetzt.").answer(Answer::Ahead(50)))),
    ]),
    relay((2, 1005), ("kanzlei", OLE), (Projects, Medium, Email),
        ("Zweigstelle Düsseldorf: Glasfaser-Umschaltung", "Der Anbieter schaltet den Anschluss der Zweigstelle auf Glasfaser um. Es muss jemand vor Ort sein, der den Abschluss annimmt, die Firewall umsteckt und die Telefonie prüft."),
        ("Kanzlei Wiegand, Berliner Allee 277, 40212 Düsseldorf", "Firewall DUS-FW1"), &[
        step((2, 1025), OLE, Note("Termin des Anbieters: nächste Woche Dienstag zwischen 8 und 12 Uhr. Die alte Leitung bleibt zwei Wochen parallel.")),
        step((2, 1040), KATHRIN, Send(flat(32_000, 9_500, "Anwesenheit zum Termin, Abnahme, Umstecken der Firewall auf WAN 2, Telefonie-Test mit drei Rufnummern, Foto des Abschlusses."))),
        step((1, 840), NICOLE, Accept),
    ]),
    relay((1, 1315), ("architekten", OLE), (Field, Medium, ClientPortal),
        ("Büro Bonn: drei neue Arbeitsplätze aufbauen", "Im Bonner Büro beginnen drei Mitarbeiterinnen. Die Rechner werden fertig eingerichtet geliefert, vor Ort sind Aufbau, Anschluss und Einweisung nötig."),
        ("Voss Rademacher, Adenauerallee 501, 53113 Bonn", "3 Arbeitsplätze, Konstruktion"), &[
        step((1, 1330), OLE, Note("Die Pakete gehen heute raus, Sendungsverfolgung sagt übermorgen bis 12 Uhr.")),
        step((1, 1345), KATHRIN, Send(hourly(5_800, 400, 8_900, "Aufbau von drei Arbeitsplätzen mit je zwei Bildschirmen, Kabel sauber verlegen, Anmeldung der Mitarbeiterinnen begleiten. Verpackung bitte mitnehmen."))),
        step((0, 240), NICOLE, Accept),
    ]),
    relay((6, 1010), ("kanzlei", OLE), (Projects, High, InPerson),
        ("Zweigstelle Düsseldorf: Server-Umzug in den neuen Technikraum", "Der Server der Zweigstelle steht in der Teeküche und soll in den neuen Technikraum. Abschaltung nur nach 17 Uhr. Verkabelung des Raums ist fertig, Schrank und USV stehen."),
        ("Kanzlei Wiegand, Berliner Allee 277, 40212 Düsseldorf", "Server DUS-SRV1"), &[
        step((6, 1030), OLE, File("Umzugsplan-Duesseldorf.txt", "1. 17:00 Dienste beenden, Sicherung anstossen\n2. 17:45 Server herunterfahren, Foto der Verkabelung\n3. Umbau, Beschriftung nach Plan\n4. 19:00 Start, Pruefung DATEV und Dateifreigaben\n5. Rueckmeldung an Herrn Hinrichs\n")),
        step((6, 1045), KATHRIN, Send(hourly(6_000, 800, 9_500, "Umzug nach beiliegendem Plan. Bitte vorher eine Begehung machen und Abweichungen melden. Ansprechpartner vor Ort: Herr Ehlers."))),
        step((6, 1410), NICOLE, Accept),
        step((5, 900), MURAT, Take),
        step((5, 1135), MURAT, Note("Begehung gemacht. Der Schrank ist gut, aber im Technikraum fehlt noch eine zweite Steckdose an getrennter Sicherung. Kann der Vermieter die bis Donnerstag setzen?")),
        step((5, 1140), MURAT, Time(150, 25, "Begehung Technikraum mit Herrn Ehlers, Maße und Strom geprüft.")),
        step((5, 1320), OLE, Note("Danke. Herr Ehlers hat den Elektriker für Mittwoch bestellt. Wir bleiben beim Umzug am Donnerstag ab 17 Uhr.")),
        step((5, 1330), OLE, Internal("Für den Kunden kalkuliert: 8 h zu 95 €. Die Begehung ist darin enthalten.")),
        step((3, 1500), MURAT, File("Foto-Notiz-Technikraum.txt", "Zweite Steckdose gesetzt, Sicherung F12, beschriftet.\nPatchfeld: Dosen 1-24 belegt, 25-32 frei.\nTuerbreite 88 cm, Schrank passt liegend nicht durch.\n")),
        step((2, 1640), OLE, Time(50, 0, "Sicherung vor dem Umzug geprüft, Wartungsfenster bei DATEV angekündigt.")),
        step((1, 1825), MURAT, Time(325, 0, "Server umgezogen, Verkabelung beschriftet, Start ohne Fehler, DATEV und Freigaben geprüft.")),
        step((1, 1835), MURAT, Charge("Patchkabel Cat 6A, 1 m, grün", 8, 310, 490)),
        step((0, 130), OLE, Note("Hier sieht alles gut aus. Bitte heute noch die alte USV aus der Teeküche mitnehmen, dann können wir abschließen.")),
    ]),
    relay((8, 925), ("hotel", OLE), (Field, High, Phone),
        ("Haus Köln: WLAN in der vierten Etage bricht ab", "Gäste der vierten Etage beschweren sich über Abbrüche, vor allem abends. Die Zugangspunkte auf dem Flur sind sechs Jahre alt."),
        ("Kaiserspeicher am Rhein, Agrippinawerft 120, 50678 Köln", "Zugangspunkte Etage 4"), &[
        step((8, 1000), OLE, Note("In der Verwaltung sehe ich, dass AP-4-02 und AP-4-05 sich mehrmals am Tag neu starten.")),
        step((8, 1015), KATHRIN, Send(hourly(6_200, 600, 9_500, "Beide Zugangspunkte tauschen (Geräte liegen an der Rezeption), Kabel durchmessen, Empfang in den Zimmern 401 bis 424 stichprobenweise prüfen."))),
        step((8, 1330), NICOLE, Accept),
        step((7, 1010), LENA, Take),
        step((7, 1400), LENA, Time(250, 0, "AP-4-02 getauscht, Kabel in Ordnung. Strecke zu AP-4-05 misst schlecht, Dose im Flurkasten oxidiert.")),
        step((7, 1405), LENA, Charge("Netzwerkdose Cat 6A, Aufputz", 1, 980, 1_650)),
        step((7, 1415), LENA, Note("Vermutlich ein Wasserschaden von der Klimaanlage darüber. Soll ich den Flurkasten ganz neu setzen? Das wären etwa 1,5 Stunden mehr.")),
        step((7, 1530), KATHRIN, Note("Ja bitte, das Hotel hat zugestimmt. Die Haustechnik kümmert sich um den Abfluss der Klimaanlage.")),
        step((7, 1535), KATHRIN, Internal("Herr Bellini hat telefonisch zugesagt, Mehraufwand wird berechnet.")),
        step((2, 1610), LENA, Time(200, 50, "Flurkasten neu gesetzt, AP-4-05 getauscht. Anfahrt wegen vergessener Dose nicht berechnet.")),
        step((0, 170), LENA, Note("Messung in Zimmer 404, 411, 418 und 424 ist gut. Ich möchte heute Abend noch einmal die Last sehen und melde dann fertig.")),
    ]),
    relay((4, 830), ("spedition", OLE), (Field, High, Monitoring),
        ("Lager Köln: Switch-Tausch im Versandbüro", "Der Switch im Versandbüro verliert stündlich alle Ports für einige Sekunden. Ersatz ist vorkonfiguriert und per Kurier unterwegs."),
        ("Spedition Brockmann, Emdener Straße 620, 50735 Köln", "Switch KOE-SW2"), &[
        step((4, 850), OLE, Note("Bitte beim Tausch die Ports 1 bis 8 (Waagen und Etikettendrucker) zuletzt umstecken, der Versand läuft weiter.")),
        step((4, 900), KATHRIN, Send(hourly(6_000, 300, 9_500, "Switch tauschen, Portbelegung nach Foto übernehmen, alten Switch mitnehmen und entsorgen."))),
        step((4, 940), NICOLE, Accept),
        step((4, 1310), MURAT, Take),
        step((3, 1120), MURAT, Time(175, 0, "Switch getauscht, alle Ports nach Foto gesteckt. Etikettendrucker 3 meldet sich nicht.")),
        step((3, 1135), OLE, Note("Drucker 3 hat eine feste Adresse im alten Netz. Ich stelle das von hier um, bitte in zehn Minuten noch einmal testen.")),
        step((3, 1150), OLE, Time(25, 0, "Adresse von Etikettendrucker 3 umgestellt.")),
        step((3, 1205), MURAT, Note("Druckt wieder.")),
        step((1, 1000), MURAT, Link("Entsorgungsnachweis beim Wertstoffhof", "https://www.rheinwerk.example/entsorgung")),
        step((0, 60), MURAT, Note("Der alte Switch ist in der Werkstatt. Port 14 hat sich heute noch einmal kurz gemeldet, ich schaue mir das am Nachmittag an.")),
    ]),
    relay((10, 1100), ("hotel", KATHRIN), (Field, Medium, Phone),
        ("Haus Köln: Telefonanlage, Weckruf geht nicht", "Der automatische Weckruf kommt in keinem Zimmer an. Die Rezeption weckt derzeit von Hand."),
        ("Kaiserspeicher am Rhein, Agrippinawerft 120, 50678 Köln", "Telefonanlage Haus Köln"), &[
        step((10, 1120), KATHRIN, Send(hourly(6_500, 400, 9_800, "Weckruf-Funktion der Anlage prüfen, Uhrzeit und Lizenz kontrollieren. Zugang zum Technikraum über die Rezeption."))),
        step((10, 1430), NICOLE, Accept),
        step((9, 930), LENA, Take),
        step((9, 1145), LENA, Time(200, 0, "Anlage prüfte die Zeit gegen einen abgeschalteten Server. Zeitquelle umgestellt, Weckruf in Zimmer 210 getestet.")),
        step((9, 1150), LENA, Move(ReportCompletion, "")),
        step((8, 900), KATHRIN, Move(Reject, "Heute früh kam der Weckruf in den Zimmern 301 bis 312 wieder nicht. Bitte die dritte Etage mitprüfen.")),
        step((8, 1020), LENA, Note("Die dritte Etage hängt an einer eigenen Baugruppe mit eigener Uhr. Ersatz-Batterie ist bestellt.")),
        step((3, 1010), LENA, Charge("Pufferbatterie Baugruppe", 1, 620, 1_200)),
        step((3, 1015), LENA, Time(100, 0, "Pufferbatterie getauscht, Uhr gestellt, Weckruf in vier Zimmern der dritten Etage getestet. Beobachtung bis Ende der Woche.")),
    ]),
    relay((7, 1000), ("modehaus", KATHRIN), (Field, High, Phone),
        ("Filiale Köln: Kassen-PC 2 startet nur noch im Reparaturmodus", "Der Kassen-PC 2 landet beim Start jedes Mal in der automatischen Reparatur. Journal muss erhalten bleiben."),
        ("Modehaus Jessen, Ehrenstraße 199, 50672 Köln", "Kassen-PC 2"), &[
        step((7, 1020), KATHRIN, Note("Letzte Sicherung des Journals ist von gestern 22 Uhr, die Umsätze von heute früh stehen nur auf dem Gerät.")),
        step((7, 1030), KATHRIN, Send(hourly(6_200, 400, 9_500, "Zuerst das Journal sichern, erst dann reparieren oder neu aufsetzen. Bei Neuaufsetzen bitte vorher anrufen."))),
        step((7, 1125), NICOLE, Accept),
        step((7, 1500), MURAT, Take),
        step((6, 1100), MURAT, Time(225, 0, "Journal gesichert und mit Frau Krause verglichen. Datenträger defekt, neuen eingebaut.")),
        step((6, 1105), MURAT, Charge("SSD 500 GB, Kassen-PC", 1, 4_900, 6_900)),
        step((6, 1330), KATHRIN, Note("Sehr gut. Bitte die Kassensoftware in der Version der anderen Kassen installieren, Schlüssel liegt Ihnen vor.")),
        step((5, 1215), MURAT, Time(150, 25, "Kassensoftware installiert, Journal zurückgespielt, Testverkauf und Storno mit der Filialleitung.")),
        step((1, 1620), MURAT, Move(ReportCompletion, "")),
        step((1, 1640), KATHRIN, Internal("Vor der Genehmigung bei Frau Krause nachfragen, ob der Tagesabschluss stimmt.")),
    ]),
    relay((9, 1045), ("architekten", OLE), (Desk, Medium, Monitoring),
        ("Büro Bonn: Sicherung auf NAS schlägt fehl", "Die nächtliche Sicherung in Bonn meldet seit drei Tagen «Ziel nicht bereit». Fernzugriff auf das NAS geht nicht."),
        ("Voss Rademacher, Adenauerallee 501, 53113 Bonn", "NAS BN-NAS1"), &[
        step((9, 1100), KATHRIN, Send(hourly(5_800, 350, 8_900, "NAS vor Ort prüfen, Zustand der Platten melden, Sicherung wieder in Gang bringen."))),
        step((9, 1240), NICOLE, Accept),
        step((8, 1000), LENA, Take),
        step((8, 1245), LENA, Time(150, 0, "NAS hing nach einem Update. Neu gestartet, Platten in Ordnung, Sicherung von Hand angestoßen.")),
        step((8, 1250), LENA, Move(ReportCompletion, "")),
        step((6, 905), MAIKE, Move(Reject, "Die Sicherung von Hand lief durch, die geplante in den letzten beiden Nächten aber nicht. Bitte den Zeitplan prüfen.")),
        step((5, 1020), LENA, Note("Der Zeitplan stand nach dem Update auf «aus». Ich habe ihn neu angelegt und beobachte zwei Nächte.")),
        step((5, 1030), LENA, Time(75, 0, "Zeitplan neu angelegt, Benachrichtigung bei Fehlern eingerichtet.")),
        step((0, 190), LENA, Note("Zwei Nächte hintereinander vollständig, Protokoll der letzten Nacht liegt bei.")),
        step((0, 185), LENA, File("Sicherung-BN-NAS1.txt", "Auftrag: Bonn taeglich\nBeginn 22:00, Ende 23:41\nGesichert: 412 GB, geaendert 9,8 GB\nPruefung: in Ordnung\n")),
        step((0, 180), LENA, Move(ReportCompletion, "")),
    ]),
];

/// Rounds that are over.
#[rustfmt::skip]
pub const OVER: &[Relay] = &[
    relay((21, 930), ("spedition", OLE), (Field, Medium, Phone),
        ("Lager Köln: Etikettendrucker am Packtisch 4 ohne Netzwerk", "Der Etikettendrucker am Packtisch 4 ist seit dem Umbau der Regale nicht mehr erreichbar. Vermutlich wurde das Kabel gequetscht."),
        ("Spedition Brockmann, Emdener Straße 620, 50735 Köln", "Etikettendrucker Packtisch 4"), &[
        step((21, 945), OLE, Note("Frau Kremer druckt übergangsweise am Packtisch 3. Bitte anmelden am Pförtner, Warnweste ist Pflicht.")),
        step((21, 1000), KATHRIN, Send(hourly(6_000, 500, 9_500, "Kabelweg zum Packtisch 4 prüfen und instand setzen, Druck der Versandetiketten testen."))),
        step((21, 1115), NICOLE, Accept),
        step((20, 830), MURAT, Take),
        step((20, 1150), MURAT, Time(300, 50, "Kabel unter dem Regalfuß gequetscht, neu verlegt und im Kanal geführt, Dose gesetzt, Druck getestet. Eine halbe Stunde Wartezeit am Tor nicht berechnet.")),
        step((20, 1155), MURAT, Charge("Netzwerkdose mit Verlegekabel Cat 7, 25 m", 1, 2_800, 4_000)),
        step((20, 1200), MURAT, Note("Der Kabelkanal ist jetzt am Regal verschraubt, das sollte nicht wieder passieren.")),
        step((20, 1210), MURAT, Move(ReportCompletion, "")),
        step((19, 905), KATHRIN, Move(Approve, "")),
        step((19, 930), KATHRIN, Internal("An den Kunden: 2,50 h zu 95,00 € und die Dose.")),
        step((19, 935), KATHRIN, Status(TicketStatus::Complete)),
        step((19, 1100), MURAT, Status(TicketStatus::Complete)),
    ]),
    relay((29, 1005), ("hotel", KATHRIN), (Projects, Medium, InPerson),
        ("Haus Köln: zwei Zugangspunkte im Frühstücksraum", "Für das Buchungstablett und die Gäste sollen im Frühstücksraum zwei Zugangspunkte an die Decke. Kabel liegen."),
        ("Kaiserspeicher am Rhein, Agrippinawerft 120, 50678 Köln", "2 Zugangspunkte"), &[
        step((29, 1030), KATHRIN, Send(flat(28_000, 9_500, "Montage von zwei Zugangspunkten, Geräte werden ins Hotel geliefert. Arbeiten nur zwischen 11 und 16 Uhr."))),
        step((29, 1500), NICOLE, Accept),
        step((27, 1320), LENA, Time(225, 0, "Zugangspunkte montiert, angemeldet, Empfang im ganzen Raum gut.")),
        step((27, 1330), LENA, Move(ReportCompletion, "")),
        step((26, 900), KATHRIN, Move(Approve, "")),
        step((26, 905), KATHRIN, Status(TicketStatus::Complete)),
        step((26, 1300), LENA, Status(TicketStatus::Complete)),
    ]),
    relay((25, 1315), ("architekten", OLE), (Field, Medium, Phone),
        ("Büro Bonn: Laptop nach Sturz ersetzen", "Der Laptop von Herrn Voss ist im Bonner Büro heruntergefallen. Ersatzgerät steht dort im Schrank, Daten liegen in der Cloud."),
        ("Voss Rademacher, Adenauerallee 501, 53113 Bonn", "Laptop BN-L07"), &[
        step((25, 1330), KATHRIN, Send(hourly(5_800, 200, 8_900, "Ersatzgerät in Betrieb nehmen, Anmeldung mit Herrn Voss, defektes Gerät zur Abholung verpacken."))),
        step((25, 1420), NICOLE, Accept),
        step((24, 1015), MURAT, Time(125, 0, "Ersatzgerät eingerichtet, Profil geladen, zwei Bildschirme angeschlossen.")),
        step((24, 1100), OLE, Note("Herr Voss arbeitet schon damit, vielen Dank. Das defekte Gerät holt unser Kurier.")),
        step((24, 1110), KATHRIN, Move(Complete, "")),
        step((24, 1115), KATHRIN, Status(TicketStatus::Complete)),
        step((24, 1300), MURAT, Status(TicketStatus::Complete)),
    ]),
    relay((18, 1000), ("apotheke", OLE), (Field, High, Phone),
        ("Filiale Leverkusen: Kommissionierautomat ohne Verbindung", "Der Automat meldet «Warenwirtschaft nicht erreichbar». Wird gerade von Hand bedient."),
        ("Sonnenhof Apotheke, Kölner Straße 288, 51379 Leverkusen", "Kommissionierautomat"), &[
        step((18, 1010), KATHRIN, Send(hourly(6_500, 300, 9_800, "Verbindung zwischen Automat und Server prüfen. Achtung: Automat nicht stromlos machen."))),
        step((18, 1040), NICOLE, Accept),
        step((18, 1120), LENA, Take),
        step((18, 1400), LENA, Time(150, 0, "Netzwerkkarte des Automaten stand nach Stromschwankung auf halber Geschwindigkeit. Fest eingestellt, Auslagerung läuft.")),
        step((18, 1530), OLE, Time(50, 0, "Schnittstelle der Warenwirtschaft neu gestartet, Rückstand abgearbeitet.")),
        step((17, 900), OLE, Status(TicketStatus::Complete)),
        step((17, 1000), LENA, Status(TicketStatus::Complete)),
    ]),
    relay((32, 915), ("kanzlei", KATHRIN), (Projects, Medium, Email),
        ("Zweigstelle Düsseldorf: Arbeitsplätze auf neue Monitore umstellen", "Sechs Arbeitsplätze erhalten je zwei neue Monitore mit Dockingstation."),
        ("Kanzlei Wiegand, Berliner Allee 277, 40212 Düsseldorf", "6 Arbeitsplätze"), &[
        step((32, 940), KATHRIN, Send(flat(42_000, 9_500, "Aufbau von sechs Arbeitsplätzen außerhalb der Mandantenzeiten (ab 16 Uhr), Altgeräte in den Keller."))),
        step((32, 1310), NICOLE, Accept),
        step((30, 1730), MURAT, Time(350, 0, "Sechs Arbeitsplätze umgebaut, Altgeräte im Keller.")),
        step((30, 1735), MURAT, Move(ReportCompletion, "")),
        step((29, 905), KATHRIN, Move(Reject, "An Platz 4 flackert der rechte Monitor, und der Schlüssel des Kellers fehlt.")),
        step((28, 1630), MURAT, Time(75, 75, "Kabel an Platz 4 getauscht, Schlüssel zurückgegeben. Nacharbeit ohne Berechnung.")),
        step((28, 1640), MURAT, Move(ReportCompletion, "")),
        step((27, 930), MAIKE, Move(Approve, "")),
        step((27, 935), MAIKE, Status(TicketStatus::Complete)),
        step((27, 1100), MURAT, Status(TicketStatus::Complete)),
    ]),
    relay((5, 1330), ("hotel", KATHRIN), (Field, Medium, Phone),
        ("Haus Köln: Tagungstechnik für Samstag aufbauen", "Am Samstag tagt ein Verband mit 80 Personen: Projektion, zwei Funkmikrofone, Übertragung in den zweiten Raum."),
        ("Kaiserspeicher am Rhein, Agrippinawerft 120, 50678 Köln", ""), &[
        step((5, 1345), KATHRIN, Send(flat(45_000, 9_500, "Aufbau Freitag ab 15 Uhr, Betreuung Samstag 8 bis 13 Uhr, Abbau."))),
        step((5, 1535), GEORG, Move(Decline, "Am Samstag haben wir leider niemanden frei. Unter der Woche gern wieder.")),
        step((4, 900), KATHRIN, Note("Die Tagung betreut jetzt die Hausfirma des Hotels, wir liefern nur die Leihmikrofone.")),
        step((4, 910), KATHRIN, Status(TicketStatus::WaitingCustomer)),
    ]),
    relay((16, 1100), ("apotheke", KATHRIN), (Field, High, Phone),
        ("Filiale Leverkusen: Notdienstklingel ohne Ton", "Die Sprechanlage der Notdienstklappe ist stumm, Notdienst ist in vier Tagen."),
        ("Sonnenhof Apotheke, Kölner Straße 288, 51379 Leverkusen", "Sprechanlage Notdienst"), &[
        step((16, 1110), KATHRIN, Send(hourly(6_200, 200, 9_500, "Sprechanlage prüfen, Lautsprecher und Verstärker messen.").answer(Answer::Within(4)))),
        step((16, 1510), CLOCK, Expire),
        step((16, 1520), KATHRIN, Internal("Bei Rheinwerk angerufen: Frau Schmitz war in der Schulung, Angebot bitte noch einmal senden.")),
        step((16, 1530), KATHRIN, Send(hourly(6_200, 200, 9_500, "Sprechanlage prüfen, Lautsprecher und Verstärker messen. Notdienst ist am Freitag, bitte bis Donnerstag."))),
        step((16, 1545), NICOLE, Accept),
        step((15, 1040), LENA, Time(125, 0, "Verstärker ohne Strom, Netzteil ersetzt, Probe mit Frau Sander.")),
        step((15, 1045), LENA, Charge("Netzteil 24 V, Hutschiene", 1, 2_150, 3_490)),
        step((15, 1050), LENA, Move(ReportCompletion, "")),
        step((15, 1300), KATHRIN, Move(Approve, "")),
        step((15, 1305), KATHRIN, Status(TicketStatus::Complete)),
        step((15, 1500), LENA, Status(TicketStatus::Complete)),
    ]),
    relay((6, 1420), ("modehaus", KATHRIN), (Field, Low, Email),
        ("Filiale Köln: Besucherzähler am Eingang justieren", "Der Zähler am Eingang zählt Kinderwagen doppelt."),
        ("Modehaus Jessen, Ehrenstraße 199, 50672 Köln", "Besucherzähler"), &[
        step((6, 1430), KATHRIN, Send(flat(9_500, 8_900, "Sensor nach Anleitung neu ausrichten, 30 Minuten vor Ort."))),
        step((6, 1545), KATHRIN, Move(Cancel, "")),
        step((6, 1550), KATHRIN, Note("Der Hersteller justiert den Zähler kostenlos im Rahmen der Gewährleistung, Termin folgt.")),
        step((6, 1555), KATHRIN, Status(TicketStatus::OnHold)),
    ]),
    relay((3, 1010), ("tischlerei", OLE), (Field, Medium, Phone),
        ("Baustelle Köln: Router für den Messestand", "Die Tischlerei baut einen Messestand in Köln und braucht für fünf Tage Internet am Stand. Router liegt in der Werkstatt in Norderstedt."),
        ("Messegelände Köln, Halle 10.2", "Mobilfunkrouter"), &[
        step((3, 1020), KATHRIN, Send(flat(18_000, 8_900, "Mobilfunkrouter am Stand aufbauen, Empfang messen, zwei Kassen anbinden.").answer(Answer::Within(6)))),
        step((3, 1620), CLOCK, Expire),
        step((2, 905), OLE, Note("Herr Hansen nimmt den Router mit und baut ihn selbst auf, ich begleite am Telefon. Sonst müssten wir noch einmal anfragen.")),
    ]),
    relay((13, 930), ("spedition", OLE), (Field, High, Phone),
        ("Lager Köln: Torsteuerung meldet sich nicht am Leitstand", "Tor 5 lässt sich nur noch von Hand fahren, der Leitstand zeigt «offline»."),
        ("Spedition Brockmann, Emdener Straße 620, 50735 Köln", "Torsteuerung Tor 5"), &[
        step((13, 950), KATHRIN, Send(hourly(6_000, 300, 9_500, "Netzwerk der Torsteuerung prüfen, keine Arbeiten am Antrieb."))),
        step((13, 1030), NICOLE, Accept),
        step((12, 1010), MURAT, Take),
        step((12, 1200), MURAT, Time(100, 0, "Netzwerk bis zur Steuerung in Ordnung, Baugruppe der Steuerung antwortet nicht.")),
        step((12, 1210), MURAT, Note("Das Netzwerk ist nicht schuld. Die Steuerung muss der Torbauer öffnen, dafür haben wir keine Freigabe.")),
        step((12, 1220), MURAT, Move(Return, "Fehler liegt in der Torsteuerung selbst. Arbeiten daran darf nur der Torbauer ausführen.")),
        step((11, 900), OLE, Note("Torbauer ist beauftragt und kommt übermorgen.")),
        step((11, 905), OLE, Status(TicketStatus::OnHold)),
        step((11, 1000), MURAT, Status(TicketStatus::Complete)),
    ]),
    relay((35, 1020), ("modehaus", KATHRIN), (Field, Medium, Phone),
        ("Filiale Köln: Telefonleitung rauscht", "Seit dem Gewitter rauscht die Leitung an der Kasse, Gespräche sind kaum möglich."),
        ("Modehaus Jessen, Ehrenstraße 199, 50672 Köln", "Telefon Kasse"), &[
        step((35, 1035), KATHRIN, Send(hourly(6_000, 200, 9_500, "Dose und Anschlusskabel prüfen, gegebenenfalls ersetzen."))),
        step((35, 1400), NICOLE, Accept),
        step((34, 1120), LENA, Time(100, 0, "Feuchtigkeit in der Dose, ersetzt und abgedichtet.")),
        step((34, 1125), LENA, Charge("Anschlussdose Aufputz", 1, 450, 890)),
        step((34, 1130), LENA, Move(ReportCompletion, "")),
        step((33, 840), KATHRIN, Move(Approve, "")),
        step((33, 845), KATHRIN, Status(TicketStatus::Complete)),
        step((33, 1000), LENA, Status(TicketStatus::Complete)),
    ]),
];
