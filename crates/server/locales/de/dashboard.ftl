# Das Outsourcing-Management-Dashboard: Listen, Spalten, Filter, gespeicherte Ansichten.

dashboard-title = Outsourcing-Management-Dashboard
dashboard-outsourced = Outgesourcte Arbeit
dashboard-received = Erhaltene Arbeit
dashboard-lists = Listen
dashboard-search = Nummer, Titel, Partner
filter-search-networks = Nummer, Titel, Netzwerk
dashboard-empty = Diese Liste ist leer
dashboard-empty-hint = Öffnen Sie ein Ticket und wählen Sie im Menü „Outsourcen“ einen Partner.
list-my-open = Alle meine offenen
list-open = Alle offenen
list-unsent = Nicht gesendet
list-waiting-acceptance = Warten auf Annahme
list-accepted = Angenommen
list-in-progress = In Bearbeitung
list-waiting-approval = Warten auf Genehmigung
list-declined-expired = Abgelehnt, abgelaufen, zurückgegeben
list-canceled = Storniert
list-complete = Abgeschlossen
list-received-waiting-acceptance = Warten auf Annahme
list-received-my-open = Alle meine offenen
list-received-open = Alle offenen
list-received-accepted = Angenommen
list-received-in-progress = In Bearbeitung
list-received-waiting-approval = Warten auf Genehmigung
list-received-complete = Abgeschlossen
list-received-ended = Abgelehnt, abgelaufen, storniert, zurückgegeben
currency = Währung

round-insource-status = Insourcing-Status
round-lead-number = Ticket des Lead-Partners
round-sent-on = Gesendet am
round-billing-rate = Kundensatz
round-hours-used = Geleistete Stunden
round-amount-used = Verbrauchter Betrag
round-charges = Warenposten
charges-elsewhere = { $count ->
    [one] + 1 in anderer Währung
   *[other] + { $count } in anderer Währung
}
charges-elsewhere-head = Warenposten in anderer Währung (Anzahl)
mark-overdue = Überfällig

columns-choose = Spalten
columns-apply = Übernehmen
columns-standard = Standard

filter-any-partner = Alle Partner
filter-any-lead = Alle Lead-Partner
filter-any-network = Alle Netzwerke
filter-overdue = Nur überfällige
filter-more = Weitere Filter
filter-apply = Filter anwenden
filter-sent-from = Gesendet ab
filter-sent-to = Gesendet bis
filter-accept-from = Annahme ab
filter-accept-to = Annahme bis
filter-due-from = Fällig ab
filter-due-to = Fällig bis
filter-since-from = In diesem Status seit, von
filter-since-to = In diesem Status seit, bis
period = Zeitraum
period-month = Letzte 30 Tage
period-quarter = Letzte 90 Tage
period-all = Ohne zeitliche Grenze
dashboard-empty-period = In diesem Zeitraum wurde nichts abgeschlossen. Älteres zeigt der Zeitraum „Ohne zeitliche Grenze“.
csv-too-many = Die Liste hat mehr als { $most } Zeilen. Bitte grenzen Sie sie mit den Filtern ein, damit die Datei vollständig ist.

views-mine = Meine Ansichten
view = Diese Ansicht
view-save = Ansicht speichern
view-save-another = Als neue Ansicht speichern
view-overwrite = Mit der jetzigen Auswahl überschreiben
view-edit = Ansicht bearbeiten
view-delete = Ansicht löschen
view-back = Zur Liste
view-name = Name der Ansicht
view-name-hint = Liste, Filter, Sortierung und Spalten werden unter diesem Namen gemerkt. Nur Sie sehen die Ansicht.
view-start = Mit dieser Ansicht beginnen
view-start-hint = Das Dashboard öffnet sich dann mit ihr statt mit der ersten Liste.
done-view-saved = Die Ansicht ist gespeichert.
done-view-deleted = Die Ansicht ist gelöscht.
mistake-views-full = Sie haben schon { $most } Ansichten. Bitte löschen Sie zuerst eine, die Sie nicht mehr brauchen.
mistake-view-too-long = So viele Filter lassen sich nicht merken. Bitte nehmen Sie einige heraus.
mistake-span = Das Ende liegt vor dem Anfang.
