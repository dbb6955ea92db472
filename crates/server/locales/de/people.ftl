# Mitarbeiter, ihre Berechtigungen, die eigenen Einstellungen.

people-title = Mitarbeiter
person-new = Neuer Mitarbeiter
person-data = Angaben
person-tab-security = Sicherheit
person-access = Zugang
person-name = Name
person-first-name = Vorname
person-last-name = Nachname
person-email = E-Mail-Adresse
person-email-hint = Damit meldet sich die Person an.
person-phone = Telefon
person-security = Zugriffsrecht
person-security-hint = Daraus folgt die anfängliche Outsourcing-Berechtigung.
person-security-change-hint = Wer Administrator wird, hat jede Outsourcing-Funktion. Ein aktiver Administrator muss immer bleiben.
person-level-before-agreement = Outsourcing-Berechtigungen gibt es, sobald die Outsourcing-Vereinbarung angenommen ist.
person-active = Aktiv
person-active-hint = Wer inaktiv ist, kann sich nicht anmelden und keine Tickets erhalten. Gelöscht wird niemand.
person-first-password = Anfängliches Passwort
person-password = Passwort
person-password-text = Geben Sie das Passwort auf sicherem Weg weiter. Alle Sitzungen der Person werden beendet.
person-password-set = Passwort setzen

permissions-title = Benutzerberechtigungen konfigurieren
permissions-text = Wer darf outsourcen? Diese Berechtigungen sind unabhängig vom Zugriffsrecht.
permissions-column = Outsourcing-Berechtigungen

outsourcing-level-none = Keine
outsourcing-level-outsourcing = Outsourcing zulassen
outsourcing-level-partner-management = Partnerverwaltung zulassen
outsourcing-level-all = Alle zulassen

preferences-title = Einstellungen
preferences-look = Sprache und Darstellung
preferences-of-company = Wie in der Firma eingestellt
preferences-time-zone-hint = In dieser Zeitzone werden alle Zeiten angezeigt und eingegeben.
preferences-theme = Farben
theme-system = Wie das Gerät
theme-light = Hell
theme-dark = Dunkel

password-title = Passwort ändern
password-text = Ihre anderen Sitzungen werden dabei beendet.
password-old = Bisheriges Passwort
password-new = Neues Passwort
password-again = Neues Passwort noch einmal
password-hint = Mindestens zehn Zeichen. Ein Satz ist besser als ein Wort.
