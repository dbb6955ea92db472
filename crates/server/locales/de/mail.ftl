# Rahmen der Mails, Antworten auf Einladungen, Postausgang.

mail-greeting = Guten Tag { $name },
mail-link = In Staffel öffnen
mail-footer = Diese Nachricht hat Staffel automatisch verschickt.
mail-invitation-accepted-subject = { $organization } hat Ihre Einladung angenommen
mail-invitation-accepted = { $person } hat Ihre Einladung an { $organization } für { $company } angenommen. Sie können jetzt Tickets an diesen Partner outsourcen.
mail-invitation-declined-subject = { $organization } hat Ihre Einladung abgelehnt
mail-invitation-declined = { $person } hat Ihre Einladung an { $organization } für { $company } abgelehnt. Sie können die Organisation erneut einladen.

mail-subject-items = { $number }: { $count ->
    [one] ein neuer Eintrag
   *[other] { $count } neue Einträge
} von { $other }
mail-line-items = { $count ->
    [one] { $other } hat auf dem verknüpften Ticket einen Eintrag geschrieben oder geändert:
   *[other] { $other } hat auf dem verknüpften Ticket { $count } Einträge geschrieben oder geändert:
}
mail-item-create = { $kind } von { $person }: { $text }
mail-item-edit = { $kind } geändert von { $person }: { $text }
mail-item-delete = { $kind } gelöscht von { $person }: { $text }
mail-item-time-create = Zeiteintrag von { $person }, { $hours } Std.: { $text }
mail-item-time-edit = Zeiteintrag geändert von { $person }, jetzt { $hours } Std.: { $text }
mail-items-more = { $count ->
    [one] … und ein weiterer Eintrag.
   *[other] … und { $count } weitere Einträge.
}

mailbox-title = Postausgang
mailbox-subtitle = Alle E-Mails dieser Installation
mailbox-no-server = Es ist kein Mailserver eingerichtet. E-Mails werden nicht verschickt, sondern hier aufbewahrt.
mailbox-search = Empfänger oder Betreff
mailbox-any-state = Jeder Zustand
mailbox-state = Zustand
mailbox-state-queued = Wartet
mailbox-state-sent = Verschickt
mailbox-state-failed = Gescheitert
mailbox-state-kept = Nicht verschickt
mailbox-none = Noch keine E-Mails
mailbox-none-hint = Sobald jemand eingeladen oder über ein Ticket benachrichtigt wird, steht die E-Mail hier.
mailbox-not-found = Keine E-Mail gefunden
mailbox-not-found-hint = Zu diesen Filtern passt keine E-Mail.
mailbox-subject = Betreff
mailbox-to = An
mailbox-written = Geschrieben
mailbox-sent = Verschickt
mailbox-next = Nächster Versuch
mailbox-attempts = Versuche
mailbox-again = Erneut senden
mailbox-error = Letzter Fehler
mailbox-text = Text
mailbox-removed = Der Text einer Einladung wird nach dem Versand gelöscht, weil er einen persönlichen Link enthält.
