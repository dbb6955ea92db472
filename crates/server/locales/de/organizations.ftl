# Organisationen und ihre Kontakte.

organizations-title = Organisationen
organizations-search = Organisation suchen
organizations-any-type = Alle Typen
organizations-none = Noch keine Organisation
organizations-none-text = Hier stehen Ihre Kunden, Partner und Lieferanten. Tickets gehören immer zu einer Organisation.
organizations-not-found = Nichts gefunden
organizations-not-found-text = Zu diesen Filtern gibt es keine Organisation.

organization-new = Neue Organisation
organization-edit = Organisation bearbeiten
organization-facts = Angaben
organization-reach = Anschrift und Erreichbarkeit
organization-name = Name
organization-type = Typ
organization-phone = Telefon
organization-web = Website
organization-address = Straße und Hausnummer
organization-postal-code = Postleitzahl
organization-city = Ort
organization-place = Ort
organization-country = Land
organization-tax-id = USt-IdNr.
organization-owner = Zuständiger Mitarbeiter
organization-state = Zustand
organization-active = Aktiv: kann in Tickets gewählt werden
organization-tickets = Tickets
organization-new-ticket = Neues Ticket

organization-type-customer = Kunde
organization-type-lead = Lead
organization-type-prospect = Interessent
organization-type-dead = Nicht interessiert
organization-type-cancelation = Ehemalig
organization-type-vendor = Lieferant
organization-type-partner = Partner

contacts-title = Kontakte
contacts-none = Noch kein Kontakt
contacts-more = Es gibt weitere Kontakte, die hier nicht stehen.
contacts-none-text = An den primären Kontakt gehen die E-Mails zum Outsourcing, auch die Partnereinladung.
contact-new = Neuer Kontakt
contact-edit = Kontakt bearbeiten
contact-facts = Kontakt
contact-name = Name
contact-first-name = Vorname
contact-last-name = Nachname
contact-email = E-Mail-Adresse
contact-phone = Telefon
contact-primary = Primärer Kontakt
contact-primary-hint = Je Organisation gibt es einen. An ihn gehen die E-Mails zum Outsourcing.
contact-active = Aktiv: kann in Tickets gewählt werden
