# Die Firma und das Einrichten der Installation.

company-title = Firma
company-text = Diese Angaben gelten für alle Mitarbeiter Ihrer Firma.
company-general = Allgemein
company-outsourcing = Outsourcing und Insourcing
company-name = Name der Firma
company-name-hint = Unter diesem Namen sehen Lead-Partner und Service-Partner Ihre Firma.
company-language = Sprache
company-language-hint = Für alle, die keine eigene gewählt haben.
company-time-zone = Zeitzone
company-time-zone-hint = Nach ihr richtet sich auch der Tag in den Ticketnummern.
company-currency = Währung
company-accept-hours = Frist zur Annahme
company-accept-hours-hint = So lange hat ein Service-Partner Zeit zu antworten, wenn Sie beim Outsourcen nichts anderes angeben.
company-hours = Std.
company-default-queue = Queue für erhaltene Tickets
company-default-queue-hint = Hierhin kommt jedes Ticket, das Sie von einem Lead-Partner annehmen.
company-no-queue = Keine
company-queues = Queues
company-new-queue = Neue Queue
company-add-queue = Queue anlegen

setup-title = Staffel einrichten
setup-text = Diese Installation ist noch leer. Legen Sie Ihre Firma und die erste Administratorin oder den ersten Administrator an; diese Person betreibt auch die Installation.
setup-token = Einrichtungsschlüssel
setup-token-hint = Er steht auf der Konsole, auf der das Programm gestartet wurde.
setup-person = Administrator
setup-submit = Einrichten
