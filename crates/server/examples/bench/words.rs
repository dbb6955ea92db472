//! What the tickets are about: words as a German service desk writes them, and chance that falls the same way each time.

/// A source of numbers that depends on its seed alone (splitmix64): every run loads the same tickets.
pub struct Chance(u64);

impl Chance {
    /// For one thing, by its number.
    pub fn of(seed: u64) -> Self {
        let mut chance = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        chance.next();
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// 0 up to `end`, which is not reached.
    pub fn below(&mut self, end: i64) -> i64 {
        let end = u64::try_from(end).unwrap_or(1).max(1);
        i64::try_from(self.next() % end).unwrap_or(0)
    }

    /// One of these.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let place = self.below(i64::try_from(list.len()).unwrap_or(1));
        &list[usize::try_from(place).unwrap_or(0)]
    }
}

/// What breaks; also what is searched for.
#[rustfmt::skip]
pub const THINGS: &[&str] = &[
    "Drucker", "Notebook", "Monitor", "Telefonanlage", "Server", "Router", "Firewall", "Switch", "Scanner", "Outlook",
    "Postfach", "Kalender", "Teams", "Sicherung", "Laufwerk", "Benutzerkonto", "Kennwort", "Zertifikat", "Lizenz", "Update",
    "WLAN", "Internetleitung", "Fernzugriff", "Terminalserver", "Datenbank", "Warenwirtschaft", "Buchhaltung", "Webseite",
    "Domäne", "Virenschutz", "Smartphone", "Tablet", "Dockingstation", "Headset", "Beamer", "Kassensystem", "Etikettendrucker",
    "Zeiterfassung", "Videokonferenz", "Serverschrank",
];

const TROUBLES: &[&str] = &[
    "reagiert nicht mehr",
    "meldet einen Fehler",
    "ist sehr langsam",
    "startet nicht",
    "verliert die Verbindung",
    "muss eingerichtet werden",
    "muss ausgetauscht werden",
    "zeigt nach dem Neustart nichts an",
    "läuft nur noch zeitweise",
    "bitte prüfen",
    "steht seit heute früh",
    "soll umziehen",
    "macht Geräusche",
    "wird nicht erkannt",
    "ist abgelaufen",
    "bitte bis Freitag erweitern",
];

const PLACES: &[&str] = &[
    "im Empfang",
    "in der Buchhaltung",
    "im Lager",
    "in der Werkstatt",
    "im Besprechungsraum",
    "bei der Geschäftsleitung",
    "in der Filiale Süd",
    "in der Filiale Nord",
    "im Homeoffice",
    "im Rechenzentrum",
    "in der Personalabteilung",
    "im Vertrieb",
];

const SENTENCES: &[&str] = &[
    "Die Kollegin hat das Gerät schon zweimal neu gestartet, es hilft jeweils nur für wenige Minuten.",
    "Der Fehler tritt seit dem letzten Wochenende auf und betrifft inzwischen drei Arbeitsplätze.",
    "Bitte vor dem Termin kurz anrufen, der Raum ist nur mit Schlüssel zugänglich.",
    "Ein Ersatzgerät steht bereit, die Daten müssen übernommen werden.",
    "Laut Anzeige ist der Speicher zu neunzig Prozent belegt.",
    "Der Hersteller hat den Austausch in der Garantie bestätigt, die Seriennummer liegt bei.",
    "Im Protokoll steht eine Zeitüberschreitung, das Netz daneben läuft ohne Störung.",
    "Der Kunde braucht bis Ende der Woche eine Lösung, weil dann die Inventur beginnt.",
    "Nach der Änderung bitte die Dokumentation im Wiki ergänzen.",
    "Vor Ort wurde das Kabel getauscht und die Anlage eine Stunde beobachtet.",
    "Die Zugangsdaten sind hinterlegt, der Zugriff aus der Ferne ist freigegeben.",
    "Die Messung am Anschluss ergab keine Auffälligkeiten, der Fehler liegt also dahinter.",
];

const FIRST: &[&str] = &[
    "Anna", "Bernd", "Carla", "Dieter", "Elif", "Frank", "Greta", "Holger", "Ines", "Jonas",
    "Katrin", "Lars", "Miriam", "Nils", "Olga", "Paul", "Renate", "Sven", "Tanja", "Uwe",
];
const LAST: &[&str] = &[
    "Albers",
    "Brandt",
    "Claussen",
    "Dörfler",
    "Engel",
    "Falk",
    "Grote",
    "Hartwig",
    "Ivanova",
    "Jansen",
    "Köhler",
    "Lindner",
    "Marquardt",
    "Neumann",
    "Ott",
    "Petersen",
    "Reuter",
    "Sommer",
    "Thiele",
    "Vogt",
];
const TRADES: &[&str] = &[
    "Bäckerei",
    "Spedition",
    "Autohaus",
    "Praxis",
    "Kanzlei",
    "Tischlerei",
    "Brauerei",
    "Apotheke",
    "Gärtnerei",
    "Druckerei",
    "Metallbau",
    "Hotel",
    "Möbelhaus",
    "Elektro",
    "Steuerberatung",
];
const TOWNS: &[&str] = &[
    "Hamburg",
    "Lübeck",
    "Kiel",
    "Bremen",
    "Hannover",
    "Münster",
    "Köln",
    "Kassel",
    "Leipzig",
    "Dresden",
    "Nürnberg",
    "München",
    "Stuttgart",
    "Freiburg",
    "Mainz",
    "Rostock",
    "Erfurt",
    "Ulm",
    "Augsburg",
    "Aachen",
];

/// Name of a service company, by its number.
pub fn company(number: usize) -> String {
    format!("{} IT-Service GmbH", TOWNS[number % TOWNS.len()])
}

/// First and last name, by number.
pub fn person(number: usize) -> (&'static str, &'static str) {
    (FIRST[number % FIRST.len()], LAST[(number / 3) % LAST.len()])
}

/// Name and town of a customer, by number.
pub fn customer(number: usize) -> (String, &'static str) {
    let trade = TRADES[number % TRADES.len()];
    let name = LAST[(number / TRADES.len()) % LAST.len()];
    (format!("{trade} {name} {}", number / 100 + 1), TOWNS[number % TOWNS.len()])
}

/// Title, description, place and device of a ticket.
pub struct Subject {
    /// Title.
    pub title: String,
    /// Description.
    pub description: String,
    /// Site.
    pub site: &'static str,
    /// Device; one of five hundred.
    pub device: String,
}

/// What a ticket is about.
pub fn subject(chance: &mut Chance) -> Subject {
    let (thing, place) = (chance.pick(THINGS), *chance.pick(PLACES));
    let device = host(chance);
    Subject {
        title: format!("{thing} {place} {}", chance.pick(TROUBLES)),
        description: format!("Betrifft {device}. {}", text(chance)),
        site: place,
        device,
    }
}

/// Name of a computer; one of five hundred.
pub fn host(chance: &mut Chance) -> String {
    format!("pc{:04}", chance.below(500))
}

/// Two sentences.
pub fn text(chance: &mut Chance) -> String {
    format!("{} {}", chance.pick(SENTENCES), chance.pick(SENTENCES))
}
