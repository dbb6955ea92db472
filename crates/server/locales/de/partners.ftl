# Partner einladen und verwalten, Einladung, Registrierung.

partnership-state-not-invited = Nicht eingeladen
partnership-state-invited = Eingeladen
partnership-state-active = Aktiv
partnership-state-declined = Abgelehnt
partnership-state-inactive = Inaktiv
partnership-move-send-invitation = Einladung senden
partnership-move-resend = Einladung erneut senden
partnership-move-accept = Einladung annehmen
partnership-move-decline = Einladung ablehnen
partnership-move-withdraw = Einladung zurückziehen
partnership-move-reinvite = Erneut einladen
partnership-move-deactivate = Deaktivieren
partnership-move-reactivate = Wieder aktivieren

partner-title = Partner einladen
partner-subtitle = Alle Organisationen, die Ihre Service-Partner sind oder werden können
partner-edit-invitation = Einladung bearbeiten
partner-new-organization = Neue Organisation
partner-new-contact = Neuer Kontakt
partner-choose = Auswahl
partner-choose-all = Alle auswählen, die eingeladen werden können
partner-organization = Organisation
partner-type = Typ
partner-place = Ort
partner-kind = Partnertyp
partner-kind-tenant = Eigene Instanz
partner-kind-portal = Subunternehmer-Portal
partner-status = Outsourcing-Status
partner-why-invited = bereits eingeladen
partner-why-active = bereits Partner
partner-why-inactive = zuerst wieder aktivieren
partner-recipient = Empfänger
partner-invitation-recipient = Empfänger der Einladung
partner-invited = Eingeladen
partner-expired = abgelaufen
partner-valid-until = gültig bis
partner-responded = Beantwortet
partner-outsourced = Zuletzt outgesourct
partner-open = Offene Tickets
partner-open-count = { $count ->
    [one] ein offenes Ticket
   *[other] { $count } offene Tickets
}
partner-actions = Aktionen
partner-invite-chosen = Ausgewählte einladen
partner-invite-hint = Wählen Sie eine oder mehrere Organisationen aus. Wer noch keinen erreichbaren Empfänger hat, schon eingeladen oder Partner ist, lässt sich nicht ankreuzen.
partner-invite-none = Um eine Organisation einzuladen, wählen Sie zuerst ihren Empfänger.
partner-none-chosen = Sie haben keine Organisation ausgewählt.
partner-some-invited = { $count ->
    [one] Eine Einladung ist unterwegs.
   *[other] { $count } Einladungen sind unterwegs.
}
partner-some-refused = Nicht eingeladen wurde:
partner-not-found = Keine Organisation gefunden
partner-not-found-hint = Zu diesen Filtern passt keine Organisation.
partner-none = Noch keine möglichen Partner
partner-none-hint = Legen Sie eine Organisation vom Typ Partner, Lieferant oder Kunde an; dann können Sie sie hier einladen.
partner-choose-recipient = Empfänger wählen
partner-edit-recipient = Empfänger bearbeiten
partner-recipient-nobody = Niemand
partner-recipient-hint = Die E-Mail-Adresse wird vom Kontakt übernommen. Gibt es keinen primären Kontakt, gehen auch die Nachrichten zu outgesourcten Tickets an diesen Empfänger.
partner-recipient-language = Sprache der Einladung
partner-recipient-language-hint = Der Text der Einladung wird in dieser Sprache verschickt. Unter „Einladung bearbeiten“ formulieren Sie ihn in beiden Sprachen.
partner-recipient-inactive = Dieser Kontakt ist inaktiv und kann nicht gewählt werden.
partner-recipient-invited = Eine Einladung ist unterwegs. Sie bleibt gültig, bis Sie sie erneut senden oder zurückziehen.
partner-primary = primärer Kontakt
partner-history = Verlauf
partner-history-none = Noch nichts geschehen
partner-history-none-hint = Sobald Sie diese Organisation einladen, steht hier, wer was wann getan hat.
partner-when = Wann
partner-move = Was
partner-who = Wer
partner-invited-side = Eingeladene Firma

done-partner-invited = Die Einladung ist unterwegs.
done-partners-invited = Die Einladungen sind unterwegs.
done-partner-renewed = Die Einladung ist erneut unterwegs. Der frühere Link gilt nicht mehr.
done-partner-withdrawn = Die Einladung ist zurückgezogen; ihr Link gilt nicht mehr.
done-partner-deactivated = Der Partner ist deaktiviert. Offene Tickets laufen weiter.
done-partner-reactivated = Der Partner ist wieder aktiv.
done-partner-recipient = Der Empfänger ist gespeichert.
done-invitation-text-saved = Der Einladungstext ist gespeichert.
done-invitation-text-reset = Es gilt wieder der mitgelieferte Einladungstext.
done-invitation-accepted = Einladung angenommen. Tickets dieses Lead-Partners erscheinen hier, sobald er sie Ihnen zuweist.
done-invitation-declined = Einladung abgelehnt. Der Lead-Partner wurde benachrichtigt.
done-registered = Willkommen! Ihre Firma ist registriert und die Einladung angenommen. Zugewiesene Tickets erscheinen hier.

audit-partner-recipient = Einladungsempfänger gewählt
audit-partner-invited = Partner eingeladen
audit-partner-invitation-resent = Einladung erneut gesendet
audit-partner-invitation-accepted = Einladung angenommen
audit-partner-invitation-declined = Einladung abgelehnt
audit-partner-invitation-withdrawn = Einladung zurückgezogen
audit-partner-reinvited = Partner erneut eingeladen
audit-partner-deactivated = Partner deaktiviert
audit-partner-reactivated = Partner wieder aktiviert
audit-invitation-text-changed = Einladungstext geändert
audit-invitation-text-reset = Einladungstext zurückgesetzt
audit-company-registered = Firma registriert

