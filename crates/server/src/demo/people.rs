//! The companies of the demo world and the people who work there, at every security and every outsourcing level.

use domain::permission::OutsourcingLevel::{self, All, None, Outsourcing, PartnerManagement};
use domain::permission::SecurityLevel::{self, Administrator, Manager, ReadOnly, ServiceDeskUser};

/// Which company; the order in which they are founded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum House {
    /// The lead: hands tickets out.
    Hansekontor,
    /// Its service partner, with many received tickets.
    Rheinwerk,
    /// Invited by the lead, not answered yet.
    Isar,
    /// A stranger: knows nobody.
    Elbtal,
}

impl House {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Hansekontor, Self::Rheinwerk, Self::Isar, Self::Elbtal];

    /// The company's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hansekontor => "Hansekontor IT-Service GmbH",
            Self::Rheinwerk => "Rheinwerk Systemhaus GmbH",
            Self::Isar => "Isar Netzwerke GmbH",
            Self::Elbtal => "Elbtal Computer KG",
        }
    }

    /// The domain of its mail addresses.
    pub const fn domain(self) -> &'static str {
        match self {
            Self::Hansekontor => "hansekontor.example",
            Self::Rheinwerk => "rheinwerk.example",
            Self::Isar => "isar-netzwerke.example",
            Self::Elbtal => "elbtal.example",
        }
    }

    /// Who takes the calls and opens the tickets.
    pub const fn desk(self) -> &'static str {
        match self {
            Self::Hansekontor => "kathrin.behrens",
            Self::Rheinwerk => "nicole.schmitz",
            Self::Isar => "florian.maier",
            Self::Elbtal => "sandra.lehmann",
        }
    }
}

/// A person; the first of a company is the administrator who founds it.
pub struct Person {
    /// The part of the address before the @, by which the scripts name them.
    pub key: &'static str,
    /// Where they work.
    pub house: House,
    /// First name.
    pub first: &'static str,
    /// Last name.
    pub last: &'static str,
    /// Telephone, of the ranges that are never assigned.
    pub phone: &'static str,
    /// What they are, on the sign-in page.
    pub role: &'static str,
    /// Security level.
    pub security: SecurityLevel,
    /// Outsourcing permission, once their company has accepted the agreement.
    pub outsourcing: OutsourcingLevel,
}

impl Person {
    /// The address they sign in with.
    pub fn email(&self) -> String {
        format!("{}@{}", self.key, self.house.domain())
    }

    /// As shown in histories.
    pub fn name(&self) -> String {
        format!("{} {}", self.first, self.last)
    }
}

const fn person(
    house: House,
    name: (&'static str, &'static str, &'static str),
    phone: &'static str,
    role: &'static str,
    levels: (SecurityLevel, OutsourcingLevel),
) -> Person {
    let (key, first, last) = name;
    Person { key, house, first, last, phone, role, security: levels.0, outsourcing: levels.1 }
}

/// Everybody. Kathrin Behrens stands first: the newcomer signs in as her.
#[rustfmt::skip]
pub const PEOPLE: &[Person] = &[
    person(House::Hansekontor, ("kathrin.behrens", "Kathrin", "Behrens"), "+49 40 66969-110", "Disponentin", (ServiceDeskUser, PartnerManagement)),
    person(House::Hansekontor, ("maike.thomsen", "Maike", "Thomsen"), "+49 40 66969-111", "Serviceleiterin", (Manager, All)),
    person(House::Hansekontor, ("jens.petersen", "Jens", "Petersen"), "+49 40 66969-100", "Geschäftsführer, Administrator", (Administrator, All)),
    person(House::Hansekontor, ("ole.hinrichs", "Ole", "Hinrichs"), "+49 40 66969-121", "Techniker", (ServiceDeskUser, Outsourcing)),
    person(House::Hansekontor, ("yasemin.kaya", "Yasemin", "Kaya"), "+49 40 66969-122", "Technikerin, ohne Outsourcing", (ServiceDeskUser, None)),
    person(House::Hansekontor, ("birgit.lueders", "Birgit", "Lüders"), "+49 40 66969-130", "Buchhalterin, nur Lesen", (ReadOnly, None)),
    person(House::Rheinwerk, ("stefan.krueger", "Stefan", "Krüger"), "+49 221 4710-200", "Geschäftsführer, Administrator", (Administrator, All)),
    person(House::Rheinwerk, ("nicole.schmitz", "Nicole", "Schmitz"), "+49 221 4710-210", "Disponentin", (ServiceDeskUser, Outsourcing)),
    person(House::Rheinwerk, ("murat.aydin", "Murat", "Aydin"), "+49 221 4710-221", "Techniker", (ServiceDeskUser, Outsourcing)),
    person(House::Rheinwerk, ("lena.hoffmann", "Lena", "Hoffmann"), "+49 221 4710-222", "Technikerin", (ServiceDeskUser, Outsourcing)),
    person(House::Rheinwerk, ("georg.puetz", "Georg", "Pütz"), "+49 221 4710-230", "Serviceleiter", (Manager, None)),
    person(House::Isar, ("veronika.huber", "Veronika", "Huber"), "+49 89 99998-300", "Inhaberin, Administratorin", (Administrator, All)),
    person(House::Isar, ("florian.maier", "Florian", "Maier"), "+49 89 99998-310", "Techniker", (ServiceDeskUser, Outsourcing)),
    person(House::Isar, ("anton.brandl", "Anton", "Brandl"), "+49 89 99998-311", "Serviceleiter", (Manager, None)),
    person(House::Elbtal, ("uwe.richter", "Uwe", "Richter"), "+49 171 3920-041", "Inhaber, Administrator", (Administrator, All)),
    person(House::Elbtal, ("sandra.lehmann", "Sandra", "Lehmann"), "+49 171 3920-042", "Technikerin", (ServiceDeskUser, Outsourcing)),
];

/// Who goes by this key.
pub fn by_key(key: &str) -> Option<&'static Person> {
    PEOPLE.iter().find(|person| person.key == key)
}

/// The administrator who founds the company.
pub fn founder(house: House) -> Option<&'static Person> {
    PEOPLE.iter().find(|person| person.house == house && person.security == Administrator)
}
