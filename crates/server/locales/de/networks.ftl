# Outsourcing-Netzwerke: Liste, Formular, Ticket an ein Netzwerk geben, einseitige Runden.

nav-networks = Outsourcing-Netzwerke
network = Outsourcing-Netzwerk
networks-title = Outsourcing-Netzwerke
networks-subtitle = Netzwerke und Lieferanten, die kein Outsourcing-Partner sind
networks-search = Netzwerk oder Organisation
networks-none = Noch keine Netzwerke
networks-none-hint = Legen Sie ein Netzwerk oder einen Lieferanten an. Danach lässt es sich im Menü „Outsourcen“ jedes Tickets wählen.
networks-not-found = Kein Netzwerk gefunden
networks-not-found-hint = Zu diesen Filtern passt kein Netzwerk.
network-new = Neues Netzwerk
network-edit = Netzwerk bearbeiten
network-facts = Netzwerk oder Lieferant
network-name = Name des Outsourcing-Netzwerks
network-action = Handlung
network-action-email = E-Mail senden
network-action-livelink = LiveLink ausführen
network-action-none = Keine Aktion
network-action-email-hint = Staffel schickt dem Netzwerk eine E-Mail mit den Daten des Tickets.
network-action-livelink-hint = Sie öffnen nach dem Senden einen Link, in dem die Daten des Tickets stehen, etwa das Auftragsformular des Netzwerks.
network-action-none-hint = Staffel hält nur fest, dass das Ticket dort ist; Bescheid geben Sie selbst.
network-organization = Organisation
network-organization-hint = Eine Ihrer Organisationen vom Typ Partner, Lieferant oder Kunde
network-active = Aktiv
network-active-field = Aktiv: wird im Menü „Outsourcen“ angeboten
network-used = Zuletzt outgesourct
network-open = Offene Tickets
network-switch = Aktivieren oder deaktivieren
network-activate = Aktivieren
network-deactivate = Deaktivieren
network-letter = E-Mail
network-letter-hint = Wörter in geschweiften Klammern werden beim Senden ersetzt; die Liste steht unten. Eine Zeile, deren Variablen alle leer sind, entfällt.
network-recipients = Empfänger
network-recipients-hint = Eine oder mehrere Adressen, höchstens zehn. Jede erhält eine eigene E-Mail.
network-subject = Betreff
network-body = Text
network-language = Sprache
network-language-hint = In dieser Sprache stehen Priorität und Fälligkeit.
network-link-group = LiveLink
network-link-hint = Alle Werte werden kodiert eingesetzt. Priorität und Fälligkeit stehen so, wie Programme sie lesen: high, 2026-11-27T10:00:00+01:00.
network-link = URL-Vorlage
network-to = An
network-preview-refresh = Beispiel aktualisieren
network-example = Beispiel
network-example-hint = So sähe es bei einem erfundenen Ticket aus.
network-variables = Variablen
network-variables-hint = Diese Wörter werden beim Senden durch die Angaben des Tickets ersetzt. Stundensätze, Beträge, interne Notizen und Zeiten lassen sich nicht einsetzen.
network-variable-ticket-number = Nummer des Tickets
network-variable-title = Titel
network-variable-description = Beschreibung
network-variable-message = die Nachricht, die beim Outsourcen eingegeben wird
network-variable-priority = Priorität
network-variable-due = Fälligkeit des Tickets
network-variable-site = Einsatzort
network-variable-device = Gerät
network-variable-organization = Name der Organisation, für die das Ticket ist
network-variable-contact = Kontakt des Tickets
network-variable-contact-email = E-Mail-Adresse des Kontakts
network-variable-contact-phone = Telefon des Kontakts
network-variable-network = Name des Netzwerks
network-variable-company = Name Ihrer Firma
network-variable-sender = Name der Person, die sendet
network-variable-sender-email = E-Mail-Adresse der Person, die sendet
network-variable-sender-phone = Telefon der Person, die sendet
network-sample-title = Router im Laden ohne Verbindung
network-sample-description = Seit heute früh leuchtet keine Lampe mehr.
network-sample-message = Bitte nennen Sie uns bis 12 Uhr einen Termin.
network-sample-site = Musterstraße 1, 20095 Hamburg
network-sample-device = Router HH-R1
network-sample-contact = Kim Beispiel
network-default-subject = {"{ticket_number}"}: {"{title}"}
network-default-body =
    Guten Tag,

    {"{company}"} bittet Sie, diesen Auftrag zu übernehmen.

    {"{message}"}

    Ticket: {"{ticket_number}"}
    Titel: {"{title}"}
    Priorität: {"{priority}"}
    Fällig: {"{due}"}
    Einsatzort: {"{site}"}
    Gerät: {"{device}"}

    {"{description}"}

    Bitte antworten Sie an {"{sender_email}"} und nennen Sie dabei die Nummer {"{ticket_number}"}.
    Telefon: {"{sender_phone}"}

    Mit freundlichen Grüßen
    {"{sender}"}
    {"{company}"}

