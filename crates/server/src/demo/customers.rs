//! The address books of the demo world: customers, vendors and partners of each company, and whom to call there.

use domain::ticket::OrganizationType::{self, Customer, Partner, Prospect, Vendor};

use super::people::House::{self, Elbtal, Hansekontor, Isar, Rheinwerk};

/// An entry: an organization with its contacts, the primary one first.
pub struct Entry {
    /// In whose book.
    pub house: House,
    /// How the scripts name it.
    pub key: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it is to the company.
    pub kind: OrganizationType,
    /// Street, postal code, city.
    pub place: (&'static str, &'static str, &'static str),
    /// Telephone, of the ranges that are never assigned.
    pub phone: &'static str,
    /// Web site and domain of its addresses.
    pub web: &'static str,
    /// First name, last name, extension.
    pub contacts: &'static [(&'static str, &'static str, &'static str)],
}

const fn entry(
    house: House,
    named: (&'static str, &'static str, OrganizationType),
    place: (&'static str, &'static str, &'static str),
    phone: &'static str,
    web: &'static str,
    contacts: &'static [(&'static str, &'static str, &'static str)],
) -> Entry {
    Entry { house, key: named.0, name: named.1, kind: named.2, place, phone, web, contacts }
}

/// Every entry of every book.
#[rustfmt::skip]
pub const BOOKS: &[Entry] = &[
    entry(Hansekontor, ("praxis", "Gemeinschaftspraxis Dr. Albers & Dr. Roth", Customer), ("Eppendorfer Landstraße 312", "20249", "Hamburg"), "+49 40 66969-400", "praxis-albers-roth.example",
        &[("Sabine", "Roth", "01"), ("Petra", "Nowak", "02")]),
    entry(Hansekontor, ("spedition", "Spedition Brockmann GmbH & Co. KG", Customer), ("Billbrookdeich 288", "22113", "Hamburg"), "+49 40 66969-410", "spedition-brockmann.example",
        &[("Torsten", "Brockmann", "11"), ("Dirk", "Wessels", "12"), ("Anja", "Kremer", "13")]),
    entry(Hansekontor, ("kanzlei", "Steuerkanzlei Wiegand & Partner mbB", Customer), ("Neuer Wall 190", "20354", "Hamburg"), "+49 40 66969-420", "wiegand-steuern.example",
        &[("Christiane", "Wiegand", "21"), ("Thomas", "Ehlers", "22")]),
    entry(Hansekontor, ("tischlerei", "Tischlerei Hansen GmbH", Customer), ("Gutenbergring 84", "22848", "Norderstedt"), "+49 40 66969-430", "tischlerei-hansen.example",
        &[("Uwe", "Hansen", "31"), ("Silke", "Hansen", "32")]),
    entry(Hansekontor, ("kita", "Kinderhaus Seestern gGmbH", Customer), ("Bramfelder Chaussee 501", "22175", "Hamburg"), "+49 40 66969-440", "kinderhaus-seestern.example",
        &[("Miriam", "Stolte", "41"), ("Jana", "Feddersen", "42")]),
    entry(Hansekontor, ("stadtwerke", "Stadtwerke Quellheim Netzservice GmbH", Customer), ("Am Umspannwerk 3", "25421", "Pinneberg"), "+49 40 66969-450", "netzservice-quellheim.example",
        &[("Henning", "Clausen", "51"), ("Katja", "Möller", "52")]),
    entry(Hansekontor, ("hotel", "Kaiserspeicher Hotelbetriebs GmbH", Customer), ("Am Sandtorkai 177", "20457", "Hamburg"), "+49 40 66969-460", "hotel-kaiserspeicher.example",
        &[("Carolin", "von Thun", "61"), ("Marco", "Bellini", "62")]),
    entry(Hansekontor, ("autohaus", "Autohaus Lindemann GmbH", Customer), ("Kieler Straße 899", "22525", "Hamburg"), "+49 40 66969-470", "autohaus-lindemann.example",
        &[("Bernd", "Lindemann", "71")]),
    entry(Hansekontor, ("architekten", "Architekturbüro Voss Rademacher PartGmbB", Customer), ("Große Elbstraße 402", "22767", "Hamburg"), "+49 40 66969-480", "voss-rademacher.example",
        &[("Judith", "Rademacher", "81"), ("Felix", "Voss", "82")]),
    entry(Hansekontor, ("apotheke", "Sonnenhof Apotheken OHG", Customer), ("Wandsbeker Marktstraße 211", "22041", "Hamburg"), "+49 40 66969-490", "sonnenhof-apotheken.example",
        &[("Ingrid", "Sander", "91"), ("Mehmet", "Yildiz", "92")]),
    entry(Hansekontor, ("modehaus", "Modehaus Jessen GmbH", Customer), ("Osterstraße 330", "20255", "Hamburg"), "+49 40 66969-500", "modehaus-jessen.example",
        &[("Ulrike", "Jessen", "01"), ("Daniel", "Krause", "02")]),
    entry(Hansekontor, ("reederei", "Küstenreederei Tönnies KG", Prospect), ("Vorsetzen 88", "20459", "Hamburg"), "+49 40 66969-510", "reederei-toennies.example",
        &[("Klaas", "Tönnies", "11")]),
    entry(Hansekontor, ("nordtel", "Nordtel Glasfaser GmbH", Vendor), ("Wendenstraße 620", "20537", "Hamburg"), "+49 40 66969-520", "nordtel.example",
        &[("Störungsannahme", "Geschäftskunden", "20")]),
    entry(Hansekontor, ("feldhelfer", "Feldhelfer Technikernetz GmbH", Vendor), ("Wilhelmshöher Allee 711", "34131", "Kassel"), "+49 40 66969-540", "feldhelfer.example",
        &[("Antje", "Kolbe", "41")]),
    entry(Hansekontor, ("kassenhaus", "Kassenhaus Förde GmbH", Vendor), ("Werftbahnstraße 133", "24143", "Kiel"), "+49 40 66969-550", "kassenhaus.example",
        &[("Lasse", "Petersen", "51")]),
    entry(Hansekontor, ("rheinwerk", "Rheinwerk Systemhaus GmbH", Partner), ("Venloer Straße 1240", "50829", "Köln"), "+49 221 4710-200", "rheinwerk.example",
        &[("Nicole", "Schmitz", "10"), ("Stefan", "Krüger", "00")]),
    entry(Hansekontor, ("isar", "Isar Netzwerke GmbH", Partner), ("Landsberger Straße 720", "80687", "München"), "+49 89 99998-300", "isar-netzwerke.example",
        &[("Veronika", "Huber", "00")]),
    entry(Hansekontor, ("weserkabel", "Weserkabel Netzbau GmbH", Partner), ("Hansalinie 45", "28309", "Bremen"), "+49 40 66969-530", "weserkabel.example",
        &[("Hauke", "Bruns", "31")]),

    entry(Rheinwerk, ("hansekontor", "Hansekontor IT-Service GmbH", Customer), ("Wendenstraße 455", "20537", "Hamburg"), "+49 40 66969-100", "hansekontor.example",
        &[("Kathrin", "Behrens", "10"), ("Maike", "Thomsen", "11")]),
    entry(Rheinwerk, ("brauhaus", "Brauhaus Em Kränzche GmbH", Customer), ("Severinstraße 298", "50678", "Köln"), "+49 221 4710-400", "em-kraenzche.example",
        &[("Willi", "Esser", "01")]),
    entry(Rheinwerk, ("zahnarzt", "Zahnarztpraxis Dr. Odenthal", Customer), ("Dürener Straße 511", "50935", "Köln"), "+49 221 4710-410", "praxis-odenthal.example",
        &[("Britta", "Odenthal", "11"), ("Melanie", "Faßbender", "12")]),
    entry(Rheinwerk, ("druckerei", "Druckerei Breuer & Söhne GmbH", Customer), ("Robert-Bosch-Straße 70", "50354", "Hürth"), "+49 221 4710-420", "druckerei-breuer.example",
        &[("Heinz", "Breuer", "21")]),
    entry(Rheinwerk, ("pflege", "Pflegedienst Rheinaue gGmbH", Customer), ("Friedrich-Ebert-Allee 330", "53113", "Bonn"), "+49 221 4710-430", "pflege-rheinaue.example",
        &[("Gisela", "Thelen", "31"), ("Aylin", "Demir", "32")]),
    entry(Rheinwerk, ("maschinenbau", "Maschinenbau Wolters GmbH", Customer), ("Industriestraße 212", "51379", "Leverkusen"), "+49 221 4710-440", "wolters-maschinen.example",
        &[("Ralf", "Wolters", "41"), ("Simone", "Kühn", "42")]),
    entry(Rheinwerk, ("notar", "Notariat Dr. Felten", Customer), ("Hohenzollernring 288", "50672", "Köln"), "+49 221 4710-450", "notariat-felten.example",
        &[("Monika", "Jansen", "51")]),
    entry(Rheinwerk, ("gartenbau", "Gartenbau Lürken GmbH", Customer), ("Pescher Weg 91", "50767", "Köln"), "+49 221 4710-460", "gartenbau-luerken.example",
        &[("Peter", "Lürken", "61")]),
    entry(Rheinwerk, ("theater", "Freies Theater am Ebertplatz e. V.", Customer), ("Neusser Straße 402", "50670", "Köln"), "+49 221 4710-470", "theater-ebertplatz.example",
        &[("Nora", "Zimmermann", "71")]),
    entry(Rheinwerk, ("logistik", "Rhein-Sieg Kühllogistik GmbH", Customer), ("Mauspfad 870", "53842", "Troisdorf"), "+49 221 4710-480", "rsk-logistik.example",
        &[("Holger", "Pesch", "81")]),

    entry(Isar, ("brauerei", "Privatbrauerei Hirschauer", Customer), ("Schlossallee 12", "85354", "Freising"), "+49 89 99998-400", "brauerei-hirschauer.example",
        &[("Josef", "Hirschauer", "01")]),
    entry(Isar, ("kinderarzt", "Kinderarztpraxis Dr. Lechner", Customer), ("Fürstenrieder Straße 590", "81377", "München"), "+49 89 99998-410", "kinderarzt-lechner.example",
        &[("Eva", "Lechner", "11")]),
    entry(Isar, ("immobilien", "Immobilien Seebauer KG", Customer), ("Nymphenburger Straße 301", "80639", "München"), "+49 89 99998-420", "seebauer-immobilien.example",
        &[("Maximilian", "Seebauer", "21")]),
    entry(Isar, ("schule", "Montessorischule Ammersee e. V.", Customer), ("Seestraße 77", "82211", "Herrsching"), "+49 89 99998-430", "monte-ammersee.example",
        &[("Regina", "Strobl", "31")]),
    entry(Isar, ("sensorik", "Sensorik Grünwald GmbH", Customer), ("Bavariafilmstraße 6", "82031", "Grünwald"), "+49 89 99998-440", "sensorik-gruenwald.example",
        &[("Andreas", "Pichler", "41")]),

    entry(Elbtal, ("gaestehaus", "Elbhang Gästehaus GmbH", Customer), ("Pillnitzer Landstraße 266", "01326", "Dresden"), "+49 171 3920-050", "elbhang-gaestehaus.example",
        &[("Kerstin", "Böhme", "")]),
    entry(Elbtal, ("fahrschule", "Fahrschule Zschoche", Customer), ("Königsbrücker Straße 199", "01099", "Dresden"), "+49 171 3920-051", "fahrschule-zschoche.example",
        &[("René", "Zschoche", "")]),
    entry(Elbtal, ("orgelbau", "Orgelbau Seifert & Sohn", Customer), ("Meißner Straße 340", "01445", "Radebeul"), "+49 171 3920-052", "orgelbau-seifert.example",
        &[("Matthias", "Seifert", "")]),
    entry(Elbtal, ("baeckerei", "Bäckerei Wünsche OHG", Customer), ("Bautzner Straße 141", "01099", "Dresden"), "+49 171 3920-053", "baeckerei-wuensche.example",
        &[("Ines", "Wünsche", "")]),
];
