# The frame of mails, answers to invitations, the mailbox.

mail-greeting = Hello { $name },
mail-link = Open in Staffel
mail-footer = Staffel sent this message automatically.
mail-invitation-accepted-subject = { $organization } has accepted your invitation
mail-invitation-accepted = { $person } has accepted your invitation to { $organization } on behalf of { $company }. You can now outsource tickets to this partner.
mail-invitation-declined-subject = { $organization } has declined your invitation
mail-invitation-declined = { $person } has declined your invitation to { $organization } on behalf of { $company }. You can invite the organization again.

mail-subject-items = { $number }: { $count ->
    [one] one new entry
   *[other] { $count } new entries
} by { $other }
mail-line-items = { $count ->
    [one] { $other } has written or changed an entry on the linked ticket:
   *[other] { $other } has written or changed { $count } entries on the linked ticket:
}
mail-item-create = { $kind } by { $person }: { $text }
mail-item-edit = { $kind } changed by { $person }: { $text }
mail-item-delete = { $kind } deleted by { $person }: { $text }
mail-item-time-create = Time entry by { $person }, { $hours } h: { $text }
mail-item-time-edit = Time entry changed by { $person }, now { $hours } h: { $text }
mail-items-more = { $count ->
    [one] … and one more entry.
   *[other] … and { $count } more entries.
}

mailbox-title = Mailbox
mailbox-subtitle = Every e-mail of this installation
mailbox-no-server = No mail server is configured. E-mails are not sent but kept here.
mailbox-search = Recipient or subject
mailbox-any-state = Any state
mailbox-state = State
mailbox-state-queued = Waiting
mailbox-state-sent = Sent
mailbox-state-failed = Failed
mailbox-state-kept = Not sent
mailbox-none = No e-mails yet
mailbox-none-hint = As soon as somebody is invited or notified about a ticket, the e-mail appears here.
mailbox-not-found = No e-mail found
mailbox-not-found-hint = No e-mail matches these filters.
mailbox-subject = Subject
mailbox-to = To
mailbox-written = Written
mailbox-sent = Sent
mailbox-next = Next attempt
mailbox-attempts = Attempts
mailbox-again = Send again
mailbox-error = Last error
mailbox-text = Text
mailbox-removed = The text of an invitation is deleted once it has been sent because it contains a personal link.