invitation-text-title = Einladung bearbeiten
invitation-text-subtitle = Diesen Text erhalten Firmen, die Sie einladen, in der Sprache, die Sie beim Empfänger wählen.
invitation-text-language = Sprache des Textes
invitation-text-subject = Betreff
invitation-text-body = Text
invitation-text-hint = Reiner Text; Leerzeilen trennen Absätze. Die Variable {"{link}"} muss vorkommen.
invitation-text-preview = Vorschau
invitation-text-preview-hint = Mit Beispielwerten; gespeichert ist damit noch nichts.
invitation-text-reset = Auf den mitgelieferten Text zurücksetzen
invitation-variables = Variablen
invitation-variables-hint = Diese Wörter in geschweiften Klammern werden beim Senden ersetzt, zum Beispiel so:
invitation-variable-company = Name Ihrer Firma
invitation-variable-sender = Name der einladenden Person
invitation-variable-sender-email = E-Mail-Adresse der einladenden Person
invitation-variable-sender-phone = Telefonnummer der einladenden Person
invitation-variable-first-name = Vorname des Empfängers
invitation-variable-last-name = Nachname des Empfängers
invitation-variable-organization = Organisation des Empfängers
invitation-variable-link = Link zum Annehmen oder Ablehnen (Pflicht)
invitation-variable-expires = Tag, bis zu dem die Einladung gilt
invitation-unknown-variable = Diese Variablen gibt es nicht: { $names }
invitation-link-missing = Ohne die Variable {"{link}"} kann niemand die Einladung annehmen. Bitte fügen Sie sie ein.
invitation-link-in-subject = Der Link gehört in den Text, nicht in den Betreff.
invitation-sample-first-name = Petra
invitation-sample-last-name = Beispiel
invitation-sample-organization = Beispiel IT-Service GmbH
invitation-default-subject = {"{company}"} lädt Sie zur Zusammenarbeit ein
invitation-default-body =
    Guten Tag {"{first_name}"} {"{last_name}"},

    {"{company}"} möchte Tickets an {"{organization}"} outsourcen: Sie erhalten ein Angebot mit Auftrag, Frist und vereinbarter Vergütung und entscheiden bei jedem Ticket selbst, ob Sie es annehmen.

    Mit diesem Link sehen Sie die Einladung und nehmen sie an oder lehnen sie ab:
    {"{link}"}

    Die Einladung gilt bis {"{expires}"}. Der Link ist nur für Sie bestimmt; bitte geben Sie ihn nicht weiter.

    Bei Fragen erreichen Sie mich unter {"{sender_email}"}.

    Mit freundlichen Grüßen
    {"{sender}"}
    {"{company}"}

invitation-title = Einladung zur Zusammenarbeit
invitation-says = { $lead } möchte Tickets an Sie outsourcen und lädt Ihre Firma als Service-Partner ein.
invitation-lead = Lead-Partner
invitation-sender = Eingeladen von
invitation-organization = Eingeladen als
invitation-until = Gültig bis
invitation-meaning = Was das bedeutet
invitation-meaning-tickets = { $lead } kann Ihnen Tickets zuweisen, jeweils mit Frist, Auftrag und vereinbarter Vergütung.
invitation-meaning-choice = Sie entscheiden bei jedem Ticket, ob Sie es annehmen oder ablehnen.
invitation-meaning-own = Sie bearbeiten angenommene Tickets in Ihrer eigenen Umgebung. Interne Notizen bleiben bei Ihnen.
invitation-meaning-separate = { $lead } sieht weder Ihre übrigen Tickets noch Ihre anderen Lead-Partner.
invitation-meaning-free = Sie brauchen dafür die Outsourcing-Vereinbarung nicht anzunehmen.
invitation-how = Um zu antworten, melden Sie sich als Administrator Ihrer Firma an. Ist Ihre Firma noch nicht hier, registrieren Sie sie; die Einladung wird damit angenommen.
invitation-sign-in = Anmelden und antworten
invitation-register = Firma registrieren
invitation-for = Sie antworten für { $company }.
invitation-accept = Annehmen
invitation-decline = Ablehnen
invitation-administrator = Diese Einladung kann nur ein Administrator Ihrer Firma annehmen oder ablehnen. Bitte geben Sie ihm Bescheid.
invitation-own-company = Diese Einladung kommt von Ihrer eigenen Firma. Annehmen oder ablehnen kann sie nur die eingeladene Firma.
invitation-already-partner = Ihre Firma ist bereits Service-Partner von { $lead }. Diese zweite Einladung können Sie nicht annehmen.
invitation-gone-title = Diese Einladung gilt nicht
invitation-gone = Der Link ist falsch, schon benutzt, zurückgezogen oder abgelaufen. Bitten Sie die Firma, die Sie eingeladen hat, um eine neue Einladung.

register-title = Firma registrieren
register-hint = Mit der Registrierung nehmen Sie die Einladung von { $lead } an.
register-company = Ihre Firma
register-name = Name der Firma
register-language = Sprache
register-currency = Währung
register-time-zone = Zeitzone
register-person = Erster Administrator
register-person-hint = Weitere Mitarbeiter legen Sie nach der Anmeldung an.
register-first-name = Vorname
register-last-name = Nachname
register-email = E-Mail-Adresse
register-phone = Telefon
register-password = Passwort
register-repeat = Passwort wiederholen
register-repeat-differs = Die beiden Passwörter sind verschieden.
register-submit = Registrieren und Einladung annehmen