network-too-many-recipients = Höchstens { $most } Adressen.
network-not-an-address = „{ $address }“ ist keine gültige E-Mail-Adresse.
network-subject-number = Bitte setzen Sie {"{ticket_number}"} in den Betreff, damit sich Antworten zuordnen lassen.
network-name-taken = Ein Netzwerk mit diesem Namen gibt es schon.
template-unknown-variable = Diese Variablen gibt es nicht: { $names }
template-link-scheme = Die Vorlage muss mit https:// oder http:// beginnen.
template-link-host = Nach https:// muss der Name des Servers stehen, ohne Variable und ohne Zugangsdaten.
template-link-character = Das Zeichen „{ $character }“ ist an dieser Stelle einer Adresse nicht erlaubt. Leerzeichen schreiben Sie als %20.
template-link-dots = Ein Teil des Pfades besteht nur aus Punkten; der Link würde anderswohin führen.

menu-networks = Netzwerke und Lieferanten
menu-other-network = Anderes Netzwerk …
network-choose = Netzwerk wählen
network-choose-more = Weitere Netzwerke finden Sie mit der Suche.
network-switch-to = Netzwerk wechseln
network-none-active = Kein passendes Netzwerk
network-none-active-hint = Nur aktive Netzwerke lassen sich wählen. Angelegt und aktiviert werden sie unter „Outsourcing-Netzwerke“.
network-message = Nachricht
network-message-leaves = Steht in dem, was das Netzwerk erhält.
network-message-stays = Bleibt hier: Die Vorlage hat keinen Platz für eine Nachricht.
network-drops-unsent = Für { $partner } sind Bedingungen gespeichert und nicht gesendet. Mit dem Senden an das Netzwerk werden sie verworfen.
network-preview-email = Genau diese E-Mail geht an das Netzwerk, sobald Sie „Outsourcen“ wählen. Antworten darauf gehen an Ihre eigene E-Mail-Adresse.
network-preview-livelink = Genau diesen Link öffnen Sie nach dem Outsourcen; bis dahin erfährt das Netzwerk nichts.
network-preview-none = Das Ticket wird als outgesourct gekennzeichnet.
network-nothing-leaves = Es verlässt nichts Ihr Haus. Geben Sie dem Netzwerk selbst Bescheid.
network-link-long = Der Link hat { $length } Zeichen. Manche Websites nehmen höchstens etwa 2.000 an; kürzen Sie Nachricht oder Beschreibung, wenn er sich nicht öffnen lässt.
network-open-link = LiveLink öffnen
network-bar-note = Dieses Outsourcing ist einseitig: Nichts wird synchronisiert, und abschließen oder stornieren können nur Sie.
network-delivery = Zustellung
network-delivery-kept = Es ist kein Mailserver eingerichtet: Das Netzwerk hat die E-Mail nicht erhalten. Der Betreiber findet sie im Postausgang.
network-taken-back = nicht verschickt, weil storniert
network-reason-hint = Freiwillig; steht im Verlauf und in der Notiz am Ticket.
ask-network-complete = Das Outsourcing an { $network } endet. Das Netzwerk erhält darüber keine Nachricht von Staffel.
ask-network-cancel = Das Outsourcing an { $network } wird storniert und das Ticket ist wieder frei. Was schon verschickt ist, lässt sich nicht zurückholen; sagen Sie dem Netzwerk selbst ab.
ticket-complete-ends-network = Das Ticket ist an { $network } outgesourct. Mit dem Ticket wird auch das Outsourcing abgeschlossen.
done-network-added = Das Netzwerk ist angelegt.
done-network-saved = Das Netzwerk ist gespeichert.
done-network-activated = Das Netzwerk ist aktiv und wird im Menü „Outsourcen“ angeboten.
done-network-deactivated = Das Netzwerk ist inaktiv. Tickets, die dort sind, bleiben dort, bis Sie sie abschließen.
done-network-mailed = Das Ticket ist outgesourct; die E-Mail an das Netzwerk ist auf dem Weg.
done-network-linked = Das Ticket ist outgesourct. Öffnen Sie jetzt den LiveLink, damit das Netzwerk den Auftrag erhält.
done-network-sent = Das Ticket ist outgesourct. Geben Sie dem Netzwerk selbst Bescheid.
done-network-canceled = Das Outsourcing ist storniert; das Ticket ist wieder frei.
note-network-mailed = hat das Ticket per E-Mail an { $network } outgesourct.
note-network-linked = hat das Ticket per LiveLink an { $network } outgesourct.
note-network-sent = hat das Ticket an { $network } outgesourct.
note-network-canceled = hat das Outsourcing an { $network } storniert.
note-network-canceled-reason = hat das Outsourcing an { $network } storniert: { $reason }
note-network-completed = hat das Outsourcing an { $network } abgeschlossen.
audit-network-added = Outsourcing-Netzwerk angelegt
audit-network-changed = Outsourcing-Netzwerk geändert
audit-network-activated = Outsourcing-Netzwerk aktiviert
audit-network-deactivated = Outsourcing-Netzwerk deaktiviert
audit-network-round-send = Ticket an ein Netzwerk outgesourct
audit-network-round-complete = Outsourcing an ein Netzwerk abgeschlossen
audit-network-round-cancel = Outsourcing an ein Netzwerk storniert
audit-network-round-complete_ticket = Outsourcing an ein Netzwerk mit dem Ticket abgeschlossen

list-networks = Netzwerke
networks-open-rounds = Alle offenen
networks-all-rounds = Auch beendete
networks-no-rounds = Kein Ticket bei einem Netzwerk
networks-no-rounds-hint = Öffnen Sie ein Ticket und wählen Sie im Menü „Outsourcen“ ein Netzwerk oder einen Lieferanten.
